"""What can stand as the label of a note: numbers of any script, letters, Roman numbers, signs, "note 3"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from wikiglean.cleaners.footnotes.typed.labels import RAISED
from wikiglean.cleaners.words import tables

__all__ = ["BRACKETS", "Label", "label_of", "label_start"]

BRACKETS = "[](){}［］（）〔〕【】〈〉⟨⟩ .:\u00a0\u200b\n\t"
_SIGNS = "*†‡§¶#‖¤°★☆●"
_BEFORE = r"[\s\[(（［〔【^↑\u200b]*"
_OPENING = re.compile(_BEFORE)
_CLOSING = re.compile(r"[\])）］〕】]*[\s\u200b]*[.:)、．]?[\])）］〕】]*[\s\u200b]*")


@lru_cache(maxsize=1)
def _words() -> str:
    """A pattern of the words that stand before the number of a note."""
    words = {
        *tables().groups,
        "notes",
        "nt",
        "fn",
        "ftn",
        "footnote",
        "endnote",
        "ref",
        "voetnoot",
        "nota a pie",
        "سند",
    }
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    """A pattern of all labels, a group for each kind."""
    return re.compile(
        rf"(?:(?P<word>{_words()})\.?\s?)?(?P<number>\d{{1,4}}(?:[.:]\d{{1,3}}|[a-z])?|[⁰¹²³⁴-⁹]{{1,3}}|[①-⑳])"
        rf"|(?P<letter>[^\W\d_]|(?P<twice>[a-z])(?P=twice))|(?P<roman>[ivxlc]{{2,7}})|(?P<sign>[{_SIGNS}]{{1,4}}\d{{0,2}})"
        rf"|(?P<alone>{_words()})",
        re.I,
    )


@lru_cache(maxsize=1)
def _word_before() -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE}{_words()}\.?\s?", re.I)


class Label(str):
    """The words of a marker without brackets, superscript digits as plain ones; `kind` is the name of its pattern."""

    kind = ""

    @property
    def ordinal(self) -> int | None:
        """The number of a note in its list that a label is: 2 of `2`, `٢`, `b`."""
        if self.isdecimal():
            return int(self)
        return ord(self.lower()) - 96 if len(self) == 1 and self.isascii() and self.isalpha() else None


def label_of(words: str) -> Label | None:
    """The label that a marker's words are, or `None` if they are none."""
    if len(words) > 24:
        return None
    bare = words.strip(BRACKETS).rstrip(",;").strip(BRACKETS)
    bare = bare[1:] if bare[:1] == "^" and bare[1:].isdecimal() else bare
    match = _labels().fullmatch(bare)
    if match is None:
        return None
    label = Label(unicodedata.normalize("NFKC", bare) if not bare.isascii() and bare.isdigit() else bare)
    label.kind = match.lastgroup or ""
    if match["number"]:
        label.kind = "word" if match["word"] else "number"
    elif match["twice"]:
        label.kind = "letter"
    return label


def label_start(text: str, label: str) -> int:
    """How many characters of a note's text are its label, with the signs around; 0 if it begins with other words."""
    variants = {label, unicodedata.normalize("NFKC", label), label.translate(RAISED), label.rpartition(" ")[2]}
    for pattern in (_OPENING, _word_before()):
        opening = pattern.match(text)
        if opening is None:
            continue
        for words in sorted(variants, key=len, reverse=True):
            end = opening.end() + len(words)
            found = text[end - len(words) : end]
            if not words or found.casefold() != words.casefold() or text[end : end + 1].isalnum():
                continue
            closing = _CLOSING.match(text, end)
            after = closing.end() if closing is not None else end
            is_word = (
                len(words) == 1 and words.isalpha() and found != words
            )  # the first of "A note", under a marker `a`
            if not is_word or text[end:after].strip() or opening[0].strip("^↑ \n\t\u200b"):
                return after
    return 0
