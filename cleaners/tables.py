"""Which tables hold data, and the grid of those that do."""

from __future__ import annotations

from wikiglean.cleaners.page import Page

__all__ = ["cells_of", "is_data_table", "rows_of", "span"]


def rows_of(page: Page, table: int) -> list[int]:
    """The positions of a table's own rows, those of nested tables left out."""
    rows: list[int] = []
    at, end = table + 1, page.ends[table]
    while at < end:
        tag = page.tags[at]
        if tag == "tr":
            rows.append(at)
        if tag in ("tbody", "thead", "tfoot"):
            at += 1
        else:
            at = page.ends[at]
    return rows


def cells_of(page: Page, row: int) -> list[int]:
    """The positions of a row's own cells."""
    cells: list[int] = []
    at, end = row + 1, page.ends[row]
    while at < end:
        if page.tags[at] in ("td", "th"):
            cells.append(at)
        at = page.ends[at]
    return cells


def is_data_table(page: Page, table: int) -> bool:
    """Whether a table holds data: two rows of two cells at least, no `role=presentation`, no heading inside.

    Any other table is layout. A heading makes it layout, because a page's sections may stand in a table, never in data;
    but in a header cell it is that cell's name.
    """
    if page.attribute(table, "role") in ("presentation", "none"):
        return False
    wide = 0
    for row in rows_of(page, table):
        if len(cells_of(page, row)) >= 2:
            wide += 1
            if wide == 2:
                headings = (at for tag in ("h1", "h2", "h3", "h4") for at in page.tagged(tag, table))
                return all(page.tags[page.parents[at]] == "th" for at in headings)
    return False


def span(value: str | None) -> int:
    """`rowspan` or `colspan` as the HTML standard reads it: leading digits, at least 1, at most 1000.

    https://html.spec.whatwg.org/multipage/tables.html#algorithm-for-processing-rows
    """
    digits = ""
    for character in (value or "").strip():
        if not ("0" <= character <= "9"):
            break
        digits += character
    return max(1, min(int(digits[:6] or 1), 1000))
