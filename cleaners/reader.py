"""The reader: one walk over the page that hands every visible text node to the destination in force.

Claims switch the sink; block elements set borders; a few elements have a meaning of their own (tables, lists, code,
superscripts, formulas, links). What nobody claimed inside the content root is the article's text, outside it is
removed. `read` is one long loop on purpose: it runs once for each node of the page, and a call for each would double
its time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from wikiglean.cleaners.page import Claim, Page
from wikiglean.cleaners.sink import LinkRecord, Mark, Sink
from wikiglean.cleaners.tables import is_data_table

__all__ = ["CellRecord", "MathRecord", "MediaRecord", "Reading", "TableRecord", "read"]

# What the reader does at an element. An element that is in no table is inline: its words join the words around it.
_BLOCK, _LINK, _ITEM, _LIST, _HEADING, _CELL, _ROW, _TABLE, _PRE, _QUOTE, _BREAK, _SCRIPT, _MATH, _IMAGE = range(14)
_CAPTION, _DEFINITION, _LINES, _RULE, _CLAIM, _FIGURE = range(14, 20)

BLOCKS = [
    "address",
    "article",
    "aside",
    "body",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "fieldset",
    "footer",
    "form",
    "frameset",
    "header",
    "hgroup",
    "html",
    "legend",
    "main",
    "menu",
    "nav",
    "noframes",
    "optgroup",
    "option",
    "p",
    "search",
    "section",
    "summary",
    "thead",
    "tbody",
    "tfoot",
    "colgroup",
    "marquee",
]

ACTIONS: dict[str, int] = {
    **dict.fromkeys(BLOCKS, _BLOCK),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _HEADING),
    **dict.fromkeys(("ul", "ol", "dl"), _LIST),
    **dict.fromkeys(("dt", "dd"), _DEFINITION),
    **dict.fromkeys(("td", "th"), _CELL),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), _PRE),
    **dict.fromkeys(("sup", "sub"), _SCRIPT),
    **dict.fromkeys(("caption", "figcaption"), _CAPTION),
    "a": _LINK,
    "li": _ITEM,
    "tr": _ROW,
    "table": _TABLE,
    "blockquote": _QUOTE,
    "br": _BREAK,
    "math": _MATH,
    "img": _IMAGE,
    "hr": _RULE,
    "figure": _FIGURE,
    # roles that a cleaner gives with `Page.read_as`
    "lines": _LINES,
}
BORDERS = frozenset(tag for tag, action in ACTIONS.items() if action not in (_LINK, _SCRIPT, _MATH, _IMAGE))
"""Elements whose border ends a block of the text around them, also when they are claimed."""

SUPERSCRIPTS = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
SUBSCRIPTS = str.maketrans("0123456789+-−=()ni", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙᵢ")
_SCRIPTABLE = re.compile(r"[0-9+\-−=()ni]+")

ESCAPES = ("title", "references", "infoboxes", "categories", "langlinks")
"""Destinations that a removed surrounding does not swallow: notes and infoboxes, because a form may stand around the
whole page; the rest, because skins put them into what is chrome else: the title into the site's header. Markers inside removed parts stay removed."""

_FLAT = frozenset({"citations", "maintenance_tags", "categories", "langlinks", "removed"})
"""Destinations whose words are taken as they stand, without layout."""


class TableRecord(Mark):
    """A data table as it is being read."""

    __slots__ = ("at", "caption", "rows")

    def __init__(self, at: int, start: int) -> None:
        """`at` is the position of the element."""
        super().__init__(start)
        self.at = at
        self.rows: list[list[CellRecord]] = []
        self.caption: tuple[int, int] | None = None


class CellRecord(Mark):
    """A cell as it is being read."""

    __slots__ = ("at",)

    def __init__(self, at: int, start: int) -> None:
        """`at` is the position of the element."""
        super().__init__(start)
        self.at = at


@dataclass(slots=True)
class MathRecord:
    """A formula: where it stands in the text, and its TeX."""

    start: int
    end: int
    tex: str
    display: bool


