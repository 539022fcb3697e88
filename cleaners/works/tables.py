"""`templates.toml`: what citation templates are called, print and take, in the languages of the big wikis."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

__all__ = ["Table", "accessed_words", "folded", "inverted", "shortened_languages", "table"]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Templates and classes by CSL type, parameters by field, what parameters mean instead in one type, words, and
    shortened names of languages by the language of the page."""

    types: dict[str, list[str]]
    classes: dict[str, list[str]]
    parameters: dict[str, list[str]]
    instead: dict[str, dict[str, str]]
    accessed: list[str]
    languages: dict[str, dict[str, str]]


@cache
def table() -> Table:
    """The bundled table; read once, when a page has a citation that asks for it."""
    text = files("wikiglean.cleaners").joinpath("works", "templates.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Table)


@cache
def inverted(name: str) -> dict[str, str]:
    """What each name of a table stands for; the first meaning of a name stands."""
    found: dict[str, str] = {}
    for meaning, names in getattr(table(), name).items():
        for one in names:
            found.setdefault(folded(one), meaning)
    return found


def folded(name: str) -> str:
    """A name as it is compared: without case, spaces, hyphens and underscores."""
    return re.sub(r"[\s_-]", "", name.casefold())


@cache
def shortened_languages() -> dict[str, dict[str, str]]:
    """The tags of languages by the names that templates shorten, by the language of the page."""
    return table().languages


@cache
def accessed_words() -> re.Pattern[str]:
    """What stands before or behind the day on which a page was read. Words of scripts with spaces are whole words."""
    words = sorted(table().accessed, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(w)}\b" if w[0] < "\u0e00" else re.escape(w) for w in words), re.I)
