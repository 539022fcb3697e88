"""A stretch of an article as one run of Markdown: its characters escaped, its links, formulas and notes put in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from wikiglean.article import Link, Math

__all__ = ["InlineText", "Lines", "NoteMark"]

Lines = Literal["breaks", "verse", "one"]
"""What becomes of a line's end: a hard break, a hard break with the next line's indentation kept, or a space.

A blank line ends a paragraph, or is a space too.
"""

# Where CommonMark, GitHub (tables, strike-through, `:emoji:`) or Pandoc would see markup. Pandoc has most of it: notes,
# maths, attributes in braces, definitions and captions (`:`), title blocks (`%`), lists by letters, numerals, `(1)` and
# `#.` (https://pandoc.org/MANUAL.html#pandocs-markdown). `_` inside a word is none:
# https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
_SPECIAL = re.compile(
    r"""[\\`*\[\]$~|^{]
      | (?<![^\W_])_ | _(?![^\W_])
      | <(?=[A-Za-z/!?])
      | &(?=\#?\w+;)
      | (?<!\w)@(?=\w)
      | :(?=[a-z+-][a-z0-9_]*:)
      | (?<=(?<![^\W_])www)\.
      | ^[ \t]+
      | ^(?: \#{1,6}(?=\s|$) | [-+](?=\s|$|-) | (?:[Tt]able)?:(?=\s|:) | =+(?=\s*$) | > | %(?=\s) )
      | ^\(? (?: (?: \d{1,9} | [a-z] | [ivxlcdm]+ | [IVXLCDM]{2,} | \# | @ ) [.)] | [A-Z]\) ) (?=\s|$)
      | \#+[ \t]*$
      | \n+
    """,
    re.VERBOSE | re.MULTILINE,
)
# GitHub makes links of addresses in the text, and would take what follows for a part of them, also a note's mark.
_ADDRESS = re.compile(
    r"""(?<![^\W_]) https?:// (?: [^\s<>|\\`&] | &(?!\#?\w+;) )* [^\s<>|\\`&.,;:!?'"()\[\]{}*_~]""",
    re.IGNORECASE | re.VERBOSE,
)
_UNSAFE_IN_URL = re.compile(r"[\s<>\\]")


class NoteMark(NamedTuple):
    """A citation's place in the text, and its mark in Markdown, `[^1]`."""

    place: int
    mark: str


class _Edit(NamedTuple):
    """Put `replacement` in the stead of `[start, end)`. Of edits at one place, the lower rank goes first."""

    start: int
    rank: int
    end: int
    replacement: str


_CLOSE, _NOTE, _OPEN, _WHOLE, _ESCAPE = range(5)


