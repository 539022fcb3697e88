"""Which tables hold data, and the grid of those that do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from wikiglean.cleaners.page import Page

__all__ = ["CellPlace", "cells_of", "grid", "is_data_table", "rows_of"]

_DIGITS = re.compile(r"[ \t\n\f\r]*\+?([0-9]+)")
_MOST_HANGING = 250
"""So many cells may reach down into a row; a page with more of them is made to be slow."""


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
    """Whether a table holds data: two rows of two cells at least, no `role=presentation`, no heading in its cells.

    Two cells with words are enough for a table that a profile's `article.tables` says was typed as one. Any other table
    is layout. A heading makes it layout, because a page's sections may stand in a table, never in data; but in a header
    cell it is that cell's name.
    """
    if page.attribute(table, "role") in ("presentation", "none") or not _has_cells(page, table):
        return False
    headings = (at for tag in ("h1", "h2", "h3", "h4") for at in page.tagged(tag, table))
    return all(page.tags[page.parents[at]] == "th" for at in headings)


def _has_cells(page: Page, table: int) -> bool:
    """Whether a table has cells enough for data."""
    rows = (cells_of(page, row) for row in rows_of(page, table))
    if page.roles.get(table) == "table":
        enough = (cell for row in rows for cell in row if page.text_of(cell).strip())
    else:
        enough = (row[0] for row in rows if len(row) >= 2)
    return next(islice(enough, 1, None), None) is not None


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell stands in the grid of its table, rows and columns counted from 0, and how far it reaches."""

    row: int
    column: int
    row_span: int
    col_span: int


def grid(page: Page, rows: Sequence[tuple[int, Sequence[int]]]) -> dict[int, CellPlace]:
    """The place of each cell of a table, given its rows in page order, each with its cells.

    The HTML standard's algorithm: https://html.spec.whatwg.org/multipage/tables.html#forming-a-table. Rows of `<tfoot>`
    come last. A cell ends with its group of rows at the latest, so that no span makes rows that are not there.
    """
    groups: list[list[tuple[int, Sequence[int]]]] = []
    for n, row in enumerate(rows):
        if n and page.parents[rows[n - 1][0]] == page.parents[row[0]]:
            groups[-1].append(row)
        else:
            groups.append([row])
    groups.sort(key=lambda group: page.tags[page.parents[group[0][0]]] == "tfoot")
    places: dict[int, CellPlace] = {}
    first = 0
    for group in groups:
        _place_group(page, group, first, places)
        first += len(group)
    return places


def _place_group(
    page: Page, group: Sequence[tuple[int, Sequence[int]]], first: int, places: dict[int, CellPlace]
) -> None:
    hanging: list[tuple[int, int, int]] = []  # columns [start, end) taken from above, and the row where that ends
    for n, (_, cells) in enumerate(group):
        hanging = sorted(one for one in hanging if one[2] > n)[:_MOST_HANGING]
        begun: list[tuple[int, int, int]] = []
        column = 0
        for cell in cells:
            for start, end, _ in hanging:
                if start <= column < end:
                    column = end
            attribute = page.nodes[cell].attr
            width = _number(attribute("colspan"), 1000) or 1
            height = _number(attribute("rowspan"), 65534)
            left = len(group) - n
            height = left if height == 0 else min(height or 1, left)
            places[cell] = CellPlace(first + n, column, height, width)
            if height > 1:
                begun.append((column, column + width, n + height))
            column += width
        hanging += begun


def _number(value: str | None, most: int) -> int | None:
    """A span as the standard parses it, leading digits only, at most `most`; `None` for none."""
    match = _DIGITS.match(value) if value else None
    return min(int(match[1][:9]), most) if match else None
