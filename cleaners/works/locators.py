"""Cited ranges: which part of a work a short citation names, "p. 5" or "vol. 2, fol. 4r". The words are in
`phrases/locators.toml`; CSL calls such a range a locator
(https://docs.citationstyles.org/en/stable/specification.html#locators).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

import msgspec

__all__ = ["cited_range", "range_of_marker"]

_LONGEST = 300
_YEAR = re.compile(r"[\s,]*[(\[（]?\s*\d{4}[a-z]?\s*(?:[)\]）]|(?=[\s,，、:：;.]|$))")
_SIGNS_BEFORE = re.compile(r"[\s,，、،:：;.)\]）↓↑]*")
_SHORT_TITLE = re.compile(r"\s*[,:]\s[\"“„«‹]?(?P<first>[^\W\d_])[^,;:.]{1,60}?[\"”“»›]?[,.][\"”“»›]?\s")
_NOTHING_ELSE = re.compile(r"[\s.。．)\]）]*(?:$|[;；:：(（])")
_OF_MARKER = re.compile(r"[\]］】)]?\s*[:：]\s*(\S.*?)\s*$", re.S)
_DIGITS = r"(?:[A-Z]{1,3}[-.]?)?\d+(?:[a-eg-rt-zA-Z][a-zA-Z]?)?(?=(?:ff?|ss?|sqq?)\b|(?![a-zA-Z0-9]))"
_ROMAN = r"(?:[ivxlcdm]+|[IVXLCDM]+)(?![a-zA-Z0-9]|\.?\s\d)"
_NUMBER = rf"(?:{_DIGITS}|{_ROMAN}|[〇一二三四五六七八九十百]+)"
_DASH = r"\s?(?:[-‐‑‒–—―−/:·]|\.(?=\d))\s?"


class Others(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in a cited range besides words with their number."""

    alone: tuple[str, ...]
    following: tuple[str, ...]
    between: tuple[str, ...]
    emphasis: tuple[str, ...]


class Locators(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of `phrases/locators.toml`: by language those beside a number, and what else there is."""

    before: dict[str, str]
    behind: dict[str, str]
    others: Others


def cited_range(rest: str, *, year: bool = True) -> str | None:
    """The cited range that the words behind a short citation begin with: "p. 5" of ", p. 5; see also …".

    `year` says that a year may stand before it, `(2001), p. 5`; a short title may, too: `, Bells, p. 5`. A number
    without a word is a range only where nothing else follows: ", 23–25." Words that are no range give `None`.
    """
    rest = " ".join(rest[:_LONGEST].split())
    start = 0
    if year and (match := _YEAR.match(rest)):
        start = match.end()
    begin = _skip(_SIGNS_BEFORE, rest, start)
    found = rest[begin : _end_of_items(rest, begin)]
    if not found and (title := _SHORT_TITLE.match(rest, start)) and title["first"].isupper():
        found = rest[title.end() : _end_of_items(rest, title.end())]
    elif not found and (match := _patterns()[1].match(rest, begin)) and _NOTHING_ELSE.match(rest, match.end()):
        found = match[0]
    return found or None


def _end_of_items(rest: str, start: int) -> int:
    """Where the items of a range end that begins at `start`: there again, if none does."""
    item, end, following = _patterns()[0], start, start
    while match := item.match(rest, following):
        end = match.end()
        following = _skip(_patterns()[2], rest, end)
    return end


def _skip(pattern: re.Pattern[str], rest: str, start: int) -> int:
    match = pattern.match(rest, start)
    return match.end() if match is not None else start


def range_of_marker(label: str, shown: str) -> str | None:
    """The page that a marker names behind its label, "15" of `[4]:15`."""
    match = _OF_MARKER.match(shown, shown.find(label) + len(label)) if label in shown else None
    return " ".join(match[1].split()) if match else None


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The patterns of an item such as "vol. 2", "第5頁" or "passim", of numbers alone, and of what parts two items."""
    data = files("wikiglean.cleaners").joinpath("phrases").joinpath("locators.toml").read_text(encoding="utf-8")
    words = msgspec.convert(tomllib.loads(data), Locators)
    before = _choice(word for listed in words.before.values() for word in listed.split())
    behind = _choice(word for listed in words.behind.values() for word in listed.split())
    following = rf"(?:\s?{_choice(words.others.following)}(?!\w)(?!\.?\s?\d))?"
    one = rf"{_NUMBER}(?:{_DASH}{_NUMBER})*{following}"
    numbers = rf"{one}(?:(?:\s?[,،、&+]\s?|\s{_choice(words.others.between)}\s){one})*"
    named = rf"(?:{before}(?:\s|(?<=\.)|(?=[\d〇一二三四五六七八九十百])))+(?:{numbers}|[A-Z]\b)(?:\s?{behind}(?!\w))?"
    counted = rf"{numbers}\.?\s?{behind}(?!\w)"
    item = rf"{named}|{counted}|{_choice(words.others.alone)}(?!\w)"
    parting = rf"[\s,،、;；]*(?:{_choice(words.others.between + words.others.emphasis)}:?\s)*"
    return re.compile(item), re.compile(numbers), re.compile(parting)


def _choice(words: Iterable[str]) -> str:
    """Words as alternatives of a pattern, longest first, also with a capital; a dot behind one may be left out.

    Capitals are alternatives of their own: a pattern that ignores case takes twice as long.
    """
    listed = {form for word in words for form in (word, word[:1].upper() + word[1:], word[:1].lower() + word[1:])}
    ordered = sorted(listed, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) + '?' * word.endswith('.') for word in ordered)})"
