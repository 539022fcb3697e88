"""`Sink`: where words are written, laid out as a reader sees them, with every offset known as soon as it is written.

Layout follows `innerText` of the HTML standard (https://html.spec.whatwg.org/multipage/dom.html#the-innertext-idl-attribute):
white space is folded, borders of blocks are remembered and written only when a word follows.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Protocol, TypeAlias

__all__ = ["WHITE", "Context", "Mark", "Sink"]

WHITE = " \t\n\r\f"
"""HTML's white space. No-break and ideographic spaces are not among it: they are characters of the text."""

Context: TypeAlias = tuple[str, int | None, bool | None, str | None, int | None]
"""The kind of a block: its type, level, whether it is of an ordered list, its anchor, its number in the list."""

NO_BREAK = "\u00a0"
_RUN = re.compile(r"[ \t\n\r\f]+")


class Mark:
    """A stretch of the text whose start becomes known when the next word is written."""

    __slots__ = ("end", "start")

    def __init__(self, start: int) -> None:
        """`start` holds if no word follows."""
        self.start = start
        self.end = start


class Gap(Protocol):
    """Something of no width in the text: a citation's marker, taken out. `offset` and `whitespace` are filled here."""

    offset: int
    whitespace: str


class BlockRecord:
    """A block as it is being written."""

    __slots__ = ("end", "identifier", "level", "number", "ordered", "start", "type")

    def __init__(self, context: Context, start: int) -> None:
        """`end` is set when the block closes."""
        self.type, self.level, self.ordered, self.identifier, self.number = context
        self.start = start
        self.end = start


class LinkRecord(Mark):
    """A link as it is being written."""

    __slots__ = ("at",)

    def __init__(self, at: int, start: int) -> None:
        """`at` is the position of the element on the page."""
        super().__init__(start)
        self.at = at


