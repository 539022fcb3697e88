"""What the reader does at each element: borders, lists, links, captions, tables, media. The rest is inline.

An element that is not in `ACTIONS` is inline: its words join the words around it. An action writes what begins here,
leaves a frame for what is to be done where the element ends, and gives the position to go on at.
"""

from __future__ import annotations

import re

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.code import code
from wikiglean.cleaners.reading.formulas import math
from wikiglean.cleaners.reading.scripts import reading, ruby, script
from wikiglean.cleaners.reading.sink import Context, LinkRecord, Mark
from wikiglean.cleaners.reading.state import (
    CellRecord,
    Enter,
    LocatedRecord,
    MediaRecord,
    Numbering,
    Reader,
    TableRecord,
)
from wikiglean.cleaners.reading.tables import is_data_table

__all__ = ["ACTIONS", "BORDERS", "ROLES", "locate", "medium"]

# fmt: off
BLOCKS = (
    "address", "article", "aside", "body", "center", "details", "dialog", "div", "fieldset", "footer",
    "form", "frameset", "header", "hgroup", "html", "legend", "main", "marquee", "nav", "noframes", "optgroup",
    "option", "p", "search", "section", "summary",
)
# fmt: on

_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,9})")


# -- blocks ------------------------------------------------------------------------------------------------------


def _block(r: Reader, at: int, stop: int, _tag: str) -> int:
    breaks = 1 if r.depth else 2
    if r.cell or r.code is not None:
        r.border(breaks)
    else:
        r.sink.end_block(breaks)
    if stop > at + 1:
        r.frames.append((stop, _leave_block, breaks))
    return at + 1


def _leave_block(r: Reader, breaks: int) -> None:
    if r.cell or r.code is not None:
        r.border(breaks)
    else:
        r.sink.end_block(breaks)


def _begin(r: Reader, stop: int, breaks: int, context: Context) -> None:
    """Begins a block of a kind of its own, which ends at `stop`; in cells and in code it is only a border."""
    r.border(breaks)
    if r.flows():
        r.frames.append((stop, _leave_context, (breaks, r.sink.context)))
        r.sink.context = context
    else:
        r.frames.append((stop, _leave_block, breaks))


def _leave_context(r: Reader, data: tuple[int, Context]) -> None:
    breaks, context = data
    r.border(breaks)
    r.sink.context = context


def _heading(r: Reader, at: int, stop: int, tag: str) -> int:
    _begin(r, stop, 2, ("Header", int(tag[1]), None, _anchor(r.page, at), None))
    return at + 1


def _anchor(page: Page, at: int) -> str | None:
    """The anchor of a heading: its own id, else that of the headline inside it, else its name in old HTML."""
    for name in ("id", "name"):
        for i in range(at, min(page.ends[at], at + 8)):
            if page.tags[i] and (identifier := page.attribute(i, name)):
                return identifier
    return None


def _quote(r: Reader, at: int, stop: int, _tag: str) -> int:
    r.quotes += 1
    r.frames.append((stop, _leave_quote, None))
    _begin(r, stop, 1 if r.depth else 2, ("BlockQuote", r.quotes, None, None, None))
    return at + 1


def _leave_quote(r: Reader, _: None) -> None:
    r.quotes -= 1


def _lines(r: Reader, at: int, stop: int, _tag: str) -> int:
    _begin(r, stop, 2, ("LineBlock", None, None, None, None))
    return at + 1


def _rule(r: Reader, at: int, _stop: int, _tag: str) -> int:
    r.border(2)
    return at + 1


def _break(r: Reader, at: int, _stop: int, _tag: str) -> int:
    if r.code is not None:
        r.code.line_break()
    elif r.cell:
        r.sink.space = True
    else:
        r.sink.line_break()
    return at + 1


def _apart(r: Reader, at: int, stop: int, _tag: str) -> int:
    """Words that are set apart from those around them, though in their line: hidden sort keys."""
    if not r.page.text_of(at).strip():
        return at + 1
    r.sink.space = True
    r.frames.append((stop, _leave_apart, None))
    return at + 1


def _leave_apart(r: Reader, _: None) -> None:
    r.sink.space = True


