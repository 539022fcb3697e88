"""`changes.jsonl`: what happened to a corpus, a line each; only the length that the database vouches for is true."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from wikiglean.output.outcome import Change

__all__ = ["CHANGES_NAME", "ChangeLog"]

CHANGES_NAME = "changes.jsonl"


class ChangeLog:
    """The file, open for adding lines; `length` is its size in bytes."""

    def __init__(self, folder: Path, committed: int) -> None:
        """Open the file and cut it back to its first `committed` bytes, where a killed run left more."""
        self._descriptor = os.open(folder / CHANGES_NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        self.length = _whole_lines(self._descriptor, min(committed, os.fstat(self._descriptor).st_size))
        os.ftruncate(self._descriptor, self.length)

    def append(self, change: Change) -> None:
        """Add a line; it counts once the database has the new `length`."""
        line = msgspec.json.encode(change) + b"\n"
        start = self.length
        try:
            while line:
                written = os.write(self._descriptor, line)
                line = line[written:]
                self.length += written
        except OSError:
            self.cut(start)
            raise

    def cut(self, length: int) -> None:
        """Take back what was added after `length`, because its row was not committed."""
        os.ftruncate(self._descriptor, length)
        self.length = length

    def sync(self) -> None:
        """Put all lines on the disk."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


def _whole_lines(descriptor: int, length: int) -> int:
    """The end of the last whole line within `length` bytes.

    Other than `length` itself only where the file lost its end, as in a copy taken while a run was at work.
    """
    with open(descriptor, "rb", closefd=False) as file:
        while length:
            start = max(0, length - 65536)
            file.seek(start)
            end = file.read(length - start).rfind(b"\n") + 1
            if end:
                return start + end
            length = start
    return 0
