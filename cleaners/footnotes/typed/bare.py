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

__all__ = ["bare_markers"]

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
