"""Borders of sentences, for the context of a marker, in the languages that wikis are written in.

A full stop ends a sentence unless something speaks against it: a small letter behind it, an abbreviation, an initial or
an ordinal before it. What stands before it is looked up in `sentences.toml`, by language. docs/context.md tells how
right and how fast this is, and what the libraries for it do.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from importlib.resources import files

import msgspec

from wikiglean.article import BlockType

__all__ = ["sentence_at", "sentence_borders"]

_NARROW = ".!?…‼⁇⁈⁉"
"""Signs that end a sentence where white space follows."""
_WIDE = "。！？．｡؟۔।॥።፧፨။។៕།༎༏༑᠃᠉։߹꘏꛷"
"""Signs that need no white space behind them."""
_OPENING = "\"'“”‘’«»„‚‹›「『（([{¿¡—–-−―•*"
"""What may stand between the end of a sentence and the first letter of the next one."""
_CONTINUING = ",;:.!?)]}，、；：）。"
_AFTER_QUOTE = "とがをはのにでも"
"""Particles behind a Japanese quotation or bracket: the sentence goes on."""
_BRACKETS = (("(", ")"), ("（", "）"), ("[", "]"))
_ROMAN = re.compile(r"[IVXLC]+")
_NO_VOWEL = re.compile(r"[b-df-hj-np-tv-xzбвгджзклмнпрстфхцчшщ]{2,5}")
_LATIN_END = re.compile(r"[A-Za-z.]*$")
_MONTH_AND_DAY = re.compile(r"\d{1,2}\.\s?\d")  # after the year, as Hungarian and Korean write dates
_WORD = re.compile(r"\w*")
_LONGEST = 24  # characters before a full stop that are looked at
_SHORT = 3  # words of a sentence that hardly ends in "г."; twice as many if it begins with "В" or a number
_ORDINAL = 2  # digits of a number that may be an ordinal; longer ones are years
_SPACES = " \u00a0\u2009\u202f\u3000"
_NUMERAL = "0123456789IVXLC"
_STREET = "str"  # the German "Gartenstr. 5"
_IDEOGRAPHS = "\u2e80"
_PIECE = 20  # characters between spaces that may be a sentence, in scripts without signs


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language's table in `sentences.toml`, where each key is explained."""

    ordinary: str = ""
    before: str = ""
    numbered: str = ""
    after: str = ""
    starters: str = ""
    followers: str = ""
    ordinals: bool = False
    stops: str = ""
    spaces: str = ""
    like: str = ""


class _Rules(msgspec.Struct, frozen=True):
    """What holds in one language."""

    signs: re.Pattern[str]
    before: frozenset[str]
    numbered: frozenset[str]
    after: frozenset[str]
    starters: frozenset[str]
    followers: frozenset[str]
    known: frozenset[str]
    ordinals: bool
    spaces: tuple[str, ...]


