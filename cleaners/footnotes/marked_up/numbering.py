"""The labels that notes have by their place in a numbered list: of notes without markers, of markers without links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.footnotes.records import NoteRecord
from wikiglean.cleaners.page import Page

__all__ = ["join_by_number", "number_notes", "typed_numbers"]

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_SEVERAL = re.compile(r"(\d+)\s*[-–~,，、]\s*\d+")
_ENDING = re.compile(r"\d+$")
_DETAIL = re.compile(r"(.+)([.,٫])(.+)")
"""The label of a note that details another: that note's label, and its own number."""
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _letters(number: int) -> str:
    words = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        words = chr(ord("a") + letter) + words
    return words


def _roman(number: int) -> str:
    words = ""
    for value, sign in _ROMAN:
        words += sign * (number // value)
        number %= value
    return words


_STYLES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "lower-alpha": _letters,
    "upper-alpha": lambda number: _letters(number).upper(),
    "lower-roman": _roman,
    "upper-roman": lambda number: _roman(number).upper(),
    "lower-greek": lambda number: _GREEK[number - 1] if 0 < number <= len(_GREEK) else str(number),
}
"""What lists count with: https://www.w3.org/TR/css-counter-styles-3/. Wikis name groups of notes so."""


def number_notes(page: Page) -> None:
    """Gives a note without a marker the label that a reader sees before it, written as those of the other notes."""
    _label_parents(page)
    lists: dict[int, list[NoteRecord]] = {}
    for note in page.footnotes.notes.values():
        if note.claim is not None and note.number is not None:
            lists.setdefault(page.parents[note.claim.at], []).append(note)
    for listed, notes in lists.items():
        if any(note.label is None for note in notes):
            _number(page, listed, notes)


def _label_parents(page: Page) -> None:
    """Gives a note without a marker the label that those of its details begin with."""
    for note in page.footnotes.notes.values():
        parent = page.footnotes.notes.get(note.parent or "")
        detail = _DETAIL.fullmatch(note.label or "") if parent is not None and parent.label is None else None
        if parent is not None and detail is not None:
            parent.label = detail[1]


def _number(page: Page, listed: int, notes: list[NoteRecord]) -> None:
    written = _as_written(page, listed, notes)
    for note in notes:
        if note.label is None and written is not None and note.number is not None:
            parent = page.footnotes.notes[note.parent].label if note.parent is not None else None
            label = written(note.number)
            note.label = f"{parent}{_point(notes)}{label}" if parent is not None else label


def _as_written(page: Page, listed: int, notes: list[NoteRecord]) -> Callable[[int], str] | None:
    """How the list's labels are made of numbers, by those that markers show; `None` where they follow no rule."""
    group = notes[0].group
    known = [(note.number or 0, _own_part(page, note)) for note in notes if note.label is not None]
    prefixes = [f"{group} "] if group and group not in _STYLES else []
    if known:
        head, blank, _ = known[0][1].rpartition(" ")
        prefixes = [head + blank]
    named = group if group in _STYLES else _style_of(page, listed)
    zero = _zero(known)
    for prefix in prefixes or [""]:
        for style in dict.fromkeys((named, *_STYLES)) if known else (named,):
            if all(_label(prefix, style, zero, number) == label for number, label in known):
                return partial(_label, prefix, style, zero)
    return None


def _own_part(page: Page, note: NoteRecord) -> str:
    """The label of a note, without that of the note that it details."""
    label = note.label or ""
    detail = _DETAIL.fullmatch(label) if note.parent is not None else None
    return detail[3] if detail is not None else label


def _point(notes: list[NoteRecord]) -> str:
    """The sign between the two parts of the labels of details."""
    found = (_DETAIL.fullmatch(note.label or "") for note in notes)
    return next((detail[2] for detail in found if detail is not None), ".")


