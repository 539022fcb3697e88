"""What reading a page gives, and the `Reader`: where the one walk over the page is, and what surrounds it there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.sink import Mark, Sink

__all__ = [
    "CellRecord",
    "CodeRecord",
    "Enter",
    "LocatedRecord",
    "MathRecord",
    "MediaRecord",
    "Numbering",
    "Reader",
    "Reading",
    "TableRecord",
]


class TableRecord(Mark):
    """A data table as it is being read: its rows, each with its position, and the place of its caption."""

    __slots__ = ("at", "caption", "rows")

    def __init__(self, at: int, start: int) -> None:
        """`at` is the position of the element."""
        super().__init__(start)
        self.at = at
        self.rows: list[tuple[int, list[CellRecord]]] = []
        self.caption: tuple[int, int] | None = None


class CellRecord(Mark):
    """A cell as it is being read."""

    __slots__ = ("at",)

    def __init__(self, at: int, start: int) -> None:
        """`at` is the position of the element."""
        super().__init__(start)
        self.at = at


@dataclass(slots=True)
class CodeRecord:
    """A block of code: its element and its place in the text."""

    at: int
    start: int
    end: int


@dataclass(slots=True)
class MathRecord:
    """A formula: where it stands in the text, and its TeX."""

    start: int
    end: int
    tex: str
    display: bool


@dataclass(slots=True)
class LocatedRecord:
    """An element that a cleaner asked for with `Page.locate`: what for, and its place in the text, if it is there."""

    at: int
    kind: str
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class MediaRecord:
    """A picture, sound or video: its element, its place in the words of `sink`, and where its caption is there.

    `within` is the claim that the sink belongs to, `None` for the article's text.
    """

    at: int
    start: int
    sink: Sink
    within: Claim | None = None
    caption: tuple[int, int] | None = None


@dataclass(slots=True)
class Reading:
    """What reading a page gives: the text with its offsets, and the claims that were met, in page order."""

    sink: Sink
    claims: list[Claim] = field(default_factory=list[Claim])
    tables: list[TableRecord] = field(default_factory=list[TableRecord])
    code: list[CodeRecord] = field(default_factory=list[CodeRecord])
    math: list[MathRecord] = field(default_factory=list[MathRecord])
    media: list[MediaRecord] = field(default_factory=list[MediaRecord])
    located: list[LocatedRecord] = field(default_factory=list[LocatedRecord])


class Numbering:
    """The numbers of the list that is being read; `following` is that of its next item, `None` where it has none."""

    __slots__ = ("following", "step")

    def __init__(self, following: int | None, step: int = 1) -> None:
        """`step` is -1 for reversed lists."""
        self.following = following
        self.step = step


class Reader:
    """The state of the walk.

    `write` takes the text nodes; it is the sink's own writing, or that of code or of raised characters. `cell` is how
    many data cells are around: inside them borders of blocks are spaces. `depth` is that of lists. `frames` are what is
    to be done where the elements around end: position, function, and its data. `removed` words are in no field; `open`
    says whether claims count here: what is inside `removed` stays removed, but for what nobody claimed.
    """

    __slots__ = (
        "cell",
        "claimed",
        "code",
        "depth",
        "ends",
        "figure",
        "frames",
        "main",
        "new_sink",
        "numbering",
        "open",
        "outside",
        "page",
        "parents",
        "quotes",
        "reading",
        "removed",
        "sink",
        "table",
        "tags",
        "within",
        "write",
    )

    def __init__(self, page: Page, outside: Claim, new_sink: Callable[[], Sink]) -> None:
        """Begins outside the article: there words belong to the claim `outside`. `new_sink` makes all sinks."""
        self.page = page
        self.tags, self.ends, self.parents = page.tags, page.ends, page.parents
        # sorted, so that a look inside a subtree is one search
        self.claimed = sorted([*page.claims, *page.text_claims, page.root])
        self.outside = outside
        self.new_sink = new_sink
        self.main = new_sink()
        self.reading = Reading(self.main, [outside])
        self.frames: list[tuple[int, Callable[[Reader, Any], None], Any]] = []
        outside.sink = new_sink()
        self.enter_sink(outside.sink, outside)

    def enter_sink(self, sink: Sink, within: Claim | None) -> None:
        """Hands the words to another sink, in which nothing is begun yet."""
        self.sink = sink
        self.write: Callable[[str], None] = sink.write
        self.within = within
        self.removed = within is not None and within.destination == "removed"
        self.open = not self.removed or within is self.outside
        self.cell = self.depth = self.quotes = 0
        self.code: Any = None
        self.table: TableRecord | None = None
        self.figure: list[MediaRecord] | None = None
        self.numbering: Numbering | None = None

    def saved(self) -> tuple[Any, ...]:
        """All that `restore` needs to come back to this sink."""
        return (
            self.sink,
            self.write,
            self.within,
            self.removed,
            self.open,
            self.cell,
            self.depth,
            self.quotes,
            self.code,
            self.table,
            self.figure,
            self.numbering,
        )

    def restore(self, saved: tuple[Any, ...]) -> None:
        """Comes back to the sink that words went to before."""
        (
            self.sink,
            self.write,
            self.within,
            self.removed,
            self.open,
            self.cell,
            self.depth,
            self.quotes,
            self.code,
            self.table,
            self.figure,
            self.numbering,
        ) = saved

    def holds_claims(self, at: int, stop: int) -> bool:
        """Whether something is claimed inside a subtree, itself left out."""
        n = bisect_left(self.claimed, at + 1)
        return n < len(self.claimed) and self.claimed[n] < stop

    def border(self, breaks: int) -> None:
        """The border of a block: lines in the text, a space in a cell, a new line in code."""
        if self.code is not None:
            self.code.border()
        elif self.cell:
            self.sink.space = True
        else:
            self.sink.end_block(breaks)

    def flows(self) -> bool:
        """Whether blocks are laid out as such here: neither in a cell nor in code."""
        return not self.cell and self.code is None


Enter: TypeAlias = Callable[[Reader, int, int, str], int]
"""What the reader does at an element: position, end and tag (or role); gives the position to go on at."""
