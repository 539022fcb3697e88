"""Infoboxes: which of their rows are names and values, and the fields that come of them."""

from __future__ import annotations

from collections.abc import Sequence

from wikiglean.article import Infobox, InfoboxField
from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.links import Linker
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ArticleRules
from wikiglean.cleaners.reading.tables import cells_of, rows_of
from wikiglean.cleaners.selectors import select
from wikiglean.cleaners.views import links_of

__all__ = ["claim_infoboxes", "infoboxes_of"]

_LONGEST_NAME = 80
"""A cell with more characters is no name of a value."""
_DEEPEST = 5
"""Boxes and tables deeper inside are read as the words of their cell."""
_KINDS_BY_TAG = (
    ("dt", "name"),
    ("dd", "value"),
    *((tag, "row") for tag in ("h1", "h2", "h3", "h4", "caption", "figcaption")),
)


def claim_infoboxes(page: Page, rules: ArticleRules, outer: int | None) -> None:
    """Claims infoboxes and what is in them: titles, names, values, rows that are neither."""
    for selector in rules.infoboxes:
        around: list[int] = []  # ends of the boxes around
        for at in select(page, selector, outer):
            while around and around[-1] <= at:
                around.pop()
            if page.contains(at, page.root) or len(around) == _DEEPEST:
                continue
            around.append(page.ends[at])
            if page.claim(at, "infoboxes", "infobox", kind="box"):
                _claim_parts(page, rules, at)


def _claim_parts(page: Page, rules: ArticleRules, box: int) -> None:
    for kind, selectors in (
        ("title", rules.infobox_titles),
        ("name", rules.infobox_names),
        ("value", rules.infobox_values),
    ):
        for selector in selectors:
            for at in select(page, selector, box):
                page.claim(at, "infoboxes", "infobox", kind=kind)
    end = box
    for table in [box] if page.tags[box] == "table" else page.tagged("table", box):
        if table >= end:
            _claim_table(page, table)
            end = page.ends[table]
    for tag, kind in _KINDS_BY_TAG:
        for at in page.tagged(tag, box):
            if page.claimed(at) is page.claims[box]:
                page.claim(at, "infoboxes", "infobox", kind=kind)


def _claim_table(page: Page, table: int, depth: int = 0) -> None:
    for at in page.tagged("caption", table):
        if page.parents[at] == table:
            page.claim(at, "infoboxes", "infobox", kind="title")
    heads: Sequence[int] = ()  # names in a row of their own, whose values are the next row
    rows = rows_of(page, table)
    for n, row in enumerate(rows):
        cells = [cell for cell in cells_of(page, row) if _is_filled(page, cell)]
        if any(cell in page.claims for cell in cells):
            continue
        if heads and len(cells) == len(heads):
            _claim_all(page, cells, "value")
            heads = ()
        elif len(cells) > 1 and _are_heads(page, cells, rows, n):
            _claim_all(page, cells, "name")
            heads = cells
        else:
            _claim_row(page, row, cells, is_first=n == 0, depth=depth)


def _is_filled(page: Page, cell: int) -> bool:
    return bool(page.text_of(cell).strip() or page.tagged("img", cell))


def _are_heads(page: Page, cells: Sequence[int], rows: Sequence[int], n: int) -> bool:
    """Whether a row names the values of the one row below it: header cells over as many data cells."""
    following = [cells_of(page, row) for row in rows[n + 1 : n + 3]]
    return (
        all(page.tags[cell] == "th" for cell in cells)
        and bool(following)
        and len(following[0]) == len(cells)
        and all(page.tags[cell] == "td" for cell in following[0])
        and not (len(following) == 2 and len(following[1]) == len(cells) > 2)
    )


def _claim_all(page: Page, cells: Sequence[int], kind: str) -> None:
    for cell in cells:
        page.claim(cell, "infoboxes", "infobox", kind=kind)