class Sink:
    """Takes text nodes and block borders in page order; gives the text, its blocks and its links.

    `seen` counts the characters of the page that came here. `context` is the kind of block that the next word opens.
    """

    __slots__ = (
        "_parts",
        "block",
        "blocks",
        "breaks",
        "context",
        "gap_ends_white",
        "gaps",
        "length",
        "line",
        "links",
        "marks",
        "seen",
        "space",
        "substituted",
        "tabs",
    )

    def __init__(self) -> None:
        """An empty sink."""
        self._parts: list[str] = []
        self.length = 0
        self.breaks = 0
        self.line = False
        self.space = False
        self.tabs = 0
        self.seen = 0
        self.substituted = 0
        self.blocks: list[BlockRecord] = []
        self.block: BlockRecord | None = None
        self.context: Context = ("Para", None, None, None, None)
        self.links: list[LinkRecord] = []
        self.marks: list[Mark] = []
        self.gaps: list[Gap] = []
        self.gap_ends_white = False

    @property
    def text(self) -> str:
        """All that was written so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def write(self, data: str) -> None:
        """Writes a text node, white space folded."""
        size = len(data)
        self.seen += size
        core = data.strip(WHITE)
        if not core:
            self.space = True
            return
        if core[0] == NO_BREAK and core.isspace() and self._is_filler():
            self.space = True
            return
        trimmed = len(core) != size
        if "\n" in core or "  " in core or "\t" in core or "\r" in core or "\f" in core:
            core = _RUN.sub(" ", core)
        if trimmed and data[0] in WHITE:
            self.space = True
        if self.gaps:
            self._close_gaps(core[0])
        if self.space or self.block is None or self.breaks or self.tabs or self.line:
            self._separate()
        if self.marks:
            for mark in self.marks:
                mark.start = self.length
            self.marks.clear()
        self._parts.append(core)
        self.length += len(core)
        self.space = trimmed and data[-1] in WHITE

    def _is_filler(self) -> bool:
        """Whether no-break spaces alone say nothing here: an empty cell or paragraph, an icon beside a link."""
        begins = self.block is None or self.breaks or self.tabs or self.space
        return bool(begins) and self.context[0] != "LineBlock"

    def write_exactly(self, data: str, seen: int | None = None) -> None:
        """Writes characters as they are: code, formulas. `seen` is how many characters of the page they stand for."""
        self.seen += len(data) if seen is None else seen
        if not data:
            return
        if self.gaps:
            self._close_gaps(data[0])
        if self.space or self.block is None or self.breaks or self.tabs or self.line:
            self._separate()
        for mark in self.marks:
            mark.start = self.length
        self.marks.clear()
        self._parts.append(data)
        self.length += len(data)

    def _separate(self) -> None:
        """Writes what stands between the last word and the next one, and opens a block where none is open."""
        if self.breaks:
            if self.length:
                self._parts.append("\n" * self.breaks)
                self.length += self.breaks
            self.breaks = 0
            self.space = False
        elif self.line:
            self._parts.append("\n")
            self.length += 1
            self.space = False
        self.line = False
        if self.block is None:
            self.space = False
            self.block = BlockRecord(self.context, self.length)
            self.blocks.append(self.block)
        if self.tabs:
            self._parts.append("\t" * self.tabs)
            self.length += self.tabs
            self.tabs = 0
        elif self.space and self.length > self.block.start and self._parts[-1][-1] not in "\n\t":
            self._parts.append(" ")
            self.length += 1
        self.space = False

    def end_block(self, breaks: int) -> None:
        """The border of a block: the next word stands `breaks` lines below."""
        if breaks > self.breaks:
            self.breaks = breaks
        self.space = self.line = False
        if self.block is not None:
            self.block.end = self.length
            self.block = None
        if self.gaps:
            self.gaps = []

    def line_break(self) -> None:
        """A new line inside the block; a second one in a row ends the block."""
        if self.line:
            self.end_block(2)
        elif self.block is not None:
            self.line = True
            self.space = False
            self.gaps = []

    def end_row(self) -> None:
        """The end of a row of a data table: tabs of empty last cells are written too."""
        if self.tabs:
            self._separate()
        self.end_block(1)

    def next_cell(self) -> None:
        """The border between two cells of a row; one that begins with nothing but markers begins all the same."""
        if self.gaps and self.block is None:
            self._close_gaps("")
        self.gaps = []
        self.space = False
        self.tabs += 1

    def gap(self, gap: Gap, *, ends_white: bool = False) -> None:
        """Something taken out here: its offset, and the white space before it that has no place any more.

        `ends_white` says that white space stands at the end of its element: it parts words, and nothing else.
        """
        if self.gaps and self.gap_ends_white:
            self.space = True
        self.gap_ends_white = ends_white
        if self.tabs:
            self._separate()
        gap.offset = self.length
        if not self.gaps and self.length:
            gap.whitespace = "\n" * (self.breaks or self.line)
        if self.space and (self.block is not None or self.gaps) and not gap.whitespace:
            gap.whitespace = " "
        self.space = False
        self.gaps.append(gap)

    def _close_gaps(self, following: str) -> None:
        """A word follows the gaps: white space that must stay in the text after all is given back to it."""
        gaps, self.gaps = self.gaps, []
        if self.gap_ends_white and not is_closing(following):
            self.space = True
        if self.breaks or self.line or self.block is None:
            self.space = False
            self._separate()
            for gap in gaps:
                gap.offset = self.length
                gap.whitespace = gap.whitespace.lstrip("\n")
        elif not self.space and not is_closing(following):
            spaced = next((n for n in range(len(gaps) - 1, -1, -1) if gaps[n].whitespace), None)
            if spaced is not None:
                gaps[spaced].whitespace = ""
                self.space = True
                self._separate()
                for gap in gaps[spaced:]:
                    gap.offset = self.length

    def close(self) -> None:
        """The end of the page."""
        self.end_block(0)

    def place(self, mark: Mark) -> tuple[int, int]:
        """Start and end of what a mark began and what ends here; both the same where no word was written."""
        if mark in self.marks:
            self.marks.remove(mark)
            here = self.length + self.tabs + (self.breaks if self.length else 0)
            return here, here
        return mark.start, self.length


def is_closing(character: str) -> bool:
    """Whether a character stands at the end of a phrase, so that no space belongs before it."""
    return unicodedata.category(character) in ("Po", "Pe", "Pf", "Pd") and character not in "¿¡"