@dataclass(slots=True)
class MediaRecord:
    """An image: its position on the page, its place in the text, and where its caption is."""

    at: int
    start: int
    caption: tuple[int, int] | None = None


@dataclass(slots=True)
class Reading:
    """What reading a page gives: the text with its offsets, and the claims that were met, in page order."""

    sink: Sink
    claims: list[Claim] = field(default_factory=list)
    tables: list[TableRecord] = field(default_factory=list)
    code: list[tuple[int, int, int]] = field(default_factory=list)
    math: list[MathRecord] = field(default_factory=list)
    media: list[MediaRecord] = field(default_factory=list)


def read(page: Page) -> Reading:
    """Reads the page once, in order, and returns the text, everything located in it, and the claims with their words.

    Every visible text node is handed to exactly one sink.
    """
    tags, nodes, ends, parents = page.tags, page.nodes, page.ends, page.parents
    claims, text_claims, roles, root = page.claims, page.text_claims, page.roles, page.root
    actions = ACTIONS
    # positions that a bulk step must not jump over
    kept = sorted([*(at for at, claim in claims.items() if claim.destination in ESCAPES), root])
    all_claimed = sorted([*claims, *text_claims, root])

    main = Sink()
    reading = Reading(main)
    outside = Claim(page.body, "removed", "content", "outside the article")
    outside.sink = Sink()
    reading.claims.append(outside)
    start, end = (page.body, ends[page.body]) if tags else (0, 0)
    sink, removed = outside.sink, True
    within: Claim | None = outside
    frames: list[tuple[int, int, Any, Any]] = []  # end, action, and what the action needs to undo itself
    next_end = end
    cell = 0  # how many data cells we are in: inside them borders of blocks are spaces
    depth = 0  # of lists
    quotes = 0
    pre_last = -1  # the last text node of the code block that we are in
    table: TableRecord | None = None
    figure: list[MediaRecord] | None = None
    at = start

    while True:
        while at >= next_end:
            if not frames:
                main.close()
                return reading
            _, action, first, second = frames.pop()
            next_end = frames[-1][0] if frames else end
            if action == _BLOCK:
                if cell:
                    sink.space = True
                else:
                    sink.end_block(second)
                if first is not None:
                    sink.context = first
            elif action == _LINK:
                link = first
                link.start, link.end = sink.place(link)
                if link.end > link.start:
                    sink.links.append(link)
            elif action == _CELL:
                record = first
                cell -= 1
                record.start, record.end = sink.place(record)
            elif action == _ROW:
                if cell:
                    sink.space = True
                else:
                    sink.end_row()
                    sink.context = first
            elif action == _LIST:
                depth -= 1
                if cell:
                    sink.space = True
                else:
                    sink.end_block(1 if depth else 2)
            elif action == _CLAIM:
                sink.close()
                sink, removed, within, cell, depth, quotes, table, figure = first
            elif action == _TABLE:
                done = first
                done.start, done.end = sink.place(done)
                table = second
                if not cell:
                    sink.end_block(2)
            elif action == _CAPTION:
                mark = first
                span = sink.place(mark)
                context, owner = second
                sink.context = context
                if cell:
                    sink.space = True
                else:
                    sink.end_block(2)
                if span[1] > span[0]:
                    if isinstance(owner, TableRecord):
                        owner.caption = span
                    elif isinstance(owner, list):
                        for medium in owner:
                            medium.caption = medium.caption or span
            elif action == _PRE:
                pre_last = -1
                mark, source = first
                span = sink.place(mark)
                if span[1] > span[0] and sink is main:
                    reading.code.append((*span, source))
                sink.context = second
                if cell:
                    sink.space = True
                else:
                    sink.end_block(2)
            elif action == _QUOTE:
                quotes -= 1
                sink.context = first
                if cell:
                    sink.space = True
                else:
                    sink.end_block(1 if depth else 2)
            else:  # _FIGURE
                figure = first
                if cell:
                    sink.space = True
                else:
                    sink.end_block(2)

        tag = tags[at]
        if not tag:
            if at in text_claims and not (
                removed and within is not None and within.destination == "removed" and within is not outside
            ):
                _read_ranges(page, at, sink, within, cell, reading, exactly=pre_last >= 0)
            elif pre_last < 0:
                sink.write(nodes[at])
            else:
                data: str = nodes[at]
                sink.write_exactly(data.rstrip("\n") if at == pre_last else data, len(data))
            at += 1
            continue

        if at in claims or at == root:
            claim = claims.get(at)
            destination = "text" if at == root or claim is None else claim.destination
            honoured = (
                not removed or within is outside or destination in ESCAPES or destination == "removed" or at == root
            )
            if honoured:
                if tag in BORDERS:
                    if cell:
                        sink.space = True
                    else:
                        sink.end_block(1 if tag in ("li", "tr", "dd", "dt") or depth else 2)
                stop = ends[at]
                if claim is not None and claim.sink is None and at != root:
                    reading.claims.append(claim)
                    claim.within = within
                    claim.context = "table" if cell else sink.context[0]
                    if destination in ("citations", "maintenance_tags"):
                        sink.gap(claim)
                    else:
                        claim.offset = sink.length
                    if destination in _FLAT:
                        inner = kept if destination == "removed" else all_claimed
                        n = bisect_left(inner, at + 1)
                        alone = n == len(inner) or inner[n] >= stop
                        if alone and destination == "removed":
                            n = bisect_left(all_claimed, at + 1)
                            alone = n == len(all_claimed) or all_claimed[n] >= stop
                        if alone:
                            claim.sink = _flat(page, at)
                            at = stop
                            continue
                frames.append((stop, _CLAIM, (sink, removed, within, cell, depth, quotes, table, figure), None))
                next_end = stop
                removed = destination == "removed"
                cell = depth = quotes = 0
                table = figure = None
                if destination == "text":
                    sink, within = main, None
                else:
                    assert claim is not None
                    owner_claim = claim
                    if owner_claim.sink is None:
                        owner_claim.sink = Sink()
                    sink, within = owner_claim.sink, owner_claim
                if tag == "img":
                    at += 1
                    continue
                if tag != "pre" and tag != "table" and tag != "li" and tag != "tr":
                    at += 1
                    continue
                # the element's own meaning holds inside its claim: code in a note stays code
                if tag in ("li", "tr"):
                    at += 1
                    continue

        if roles and at in roles:
            tag = roles[at]
        action = actions.get(tag, -1)
        if action < 0:
            at += 1
            continue
        stop = ends[at]

        if action == _LINK:
            if stop > at + 1 and not removed:
                link = LinkRecord(at, sink.length)
                sink.marks.append(link)
                frames.append((stop, _LINK, link, None))
                next_end = stop
        elif action == _BLOCK:
            if cell:
                sink.space = True
            else:
                breaks = 1 if depth else 2
                sink.end_block(breaks)
            if stop > at + 1:
                frames.append((stop, _BLOCK, None, 1 if depth else 2))
                next_end = stop
        elif action == _ITEM:
            if cell:
                sink.space = True
                if stop > at + 1:
                    frames.append((stop, _BLOCK, None, 1))
                    next_end = stop
            else:
                sink.end_block(1)
                frames.append((stop, _BLOCK, sink.context, 1))
                next_end = stop
                sink.context = ("ListItem", depth or 1, tags[parents[at]] == "ol", None)
        elif action == _LIST:
            if cell:
                sink.space = True
            else:
                sink.end_block(1 if depth else 2)
            if stop > at + 1:
                depth += 1
                frames.append((stop, _LIST, None, None))
                next_end = stop
        elif action == _SCRIPT:
            if stop - at <= 4 and stop > at + 1:
                words = page.text_of(at)
                n = bisect_left(all_claimed, at + 1)
                if (n == len(all_claimed) or all_claimed[n] >= stop) and _SCRIPTABLE.fullmatch(words):
                    sink.write(words.translate(SUPERSCRIPTS if tag == "sup" else SUBSCRIPTS))
                    sink.substituted += len(words)
                    at = stop
                    continue
        elif action == _CELL:
            if table is not None and table.rows and parents_row(page, at) and not removed:
                row = table.rows[-1]
                if row:
                    if cell:
                        sink.space = True
                    else:
                        sink.next_cell()
                record = CellRecord(at, sink.length)
                row.append(record)
                sink.marks.append(record)
                cell += 1
                frames.append((stop, _CELL, record, None))
                next_end = stop
                if stop == at + 1:
                    at = stop
                    continue
            elif cell:
                sink.space = True
            else:
                sink.end_block(2)
                frames.append((stop, _BLOCK, None, 2))
                next_end = stop
        elif action == _ROW:
            if table is not None:
                table.rows.append([])
            if cell:
                sink.space = True
                frames.append((stop, _ROW, None, None))
            elif table is not None:
                sink.end_block(1)
                frames.append((stop, _ROW, sink.context, None))
                sink.context = ("TableRow", None, None, None)
            else:
                sink.end_block(2)
                frames.append((stop, _BLOCK, None, 2))
            next_end = stop
        elif action == _HEADING:
            if cell:
                sink.space = True
                frames.append((stop, _BLOCK, None, 2))
            else:
                sink.end_block(2)
                frames.append((stop, _BLOCK, sink.context, 2))
                sink.context = ("Header", int(tag[1]), None, _anchor(page, at))
            next_end = stop
        elif action == _BREAK:
            if pre_last >= 0:
                sink.write_exactly("\n", 0)
            elif cell:
                sink.space = True
            else:
                sink.line_break()
        elif action == _TABLE:
            if not cell:
                sink.end_block(2)
            if is_data_table(page, at) and not removed:
                started = TableRecord(at, sink.length)
                if sink is main:
                    reading.tables.append(started)
                sink.marks.append(started)
                frames.append((stop, _TABLE, started, table))
                table = started
            else:
                frames.append((stop, _TABLE, Mark(sink.length), table))
                table = None
            next_end = stop
        elif action == _MATH:
            tex, display = tex_of(page, at)
            if tex and not removed:
                seen = len(page.text_of(at))
                if display and not cell and tags[parents[at]] in ("p", "dd", "div") and _alone(page, at):
                    sink.end_block(2)
                    outer, sink.context = sink.context, ("Math", None, None, None)
                    sink.write_exactly(f"${tex}$", seen)
                    sink.context = outer
                    began = sink.length - len(tex) - 2
                    sink.end_block(2)
                else:
                    sink.write_exactly(f"${tex}$", seen)
                    began = sink.length - len(tex) - 2
                sink.substituted += seen
                if sink is main:
                    reading.math.append(MathRecord(began, began + len(tex) + 2, tex, display))
                at = stop
                continue
        elif action == _IMAGE:
            if not removed and sink is main:
                medium = MediaRecord(at, sink.length)
                reading.media.append(medium)
                if figure is not None:
                    figure.append(medium)
        elif action == _PRE:
            if not cell:
                sink.end_block(2)
            if page.text_of(at).strip():
                mark = Mark(sink.length)
                sink.marks.append(mark)
                frames.append((stop, _PRE, (mark, at), sink.context))
                next_end = stop
                if not cell:
                    sink.context = ("CodeBlock", None, None, None)
                pre_last = stop - 1
                while tags[pre_last]:
                    pre_last -= 1
        elif action == _DEFINITION:
            if cell:
                sink.space = True
                frames.append((stop, _BLOCK, None, 1))
            else:
                sink.end_block(1)
                frames.append((stop, _BLOCK, sink.context, 1))
                sink.context = ("DefinitionTerm" if tag == "dt" else "Definition", depth or 1, None, None)
            next_end = stop
        elif action == _QUOTE:
            if cell:
                sink.space = True
            else:
                sink.end_block(1 if depth else 2)
            quotes += 1
            frames.append((stop, _QUOTE, sink.context, None))
            if not cell:
                sink.context = ("BlockQuote", quotes, None, None)
            next_end = stop
        elif action == _CAPTION:
            if cell:
                sink.space = True
            else:
                sink.end_block(2)
            mark = Mark(sink.length)
            sink.marks.append(mark)
            owner = table if tag == "caption" else figure
            frames.append((stop, _CAPTION, mark, (sink.context, owner)))
            if not cell:
                sink.context = ("Caption", None, None, None)
            next_end = stop
        elif action == _FIGURE:
            if cell:
                sink.space = True
            else:
                sink.end_block(2)
            frames.append((stop, _FIGURE, figure, None))
            figure = []
            next_end = stop
        elif action == _LINES:
            sink.end_block(2)
            frames.append((stop, _BLOCK, sink.context, 2))
            sink.context = ("LineBlock", None, None, None)
            next_end = stop
        elif cell:
            sink.space = True
        else:
            sink.end_block(2)
        at += 1


