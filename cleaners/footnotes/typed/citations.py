"""Markers whose markup is gone: `[1]` and `[citation needed]`, typed as plain characters."""

from __future__ import annotations

import re

from wikiglean.cleaners.footnotes.typed.markers import Marker, among, bracketed_text, markers_of
from wikiglean.cleaners.footnotes.typed.notes import NAME, notes_without_heading
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.words import tables

__all__ = ["typed_citations"]

_BRACKETED = re.compile(r"(?:[\[［]\s*){1,2}([^\[\]［］]{2,80})[\]］]{1,2}")

_FEW = 3


def typed_citations(page: Page) -> None:
    """Claims `[1]` and `[citation needed]` in the text.

    What is in brackets is a citation only where notes or the order of the labels tell so, and only on pages whose
    notes are not marked up: elsewhere brackets mean what their author meant.
    """
    texts = bracketed_text(page)
    for at in texts:
        _claim_tags(page, at, page.nodes[at])
    footnotes = page.footnotes
    typed = {note.identifier for note in footnotes.notes.values() if note.source == NAME}
    if texts and all(note.claim is None or note.identifier in typed for note in footnotes.notes.values()):
        found = markers_of(page, texts)
        if not typed and notes_without_heading(page, found):
            typed = {note.identifier for note in footnotes.notes.values() if note.source == NAME}
            found = markers_of(page, texts)
        keys = {identifier.removeprefix("note-") for identifier in typed}
        if not keys and not page.plain and _are_indexes(page, found):
            found = []
        for marker in among(found, keys):
            label = marker.label
            claim = page.claim_inside(marker.at, marker.start, marker.end, "citations", "marker", kind=label.shown)
            footnotes.join(claim, label.shown, f"note-{label.key}", page.cleaner)
    _tags_in_elements(page)


def _are_indexes(page: Page, found: list[Marker]) -> bool:
    """Whether a few brackets on a page without notes stand in the midst of words alone: "page[1] with"."""
    if len(found) > _FEW:
        return False
    beside = [
        page.nodes[one.at][max(0, one.start - 1) : one.start] + page.nodes[one.at][one.end : one.end + 1]
        for one in found
    ]
    return not any(sign for signs in beside for sign in signs if not sign.isalnum() and not sign.isspace())


def _claim_tags(page: Page, at: int, data: str) -> None:
    for match in _BRACKETED.finditer(data):
        if not match[1].strip().isdigit() and tables().tags.find(match[1]):
            page.claim_text(at, match.start(), match.end(), "maintenance_tags", "maintenance tag")


def _tags_in_elements(page: Page) -> None:
    """Maintenance tags whose brackets and words stand in different elements: `<sup>[<i>citation needed</i>]</sup>`."""
    for at in page.tagged("sup", page.root):
        words = page.words_of(at)
        if words[:1] in ("[", "［") and words[-1:] in ("]", "］") and page.claimed(at) is None:
            match = _BRACKETED.fullmatch(words)
            if match and not match[1].isdigit() and tables().tags.find(match[1]):
                page.claim(at, "maintenance_tags", "maintenance tag")