@lru_cache(maxsize=1)
def _tables() -> dict[str, _Words]:
    data = files("wikiglean.cleaners").joinpath("sentences.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(data), dict[str, _Words])


@lru_cache(maxsize=64)
def _rules(language: str) -> _Rules:
    """The rules of a language, with those of the language that it is like; "" takes all lists together."""
    tables, known = _tables(), bool(language)
    found = [tables[""]] if language else list(tables.values())
    while language:
        words = tables.get(language, _Words())
        found.append(words)
        language = words.like
    own = found[1:] if known else []
    before, numbered, after, starters, followers = (
        frozenset(word for words in found for word in getattr(words, name).split())
        for name in ("before", "numbered", "after", "starters", "followers")
    )
    if not known:
        before -= frozenset(tables[""].ordinary.split())
        after -= before
    stops = "".join(words.stops for words in own)
    spaces = tuple(word for words in own for word in words.spaces.split())
    return _Rules(
        signs=_pattern(_NARROW + stops, bool(spaces)),
        before=before,
        numbered=numbered,
        after=after,
        starters=starters,
        followers=followers,
        known=before | numbered | after,
        ordinals=any(words.ordinals for words in own),
        spaces=spaces,
    )


def _pattern(narrow: str, spaces: bool) -> re.Pattern[str]:
    """Signs and the closing marks behind them, in group 1; else the end of a line or of a cell."""
    narrow, wide = re.escape(narrow), re.escape(_WIDE)
    closing = r"""["'”’“‘»«›‹)\]}]|[\u00a0\u202f ][»›]"""
    signs = rf"((?<=[{narrow}])[{narrow}]*(?:{closing})*(?=\s)|(?<=[{wide}])[{wide}{narrow}]*[”’»)」』）】〉》〗〕]*)"
    return re.compile(rf"[{narrow}{wide}\n\t{' ' if spaces else ''}](?:{signs}|(?<=\s))")


def sentence_borders(
    text: str, start: int, end: int, language: str | None = None, kind: BlockType = "Para"
) -> list[int]:
    """Where the sentences of the block `text[start:end]` begin, and `end`. `language` is its BCP 47 tag, if known.

    A cell of a row and a line of code is a sentence of its own; so is a line of any other block, if it does not begin
    with a small letter; lines of a poem are none.
    """
    borders = [start]
    rules = _rules((language or "").lower().replace("_", "-").partition("-")[0])
    brackets = [pair for pair in _BRACKETS if text.find(pair[0], start, end) >= 0]
    spaces = _SPACES + "\n" if kind == "LineBlock" else _SPACES
    for match in rules.signs.finditer(text, start, end):
        at, after = match.span()
        sign = text[at]
        while after < end and text[after] in spaces:
            after += 1
        if sign == "\t":
            borders.append(after)
        elif after == end:
            break
        elif kind == "CodeBlock" or sign.isspace():
            if _is_line(text, at, after, kind) or (sign == " " and _is_piece(text, at, after, borders[-1], rules)):
                borders.append(after)
        elif (
            not text[after].isspace()
            and _ends(text, match, after, borders[-1], rules)
            and (not brackets or not _in_brackets(text, match, borders[-1], brackets))
        ):
            borders.append(after)
    borders.append(end)
    return borders


def sentence_at(text: str, borders: list[int], offset: int) -> tuple[int, int] | None:
    """The sentence that holds `offset` or ends there, so that a marker behind a full stop belongs to what it follows.

    `None` where no word stands beside the marker: an empty cell.
    """
    n = min(bisect_right(borders, offset), len(borders) - 1) - 1
    if n and borders[n] == offset and not text[offset - 1].isspace():
        n -= 1
    start, end = borders[n], borders[n + 1]
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, max(end, offset)) if end > start else None


def _is_line(text: str, at: int, after: int, kind: BlockType) -> bool:
    """Whether a sentence ends with the line that ends at `at`."""
    return text[at] == "\n" and (kind == "CodeBlock" or (kind != "LineBlock" and not _is_small(text[after])))


def _is_piece(text: str, at: int, after: int, first: int, rules: _Rules) -> bool:
    """Whether a mere space parts sentences, in scripts that have no signs for it."""
    words = at - first >= _PIECE and text[at - 1] > "\u0e00" and text[after] > "\u0e00"
    return words and not text.startswith(rules.spaces, after) and not text.endswith(rules.spaces, first, at)


def _is_small(character: str) -> bool:
    """Whether a letter is a small one. All letters of Georgian count as small: it has no others in use."""
    return character.islower() and not "\u10d0" <= character <= "\u10ff"


def _ends(text: str, match: re.Match[str], after: int, first: int, rules: _Rules) -> bool:
    """Whether the signs of a match end the sentence that began at `first`; the next would begin at `after`."""
    at, rest = match.start(), match[1]
    closing = rest and rest.lstrip(_NARROW + _WIDE)
    head = after
    while head < match.endpos - 1 and (text[head] in _OPENING or (text[head] == " " and head > after)):
        head += 1
    if text[head] in _CONTINUING or (_is_small(text[head]) and not _begins_small(text, head)):
        return False
    if text[at] == "．" and text[after].isdecimal():  # a decimal point of full width
        return False
    if closing and after == match.end() and text[after] in _AFTER_QUOTE:
        return False
    if text[at] != "." or closing:
        return True
    return at > first if rest else _stop_ends(text, at, head, first, rules)


def _begins_small(text: str, head: int) -> bool:
    """Whether a sentence may begin with this small letter: "iPhone", the Dutch "'s Avonds"."""
    following = text[head + 1 : head + 3]
    return following[:1].isupper() or (text[head - 1] in "'’" and following[:1] == " " and following[1:].isupper())