def parents_row(page: Page, at: int) -> bool:
    """Whether a cell's parent is a row (a cell that stands elsewhere is a block)."""
    return page.tags[page.parents[at]] == "tr"


def _flat(page: Page, at: int) -> Sink:
    """The words of a subtree without layout, blocks apart by a space: for markers and for what is removed."""
    sink = Sink()
    tags, nodes = page.tags, page.nodes
    parts: list[str] = []
    seen = 0
    for i in range(at, page.ends[at]):
        tag = tags[i]
        if not tag:
            data = nodes[i]
            seen += len(data)
            parts.append(data)
        elif tag in BORDERS:
            parts.append(" ")
    words = " ".join("".join(parts).split())
    sink.write_exactly(words, seen)
    sink.close()
    return sink


def _read_ranges(
    page: Page, at: int, sink: Sink, within: Claim | None, cell: int, reading: Reading, *, exactly: bool
) -> None:
    """Reads a text node of which some ranges of characters are claimed."""
    data: str = page.nodes[at]
    write = sink.write_exactly if exactly else sink.write
    done = 0
    for start, end, claim in page.text_claims[at]:
        if start > done:
            write(data[done:start])
        if claim.sink is None:
            reading.claims.append(claim)
            claim.within = within
            claim.context = "table" if cell else sink.context[0]
            claim.sink = Sink()
            if claim.destination in ("citations", "maintenance_tags"):
                sink.gap(claim)
            else:
                claim.offset = sink.length
        claim.sink.write(data[start:end])
        done = end
    if done < len(data):
        write(data[done:])