# -- lists -------------------------------------------------------------------------------------------------------


def _list(r: Reader, at: int, stop: int, tag: str) -> int:
    breaks = 1 if r.depth else 2
    r.border(breaks)
    if stop > at + 1:
        r.frames.append((stop, _leave_list, (breaks, r.numbering)))
        r.depth += 1
        r.numbering = _numbering(r.page, at) if tag == "ol" else None
    return at + 1


def _leave_list(r: Reader, data: tuple[int, Numbering | None]) -> None:
    breaks, r.numbering = data
    r.depth -= 1
    r.border(breaks)


def _numbering(page: Page, at: int) -> Numbering:
    """Where an ordered list begins to count: https://html.spec.whatwg.org/multipage/grouping-content.html#ordinal-value"""
    start = _integer(page.attribute(at, "start"))
    if page.attribute(at, "reversed") is None:
        return Numbering(1 if start is None else start)
    items, child = 0, at + 1
    while child < page.ends[at]:
        items += page.tags[child] == "li"
        child = page.ends[child]
    return Numbering(items if start is None else start, -1)


def _integer(value: str | None) -> int | None:
    match = _INTEGER.match(value) if value else None
    return int(match[1]) if match else None


def _item(r: Reader, at: int, stop: int, _tag: str) -> int:
    number: int | None = None
    if r.numbering is not None:
        value = _integer(r.page.attribute(at, "value"))
        number = r.numbering.following if value is None else value
        r.numbering.following = None if number is None else number + r.numbering.step
    _begin(r, stop, 1, ("ListItem", r.depth or 1, r.numbering is not None, None, number))
    return at + 1


def _definition(r: Reader, at: int, stop: int, tag: str) -> int:
    _begin(r, stop, 1, ("DefinitionTerm" if tag == "dt" else "Definition", r.depth or 1, None, None, None))
    return at + 1


# -- links and media ---------------------------------------------------------------------------------------------


def _link(r: Reader, at: int, stop: int, _tag: str) -> int:
    if stop > at + 1 and not r.removed:
        link = LinkRecord(at, r.sink.length)
        r.sink.marks.append(link)
        r.frames.append((stop, _leave_link, link))
    return at + 1


def _leave_link(r: Reader, link: LinkRecord) -> None:
    link.start, link.end = r.sink.place(link)
    if link.end > link.start:
        r.sink.links.append(link)


def medium(r: Reader, at: int, _stop: int, _tag: str) -> int:
    """A picture, sound or video, of the article or of an infobox."""
    if not r.removed and (r.sink is r.main or (r.within is not None and r.within.destination == "infoboxes")):
        record = MediaRecord(at, r.sink.length, r.sink, r.within)
        r.reading.media.append(record)
        if r.figure is not None:
            r.figure.append(record)
    return at + 1


def locate(r: Reader, at: int, stop: int) -> None:
    """An element whose place in the text a cleaner asked for; what it means is not changed by that."""
    if not r.removed and stop > at + 1:
        mark = Mark(r.sink.length)
        r.sink.marks.append(mark)
        r.frames.append((stop, _leave_located, (at, mark)))


def _leave_located(r: Reader, data: tuple[int, Mark]) -> None:
    at, mark = data
    start, end = r.sink.place(mark)
    inside = r.sink is r.main and end > start
    record = LocatedRecord(at, r.page.located[at], *((start, end) if inside else ()))
    r.reading.located.append(record)


def _figure(r: Reader, at: int, stop: int, _tag: str) -> int:
    r.border(2)
    r.frames.append((stop, _leave_figure, r.figure))
    r.figure = []
    return at + 1


def _leave_figure(r: Reader, outer: list[MediaRecord] | None) -> None:
    r.figure = outer
    r.border(2)


def _caption(r: Reader, at: int, stop: int, tag: str) -> int:
    mark = Mark(r.sink.length)
    r.frames.append((stop, _leave_caption, (mark, r.table if tag == "caption" else r.figure)))
    _begin(r, stop, 2, ("Caption", None, None, None, None))
    r.sink.marks.append(mark)
    return at + 1


