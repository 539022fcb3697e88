"""Blocks of code: every character as it stands, whatever the highlighter put around the lines."""

from __future__ import annotations

from typing import Any

from wikiglean.cleaners.reading.sink import WHITE, Mark, Sink
from wikiglean.cleaners.reading.state import CodeRecord, Reader

__all__ = ["code"]


def code(r: Reader, at: int, stop: int, tag: str) -> int:
    """A `<pre>`, or an element that a profile knows to be a block of code; inside another one only a border."""
    r.border(2)
    if r.code is not None:
        r.frames.append((stop, _leave_line, None))
        return at + 1
    if not r.page.text_of(at).strip():
        return at + 1
    mark = Mark(r.sink.length)
    r.sink.marks.append(mark)
    r.frames.append((stop, _leave, (mark, at, r.sink.context, r.write)))
    if not r.cell:
        r.sink.context = ("CodeBlock", None, None, None, None)
    r.code = _Writer(r, mark, loose=tag == "code")
    r.write = r.code.write
    return at + 1


def _leave_line(r: Reader, _: None) -> None:
    r.border(1)


def _leave(r: Reader, data: tuple[Mark, int, Any, Any]) -> None:
    mark, at, r.sink.context, r.write = data
    r.code = None
    start, end = r.sink.place(mark)
    if end > start and r.sink is r.main:
        r.reading.code.append(CodeRecord(at, start, end))
    r.border(2)


class _Writer:
    """Writes text nodes of code. Newlines are held back until a character follows, so that none ends the block."""

    __slots__ = ("held", "loose", "mark", "sink")

    def __init__(self, reader: Reader, mark: Mark, *, loose: bool) -> None:
        """`loose` code stands in elements that fold white space: only its rows and blocks are lines."""
        self.sink: Sink = reader.sink
        self.mark = mark
        self.loose = loose
        self.held = ""

    def write(self, data: str) -> None:
        """Writes a text node."""
        sink = self.sink
        if self.loose and not data.strip(WHITE) and ("\n" in data or "\t" in data):
            sink.seen += len(data)
            return
        first = self.mark in sink.marks
        code = (data.lstrip("\n") if first else data).rstrip("\n")
        if code:
            sink.write_exactly(self.held + code, len(data))
            self.held = ""
        else:
            sink.seen += len(data)
        if not first or code:
            self.held += data[len(data.rstrip("\n")) :]

    def border(self) -> None:
        """The border of a block inside code: what follows stands on a new line."""
        if not self.held and self.mark not in self.sink.marks:
            self.held = "\n"

    def flush(self) -> None:
        """Writes what was held back: something that takes no room stands here."""
        if self.held:
            self.sink.write_exactly(self.held, 0)
            self.held = ""

    def line_break(self) -> None:
        """A `<br>`."""
        if self.mark not in self.sink.marks:
            self.held += "\n"
