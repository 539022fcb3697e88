"""How far the article reaches by its footnotes, where no profile knows: markers and their notes are of one text."""

from __future__ import annotations

from wikiglean.cleaners.footnotes.fragments import fragment_of
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ReferenceRules
from wikiglean.cleaners.selectors import select

__all__ = ["with_footnotes"]


def with_footnotes(page: Page, root: int) -> int:
    """The smallest element around a content root and the footnotes that pasted engines printed.

    A list of notes has more words than the short text that it belongs to, and is taken for the article. On a whole page
    the root grows only where it has the notes of markers outside, or their markers, and not both.
    """
    for profile in page.pasted:
        markers, lists = _footnotes(page, profile.references)
        parts = markers + lists
        if not lists or not markers:
            parts = parts if page.blocks is not None and page.blocks.fragment else []
        halves = [any(page.contains(root, at) for at in half) for half in (markers, lists)]
        if parts and (halves[0] != halves[1] or (page.blocks is not None and page.blocks.fragment)):
            while root != page.body and not all(page.contains(root, at) for at in parts):
                root = page.parents[root]
    return root


def _footnotes(page: Page, rules: ReferenceRules) -> tuple[list[int], list[int]]:
    """The markers that lead to notes, and the lists of notes."""
    lists = [at for selector in rules.lists for at in select(page, selector)]
    markers = [
        at
        for at in page.tagged("a")
        if "#" in (href := page.attribute(at, "href") or "") and fragment_of(href).startswith(rules.note_ids)
    ]
    return markers, lists
