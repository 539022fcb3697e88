"""Markers without brackets in flattened text: `¹`, `1)`, `*1`, `^1`, and bare digits before notes that end in an arrow.

A raised digit may be a unit's, `1)` the item of a list. They are markers only where the page ends in notes of the same
form, and where the numbers of all these notes stand in the text, in order, right behind a word or a sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from wikiglean.cleaners.footnotes.typed.labels import NUMBERS, Label
from wikiglean.cleaners.footnotes.typed.lists import Entry
from wikiglean.cleaners.footnotes.typed.markers import Marker
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.pieces import is_free_text
from wikiglean.cleaners.reading.reader import BORDERS

__all__ = ["MOIN_BACK", "are_many", "bare_markers", "raised_markers"]

_BEHIND = r"(?:(?<=[^\W\d_][^\W\d_])|(?<=[.,;:!?…)\]”’»\"。、，！？؟।]))"
_RAISED = re.compile(_BEHIND + r"([¹²³⁰⁴-⁹]{1,3})(?!\w)")
_CLOSED = re.compile(_BEHIND + r"\^?(\d{1,3})\)")
_STARRED = re.compile(r"\*(\d{1,3})(?!\d)")
_CARET = re.compile(_BEHIND + r"\^(\d{1,3})(?![\d.,]\d|\d)")
_BARE = re.compile(_BEHIND + r"\^?(\d{1,3})(?![\d.,:]\d|[\w%°])")
_UNIT = re.compile(r"(?<!\w)(?:[kcdmµn]?m|km|cm|mm|ft|yd|mi|sec|in|км|см|мм|м)$", re.I)
_FORMS = (
    (re.compile(r"\s*[¹²³⁰⁴-⁹]"), _RAISED),
    (re.compile(r"\s*\^?\d{1,3}\)"), _CLOSED),
    (re.compile(r"\s*\*\d"), _STARRED),
    (re.compile(r"\s*\^\d"), _CARET),
)
"""How a note begins, and how its markers look then."""
_NUMBER = re.compile(r"\d{1,3}")
_RAISED_BEHIND = re.compile(_BEHIND + r"$")
_FEWEST_RAISED = 3
"""Raised numbers, each the next one, that are markers on a page without notes."""
MOIN_BACK = re.compile(r"\s*\(\d{1,3}(?:,?\s\d{1,3})*\)\s*$")
"""What leads from a note of MoinMoin back to its markers."""
_LEADS_BACK = re.compile(r"[↩⏎]\S?\s*$")


def bare_markers(page: Page, entries: list[Entry]) -> list[Marker]:
    """The markers of these notes in the text before them, or none."""
    numbers = [entry.label.number if entry.label is not None else n for n, entry in enumerate(entries, 1)]
    form = _form(entries)
    if form is None or numbers != list(range(1, len(numbers) + 1)):
        return []
    found = [marker for marker in _found(page, form, entries[0].block) if marker.label.number <= len(numbers)]
    first = list(dict.fromkeys(marker.label.number for marker in found))
    return found if first == numbers else []


def _form(entries: list[Entry]) -> re.Pattern[str] | None:
    text = entries[0].lines[0][0].text
    form = next((marker for note, marker in _FORMS if note.match(text)), None)
    if all(entry.answered for entry in entries):
        return _BARE
    if form is None and all(_LEADS_BACK.search(entry.lines[-1][0].text) for entry in entries):
        return _BARE
    return form


def _found(page: Page, form: re.Pattern[str], stop: int) -> Iterator[Marker]:
    for at in range(page.root, stop):
        if page.tags[at] or page.tags[page.parents[at]] in ("pre", "code") or not is_free_text(page, at):
            continue
        data = page.nodes[at]
        for match in form.finditer(data):
            before = data[: match.start()]
            if form is _RAISED and _UNIT.search(before):
                continue
            if form is _CLOSED and before.count("(") > before.count(")"):
                continue
            if any(first < match.end() and match.start() < last for first, last, _ in page.text_claims.get(at, ())):
                continue
            number = int(unicodedata.normalize("NFKC", match[1]))
            yield Marker(
                at, match.start(), match.end(), Label(str(number), NUMBERS, number), attached=True, leading=False
            )


def raised_markers(page: Page) -> list[Marker]:
    """The numbers in `<sup>` that no link joins to a note: right behind a word or a sign, each new one the next.

    Exponents follow a unit, a letter or a number, verses have their number before their words.
    """
    found = [marker for at in page.tagged("sup", page.root) if (marker := _raised(page, at)) is not None]
    first = list(dict.fromkeys(marker.label.number for marker in found))
    return found if first == list(range(1, len(first) + 1)) else []


def are_many(markers: list[Marker]) -> bool:
    """Whether raised numbers are so many that they are markers also where no note is."""
    return len({marker.label.number for marker in markers}) >= _FEWEST_RAISED


def _raised(page: Page, at: int) -> Marker | None:
    text = next((i for i in range(at + 1, page.ends[at]) if not page.tags[i]), -1)
    if text < 0 or page.ends[at] != text + 1 or not is_free_text(page, text) or text in page.text_claims:
        return None
    if any(page.tags[i] == "a" for i in range(at, text)):
        return None
    data = page.nodes[text]
    behind = page.ends[at]
    after = page.nodes[behind][:1] if behind < len(page.tags) and not page.tags[behind] else ""
    before = _words_before(page, at)
    if not _NUMBER.fullmatch(data.strip()) or after.isalnum():
        return None
    if not _RAISED_BEHIND.search(before) or _UNIT.search(before):
        return None
    number = int(data)
    return Marker(text, 0, len(data), Label(str(number), NUMBERS, number), attached=True, leading=False)


def _words_before(page: Page, at: int) -> str:
    """The last words of the text node before an element, in the same block; markers between do not count."""
    while at > 0 and page.tags[at - 1] not in BORDERS:
        at -= 1
        if not page.tags[at] and page.tags[page.parents[at]] != "sup":
            return str(page.nodes[at][-20:])
    return ""
