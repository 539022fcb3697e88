"""Languages by their names, "French" or "französisch", as tags of BCP 47: the names are those of CLDR (Babel)."""

from __future__ import annotations

import re
from functools import lru_cache

from wikiglean.cleaners.works.tables import shortened_languages

__all__ = ["language_code", "spoken_language"]

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.I)
_BRACKETS = re.compile(
    r"[(（\[]\s?(?:(?P<before>in|auf|en|em|på|w|i|na|v|in het|în|у|на)\s)?"
    r"(?P<name>[^\W\d_]{2,}(?: [^\W\d_]+)?)\s?[)）\]]"
)


_CODE = re.compile(r"[^\w(\[]*[(\[]\s?([a-z]{2,3}|[A-Z]{2,3})\s?[)\]]")
"""A tag at the beginning, as French and Italian templates write it: "(en) Eva Berg"."""
_SHORTENED = re.compile(r"\(([^\W\d_]{2,6}\.)\)")


def language_code(words: str, language: str | None = None) -> str:
    """The tag of a language that is named in English or in `language`; words that name none stay as they are.

    Of several, `en, de`, the first counts.
    """
    if not words:
        return ""
    first = re.split(r"[,;/&]|\s(?:and|und|et|y|e)\s", words)[0].strip()
    if _TAG.fullmatch(first) and first.partition("-")[0].lower() in _codes("en"):
        return first
    key = first.casefold()
    return _names("en").get(key) or _names(_base(language)).get(key) or words


def spoken_language(words: str, language: str | None) -> str | None:
    """The language that a citation names in brackets: "(in French)", "(auf Französisch)", "(anglais)"."""
    base = _base(language)
    if base != "en" and (tag := _CODE.match(words)) and tag[1].lower() in _codes("en"):
        return tag[1].lower()
    if ("(in " if base == "en" else "(") not in words:
        return None
    shortened = shortened_languages().get(base)
    if shortened and (match := _SHORTENED.search(words)) and (code := shortened.get(match[1].casefold())):
        return code
    for match in _BRACKETS.finditer(words):
        name = match["name"].casefold()
        if match["before"] or base != "en":
            found = _names(base).get(name)
            if found:
                return found
    return None


def _base(language: str | None) -> str:
    return (language or "en").partition("-")[0].lower() or "en"


@lru_cache(maxsize=64)
def _names(language: str) -> dict[str, str]:
    """The tags of languages by their names in one language, folded."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    languages: dict[str, str] = dict(locale.languages)
    return {name.casefold(): code.replace("_", "-") for code, name in languages.items()}


@lru_cache(maxsize=1)
def _codes(language: str) -> frozenset[str]:
    return frozenset(_names(language).values())
