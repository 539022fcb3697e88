"""Footnotes that are marked up as such: markers, notes, what leads back, complaints, by the rules of profiles.

MediaWiki's Cite extension in both its dialects is the model: https://www.mediawiki.org/wiki/Extension:Cite,
https://www.mediawiki.org/wiki/Specs/HTML/Extensions/Cite
"""

from __future__ import annotations

from wikiglean.cleaners.footnotes.marked_up.complaints import complaints
from wikiglean.cleaners.footnotes.marked_up.data_mw import tell_notes
from wikiglean.cleaners.footnotes.marked_up.markers import find_markers
from wikiglean.cleaners.footnotes.marked_up.notes import find_notes
from wikiglean.cleaners.footnotes.marked_up.numbering import join_by_number, number_notes, typed_numbers
from wikiglean.cleaners.footnotes.marked_up.started import started_notes
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ReferenceRules
from wikiglean.cleaners.selectors import select

__all__ = ["references"]


def references(page: Page) -> None:
    """Claims notes, what leads back from them, and markers; joins each marker to its note."""
    rules = page.profile.references if page.profile is not None else ReferenceRules()
    sets = [(rules, None), *((profile.references, page.root) for profile in page.pasted)]
    found = [
        (one, outer, {at for selector in one.markers for at in select(page, selector, outer)})
        for one, outer in sets
        if one.note_ids or one.markers
    ]
    # all notes before all markers: a profile may know the marker of a note that only another knows
    for one, outer, marked in found:
        find_notes(page, one, outer, marked)
        started_notes(page, one, outer)
        complaints(page, one, outer)
    for one, outer, marked in found:
        find_markers(page, one, outer, marked)
    if page.footnotes.notes:
        number_notes(page)
        typed_numbers(page)
        join_by_number(page)
        tell_notes(page)
