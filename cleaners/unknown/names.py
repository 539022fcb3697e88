"""What the classes, ids and roles of an unknown site say of an element. The words are in `phrases/names.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import msgspec

from wikiglean.cleaners.page import HEADINGS, Page

__all__ = ["CONTENT", "NEVER", "SITE", "TURNING", "chrome_by_name", "names_of", "reason_of_line"]

_SPLIT = re.compile(r"[^a-zA-Z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[a-zA-Z])(?=\d+$)")
_BETWEEN = re.compile(r"\s*[|·•»›>«‹</:,–—\[\](){}*↑←→]+\s*|\s+-\s+|\s{2,}")
_TAGS = {"nav": "site navigation", "footer": "page footer", "aside": "side bar", "search": "search form"}
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
    """Words in names: of what holds articles, of sites, of what never or perhaps is chrome; words of links, lines."""

    content: tuple[str, ...]
    parts: tuple[str, ...]
    site: tuple[str, ...]
    turning: tuple[str, ...]
    never: dict[str, tuple[str, ...]]
    perhaps: dict[str, tuple[str, ...]]
    lines: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]


def _load() -> Names:
    data = files("wikiglean.cleaners").joinpath("phrases").joinpath("names.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(data), Names)


NAMES = _load()
CONTENT = frozenset(NAMES.content)
PARTS = frozenset(NAMES.parts)
SITE = frozenset(NAMES.site)
TURNING = frozenset(word.replace(" ", "") for word in NAMES.turning)
"""What links to the page before or after say, in small letters, without white space."""
NEVER = {word: reason for reason, words in NAMES.never.items() for word in words}
PERHAPS = {word: reason for reason, words in NAMES.perhaps.items() for word in words}
_WORDS = {reason: frozenset(words) for reason, words in NAMES.words.items()}
LINES = {reason: re.compile("|".join(f"(?:{line})" for line in lines), re.I) for reason, lines in NAMES.lines.items()}


@lru_cache(maxsize=8192)
def words_of_name(name: str) -> tuple[str, ...]:
    """The words of a class or an id, small: `siteNav-top` is site, nav, top, and the pairs `site nav`, `nav top`."""
    words = [word.lower() for word in _SPLIT.split(name) if word]
    return (*words, *(f"{one} {other}" for one, other in pairwise(words)), "".join(words))


def names_of(page: Page, at: int) -> tuple[str, ...]:
    """The words of an element's id and classes."""
    attribute = page.classes.get(at)
    identifier = page.attribute(at, "id")
    if identifier and _is_slug(page, at, identifier):
        identifier = None
    names = (attribute.split() if attribute else []) + ([identifier] if identifier else [])
    return tuple(word for name in names for word in words_of_name(name))


def chrome_by_name(page: Page, at: int) -> tuple[str | None, str | None]:
    """Why an element is chrome by its role, tag or names: for certain, or perhaps."""
    tag, words = page.tags[at], names_of(page, at)
    if page.attribute(at, "role") == "note" or any(word in PARTS for word in words):
        return None, None
    certain = next((NEVER[word] for word in words if word in NEVER), None)
    certain = certain or _ROLES.get((page.attribute(at, "role") or "").strip().lower()) or _TAGS.get(tag)
    perhaps = next((PERHAPS[word] for word in words if word in PERHAPS), None)
    return certain, perhaps or ("page header" if tag == "header" else None)


def _is_slug(page: Page, at: int, identifier: str) -> bool:
    """Whether an id is made of the heading that the element is, or begins with: `<h2 id="search">Search</h2>`."""
    if page.tags[at] in (*HEADINGS, "span", "a"):
        return True
    if page.tags[at] not in ("section", "div", "article"):
        return False
    slug = _letters(identifier)
    headings = sorted(i for tag in HEADINGS for i in page.tagged(tag, at)[:2])[:2]
    return any(slug in _letters(page.words_of(heading)) for heading in headings)


def _letters(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())


def reason_of_line(words: str) -> str | None:
    """What a line at the beginning or the end of a page is, by the tables."""
    if len(words) > 300:
        return None
    parts = {part.casefold() for part in _BETWEEN.split(words) if part and not part.isdigit()}
    if known := next((reason for reason, known in _WORDS.items() if parts and parts <= known), None):
        return known
    if len(parts) > 1 and len(words) < 160 and (told := _reason_of_parts(words)):
        return told
    return _reason_of_pattern(words)


def _reason_of_parts(words: str) -> str | None:
    """What a line is that has a part which tells: `wiki/page.txt · Last modified: 2011/11/11`."""
    parts = re.split(r"\s[|·•»-]\s", words)
    return next((reason for part in parts if len(parts) > 1 and (reason := _reason_of_pattern(part))), None)


def _reason_of_pattern(words: str) -> str | None:
    words = words.strip(" \t|·•-–—*[](){}<>«»")
    return next((reason for reason, pattern in LINES.items() if pattern.fullmatch(words)), None)