def _anchor(page: Page, at: int) -> str | None:
    """The anchor of a heading: its own id, else that of the headline inside it."""
    for i in range(at, min(page.ends[at], at + 8)):
        if page.tags[i] and (identifier := page.attribute(i, "id")):
            return identifier
    return None


def _alone(page: Page, at: int) -> bool:
    """Whether an element holds all the words of its parent."""
    parent = page.parents[at]
    around = [*range(parent, at), *range(page.ends[at], page.ends[parent])]
    return not any(page.nodes[i].strip() for i in around if not page.tags[i])


_DISPLAY_STYLE = re.compile(r"^\{\\(?:display|text|script)style\s+(.*)\}$", re.S)


def tex_of(page: Page, at: int) -> tuple[str, bool]:
    """The TeX of a formula and whether it stands on a line of its own; "" where there is none to be found.

    Looked for in this order: a TeX annotation of the MathML, `alttext`, `alt` of the image, a MathJax script.
    """
    element = page.element(at)
    display = element.attr("display") == "block" or "display" in (page.classes.get(at) or "")
    tex = ""
    for i in range(at, page.ends[at]):
        tag = page.tags[i]
        if tag == "annotation" and "tex" in (page.attribute(i, "encoding") or "").lower():
            tex = page.text_of(i)
            break
        if tag == "math":
            display = display or page.attribute(i, "display") == "block"
            tex = tex or page.attribute(i, "alttext") or ""
        elif tag == "img":
            tex = tex or page.attribute(i, "alt") or ""
        elif tag == "script":
            tex = tex or page.element(i).text
            display = display or "mode=display" in (page.attribute(i, "type") or "")
    tex = " ".join(tex.split())
    if match := _DISPLAY_STYLE.match(tex):
        tex = match[1].strip()
    return tex.strip("$").strip(), display