def _style_of(page: Page, listed: int) -> str:
    """The style that the list, or an element right around it, is counted in."""
    for at in (listed, *list(page.ancestors(listed))[:2]):
        match = _STYLE.search(page.attribute(at, "style") or "")
        if match is not None and match[1] in _STYLES:
            return match[1]
    return "decimal"


def _zero(known: list[tuple[int, str]]) -> int:
    """The code point of the digit nought in the script of the labels."""
    last = known[0][1][-1:] if known else ""
    return ord(last) - unicodedata.digit(last) if last.isdecimal() else ord("0")


def _label(prefix: str, style: str, zero: int, number: int) -> str:
    """A label in the digits of a script."""
    words = _STYLES[style](number)
    return prefix + "".join(chr(zero + int(sign)) if sign.isdecimal() else sign for sign in words)


def join_by_number(page: Page) -> None:
    """Joins markers that lead nowhere to the note whose number they show, if no marker leads there.

    The number is that of the item, or typed. Sanitisers take ids and links away and leave the list. A marker of several
    notes, `[1-2]` of Baidu Baike, belongs to the first.
    """
    footnotes = page.footnotes
    lost = [(marker, name) for marker, name in footnotes.markers.items() if footnotes.notes[name].claim is None]
    if not lost:
        return
    cited = set(footnotes.markers.values())
    free: dict[str, str] = {}
    for note in footnotes.notes.values():
        if note.claim is not None and note.label and note.identifier not in cited:
            free.setdefault(note.label, note.identifier)
    for marker, _ in lost:
        several = _SEVERAL.fullmatch(marker.kind)
        first = footnotes.labelled(several[1]) if several is not None else None
        known = first.identifier if first is not None and first.claim is not None else free.get(marker.kind)
        footnotes.markers[marker] = known or footnotes.markers[marker]
    meant = set(footnotes.markers.values())
    for name in {name for _, name in lost} - meant:
        del footnotes.notes[name]


def typed_numbers(page: Page) -> None:
    """Removes the number typed at the beginning of a note, `1.` or `[1]`, where it does not lead back."""
    for note in page.footnotes.notes.values():
        if note.claim is None or note.number is not None:
            continue
        note.label = note.label or _typed_label(page, note)
        if not note.label:
            continue
        _remove_number(page, note.claim, note.label)


def _remove_number(page: Page, note: Claim, label: str) -> None:
    """Removes a label and its sign before the words of a note; either may be alone in an element: `<a>1</a>. Moe`."""
    texts = [at for at in range(note.at, page.ends[note.at]) if not page.tags[at] and page.text_of(at).strip()][:3]
    if not texts or page.claimed(texts[0]) is not note:
        return
    words = "".join(page.text_of(at) for at in texts)
    start = len(words) - len(words.lstrip())
    form = next((typed for typed in _typed(label) if words.startswith(typed, start)), "")
    left = start + len(form) if form and words[start + len(form) :][:1].isspace() else 0
    if not left and page.parents[texts[0]] != note.at and page.text_of(texts[0]).strip() == f"[{label}]":
        left = len(page.text_of(texts[0]))  # in a block of its own
    for at in texts:
        size = min(left, len(page.text_of(at)))
        if size and page.claimed(at) is note:
            page.claim_text(at, 0, size, "removed", "number of the note")
        left -= size


def _typed(label: str) -> tuple[str, ...]:
    """How a label is typed before a note."""
    return f"[{label}]", f"{label}.", f"{label})", f"{label}:"


def _typed_label(page: Page, note: NoteRecord) -> str | None:
    """The number that a note without markers begins with, where its id ends with the same."""
    number = _ENDING.search(note.identifier)
    if number is None or note.claim is None:
        return None
    words = page.words_of(note.claim.at).lstrip("[(")
    sign, gap = words[len(number[0]) :][:1], words[len(number[0]) + 1 :][:1]
    return number[0] if words.startswith(number[0]) and sign in tuple(".:)]") and gap.isspace() else None
