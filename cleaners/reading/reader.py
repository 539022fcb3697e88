"""The reader: one walk over the page that hands every visible text node to the destination in force.

Claims switch the sink; elements do what `elements.py` says. What nobody claimed inside the content root is the
article's text, outside it is removed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.elements import ACTIONS, BORDERS, ROLES, locate, medium
from wikiglean.cleaners.reading.sink import Sink
from wikiglean.cleaners.reading.state import Reader, Reading, TableRecord

__all__ = ["BORDERS", "read"]

ESCAPES = ("title", "references", "infoboxes", "categories", "langlinks")
"""Destinations that a removed surrounding does not swallow: notes and infoboxes, because a form may stand around the
whole page; the rest, because skins put them into what is chrome else: the title into the site's header. Markers inside
removed parts stay removed."""

_LINES = ("li", "tr", "dd", "dt")
_FLAT = frozenset({"citations", "maintenance_tags", "categories", "langlinks", "removed"})
"""Destinations whose words are taken as they stand, without layout."""

_GAPS = ("citations", "maintenance_tags")
"""Destinations whose words leave the text where they stood, and remember the place."""


def read(page: Page, new_sink: Callable[[], Sink] = Sink) -> Reading:
    """Reads the page once, in order, and returns the text, everything located in it, and the claims with their words.

    Every visible text node is handed to exactly one sink; `new_sink` makes them.
    """
    tags, nodes, ends = page.tags, page.nodes, page.ends
    claims, text_claims, roles, root = page.claims, page.text_claims, page.roles, page.root
    outside = Claim(page.body, "removed", "content", "outside the article")
    reader = Reader(page, outside, new_sink)
    frames = reader.frames
    at, end = (page.body, ends[page.body]) if tags else (0, 0)
    frames.append((end, _finish, None))  # never taken off: it says where the page ends
    next_end = end
    actions = ACTIONS.get
    located = page.located
    special = {*claims, *roles, *located, root}

    while True:
        while at >= next_end:
            if len(frames) == 1:
                reader.main.close()
                return reader.reading
            _, leave, data = frames.pop()
            next_end = frames[-1][0]
            leave(reader, data)
        tag = tags[at]
        if not tag:
            if at in text_claims and reader.open:
                _read_ranges(reader, at)
            else:
                reader.write(nodes[at])
            at += 1
            continue
        action = actions(tag)
        if at in special:
            if at in located:
                locate(reader, at, ends[at])
                next_end = frames[-1][0]
            if at in claims or at == root:
                following = _enter_claim(reader, at, tag)
                next_end = frames[-1][0]
                if following is not None:
                    at = following
                    continue
            if at in roles:
                tag = roles[at]
                action = ROLES.get(tag)
        if action is None:
            at += 1
            continue
        at = action(reader, at, ends[at], tag)
        next_end = frames[-1][0]


def _finish(_reader: Reader, _: None) -> None:
    """Stands for the end of the page among the frames."""


def _enter_claim(r: Reader, at: int, tag: str) -> int | None:
    """Enters a claim; gives the position to go on at, or `None` where the element's own meaning holds too."""
    page = r.page
    claim = None if at == page.root else page.claims[at]
    if claim is not None and not (r.open or claim.destination in ESCAPES or claim.destination == "removed"):
        return None
    stop = page.ends[at]
    if tag in BORDERS and tag != "br":
        r.border(1 if tag in _LINES or r.depth else 2)
    elif tag in ("audio", "video"):
        medium(r, at, stop, tag)
    if claim is not None and claim.sink is None:
        if claim.destination in _GAPS and r.code is None:
            _meet_gap(r, claim, page.text_of(at))
        else:
            _meet(r, claim)
        if claim.destination in _FLAT and not r.holds_claims(at, stop):
            claim.sink = _flat(page, at, r.new_sink())
            return stop
    elif claim is not None and claim.sink is not None:
        _part(claim.sink, tag)
    r.frames.append((stop, _leave_claim, (tag in BORDERS and tag != "br", r.saved())))
    if claim is None or claim.destination == "text":
        r.enter_sink(r.main, None)
    else:
        claim.sink = claim.sink or r.new_sink()
        r.enter_sink(claim.sink, claim)
        if tag == "tr" and claim.kind == "row":
            r.table = TableRecord(at, 0)  # so that the cells are kept apart as in a table
            r.table.rows.append((at, []))
    # code in a note stays code, a table that is the root stays a table
    return None if tag in ("pre", "table") else at + 1


def _part(sink: Sink, tag: str) -> None:
    """A further part of a claim begins: a block, a new line, or words that go on."""
    if tag == "br":
        sink.line_break()
    elif tag in BORDERS:
        sink.end_block(1 if tag in _LINES else 2)


def _leave_claim(r: Reader, data: tuple[bool, tuple[Any, ...]]) -> None:
    is_block, saved = data
    if is_block:
        r.sink.end_block(2)  # written only if the claim has a further part
    r.restore(saved)


def _meet(r: Reader, claim: Claim, *, ends_white: bool = False) -> None:
    """Notes a claim and the place where it stands."""
    r.reading.claims.append(claim)
    claim.within = r.within
    claim.context = "table" if r.cell else r.sink.context[0]
    if claim.destination in _GAPS:
        if r.code is not None:
            r.code.flush()
        r.sink.gap(claim, ends_white=ends_white)
    else:
        claim.offset = r.sink.length


def _begins_block(page: Page, at: int) -> bool:
    """Whether a block or a line begins at a text node."""
    before = at - 1
    while page.tags[before] and page.tags[before] not in BORDERS:
        before -= 1
    return page.tags[before] in BORDERS


def _meet_inside(r: Reader, claim: Claim, outer: Claim) -> None:
    """The same for a claim whose place is in another one on the same text."""
    if outer.sink is None:
        outer.sink = r.new_sink()
        _meet(r, outer)
    r.reading.claims.append(claim)
    claim.within = outer
    outer.sink.gap(claim)


def _meet_gap(r: Reader, claim: Claim, data: str) -> None:
    """Meets what leaves a gap: white space at the edges of its element parts the words around it."""
    if data[:1].isspace():
        r.sink.space = True
    _meet(r, claim, ends_white=data[-1:].isspace())


def _flat(page: Page, at: int, sink: Sink) -> Sink:
    """Writes the words of a subtree without layout, blocks apart by a space: markers, and what is removed."""
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


def _read_ranges(r: Reader, at: int) -> None:
    """Reads a text node of which some ranges of characters are claimed."""
    data: str = r.page.nodes[at]
    done = 0
    for start, end, claim in r.page.text_claims[at]:
        if start > done:
            r.write(data[done:start])
        if claim.sink is None:
            claim.sink = r.new_sink()
            if claim.outer is None:
                _meet(r, claim)
            else:
                _meet_inside(r, claim, claim.outer)
        elif not done and _begins_block(r.page, at):
            claim.sink.space = True
        claim.sink.write(data[start:end])
        done = end
    if done < len(data):
        r.write(data[done:])
