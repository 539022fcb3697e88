"""Pages on disk: a file, or a folder of saved pages at any depth."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from wikiglean.capture import Capture, SourceRecord
from wikiglean.errors import PageTooLarge, SourceError, SourceUnavailable
from wikiglean.scraper.options import SourceOptions

__all__ = ["read_file", "read_folder"]

TYPES = {".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".shtml": "text/html", ".txt": "text/plain"}
_SIDE_FOLDERS = ("_files", "-Dateien", "_fichiers", "_archivos")
"""Where browsers put a saved page's pictures and scripts."""


def read_file(path: Path, options: SourceOptions, url: str | None = None) -> Capture:
    """A page from a file, gzip undone. Raises `SourceUnavailable` or `PageTooLarge`."""
    try:
        with path.open("rb") as file:
            data = file.read(options.max_bytes + 1)
        changed = path.stat().st_mtime
    except OSError as error:
        raise SourceUnavailable(f"can't be read: {error.strerror or error}", url=str(path)) from error
    if len(data) > options.max_bytes:
        raise PageTooLarge(f"more than {options.max_bytes} bytes", url=str(path))
    if data.startswith(b"\x1f\x8b"):
        data = _unzipped(data, path, options.max_bytes)
    return Capture(
        url=url,
        body=data,
        source=SourceRecord(kind="file", path=path.as_posix()),
        content_type=_type(path),
        captured_at=datetime.fromtimestamp(changed, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _type(path: Path) -> str | None:
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return TYPES.get(name.suffix.lower())


def _unzipped(data: bytes, path: Path, limit: int) -> bytes:
    """gzip undone, members one after the other, never more than the limit at a time."""
    parts: list[bytes] = []
    size = 0
    try:
        while data:
            decoder = zlib.decompressobj(wbits=31)
            part = decoder.decompress(data, limit + 1 - size)
            size += len(part)
            parts.append(part)
            if size > limit:
                raise PageTooLarge(f"decompresses to more than {limit} bytes", url=str(path))
            if not decoder.eof:
                raise SourceUnavailable("its gzip data end too early; get the file again", url=str(path))
            data = decoder.unused_data.lstrip(b"\x00")
    except zlib.error as error:
        raise SourceUnavailable(f"its gzip data are damaged: {error}", url=str(path)) from error
    return b"".join(parts)


def read_folder(folder: Path, options: SourceOptions) -> Iterator[Capture | SourceError]:
    """The pages of a folder and of all below it, in the order of their names; other files are passed over.

    Hidden files and the side folders of saved pages are passed over, links to folders are not followed.
    """
    pages = 0
    for path in _pages(folder):
        url = None
        if options.base_url:
            url = options.base_url.rstrip("/") + "/" + quote(path.relative_to(folder).as_posix())
        try:
            yield read_file(path, options, url)
        except SourceError as error:
            yield error
        pages += 1
        if options.limit is not None and pages >= options.limit:
            return


def _pages(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise SourceUnavailable(f"can't be listed: {error.strerror or error}", url=str(folder)) from error
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith(_SIDE_FOLDERS):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _pages(entry)
        elif _type(entry) is not None:
            yield entry
