"""Citation keys: `Smith2001`, the next one `Smith2001a`. Letters and digits of ASCII, which LaTeX takes everywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from string import ascii_lowercase
from typing import Any

__all__ = ["CitationKeys"]

_LONGEST = 40
_PEOPLE = ("author", "editor", "translator")
# Latin letters that Unicode does not take apart: https://www.unicode.org/reports/tr15/#Norm_Forms
_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "ı": "i", "ə": "e", "Ə": "E"}
)


class CitationKeys:
    """Gives every work a key that no other has. BibTeX does not tell capitals from small letters."""

    def __init__(self) -> None:
        """No key is taken yet."""
        self._taken: set[str] = set()

    def key_of(self, work: dict[str, Any]) -> str:
        """Who wrote it and when, as far as this is known in Latin letters; else a word of its title, else `work`."""
        plain = _name(work) + _year(work)
        key = next(key for key in _numbered(plain) if key.lower() not in self._taken)
        self._taken.add(key.lower())
        return key


def _numbered(plain: str) -> Iterator[str]:
    """`x`, `xa` to `xz`, `xaa` to `xaz` and so on."""
    yield plain
    for round_ in count():
        prefix = plain + _letters(round_)
        yield from (prefix + letter for letter in ascii_lowercase)


def _letters(number: int) -> str:
    """Nothing for 0, `a` for 1, `z` for 26, `aa` for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = ascii_lowercase[rest] + letters
    return letters


def _name(work: dict[str, Any]) -> str:
    for role in _PEOPLE:
        people: list[dict[str, Any]] = work.get(role) or []
        for person in people[:1]:
            words = str(person.get("family") or person.get("literal") or person.get("given") or "")
            if name := "".join(_latin(words)):
                return name[:_LONGEST]
    title = _latin(str(work.get("title") or work.get("container-title") or ""))
    return next((word for word in title if len(word) > 3), max(title, key=len, default="work"))[:_LONGEST]


def _latin(words: str) -> list[str]:
    """The words without accents, those of other scripts left out."""
    folded = unicodedata.normalize("NFKD", words.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return [word.strip("-") for word in re.findall(r"[A-Za-z][A-Za-z0-9-]*", re.sub(r"[^\w\s-]", "", folded))]


def _year(work: dict[str, Any]) -> str:
    issued: dict[str, Any] = work.get("issued") or {}
    days: list[list[int]] = issued.get("date-parts") or []
    if days and days[0]:
        year = int(days[0][0])
        return str(year) if year > 0 else f"{-year}BC"
    found = re.search(r"\d{4}", str(issued.get("literal") or issued.get("raw") or ""), re.ASCII)
    return found[0] if found else ""
