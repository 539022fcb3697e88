"""Who owns which stretch of the page, in page order: what the reader wrote where, noted while it read.

The reader visits every visible text node once, in order, and tells a sink how many characters came. So the numbers
noted, one after the other, cut the page's visible characters into stretches, and there is no second account of claims
that could differ from the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from wikiglean.cleaners.assembly import selector_of
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reader import BORDERS, Reading
from wikiglean.cleaners.sink import WHITE, Sink
from wikiglean.inspection import Border, Piece, Role

__all__ = ["Trace", "pieces_of"]

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), "code"),
}


class _Stretch(NamedTuple):
    """`size` characters of the page that came to `sink`, when the main text was `reached` characters long."""

    sink: Sink
    size: int
    substituted: bool
    reached: int


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

    def note(self, sink: Sink, size: int, *, substituted: bool = False) -> None:
        """`size` characters of the page came to a sink."""
        if size and self._main is not None:
            self.stretches.append(_Stretch(sink, size, substituted, self._main.length))


class _TracedSink(Sink):
    __slots__ = ("_trace",)

    def __init__(self, trace: Trace) -> None:
        super().__init__()
        self._trace = trace

    def write(self, data: str) -> None:
        super().write(data)
        self._trace.note(self, len(data))

    def write_exactly(self, data: str, seen: int | None = None) -> None:
        super().write_exactly(data, seen)
        self._trace.note(self, len(data) if seen is None else seen)

    def substitute(self, shown: str, seen: int) -> None:
        super().write_exactly(shown, seen)
        self.substituted += seen
        self._trace.note(self, seen, substituted=True)


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
    for run, start, end, owner, substituted, reached in _cuts(page, reading, trace):
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
                    reached=reached,
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
    """The parts of text nodes that came to one sink at once: node, start, end, owner, substituted, reached."""
    owners = _owners(page, reading)
    runs = _runs(page)
    run, used = next(runs, None), 0
    for sink, size, substituted, reached in trace.stretches:
        left = size
        while left and run is not None:
            end = min(len(run.text), used + left)
            yield run, used, end, owners[sink], substituted, reached
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
        elif tag == "br" or tag in BORDERS:
            border = "line" if tag == "br" else "block"
            pending = pending if new_cell else _stronger(pending, border)
            new_row = new_row or tag == "tr"
            around.append((ends[at], border, _role(tag, around)))


def _stronger(one: Border, other: Border) -> Border:
    return max(one, other, key=_STRENGTH.__getitem__)


def _role(tag: str, around: list[tuple[int, Border, Role]]) -> Role:
    """The role inside an element: its own, else that of the elements around it."""
    return _ROLES.get(tag) or (around[-1][2] if around else "")
