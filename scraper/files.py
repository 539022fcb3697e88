"""Saved pages: a file, or a folder of them at any depth."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from wikiglean.capture import Capture, SourceRecord
from wikiglean.errors import ConfigurationError, PageTooLarge, SourceError, SourceUnavailable
from wikiglean.scraper.clock import rfc3339
from wikiglean.scraper.inflate import joined
from wikiglean.scraper.options import SourceOptions
from wikiglean.scraper.scope import Patterns

__all__ = ["open_file", "open_folder"]

_HTML = "text/html"
_TYPES = {".html": _HTML, ".htm": _HTML, ".xhtml": "application/xhtml+xml", ".txt": "text/plain"}
_SIDE_FOLDERS = ("_files", "-Dateien", "_fichiers", "_archivos")
"""How browsers name them, by language."""
_ENDING = re.compile(r"\.[a-z0-9]{1,5}")
_CHUNK = 64 * 1024


def open_file(spec: str, options: SourceOptions) -> Iterator[Capture | SourceError]:
    """The page in the file `spec`."""
    path = Path(spec)
    url = _address(PurePosixPath(path.name), options.base_url)
    yield _read(path, url, options.max_bytes)


def open_folder(spec: str, options: SourceOptions) -> Iterator[Capture | SourceError]:
    """The pages in the folder `spec` and below, in the order of their paths; other files are passed over.

    Raises `ConfigurationError` for patterns that are none.
    """
    root = Path(spec)
    patterns = Patterns(options.include, options.exclude)
    given = 0
    for path in _pages(root):
        if options.limit is not None and given >= options.limit:
            return
        if isinstance(path, SourceError):
            yield path
            continue
        url = _address(PurePosixPath(path.relative_to(root).as_posix()), options.base_url)
        if patterns.refusal(url or path.as_posix()) is None:
            given += 1
            yield _read(path, url, options.max_bytes)


def _pages(folder: Path, above: tuple[tuple[int, int], ...] = ()) -> Iterator[Path | SourceError]:
    """Files that may be pages. `above` are the folders on the way here, so that a link to one of them ends."""
    try:
        here = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield SourceUnavailable(f"the folder can't be read ({error.strerror})", url=folder.as_posix())
        return
    identity = (here.st_dev, here.st_ino)
    if identity in above:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            # Browsers save a page's pictures and frames beside it, in a folder of its name.
            if not entry.name.endswith(_SIDE_FOLDERS):
                yield from _pages(folder / entry.name, (*above, identity))
        elif content_type(entry.name) is not None and _is_file(entry):
            yield folder / entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    """No pipes and devices: reading one might never end. A link to nothing is a page that can't be read."""
    try:
        return entry.is_file() or entry.is_symlink()
    except OSError:
        return False


def content_type(name: str) -> str | None:
    """The media type that a file's name tells, `None` for what is no page. Names without ending are pages."""
    plain = name[:-3] if name.lower().endswith(".gz") else name
    ending = PurePosixPath(plain).suffix.lower()
    if not _ENDING.fullmatch(ending):
        # A dot of the title: `St._Petersburg`, `index.php?title=Main_Page` as mirrors save it.
        ending = ""
    if plain != name and not ending:
        return None
    return _TYPES.get(ending) if ending else _HTML


def _read(path: Path, url: str | None, limit: int) -> Capture | SourceError:
    """The page in one file, or why it can't be read."""
    name = path.as_posix()
    try:
        if not path.is_file():
            return SourceUnavailable("is no file that can be read", url=name)
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if state.st_size > limit:
                return PageTooLarge(f"{state.st_size:,} bytes, more than {limit:,}; raise the size limit", url=name)
            # Mirrors keep some pages as they were sent, without a name that says so.
            encoding = "gzip" if path.name.lower().endswith(".gz") or file.peek(2)[:2] == b"\x1f\x8b" else None
            body = joined(iter(lambda: file.read(_CHUNK), b""), encoding, limit, url=name)
    except OSError as error:
        return SourceUnavailable(f"can't be read ({error.strerror})", url=name)
    except SourceError as error:
        return error
    return Capture(
        url=url,
        body=body,
        source=SourceRecord(kind="file", path=name),
        content_type=content_type(path.name) or _HTML,
        captured_at=rfc3339(state.st_mtime),
    )


def _address(path: PurePosixPath, base: str | None) -> str | None:
    """The address that a saved page had, if its folder was saved from `base`."""
    if base is None:
        return None
    if not urlsplit(base).scheme:
        raise ConfigurationError(f"base_url: {base!r} is no web address; give one like https://wiki.example.org/")
    name = path.as_posix()
    name = name[:-3] if name.lower().endswith(".gz") else name
    return base.rstrip("/") + "/" + quote(name)
