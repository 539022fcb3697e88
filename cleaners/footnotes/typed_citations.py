"""Markers whose markup is gone: `[1]` and `[citation needed]`, typed as plain characters."""

from __future__ import annotations

import re

from wikiglean.cleaners.footnotes.typed_notes import GROUPS, plain_label
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.pieces import is_free_text
from wikiglean.cleaners.words import tables

__all__ = ["typed_citations"]

_MARKER = re.compile(rf"\\?[\[［]\s*((?:(?:{GROUPS}|[an])\s*)?\d{{1,3}}|[a-h])\s*\\?[\]］]", re.I)
_BRACKETED = re.compile(r"(?:[\[［]\s*){1,2}([^\[\]［］]{2,80})[\]］]{1,2}")
_INDEXED = re.compile(r"(\w{1,40})\[0\]")
"""A word with the index 0 is an array of some program, and its other indexes are no markers."""
_WORD = re.compile(r"\w+$")
_CODE = frozenset({"pre", "code", "tt", "kbd", "samp", "var", "math", "textarea", "listing", "xmp"})


def typed_citations(page: Page) -> None:
    """Claims `[1]` and `[citation needed]` in the text.

    Numbers in brackets are citations only where they count up as markers do, and only on pages whose markers are not
    marked up: elsewhere brackets mean what their author meant.
    """
    marked_up = bool(page.footnotes.markers)
    texts = _bracketed_text(page)
    indexed = {word for at in texts if "[0]" in page.nodes[at] for word in _INDEXED.findall(page.nodes[at])}
    found: list[tuple[int, re.Match[str], str]] = []
    for at in texts:
        data = page.nodes[at]
        _claim_tags(page, at, data)
        if not marked_up:
            matches = [match for match in _MARKER.finditer(data) if _can_stand(page, at, match, indexed)]
            found += [(at, match, plain_label(match[1])) for match in matches]
    if found and _count_up([label for _, _, label in found], page):
        for at, match, label in found:
            claim = page.claim_text(at, match.start(), match.end(), "citations", "marker", kind=label)
            note = page.footnotes.labelled(label)
            page.footnotes.join(claim, label, note.identifier if note else f"note-{label}", page.cleaner)
    _tags_in_elements(page)


def _claim_tags(page: Page, at: int, data: str) -> None:
    for match in _BRACKETED.finditer(data):
        if not match[1].strip().isdigit() and tables().tags.find(match[1]):
            page.claim_text(at, match.start(), match.end(), "maintenance_tags", "maintenance tag")


def _can_stand(page: Page, at: int, match: re.Match[str], indexed: set[str]) -> bool:
    """A marker follows a word or a sign; a bracket inside a link, or one that a bracket follows, is none."""
    if page.tags[page.parents[at]] == "a":
        return False
    data = page.nodes[at]
    word = _WORD.search(data[max(0, match.start() - 40) : match.start()]) if indexed else None
    return not (word and word[0] in indexed) and data[match.end() : match.end() + 1] != "("


def _count_up(labels: list[str], page: Page) -> bool:
    """Whether labels come in the order of footnotes: from 1 (or the notes' own), each new one the next."""
    numbers = [int(label) for label in dict.fromkeys(labels) if label.isdigit()]
    if not numbers:
        return bool(page.footnotes.notes) or len(labels) > 2
    if page.footnotes.notes:
        return True
    steps = sum(1 for a, b in zip([0, *numbers], numbers, strict=False) if 0 < b - a <= 3)
    return numbers[0] <= 3 and steps >= 0.7 * len(numbers)


def _tags_in_elements(page: Page) -> None:
    """Maintenance tags whose brackets and words stand in different elements: `<sup>[<i>citation needed</i>]</sup>`."""
    for at in page.tagged("sup", page.root):
        words = page.words_of(at)
        if words[:1] in ("[", "［") and words[-1:] in ("]", "］") and page.claimed(at) is None:
            match = _BRACKETED.fullmatch(words)
            if match and not match[1].isdigit() and tables().tags.find(match[1]):
                page.claim(at, "maintenance_tags", "maintenance tag")


def _bracketed_text(page: Page) -> list[int]:
    """The text nodes of the article with a bracket in them that nobody claimed and that are no code."""
    tags, nodes = page.tags, page.nodes
    first, last = page.root, page.ends[page.root] if tags else 0
    texts = [at for at in range(first, last) if not tags[at] and ("[" in nodes[at] or "［" in nodes[at])]
    return [at for at in texts if is_free_text(page, at) and not any(tags[up] in _CODE for up in page.ancestors(at))]
