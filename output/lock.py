"""One writer at a time: a lock on a file in the corpus, which the system lets go of when its process ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from wikiglean.errors import CorpusLocked

__all__ = ["CorpusLock"]

LOCK_NAME = "corpus.lock"


class CorpusLock:
    """The lock on the corpus in `folder`, held from its making to `release`. Raises `CorpusLocked` at once."""

    def __init__(self, folder: Path) -> None:
        """Take the lock, or raise."""
        self._descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(self._descriptor)
        except OSError as error:
            holder = os.pread(self._descriptor, 20, 0).decode("ascii", "replace").strip() if os.name != "nt" else ""
            os.close(self._descriptor)
            process = f"process {holder}" if holder else "another process"
            raise CorpusLocked(
                f"{process} is at work on this corpus; wait until it ends. Nothing was changed", path=str(folder)
            ) from error
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, f"{os.getpid()}\n".encode("ascii"))

    def release(self) -> None:
        """Let go. The file stays: removing it would let two processes lock two files of one name."""
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        # Far behind the process number, because a locked byte can't be read by others there.
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
