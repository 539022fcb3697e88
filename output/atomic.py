"""Writing so that a file is there whole or not at all, whatever happens in between; errors said in plain words."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from wikiglean.errors import CorpusError

__all__ = ["PARTIAL_NAME", "explained", "make_folder", "sync_folder", "write_atomically"]

# One fixed name a folder: the corpus has one writer, so what a killed one left behind is simply written over.
PARTIAL_NAME = ".wikiglean-partial"

_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space and run the same command again, nothing is lost",
    errno.EDQUOT: "the disk quota is used up; free some space and run the same command again, nothing is lost",
    errno.EFBIG: "the file would be larger than this account or file system allows; raise the limit",
    errno.EROFS: "the file system is read-only; name a folder that can be written",
    errno.EACCES: "no permission; change it, or name another folder",
    errno.EPERM: "no permission; change it, or name another folder",
    errno.ENOTDIR: "a part of this path is a file and not a folder; name another folder",
    errno.EEXIST: "this is a file and not a folder; name another folder",
}


@contextmanager
def explained(path: Path) -> Generator[None]:
    """Turns the errors of the disk and of SQLite into `CorpusError`s that say what to do. `path` is the culprit."""
    try:
        yield
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, error.strerror or str(error))
        raise CorpusError(advice, path=str(error.filename or path)) from error
    except sqlite3.Error as error:
        raise CorpusError(_sqlite_advice(error), path=str(path)) from error


def _sqlite_advice(error: sqlite3.Error) -> str:
    """What to do about an error of the database, by SQLite's own result code."""
    match getattr(error, "sqlite_errorcode", None):
        case sqlite3.SQLITE_FULL:
            return _ADVICE[errno.ENOSPC]
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return _ADVICE[errno.EACCES]
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return f"the database is damaged ({error}); put back a copy of it, or crawl into a new folder"
        case _:
            return f"the database can't be used ({error}); is another program writing to it, or the disk full?"


def write_atomically(path: Path, data: bytes, partial_name: str = PARTIAL_NAME) -> None:
    """Writes `data` to `path` by way of a temporary file in the same folder; on the disk when this returns."""
    partial = path.with_name(partial_name)
    try:
        with open(partial, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Makes `folder` and those above it, each name on the disk when this returns."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Puts the names in `folder` on the disk. Windows can't open a folder, and keeps its names by journal."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
