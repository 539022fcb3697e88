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
    fragment = page.blocks is not None and page.blocks.fragment
    for profile in page.pasted:
        lists = [at for selector in profile.references.lists for at in select(page, selector)]
        if not lists and not fragment:
            continue
        markers = _links_to_notes(page, profile.references)
        split = any(page.contains(root, at) for at in lists) != any(page.contains(root, at) for at in markers)
        if fragment or (lists and markers and split):
            while root != page.body and not all(page.contains(root, at) for at in lists + markers):
                root = page.parents[root]
    return root


def _links_to_notes(page: Page, rules: ReferenceRules) -> list[int]:
    return [
        at
        for at in page.tagged("a")
        if "#" in (href := page.attribute(at, "href") or "") and fragment_of(href).startswith(rules.note_ids)
    ]
