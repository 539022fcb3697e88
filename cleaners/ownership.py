"""Who owns which stretch of the page, in page order: what the reader put where, noted while it read.

The reader visits every visible text node once, in order, and the sink that takes it counts its characters (`seen`).
So the steps of these counters, one after the other, cut the page's visible characters into stretches, and there is no
second account of claims that could differ from the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from wikiglean.cleaners.assembly import selector_of
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.elements import BORDERS
from wikiglean.cleaners.reading.sink import WHITE, Sink
from wikiglean.cleaners.reading.state import Reading
from wikiglean.inspection import Border, Piece, Role

__all__ = ["Trace", "pieces_of"]

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), "code"),
}
# What cleaners let the reader take an element for, where that is no tag: an inline <code> is none of it.
_NAMED_ROLES: dict[str, Role] = {"code": "code", "lines": ""}


@dataclass(slots=True)
class _Stretch:
    """`size` characters of the page that came to `sink` when the main text was `place` characters long."""

    sink: Sink
    size: int
    place: int
    substituted: bool = False


class Trace:
    """Makes sinks that note what comes to them: `read(page, trace.new_sink)`."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self.stretches: list[_Stretch] = []
        self._main: Sink | None = None

    def new_sink(self) -> Sink:
        """A sink that notes what comes to it. The first one is that of the article's text."""
        sink = _TracedSink(self)
        self._main = self._main or sink
        return sink

    def seen(self, sink: Sink, number: int) -> None:
        """So many more characters came to a sink; fewer than none where it had counted some that are not the page's."""
        if number < 0:
            self.stretches[-1].size += number
        elif number and self._main is not None:
            self.stretches.append(_Stretch(sink, number, self._main.length))

    def substituted(self, number: int) -> None:
        """The last characters that came stand in the article as others."""
        found = len(self.stretches)
        while number > 0:
            found -= 1
            number -= self.stretches[found].size
            self.stretches[found].substituted = True


class _TracedSink(Sink):
    """A sink whose counters tell of each step."""

    __slots__ = ("_seen", "_substituted", "_trace")

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._seen = self._substituted = 0
        super().__init__()

    @property
    def seen(self) -> int:
        return self._seen

    @seen.setter
    def seen(self, number: int) -> None:
        self._trace.seen(self, number - self._seen)
        self._seen = number

    @property
    def substituted(self) -> int:
        return self._substituted

    @substituted.setter
    def substituted(self, number: int) -> None:
        self._trace.substituted(number - self._substituted)
        self._substituted = number


class _Owner(NamedTuple):
    """What a piece says of its owner."""

    destination: str
    cleaner: str = ""
    reason: str = ""
    selector: str = ""
    entry: int | None = None


class _Run(NamedTuple):
    """A text node of the page, with what stands before it. White space alone leaves the border to the next one."""

    text: str
    border: Border
    role: Role


def pieces_of(page: Page, reading: Reading, trace: Trace) -> tuple[Piece, ...]:
    """The visible characters of a page that was read with the trace's sinks, each with its owner.

    Where the reader did not account for all of them (the flag `ledger-mismatch`), the rest is `unaccounted`.
    """
    pieces: list[Piece] = []
    parts: list[str] = []
    last: tuple[_Owner, bool, Role] | None = None
    for run, start, end, owner, substituted, place in _cuts(page, reading, trace):
        white = last is not None and last[:2] == (owner, substituted) and not run.text.strip(WHITE)
        kind = last if white else (owner, substituted, run.role)
        border: Border = run.border if start == 0 else ""
        if border or kind != last:
            _close(pieces, parts)
            last = kind
            pieces.append(
                Piece(
                    text="",
                    destination=owner.destination,
                    cleaner=owner.cleaner,
                    reason=owner.reason,
                    selector=owner.selector,
                    entry=owner.entry,
                    substituted=substituted,
                    place=place,
                    border=border,
                    role=run.role,
                )
            )
        parts.append(run.text[start:end])
    _close(pieces, parts)
    return tuple(pieces)


def _close(pieces: list[Piece], parts: list[str]) -> None:
    """Gives the last piece its characters."""
    if pieces:
        pieces[-1] = msgspec.structs.replace(pieces[-1], text="".join(parts))
        parts.clear()


def _cuts(page: Page, reading: Reading, trace: Trace) -> Iterator[tuple[_Run, int, int, _Owner, bool, int]]:
    """The parts of text nodes that came to one sink at once: node, start, end, owner, substituted, place."""
    owners = _owners(page, reading)
    runs = _runs(page)
    run, used = next(runs, None), 0
    for stretch in trace.stretches:
        left = stretch.size
        while left > 0 and run is not None:
            end = min(len(run.text), used + left)
            yield run, used, end, owners[stretch.sink], stretch.substituted, stretch.place
            left -= end - used
            used = end
            if used == len(run.text):
                run, used = next(runs, None), 0
    while run is not None:
        yield run, used, len(run.text), _Owner("unaccounted"), False, reading.sink.length
        run, used = next(runs, None), 0


def _owners(page: Page, reading: Reading) -> dict[Sink, _Owner]:
    """Whose words each sink has. Entries are counted as `assembly` makes them: of removals those that have words."""
    owners = {reading.sink: _Owner("text")}
    removals = citations = 0
    for claim in reading.claims:
        entry: int | None = None
        if claim.destination == "removed" and claim.text:
            entry, removals = removals, removals + 1
        elif claim.destination == "citations":
            entry, citations = citations, citations + 1
        if claim.sink is not None and claim.destination != "text":
            selector = selector_of(page, claim.at)
            owners[claim.sink] = _Owner(claim.destination, claim.cleaner, claim.reason, selector, entry)
    return owners


_STRENGTH: dict[Border, int] = {"": 0, "line": 1, "cell": 2, "block": 3}


def _runs(page: Page) -> Iterator[_Run]:
    """The visible text nodes of the page in order."""
    if not page.tags:
        return
    tags, nodes, ends, roles = page.tags, page.nodes, page.ends, page.roles
    around: list[tuple[int, Border, Role]] = []
    pending: Border = ""
    new_row = new_cell = False  # no word of it came yet: the border before it is the row's, or the cell's
    for at in range(page.body, ends[page.body]):
        while around and at >= around[-1][0]:
            border = around.pop()[1]
            new_cell = new_cell and border != "cell"
            pending = pending if new_cell or border == "cell" else _stronger(pending, border)
        tag = roles.get(at, tags[at])
        if not tags[at]:
            data: str = nodes[at]
            white = not data.strip(WHITE)
            yield _Run(data, "" if white else pending, around[-1][2] if around else "")
            if not white:
                pending, new_row, new_cell = "", False, False
        elif tag in ("td", "th"):
            pending, new_cell = pending if new_row else "cell", True
            around.append((ends[at], "cell", _role(tag, around)))
        elif tag == "br" or tag in BORDERS or (at in roles and tag in _NAMED_ROLES):
            border = "line" if tag == "br" else "block"
            pending = pending if new_cell else _stronger(pending, border)
            new_row = new_row or tag == "tr"
            role = _NAMED_ROLES.get(tag) if at in roles else None
            around.append((ends[at], border, role or _role(tag, around)))


def _stronger(one: Border, other: Border) -> Border:
    return max(one, other, key=_STRENGTH.__getitem__)


def _role(tag: str, around: list[tuple[int, Border, Role]]) -> Role:
    """The role inside an element: its own, else that of the elements around it; all is code in code."""
    outer = around[-1][2] if around else ""
    return outer if outer == "code" else _ROLES.get(tag, outer)
