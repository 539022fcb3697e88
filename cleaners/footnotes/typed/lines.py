"""How typed notes begin: `1. ^ a b …`, `[note 1] …`, `↑ Jump up to: 1.0 1.1 …`, `1) …`, `¹ …`, `[^name]: …`."""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from wikiglean.cleaners.footnotes.typed.labels import NAMES, NUMBERS, RAISED, SIGNS, Label, digits_of, label_of
from wikiglean.cleaners.footnotes.typed.markers import CLOSING, OPENING
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.pieces import Pieces, free_pieces
from wikiglean.cleaners.words import fold, tables

__all__ = ["ARROWS", "Line", "NoteStart", "lines_of", "note_start", "notes_of"]

ARROWS = "^↑⇑⤴"
"""What leads from a note back to the text."""
_BULLET = re.compile(r"\s*(?:[•*·▪◦‣○●■+-]\s+(?=\S))?")
_BRACKETED = re.compile(rf"{OPENING}\s*(\^?[^\[\]［］【】\\\n]{{1,32}}?)\s*{CLOSING}[.:]?(?=\s|[^\s\w(]|[^\W\d_]|$)")
_NUMBERED = re.compile(r"\(?(\d{1,3})(?:[.)．、:]|\.\))(?=\s|[^\d\s.,)]|$)")
_LETTERED = re.compile(r"\(?([^\W\d_]|[ivx]{1,5})[.)](?=\s)")
_GROUPED = re.compile(r"([^\W\d_][^\d\[\](){}^↑.,;:\"]{1,20}?\.?\s?\d{1,3})[.:)](?=\s)")
_BARE = re.compile(r"(\d{1,3}|[a-z])\s+(?=[\^↑⇑⤴])")
_STARRED = re.compile(r"\*(\d{1,3})\s")
_RAISED = re.compile(r"([¹²³⁰⁴-⁹]{1,3})[.)]?\s*(?=\S)")
_SEVERAL = (
    (re.compile(r"\s*\[1\]\s"), r"(?<=\s)\[%d\](?=\s)"),
    (re.compile(r"\s*1\.\s?[\^↑]\s"), r"(?<=\s)%d\.\s?[\^↑](?=\s)"),
)
"""How the first of several notes on a line begins, and how the one with the number `%d` does."""
_SIGN = re.compile(r"(\*{1,4}|†{1,3}|‡{1,3}|[§¶])\s*(?=\S)")
_ARROW = re.compile(r"\s*\\?[\^↑⇑⤴](?:[︎️])?(?![\[(])\s*")
_BEHIND_ARROW = re.compile(
    rf"(?:{OPENING}\s*([^\[\]\n]{{1,20}}?)\s*{CLOSING}|(\d{{1,3}})(?=[.)]\s)[.)]|(?<=[\^↑⇑⤴])(\d{{1,3}})(?=\s|[^\W\d]))\s*"
)
_NUMBERS_ALONE = re.compile(r"\s*\(\d{1,2}(?:,\s?\d{1,2})+\)\s*$")
_TOKEN = re.compile(
    r"\^?\(?\s*([^\W\d_](?:[^\W\d_]|[\u0300-\u036f])?|الف|\d{1,2}(?:[.,٫]\d{1,2})?)\)?(?:[,،]\s*|\s+|(?=\^)|$)"
)
_AND = re.compile(r"(?:et|und|and|y|e|en|och|og|i|и|ja|و|ha)\s+", re.I)


@dataclass(slots=True)
class Line:
    """A line of a page as it is shown: pieces of text nodes, `(position, start, end)`, and its words."""

    pieces: Pieces
    text: str


@dataclass(frozen=True, slots=True)
class NoteStart:
    """How a line begins that may be a note: its label, if it shows one, and where its words start.

    `sure` says that an arrow back to the text tells it; a number alone may begin any list. Without label and arrow it
    is the letters that lead back to several markers: "a b Author". `times` says how many markers it leads back to, 0
    where it does not tell.
    """

    label: Label | None
    end: int
    sure: bool
    times: int = 0


def lines_of(page: Page, block: int) -> list[Line]:
    """The lines of a block, divided at `<br>`; what is claimed is left out, numbers in `<sup>` are raised ones."""
    lines: list[Pieces] = [[]]
    breaks = [at for at in page.tagged("br", block) if at not in page.claims]
    broken = 0
    for at, start, end in free_pieces(page, block):
        if broken < (broken := bisect_left(breaks, at, broken)):
            lines.append([])
        lines[-1].append((at, start, end))
    made = (Line(pieces, _words_of(page, pieces)) for pieces in lines)
    return [line for line in made if line.text.strip()]


def _words_of(page: Page, pieces: Pieces) -> str:
    words = [page.nodes[at][start:end] for at, start, end in pieces]
    first = next((n for n, data in enumerate(words) if data.strip()), None)
    if first is not None and page.tags[page.parents[pieces[first][0]]] == "sup":
        words[first] = words[first].translate(RAISED)
    return "".join(words)


def notes_of(line: Line) -> list[Line]:
    """The notes of a line that begins like the first of several: "[1] Author. [2] Another.", "1. ^ Author. 2. ^ …"."""
    for first, others in _SEVERAL:
        if first.match(line.text):
            starts = [0]
            while next_one := re.compile(others % (len(starts) + 1)).search(line.text, starts[-1] + 3):
                starts.append(next_one.start())
            if len(starts) > 1:
                return [_part(line, *span) for span in itertools.pairwise([*starts, len(line.text)])]
    return [line]