def _leave_caption(r: Reader, data: tuple[Mark, TableRecord | list[MediaRecord] | None]) -> None:
    mark, owner = data
    start, end = r.sink.place(mark)
    if end <= start:
        return
    if isinstance(owner, TableRecord):
        owner.caption = owner.caption or (start, end)
    elif owner is not None:
        for record in owner:
            record.caption = record.caption or (start, end)
        owner.clear()  # else each caption of a figure would look at all its pictures again


# -- tables ------------------------------------------------------------------------------------------------------


def _table(r: Reader, at: int, stop: int, _tag: str) -> int:
    r.border(2)
    record: TableRecord | None = None
    if r.code is None and not r.removed and is_data_table(r.page, at):
        record = TableRecord(at, r.sink.length)
        r.sink.marks.append(record)
        if r.sink is r.main:
            r.reading.tables.append(record)
    r.frames.append((stop, _leave_table, (record, r.table)))
    r.table = record
    return at + 1


def _leave_table(r: Reader, data: tuple[TableRecord | None, TableRecord | None]) -> None:
    record, r.table = data
    if record is not None:
        record.start, record.end = r.sink.place(record)
    r.border(2)


def _row_group(r: Reader, at: int, stop: int, _tag: str) -> int:
    breaks = 2 if r.table is None else 1
    r.border(breaks)
    r.frames.append((stop, _leave_block, breaks))
    return at + 1


def _row(r: Reader, at: int, stop: int, _tag: str) -> int:
    if r.table is None:
        r.border(2)
        r.frames.append((stop, _leave_block, 2))
        return at + 1
    r.table.rows.append((at, []))
    if r.flows():
        r.frames.append((stop, _leave_row, r.sink.context))
        r.sink.end_block(1)
        r.sink.context = ("TableRow", None, None, None, None)
    else:
        r.border(1)
        r.frames.append((stop, _leave_block, 1))
    return at + 1


def _leave_row(r: Reader, context: Context) -> None:
    r.sink.end_row()
    r.sink.context = context


def _cell(r: Reader, at: int, stop: int, _tag: str) -> int:
    if r.code is not None:
        return at + 1
    if r.table is None or not r.table.rows or r.tags[r.parents[at]] != "tr" or r.removed:
        r.border(2)
        r.frames.append((stop, _leave_block, 2))
        return at + 1
    row = r.table.rows[-1][1]
    if row:
        if r.cell:
            r.sink.space = True
        else:
            r.sink.next_cell()
    record = CellRecord(at, r.sink.length)
    row.append(record)
    r.sink.marks.append(record)
    r.cell += 1
    r.frames.append((stop, _leave_cell, record))
    return at + 1


def _leave_cell(r: Reader, record: CellRecord) -> None:
    r.cell -= 1
    record.start, record.end = r.sink.place(record)


ACTIONS: dict[str, Enter] = {
    **dict.fromkeys(BLOCKS, _block),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol", "dl", "menu", "dir"), _list),
    **dict.fromkeys(("dt", "dd"), _definition),
    **dict.fromkeys(("td", "th"), _cell),
    **dict.fromkeys(("thead", "tbody", "tfoot", "colgroup"), _row_group),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), code),
    **dict.fromkeys(("sup", "sub"), script),
    **dict.fromkeys(("caption", "figcaption"), _caption),
    **dict.fromkeys(("img", "audio", "video"), medium),
    "a": _link,
    "li": _item,
    "tr": _row,
    "table": _table,
    "blockquote": _quote,
    "br": _break,
    "math": math,
    "hr": _rule,
    "figure": _figure,
    "ruby": ruby,
    "rt": reading,
}
"""What to do at elements, by tag."""

ROLES: dict[str, Enter] = {**ACTIONS, "code": code, "lines": _lines, "apart": _apart}
"""The same for the roles that cleaners give with `Page.read_as`: tags, and names that are no elements of theirs."""

_INLINE_ACTIONS = (_link, script, math, medium, ruby, reading)
BORDERS: frozenset[str] = frozenset(tag for tag, action in ACTIONS.items() if action not in _INLINE_ACTIONS)
"""Elements whose border ends a block of the text around them, also when they are claimed."""
