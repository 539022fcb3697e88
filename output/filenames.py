"""Where an article stands in a corpus: names that every file system takes, whatever the title or the address.

The name of a file is a slug for people and a digest for machines. Only the digest tells articles apart, so the slug
may be cut, and two titles that differ in case or in Unicode normalisation alone can't collide.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote, urlsplit

__all__ = ["article_path", "host_folder", "identifier_digest", "slug"]

# eCryptfs takes 143 bytes, ext4 255, NTFS and APFS 255 UTF-16 units; "-", the digest and ".json" take 16 of them.
_SLUG_BYTES = 100
_HOST_BYTES = 100

# Windows reserves these, with any extension, in any case:
# https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)
_UNSAFE_IN_HOST = re.compile(r"[^\w.-]+")


def article_path(identifier: str, title: str | None, url: str | None) -> str:
    """The path of an article's file inside the corpus, with `/` between its parts."""
    name = slug(title) or slug(_last_segment(url)) or "page"
    return f"articles/{host_folder(url)}/{name}-{identifier_digest(identifier)}.json"


def identifier_digest(identifier: str) -> str:
    """The first 10 hexadecimal digits of the SHA-256 of `identifier`."""
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def slug(words: str | None) -> str:
    """`words` as a part of a file name: letters, marks and digits of any script, all else folded to `-`.

    At most 100 bytes of UTF-8, and "" where nothing is left.
    """
    kept = "".join(c if _is_word(c) else "-" for c in unicodedata.normalize("NFC", words or ""))
    return _cut(re.sub("-{2,}", "-", kept).strip("-"), _SLUG_BYTES).rstrip("-")


def host_folder(url: str | None) -> str:
    """The folder of a site: its host (and port, after `_`), or `nohost` where the article has no address."""
    folded = unicodedata.normalize("NFKC", _authority(url)).lower().replace(":", "_")
    # A folder's name is looked at without its dots at either end by Windows, and hidden by Unix.
    name = _cut(_UNSAFE_IN_HOST.sub("-", folded).strip(".-"), _HOST_BYTES).rstrip(".-")
    if not name:
        return "nohost"
    return f"_{name}" if name.split(".")[0] in _RESERVED else name


def _authority(url: str | None) -> str:
    """Host and port, without user and password, from whatever stands where an address should."""
    try:
        return urlsplit(url or "").netloc.rpartition("@")[2]
    except ValueError:
        return ""


def _last_segment(url: str | None) -> str:
    try:
        return unquote(urlsplit(url or "").path.rstrip("/").rpartition("/")[2])
    except ValueError:
        return ""


def _is_word(character: str) -> bool:
    """Letters, digits and `_`; also combining marks, without which most Indian scripts can't be read."""
    return character == "_" or unicodedata.category(character)[0] in "LMN"


def _cut(name: str, limit: int) -> str:
    """The longest beginning of `name` that has at most `limit` bytes and ends between two characters."""
    return name.encode()[:limit].decode(errors="ignore")
