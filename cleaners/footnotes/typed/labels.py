"""Labels of notes as they are typed: `1`, `note 2`, `a`, `iv`, `*`, in the digits and letters of any script."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from wikiglean.cleaners.words import fold, tables

__all__ = ["LETTERS", "NUMBERS", "RAISED", "ROMANS", "SIGNS", "Label", "digits_of", "label_of", "plain_label"]

NUMBERS, LETTERS, ROMANS, SIGNS, NAMES = "", "a", "i", "*", "^"
"""Series of labels that have no word of a group; `NAMES` are those of Markdown, `[^word]`."""

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Raises the digits of a label, as in `¹`."""

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_ROMAN = re.compile(r"(?=[ivxl])x{0,3}(?:ix|iv|v?i{0,3})", re.I)
_GROUPED = re.compile(r"([^\W\d_][^\d\[\](){}<>=:;,/\"“”«»^*|+]{0,24}?)(\.?\s*)(\d{1,3}|(?<=\s)[a-z])")
_SIGNS = re.compile(r"(\*{1,4}|†{1,3}|‡{1,3}|[§¶]{1,2})")
_NAME = re.compile(r"\^[\w.-]{1,40}")


@dataclass(frozen=True, slots=True)
class Label:
    """A label: as typed, the series that it belongs to (the word of a group, or one of `NUMBERS` …), its place there.

    `known` says that the word before the number is one that wikis use for notes.
    """

    shown: str
    series: str
    number: int
    known: bool = True

    @property
    def key(self) -> str:
        """The label as it is compared: digits of any script, capitals and points make no difference."""
        return fold(digits_of(self.shown)).replace(".", "" if self.series else ".")


def digits_of(words: str) -> str:
    """Words with the digits of any script as ours."""
    if words.isascii():
        return words
    return "".join([str(unicodedata.digit(c)) if c.isdigit() else c for c in words])


def plain_label(words: str) -> str:
    """A label with white space folded and the digits of any script as ours."""
    return " ".join(digits_of(words).split())


def label_of(words: str) -> Label | None:
    """The label that words are, or `None`."""
    shown = " ".join(words.split())
    if _NUMBER.fullmatch(shown):
        return Label(shown, NUMBERS, int(digits_of(shown).partition(".")[0]))
    if len(shown) == 1 and (place := _place_of_letter(shown)):
        return Label(shown, LETTERS, place)
    if _ROMAN.fullmatch(shown):
        return Label(shown, ROMANS, _value(shown.casefold()))
    if _SIGNS.fullmatch(shown):
        return Label(shown, SIGNS, len(shown))
    if _NAME.fullmatch(shown):
        number = digits_of(shown[1:])
        return Label(shown[1:], NAMES, int(number) if number.isdigit() and len(number) < 4 else 0)
    return _grouped(shown)


def _grouped(shown: str) -> Label | None:
    match = _GROUPED.fullmatch(shown)
    if match is None:
        return None
    group = fold(match[1]).strip(" .")
    known = group in tables().groups
    if not known and group.isascii() and not match[2].strip("."):
        return None  # "e4", "chapter2"
    number = digits_of(match[3])
    return Label(shown, group, int(number) if number.isdigit() else ord(number.casefold()) - 96, known)


def _place_of_letter(letter: str) -> int:
    """Where a letter stands in its alphabet, from 1; 0 for what is no letter of one."""
    small = letter.casefold()
    if small.isascii():
        return ord(small) - 96 if small.isalpha() else 0
    return next((row.index(small) + 1 for row in tables().backlinks if small in row), 0)


def _value(roman: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[c] for c in roman]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
