"""Dates as they are written in citations, as CSL-JSON has them.

https://docs.citationstyles.org/en/stable/specification.html#date-variables: `date-parts` of one day, or of two for a
range, `circa`, `season`; what can't be read stays as `literal`. Names of months are those of Unicode's CLDR (Babel).
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

__all__ = ["Date", "date_of", "season_of"]

Date: TypeAlias = dict[str, Any]

_ISO = re.compile(r"(-?\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?:T[\d:.+Z-]*)?")
_BASIC = re.compile(r"(1[5-9]\d\d|20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?")
"""ISO 8601 without hyphens, as catalogues write it."""
_DASHES = str.maketrans("‐‑‒–—―−", "-------")
_CIRCA = re.compile(r"^(?:c\.|ca\.?|circa|um|vers|около|ок\.|c(?=\d)|約|约)\s*(?=\D*\d)|[~?]$", re.I)
_DAY_FIRST = re.compile(r"(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})\.?")
_NUMBERS = re.compile(r"(\d\d?)([/-])(\d\d?)\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})(?:\s?[./年년]\s?)(?:(\d\d?)(?:\s?[./月월]\s?)?(?:(\d\d?)\s?[日일.]?)?)?")
_WORD = re.compile(r"\d+|[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_YEARS = re.compile(r"(\d{4})\s?[–—]\s?(\d{2}|\d{4})")
_SEASON = re.compile(r"(spring|summer|autumn|fall|winter),?\s(?:of\s)?", re.I)
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SMALL = frozenset(
    [
        "de",
        "del",
        "of",
        "the",
        "den",
        "d",
        "le",
        "el",
        "th",
        "st",
        "nd",
        "rd",
        "er",
        "º",
        "ª",
        "г",
        "года",
        "год",
        "р",
        "року",
        "roku",
    ]
)
"""What stands between the parts of a date."""
_LAST_YEAR = 2100


def date_of(words: str, language: str | None = None) -> Date | None:
    """The date that words name, or `None` for none. `language` is a tag of BCP 47, for names of months."""
    if not words:
        return None
    if found := _iso(words):
        return found
    shown = " ".join(words.split()).strip(" ,;:")
    if not any(character.isalnum() for character in shown):
        return None
    return _date_in_words(shown.strip("()[]."), language) or {"literal": shown}


def _date_in_words(words: str, language: str | None) -> Date | None:
    if match := _YEARS.fullmatch(words):
        return _between(_date(int(match[1])), _date(int(match[1][: -len(match[2])] + match[2])))
    words = words.translate(_DASHES)
    if match := _CIRCA.search(words):
        inner = _date_in_words((words[: match.start()] + words[match.end() :]).strip(), language)
        return {**inner, "circa": True} if inner else None
    if (match := _SEASON.match(words)) and (inner := _date_in_words(words[match.end() :], language)):
        month = any(len(parts) > 1 for parts in inner["date-parts"])
        return None if month or "season" in inner else {**inner, "season": _SEASONS[match[1].lower()]}
    return _iso(words) or _range(words, language) or _single(words, language)


def season_of(words: str) -> int | str:
    """The season that a word names, 1 for spring to 4 for winter; else the word, as in "Christmas"."""
    return _SEASONS.get(words.strip().lower(), words.strip())


def _iso(words: str) -> Date | None:
    match = _ISO.fullmatch(words) or _BASIC.fullmatch(words)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if year > _LAST_YEAR or year == 0:
        return None
    if 21 <= month <= 24 and not day:  # of Extended Date/Time Format: spring to winter
        return {"date-parts": [[year]], "season": month - 20}
    return _date(year, month, day)


def _date(year: int, month: int = 0, day: int = 0) -> Date | None:
    try:
        date(max(year, 1), month or 1, day or 1)
    except ValueError:
        return None
    return {"date-parts": [[year, month, day] if month and day else [year, month] if month else [year]]}


def _range(words: str, language: str | None) -> Date | None:
    """Two dates with a dash or a slash between; the first may leave out what the second says: `5-7 May 2006`."""
    if match := re.fullmatch(r"(\d{3,4})\s?[-/]\s?(\d{2,4})", words):
        first, last = match[1], match[2]
        last = first[: len(first) - len(last)] + last
        return _between(_date(int(first)), _date(int(last)))
    for sign in ("/", " - ", "-"):
        if words.count(sign) == 1:
            first, last = (part.strip() for part in words.split(sign))
            end = _iso(last) or _single(last, language)
            start = _iso(first) or _single(first, language)
            if end is not None and start is None:
                start = _completed(first, end, language)
            elif start is not None and end is None:
                end = _completed(last, start, language)
            if start is None and end is None:
                start, end = _days_inside(first, last, language)
            if start is not None and end is not None:
                return _between(start, end)
    return None


def _between(start: Date | None, end: Date | None) -> Date | None:
    if start is None or end is None or "season" in start or "season" in end:
        return None
    if len(start["date-parts"]) > 1 or len(end["date-parts"]) > 1 or start["date-parts"] > end["date-parts"]:
        return None
    return {"date-parts": [start["date-parts"][0], end["date-parts"][0]]}


def _completed(words: str, other: Date, language: str | None) -> Date | None:
    """The date of a range that leaves out its year, or its year and month."""
    year, *rest = other["date-parts"][0]
    tokens = _WORD.findall(words)
    month = next((m for token in tokens if (m := _month(token, language))), 0)
    days = [int(token) for token in tokens if token.isdecimal()]
    if len(days) > 1 or len(tokens) - len(days) > bool(month):
        return None
    if month:
        return _date(year, month, days[0] if days else 0)
    return _date(year, rest[0], days[0]) if days and len(rest) == 2 else None


def _days_inside(first: str, last: str, language: str | None) -> tuple[Date | None, Date | None]:
    """`May 5-7, 2006`: the month before the days, the year behind."""
    match = re.fullmatch(r"(\D+?)\s?(\d\d?)", first)
    other = re.fullmatch(r"(\d\d?),?\s(\d{4})", last)
    month = _month(match[1], language) if match else 0
    if match is None or other is None or not month:
        return None, None
    return _date(int(other[2]), month, int(match[2])), _date(int(other[2]), month, int(other[1]))


def _single(words: str, language: str | None) -> Date | None:
    if match := _DAY_FIRST.fullmatch(words):
        return _date(int(match[3]), int(match[2]), int(match[1])) if int(match[2]) <= 12 else None
    if match := _NUMBERS.fullmatch(words):
        return _of_numbers(int(match[1]), int(match[3]), int(match[4]))
    if match := _YEAR_FIRST.fullmatch(words):
        return _date(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    year = month = day = season = 0
    for token in _WORD.findall(words):
        if token.isdecimal():
            if len(token) >= 3 and not year:
                year = int(token)
            elif len(token) <= 2 and not day:
                day = int(token)
            else:
                return None
        elif not month and (found := _month(token, language)):
            month = found
        elif not season and (found := _SEASONS.get(token.lower(), 0)):
            season = found
        elif token.casefold() not in _SMALL:
            return None
    if not year or year > _LAST_YEAR or (day and not month) or (season and month):
        return None
    single = _date(year, month, day)
    return {**single, "season": season} if single and season else single


def _of_numbers(one: int, other: int, year: int) -> Date | None:
    """The date of `27/02/2008` or `02/27/2008`: only one of the numbers can be a month."""
    if one == other or (one > 12) != (other > 12):
        return _date(year, min(one, other), max(one, other))
    return None


def _month(word: str, language: str | None) -> int:
    """The number of a month by its name, in the language given or in English; 0 for no month."""
    key = word.casefold().strip(".")
    found = _months("en").get(key, 0)
    if not found and language and not language.startswith("en"):
        found = _months(language.replace("-", "_")).get(key, 0)
    return found


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    """The names of months in a language, folded: those of CLDR, whole and shortened, in sentences and alone."""
    if language == "en":
        return {
            **{name[:3]: n for n, name in enumerate(_MONTHS, 1)},
            **{name: n for n, name in enumerate(_MONTHS, 1)},
            "sept": 9,
        }
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {} if "_" not in language else _months(language.partition("_")[0])
    listed = (
        locale.months[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated")
    )
    return {name.casefold().strip("."): n for names in listed for n, name in names.items()}