def _claim_row(page: Page, row: int, cells: Sequence[int], *, is_first: bool, depth: int) -> None:
    """A name and its value; a cell alone, which is a heading or a value; or several of which none is a name."""
    if len(cells) == 1:
        cell = cells[0]
        nested = page.tagged("table", cell) if depth < _DEEPEST else []
        if nested and page.words_of(nested[0]) == page.words_of(cell):
            _claim_table(page, nested[0], depth + 1)
        else:
            title = page.tags[cell] == "th" or (is_first and _is_bold(page, cell))
            page.claim(cell, "infoboxes", "infobox", kind="title" if title else "row")
    elif len(cells) == 2 and _is_name(page, *cells):
        page.claim(cells[0], "infoboxes", "infobox", kind="name")
        page.claim(cells[1], "infoboxes", "infobox", kind="value")
    elif cells:
        page.claim(row, "infoboxes", "infobox", kind="row")


def _is_name(page: Page, cell: int, value: int) -> bool:
    if page.tags[cell] == "th":
        return page.tags[value] == "td"
    words = page.words_of(cell)
    return 0 < len(words) <= _LONGEST_NAME and page.tags[value] == "td" and not page.tagged("img", cell)


def _is_bold(page: Page, cell: int) -> bool:
    """Whether all words of a cell are bold or big."""
    words = page.words_of(cell)
    return bool(words) and any(
        page.words_of(at) == words for tag in ("b", "strong", "big") for at in page.tagged(tag, cell)[:1]
    )


def infoboxes_of(page: Page, claims: Sequence[Claim], linker: Linker) -> tuple[tuple[Infobox, ...], dict[Claim, str]]:
    """Infoboxes with their rows, and the JSON pointer of each claim's words; the box's own for one without words."""
    boxes: list[tuple[Claim, list[Claim]]] = []
    for claim in claims:
        inside = claim.within is not None and claim.within.destination == "infoboxes"
        if claim.kind == "box" and not inside:
            boxes.append((claim, []))
        elif boxes:
            boxes[-1][1].append(claim)
    pointers: dict[Claim, str] = {}
    found = tuple(_infobox(page, f"/infoboxes/{n}", *box, linker, pointers) for n, box in enumerate(boxes))
    return found, pointers


def _infobox(
    page: Page, pointer: str, box: Claim, parts: Sequence[Claim], linker: Linker, pointers: dict[Claim, str]
) -> Infobox:
    title: str | None = None
    fields: list[InfoboxField] = []
    names: list[Claim] = []  # that wait for their values
    for part in parts:
        pointers[part] = f"{pointer}/fields/{len(fields)}/value" if part.text or names else pointer
        if part.kind == "name":
            pointers[part] = f"{pointer}/fields/{len(fields) + len(names)}/name" if part.text else pointer
            names.append(part)
        elif part.kind == "title" and title is None and part.text and not fields:
            title = part.text
            pointers[part] = f"{pointer}/name"
        elif part.kind == "value" and names:
            name = names.pop(0).text or None
            if name or part.text:
                fields.append(_field(page, part, name, linker))
            else:
                pointers[part] = pointer
        elif part.text:
            fields += [_field(page, None, name.text, linker) for name in names if name.text]
            names.clear()
            pointers[part] = f"{pointer}/fields/{len(fields)}/value"
            fields.append(_field(page, part, None, linker))
    fields += [_field(page, None, name.text, linker) for name in names if name.text]
    pointers[box] = f"{pointer}/fields/{len(fields)}/value" if box.text else pointer
    if box.text:
        fields.append(_field(page, box, None, linker))
    return Infobox(name=title, fields=tuple(fields))


def _field(page: Page, claim: Claim | None, name: str | None, linker: Linker) -> InfoboxField:
    if claim is None:
        return InfoboxField(name=name, value="")
    links = links_of(claim.sink.links, linker) if claim.sink is not None else ()
    return InfoboxField(name=name, value=claim.text, links=links, source=_parameter(page, claim))


def _parameter(page: Page, claim: Claim) -> str | None:
    """The template's parameter that a value stands for: Fandom writes it into `data-source` of the row."""
    for at in (claim.at, page.parents[claim.at]):
        if page.tags[at] and (name := page.attribute(at, "data-source")):
            return name
    return None
