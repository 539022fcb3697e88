"""Context objects of OpenURL (ANSI/NISO Z39.88-2004), read from the title of a COinS span into keys and values.

What is damaged is read as far as it goes: docs/references.md says how.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from wikiglean.cleaners.works.wikitext import plain

__all__ = ["Fields", "fields_of", "first"]

Fields: TypeAlias = dict[str, list[str]]
"""The values of a context object by their keys, without `rft.`, in their order."""

_KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_OTHER_KEY = re.compile(r"[a-z][a-z0-9]*(?:\.[a-z0-9_]+)+")
"""Keys of single programs, as `bpr3.included`."""
_MARKED = re.compile(r"[\[<{&%\x7f\u00ad\u200b]|''|UNIQ")
"""Signs of what is left in values by mistake. Most context objects have none."""
_BORDER = "\x1f"
_LAST_BYTES = b"\x93\x94\x98\x99\x9c\x9d\xa6"
"""The last bytes, in UTF-8, of dashes, quotation marks and the ellipsis."""
_NEEDLESS = frozenset(["ctx_ver", "ctx_enc", "ctx_id", "ctx_tim", "rfr_id", "url_ver"])
"""Keys that tell of the context object and of the page that it is on, not of the work."""
_PAIRED = frozenset(["aulast", "aufirst", "invlast", "invfirst"])
"""Keys whose values belong together by their order, the empty ones too."""
_OF_PAGE = ("ctx_ver", "rfr_id=")
_ESCAPED_TWICE = re.compile(r"%(?:20|[c-f][0-9a-f]%[89ab][0-9a-f])", re.I)
_PREFIXES = ("rft.", "rft_", "rfr_", "rfe_", "ctx_", "url_", "req_", "svc_", "res_")
_CUT_ESCAPE = re.compile(r"%[0-9a-f]?$", re.I)


def fields_of(context: str, *, cut: bool = False) -> Fields:
    """The keys and values of a context object. `cut` says that its end is missing: its last value is not whole then."""
    if cut or _CUT_ESCAPE.search(context):
        context = context.rpartition("&")[0]
    fields: Fields = {}
    # all is decoded at once, but for what tells of the page: that costs a third of decoding each value
    pieces = [piece if piece[:7] not in _OF_PAGE else f"{piece[:7]}=" for piece in context.split("&")]
    whole = _unquoted(_BORDER.join(pieces).replace("+", " "))
    marked = _MARKED.search(whole) is not None
    for key, value in _parts(whole):
        value = _without_marks(value) if marked else " ".join(value.split())
        if (value or key in _PAIRED) and key not in _NEEDLESS:
            fields.setdefault(key, []).append(value)
    return fields


def _parts(whole: str) -> list[tuple[str, str]]:
    """Keys and values. A piece that begins with no key belongs to the value before it: a bare `&`, as in an address."""
    prefixed = "rft." in whole
    parts: list[tuple[str, str]] = []
    for piece in whole.split(_BORDER):
        name, sign, value = piece.partition("=")
        key = _key(name, prefixed)
        if sign and key:
            parts.append((key, value))
        elif parts and piece.strip() and ("://" in parts[-1][1] or not (sign and _OTHER_KEY.fullmatch(name))):
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}&{piece}")
    return parts


@lru_cache(maxsize=512)
def _key(name: str, prefixed: bool) -> str:
    """A key as the fields have it, "" for what can't be one; `amp;` is left of an ampersand that was escaped twice.

    OpenURL 0.1 had no prefix: such keys count where none has one.
    """
    name = name.strip().removeprefix("amp;").removeprefix("#38;").lower()
    known = name.startswith(_PREFIXES) or not prefixed
    return name.removeprefix("rft.") if known and _KEY.fullmatch(name) else ""


def _unquoted(words: str) -> str:
    """Words without their escapes."""
    if "%" not in words:
        return words
    data = unquote_to_bytes(words.encode("utf-8", "replace"))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _BORDER.join(_decoded(piece) for piece in data.split(_BORDER.encode()))


def _decoded(data: bytes) -> str:
    """Bytes that may be no UTF-8: those of Windows-1252, or what a fault of Wikipedia's templates left.

    For years these took the bytes E2 and 80 out of dashes and quotation marks, and out of other letters too. Of the
    former the third byte tells what they were; what other letters were nobody knows, and "" is given.
    """
    key, sign, value = data.partition(b"=")
    try:
        return data.decode()
    except UnicodeDecodeError:
        if any(ord(character) > 127 for character in value.decode("utf-8", "ignore")):
            return key.decode("ascii", "ignore") + "="
        if all(byte < 0x80 or byte in _LAST_BYTES for byte in value):
            value = b"".join(bytes([byte]) if byte < 0x80 else bytes([0xE2, 0x80, byte]) for byte in value)
            return (key + sign + value).decode("utf-8", "replace")
        return data.decode("cp1252", "replace")


def _without_marks(value: str) -> str:
    """A value without what should not be in it: escapes of escapes, entities, wiki text."""
    if "%" in value and "://" not in value and _ESCAPED_TWICE.search(value):
        value = _unquoted(value)
    return plain(unescape(value) if "&" in value else value)


def first(fields: Fields, key: str) -> str:
    """The first value of a key, "" where it has none."""
    values = fields.get(key)
    return values[0] if values else ""