def _part(line: Line, start: int, end: int) -> Line:
    """A part of a line, with the characters that it is made of."""
    pieces, offset = [], 0
    for at, first, last in line.pieces:
        inner = (max(first, first + start - offset), min(last, first + end - offset))
        offset += last - first
        if inner[0] < inner[1]:
            pieces.append((at, *inner))
    return Line(pieces, line.text[start:end])


def note_start(text: str) -> NoteStart | None:
    """How a line begins that may be a note, or `None` for one that is none."""
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet is not None else 0
    label, end = _label(text, start)
    end = _behind_jump_words(text, end)
    arrow = _ARROW.match(text, end)
    if arrow is None and label is not None:
        end, times = _behind_letters(text, _skip(text, _behind_numbers(text, end)))
        return NoteStart(label, _skip(text, end), sure=label.series == NAMES, times=times)
    if arrow is None:
        letters, times = _behind_letters(text, start)
        return NoteStart(None, _skip(text, letters), sure=False, times=times) if letters > start else None
    end = arrow.end()
    if label is None:
        label, end = _label_behind_arrow(text, end)
    end, times = _behind_letters(text, _behind_jump_words(text, end))
    return NoteStart(label, _skip(text, end), sure=True, times=times or 1)


def _skip(text: str, end: int) -> int:
    while end < len(text) and text[end].isspace():
        end += 1
    return end


def _behind_numbers(text: str, end: int) -> int:
    """Where the words start behind "[1] (1, 2)": the markers of the note, numbered, on the label's line."""
    match = _NUMBERS_ALONE.match(text, end)
    return match.end() if match is not None else end


def _label(text: str, start: int) -> tuple[Label | None, int]:
    """The label that a line begins with, and where it ends."""
    match = _BRACKETED.match(text, start)
    if match is not None:
        label = label_of(match[1])
        if label is not None and (label.series != NAMES or text[match.end() - 1] == ":"):
            return label, match.end()
        return None, start
    for pattern in (_STARRED, _NUMBERED, _BARE, _LETTERED, _GROUPED):
        match = pattern.match(text, start)
        if (
            match is not None
            and (label := label_of(match[1])) is not None
            and (label.known or _arrow_follows(text, match.end()))
        ):
            return label, match.end()
    match = _RAISED.match(text, start)
    if match is not None:
        number = unicodedata.normalize("NFKC", match[1])
        return Label(match[1], NUMBERS, int(number)), match.end(1)
    match = _SIGN.match(text, start)
    if match is not None and match[1] != "*":
        return Label(match[1], SIGNS, len(match[1])), match.end()
    return None, start


def _arrow_follows(text: str, end: int) -> bool:
    return text[end:].lstrip()[:1] in tuple(ARROWS)


def _label_behind_arrow(text: str, end: int) -> tuple[Label | None, int]:
    """The label of `↑1 Text` and `^ [1] Text`."""
    match = _BEHIND_ARROW.match(text, end)
    words = match and (match[1] or match[2] or match[3])
    label = label_of(words) if words else None
    return (label, match.end()) if label is not None and match is not None else (None, end)


def _behind_jump_words(text: str, start: int) -> int:
    """Where a note goes on after the words that screen readers say for the arrow."""
    known = tables().jump_up
    head = text[start : start + 60]
    for match in re.finditer(r"[:：]|\s", head):
        if fold(head[: match.start()]).rstrip(" :") in known and not _goes_on(head, match.start()):
            return start + match.end()
    return start


def _goes_on(head: str, end: int) -> bool:
    """Whether words that screen readers say are the beginning of longer such words: "Jump up to:"."""
    known = tables().jump_up
    longer = head[:end] + head[end:].partition(":")[0] if ":" in head[end:] else ""
    return bool(longer) and longer != head[:end] and fold(longer) in known


def _behind_letters(text: str, start: int) -> tuple[int, int]:
    """Where a note goes on after what leads back to its markers, and how many: `a b`, `1.0 1.1`, `1 2`, `a et b`."""
    words: list[str] = []
    at = end = start
    while (token := _TOKEN.match(text, at)) is not None:
        word = fold(digits_of(token[1])).replace(",", ".").replace("٫", ".")
        if not _continues([*words, word]):
            if words and (joined := _AND.match(text, at)):
                at = joined.end()
                continue
            break
        words.append(word)
        at = token.end()
        if len(words) > 1:
            end = at
    return end, len(words) if end > start else 0


def _continues(words: list[str]) -> bool:
    """Whether words are the first of an alphabet, in order, or `1.0 1.1`, or `1 2`."""
    if "." in words[0]:
        head = words[0].partition(".")[0]
        return words in ([f"{head}.{n}" for n in range(len(words))], [f"{head}.{n + 1}" for n in range(len(words))])
    if words[0].isdigit():
        return words == [str(n + 1) for n in range(len(words))]
    if len(words) > 26:
        return len(words[-1]) == 2 and words[-1].isalpha()
    return any(list(row[: len(words)]) == words for row in tables().backlinks)
