"""`Capture`: the bytes of one URL at one moment, and where they came from."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["Capture", "SourceKind", "SourceRecord"]

SourceKind = Literal["http", "file", "warc", "arc", "wacz", "zim", "wayback", "memento", "dump", "bytes"]


class SourceRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a capture's bytes were read from, precisely enough to read them again.

    `offset` and `length` are bytes of `path` and locate a WARC record; `archive_url` is the address inside a web
    archive; `requested_url` the address that was asked for, where redirects led elsewhere.
    """

    kind: SourceKind
    path: str | None = None
    requested_url: str | None = None
    archive_url: str | None = None
    offset: int | None = None
    length: int | None = None


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """One URL's bytes at one moment.

    `body` is what the server sent after transfer and content encoding are undone. `content_type` is the whole header
    value, charset included. `headers` are the response's, names in lower case, in their order, repeated names
    repeated. `captured_at` is an RFC 3339 date and time in UTC, or `None` where the source does not tell.
    `redirects` are the URLs that led here, first one first, without `url` itself.
    """

    url: str | None
    body: bytes
    source: SourceRecord
    content_type: str | None = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    captured_at: str | None = None
    redirects: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first value of the header `name` (any case), or `None`."""
        name = name.lower()
        return next((value for key, value in self.headers if key == name), None)
