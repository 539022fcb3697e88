"""Fragments of links, and the ids that they mean, in every spelling that engines and mirrors give them."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

__all__ = ["fragment_of", "plain_form", "raw_fragment", "spellings"]

_CHANGED = re.compile(r"[%&.\s]|__|^_|_$")
"""What is in all names that have another plain form; most have none of it."""
_DOTTED = re.compile(r"(?:\.[0-9A-F]{2})+")


def raw_fragment(href: str) -> str:
    """What stands behind the `#` of a link, as written."""
    return href.partition("#")[2]


def fragment_of(href: str) -> str:
    """What stands behind the `#` of a link, percent-encoding undone."""
    fragment = href.partition("#")[2]
    return unquote(fragment) if "%" in fragment else fragment


def spellings(fragment: str) -> tuple[str, ...]:
    """The ids that a fragment may mean, as browsers try them: as written, then percent-encoding undone.

    https://html.spec.whatwg.org/multipage/browsing-the-web.html#select-the-indicated-part
    """
    decoded = unquote(fragment) if "%" in fragment else fragment
    names = [fragment, decoded]
    if " " in decoded:
        names.append(decoded.replace(" ", "_"))
    return tuple(dict.fromkeys(name for name in names if name))


def plain_form(name: str) -> str:
    """An id without what mirrors and older versions do to it: entities, `%D0%91`, `.D0.91`, blanks for underscores.

    MediaWiki wrote other letters than those of ASCII into ids as `.D0.91` until 2017:
    https://www.mediawiki.org/wiki/Manual:$wgFragmentMode
    GitHub and others write `user-content-` before the ids in what people upload, and leave the links to them alone.
    """
    name = name.removeprefix("user-content-")
    if _CHANGED.search(name) is None:
        return name
    plain = unquote(unescape(unquote(name))).removeprefix("user-content-")
    plain = _DOTTED.sub(_letters, plain)
    return "_".join(plain.replace("_", " ").split())


def _letters(match: re.Match[str]) -> str:
    try:
        return bytes.fromhex(match[0].replace(".", "")).decode()
    except UnicodeDecodeError:
        return match[0]