def _in_brackets(text: str, match: re.Match[str], first: int, brackets: list[tuple[str, str]]) -> bool:
    """Whether signs stand in brackets that were opened in the midst of the sentence and are closed behind them."""
    at = match.start()
    for opening, closer in brackets:
        opened = text.rfind(opening, first, at)
        if opened > first and text[first:opened].strip(_OPENING):
            if closer in match[1]:
                return True
            if text.find(closer, opened, at) < 0 and text.find(closer, at, match.endpos) >= 0:
                return True
    return False


def _stop_ends(text: str, at: int, head: int, first: int, rules: _Rules) -> bool:
    """Whether the full stop at `at` ends a sentence, by the words before and after it."""
    word = text[max(text.rfind(" ", first, at) + 1, first) : at]
    plain = len(word) > 2 and word.isalpha() and word[1:].islower() and word.lower() not in rules.known
    if plain and text[head] not in _NUMERAL:
        return True  # so most sentences end
    pieces = text[max(first, at - _LONGEST) : at].split()
    word = pieces[-1].lstrip(_OPENING) if pieces else ""
    if word and word[0] >= _IDEOGRAPHS:
        word = _LATIN_END.search(word)[0]  # type: ignore[index]
    if not word:
        return True
    before = pieces[-2].lstrip(_OPENING).lower() if len(pieces) > 1 else ""
    if word[-1].isdigit():
        return _number_ends(word, before, text[head : head + _LONGEST], at - first == len(word), rules)
    following = _WORD.match(text, head)[0]  # type: ignore[index]
    folded = word.lower()
    whole = before + folded if before.endswith(".") else folded  # "т. п." is looked up as "т.п"
    numbered = folded in rules.numbered or folded in rules.before or _is_abbreviation(word)
    numbered = numbered or folded.endswith(_STREET) or _NO_VOWEL.fullmatch(folded) is not None
    if numbered and (following[:1].isdigit() or _ROMAN.fullmatch(following)):
        return False
    if whole in rules.after or (folded in rules.after and whole not in rules.before):
        return not following[:1].isdigit()
    initial = len(word) == 1 and word.isupper()
    if (len(whole) > len(word) and whole in rules.before) or (folded in rules.before and not initial):
        return False
    if len(word) > 1 and _ROMAN.fullmatch(word):
        return not rules.ordinals or following in rules.starters
    if not _is_abbreviation(word):
        return True
    if following in rules.starters:
        return True
    if word[0].isupper() or (len(word) == 1 and not _is_number(pieces)):
        return False
    return word[0].islower() and _is_long(text[first:at])


def _is_long(sentence: str) -> bool:
    """Whether a sentence may end in an abbreviation that stands behind numbers: "В 1931 г. Варга …" goes on."""
    words = sentence.split()
    return len(words) > (_SHORT if len(words[0]) > 2 and words[0][0].isalpha() else 2 * _SHORT)


def _is_number(pieces: list[str]) -> bool:
    """Whether the word before the last one is a number: "1901 г.", "XIX a."."""
    return len(pieces) > 1 and (pieces[-2][-1].isdigit() or _ROMAN.fullmatch(pieces[-2]) is not None)


def _is_abbreviation(word: str) -> bool:
    """Whether a word looks like an abbreviation: a letter, the same one twice, a syllable, short pieces with stops."""
    head, dot, _ = word.partition(".")
    if not head.isalpha() and not "\u0900" <= word[-1] <= "\u0dff":
        return False
    if "\u0900" <= word[-1] <= "\u0dff":
        return sum(unicodedata.category(character)[0] == "L" for character in head) <= (2 if dot else 1)
    if dot:
        return len(head) <= 2 or word.isupper()
    return len(word) == 1 or (len(word) == 2 and word[0] == word[1])


def _number_ends(word: str, before: str, rest: str, alone: bool, rules: _Rules) -> bool:
    """Whether the stop behind a number ends a sentence: not that of an ordinal, of a date, or of a line's number.

    `rest` is what follows; `alone` says that the sentence has no other word so far.
    """
    if not word.isdecimal() or before.rstrip(".") in rules.numbered:
        return True
    following = _WORD.match(rest)[0]  # type: ignore[index]
    if len(word) > _ORDINAL:
        return _MONTH_AND_DAY.match(rest) is None
    if following[:1].isdigit():
        return not (rest.startswith(".", len(following)) or (before.endswith(".") and before[:-1].isdecimal()))
    if alone or following in rules.followers or _ROMAN.fullmatch(following):
        return False
    return not rules.ordinals or following in rules.starters
