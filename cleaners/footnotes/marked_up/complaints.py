"""What the wiki's software says of wrong footnotes. It is never text; where it belongs to a note, the note has it.

Cite prints it in the note, in the text in place of a marker, or below the list.
"""

from __future__ import annotations

from wikiglean.cleaners.footnotes.marked_up.data_mw import message_of
from wikiglean.cleaners.footnotes.records import NoteRecord
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ReferenceRules
from wikiglean.cleaners.selectors import select
from wikiglean.cleaners.words import tables

__all__ = ["complaints"]


def complaints(page: Page, rules: ReferenceRules, outer: int | None) -> None:
    """Removes complaints by their markup, and by the words that begin them, and tells their notes."""
    found = {at for selector in rules.errors for at in select(page, selector, outer)}
    if rules.errors:
        found.update(at for at in page.classed("error", outer) if _begins_as_one(page, at))
        bold = (at for tag in ("strong", "b") for at in page.tagged(tag, outer))
        found.update(at for at in bold if "<ref" in page.text_of(at) and _begins_as_one(page, at))
        named = (page.parents[at] for at in page.tagged("code", outer) if page.text_of(at).startswith("<ref"))
        found.update(at for at in named if page.tags[at] == "span" and _begins_as_one(page, at))
    if not found:
        return
    notes = {note.claim: note for note in page.footnotes.notes.values()}
    for at in sorted(found):
        around = page.claimed(at)
        while around is not None and around.destination == "removed":
            around = page.claimed(page.parents[around.at])
        if page.claim(at, "removed", "complaint of the wiki's software") is not None and around in notes:
            _note_error(notes[around], page.words_of(at) or message_of(page.attribute(at, "data-mw-i18n")))


def _begins_as_one(page: Page, at: int) -> bool:
    """Whether an element's words begin as complaints do: versions before 2013 had no class of their own for them.

    Others, of copies that lost their classes, name the tag in a `<code>`.
    """
    return page.words_of(at).startswith(tables().cite_error)


def _note_error(note: NoteRecord, message: str) -> None:
    if message and message not in note.errors:
        note.errors.append(message)
