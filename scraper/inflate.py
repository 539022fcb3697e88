"""Undoes gzip and deflate with a limit, so that a few bytes can't fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from wikiglean.errors import PageTooLarge, SourceUnavailable

__all__ = ["ACCEPT_ENCODING", "joined"]

ACCEPT_ENCODING = "gzip, deflate"
"""Only what the standard library can decode a bounded piece at a time."""

_GZIP = 16 + zlib.MAX_WBITS


def joined(chunks: Iterable[bytes], encoding: str | None, limit: int, *, url: str) -> bytes:
    """All of `chunks`, with the content `encoding` undone; `limit` in bytes, before and after.

    Raises `PageTooLarge`, and `SourceUnavailable` where the data are damaged, cut off or of another encoding.
    """
    encoding = (encoding or "identity").strip().lower()
    chunks = _limited(chunks, limit, url)
    if encoding in ("identity", ""):
        return b"".join(chunks)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise SourceUnavailable(f"the answer is encoded as {encoding!r}, which was not asked for", url=url)
    try:
        return _Inflater(encoding, limit, url).run(chunks)
    except zlib.error as error:
        raise SourceUnavailable(f"the compressed data are damaged ({error})", url=url) from error


def _limited(chunks: Iterable[bytes], limit: int, url: str) -> Iterable[bytes]:
    """`chunks`, as long as they are no more than `limit` bytes together."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise PageTooLarge(f"more than {limit:,} bytes; raise the size limit if the page is worth it", url=url)
        yield chunk


class _Inflater:
    """One compressed stream; a gzip file may hold several members one after the other (RFC 1952, 2.2)."""

    def __init__(self, encoding: str, limit: int, url: str) -> None:
        self._gzip = encoding != "deflate"
        self._limit = limit
        self._url = url
        self._stream = zlib.decompressobj(_GZIP) if self._gzip else None
        self._parts: list[bytes] = []
        self._size = 0

    def run(self, chunks: Iterable[bytes]) -> bytes:
        """What `chunks` decompress to."""
        begun = False
        for chunk in chunks:
            if chunk:
                begun = True
                self._feed(chunk)
        if begun and self._stream is not None and not self._stream.eof:
            raise SourceUnavailable("the compressed data are cut off", url=self._url)
        return b"".join(self._parts)

    def _feed(self, data: bytes) -> None:
        while data:
            stream = self._stream = self._stream or _deflate(data)
            if stream.eof:
                # What follows the last member and does not begin another is padding, as gzip itself takes it.
                if not self._gzip or data[:1] != b"\x1f":
                    return
                stream = self._stream = zlib.decompressobj(_GZIP)
            part = stream.decompress(data, self._limit - self._size + 1)
            self._size += len(part)
            if self._size > self._limit:
                raise PageTooLarge(f"decompresses to more than {self._limit:,} bytes", url=self._url)
            self._parts.append(part)
            data = stream.unconsumed_tail or stream.unused_data


def _deflate(head: bytes) -> zlib._Decompress:  # pyright: ignore[reportPrivateUsage]
    """A decoder for "deflate": RFC 9110 says zlib, some servers send the bare stream of RFC 1951."""
    zlib_header = len(head) > 1 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)
