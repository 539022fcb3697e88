"""What the classes, ids and roles of an unknown site say of an element. The words are in `phrases/names.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

import msgspec

from wikiglean.cleaners.page import Page

__all__ = ["LINES", "NAMES", "names_of", "reason_of_line", "words_of_name"]

_SPLIT = re.compile(r"[^a-zA-Z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[a-zA-Z])(?=\d+$)")
_ROLES = {
    "navigation": "site navigation",
    "banner": "page header",
    "contentinfo": "page footer",
    "search": "search form",
    "complementary": "side bar",
    "menu": "site navigation",
    "menubar": "site navigation",
    "tablist": "tabs",
    "toolbar": "tool box",
    "dialog": "notice to visitors",
    "alertdialog": "notice to visitors",
}


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in names: of what holds articles, of sites, and of what never or perhaps is chrome; lines of page ends."""

    content: tuple[str, ...]
    site: tuple[str, ...]
    never: dict[str, tuple[str, ...]]
    perhaps: dict[str, tuple[str, ...]]
    lines: dict[str, tuple[str, ...]]


def _load() -> Names:
    data = files("wikiglean.cleaners").joinpath("phrases").joinpath("names.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(data), Names)


NAMES = _load()
CONTENT = frozenset(NAMES.content)
SITE = frozenset(NAMES.site)
NEVER = {word: reason for reason, words in NAMES.never.items() for word in words}
PERHAPS = {word: reason for reason, words in NAMES.perhaps.items() for word in words}
LINES = {reason: re.compile("|".join(f"(?:{line})" for line in lines), re.I) for reason, lines in NAMES.lines.items()}


@lru_cache(maxsize=8192)
def words_of_name(name: str) -> tuple[str, ...]:
    """The words of a class or an id, small: `siteNav-top` is site, nav, top, and the pairs `site nav`, `nav top`."""
    words = [word.lower() for word in _SPLIT.split(name) if word]
    return (*words, *(f"{one} {other}" for one, other in zip(words, words[1:], strict=False)), "".join(words))


def names_of(page: Page, at: int) -> tuple[str, ...]:
    """The words of an element's id and classes."""
    attribute = page.classes.get(at)
    identifier = page.attribute(at, "id")
    names = (attribute.split() if attribute else []) + ([identifier] if identifier else [])
    return tuple(word for name in names for word in words_of_name(name))


def reason_of_role(page: Page, at: int) -> str | None:
    """What an element is by its ARIA role, where that is no part of an article."""
    return _ROLES.get((page.attribute(at, "role") or "").strip().lower())


def reason_of_line(words: str) -> str | None:
    """What a line at the beginning or the end of a page is, by the tables."""
    if len(words) > 300:
        return None
    words = words.strip(" \t|·•-–—*[](){}<>«»")
    return next((reason for reason, pattern in LINES.items() if pattern.fullmatch(words)), None)