class InlineText:
    """A text with its links, formulas and notes, of which any stretch can be had as Markdown."""

    def __init__(
        self, text: str, links: Sequence[Link] = (), math: Sequence[Math] = (), notes: Sequence[NoteMark] = ()
    ) -> None:
        """Offsets of links, formulas and notes are into `text`; their order does not matter."""
        self._text = text
        self._links = sorted(links, key=lambda link: link.start)
        self._math = sorted(math, key=lambda formula: formula.start)
        self._notes = sorted(notes, key=lambda note: note.place)

    def markdown(
        self, start: int = 0, end: int | None = None, *, lines: Lines = "breaks", in_cell: bool = False
    ) -> str:
        """The characters from `start` to `end` as Markdown; notes that stand at either end are among them."""
        end = len(self._text) if end is None else end
        edits = [*self._escapes(start, end, lines), *self._formulas(start, end, in_cell), *self._addresses(start, end)]
        edits += [*self._link_marks(start, end), *self._note_marks(start, end)]
        pieces: list[str] = []
        here = start
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.rank)):
            # Within formulas and addresses nothing is escaped, and of two escapes at one place the first is enough.
            if edit.start < edit.end and edit.start < here:
                continue
            pieces += [self._text[here : max(here, edit.start)], edit.replacement]
            here = max(here, edit.end)
        return "".join([*pieces, self._text[here:end]])

    def marks(self, start: int, end: int) -> str:
        """The marks of all notes from `start` to `end`, without the text."""
        return "".join(note.mark for note in self._notes_in(start, end))

    def _notes_in(self, start: int, end: int) -> Sequence[NoteMark]:
        first = bisect_left(self._notes, start, key=lambda note: note.place)
        return self._notes[first : bisect_right(self._notes, end, key=lambda note: note.place)]

    def _escapes(self, start: int, end: int, lines: Lines) -> Iterator[_Edit]:
        # A slice, because `^` has to match where the stretch begins.
        for match in _SPECIAL.finditer(self._text[start:end]):
            yield _Edit(start + match.start(), _ESCAPE, start + match.end(), _escaped(match[0], lines))

    def _formulas(self, start: int, end: int, in_cell: bool) -> Iterator[_Edit]:
        first = bisect_left(self._math, start, key=lambda formula: formula.start)
        for formula in self._math[first:]:
            if formula.end > end:
                break
            tex = " ".join(self._text[formula.start + 1 : formula.end - 1].split())
            # A bar would end the cell; TeX has another name for it.
            tex = tex.replace("|", r"\vert ") if in_cell else tex
            yield _Edit(formula.start, _WHOLE, formula.end, f"${tex}$" if tex else r"\$\$")
            # To Pandoc, dollar signs before a digit are money.
            if self._text[formula.end : formula.end + 1].isdigit() and formula.end < end:
                yield _Edit(formula.end, _ESCAPE, formula.end + 1, f"&#{ord(self._text[formula.end])};")

    def _addresses(self, start: int, end: int) -> Iterator[_Edit]:
        """Addresses in the text that are not links: in pointed brackets they end where they should."""
        for match in _ADDRESS.finditer(self._text, start, end):
            before = bisect_left(self._links, match.end(), key=lambda link: link.start)
            if before == 0 or self._links[before - 1].end <= match.start():
                yield _Edit(match.start(), _WHOLE, match.end(), f"<{match[0]}>")

    def _note_marks(self, start: int, end: int) -> Iterator[_Edit]:
        for place, mark in self._notes_in(start, end):
            yield _Edit(place, _NOTE, place, mark)
            # `[^1](` would be a link and `[^1]:` a note's own text.
            if place < end and self._text[place] in "(:":
                yield _Edit(place, _ESCAPE, place + 1, "\\" + self._text[place])
            yield from self._no_picture(start, place)

    def _link_marks(self, start: int, end: int) -> Iterator[_Edit]:
        reached = start
        for link in self._links[bisect_left(self._links, start, key=lambda link: link.start) :]:
            if link.start >= end:
                break
            if link.start < reached or link.end <= link.start:
                continue
            reached = min(link.end, end)
            yield _Edit(link.start, _OPEN, link.start, "[")
            yield _Edit(reached, _CLOSE, reached, f"]({_address(link.url)})")
            yield from self._no_picture(start, link.start)

    def _no_picture(self, start: int, place: int) -> Iterator[_Edit]:
        """An exclamation mark before a bracket would make a picture of the link or note."""
        if place > start and self._text[place - 1] == "!":
            yield _Edit(place - 1, _ESCAPE, place, "\\!")


def _escaped(special: str, lines: Lines) -> str:
    """What Markdown reads as `special`."""
    if special[0] == "\n":
        return " " if lines == "one" else "\\\n" if len(special) == 1 else "\n\n"
    if special.isspace():
        return "\N{NO-BREAK SPACE}" * len(special) if lines == "verse" else ""
    # Of what begins a list or a caption only the end can be escaped: `1\.`, `(iv\)`, `Table\:`.
    if special[-1] in ".):":
        return f"{special[:-1]}\\{special[-1]}"
    return f"\\{special}"


def _address(url: str) -> str:
    """A link's target. Parentheses are frequent in wikis' titles, and need pointed brackets around."""
    safe = _UNSAFE_IN_URL.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url)
    safe = safe.replace("$", "\\$")  # or a formula could begin in one address and end in the next
    return f"<{safe}>" if "(" in safe or ")" in safe else safe
