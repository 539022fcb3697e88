"""What the wiki's software says of wrong footnotes. It is never text; where it belongs to a note, the note has it.

Cite prints it in the note, in the text in place of a marker, or below the list; Parsoid keeps names of messages in
`data-mw`. https://www.mediawiki.org/wiki/Specs/HTML/Extensions/Cite#Errors
"""

from __future__ import annotations

import json
from typing import Any

from wikiglean.cleaners.footnotes.records import NoteRecord
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.profiles import ReferenceRules
from wikiglean.cleaners.selectors import select
from wikiglean.cleaners.words import tables

__all__ = ["complaints", "complaints_of_markers"]


def complaints(page: Page, rules: ReferenceRules, outer: int | None) -> None:
    """Removes complaints by their markup, and by the words that begin them, and tells their notes."""
    found = {at for selector in rules.errors for at in select(page, selector, outer)}
    if rules.errors:
        found.update(at for at in page.classed("error", outer) if _begins_as_one(page, at))
        bold = (at for tag in ("strong", "b") for at in page.tagged(tag, outer))
        found.update(at for at in bold if "<ref" in page.text_of(at) and _begins_as_one(page, at))
    if not found:
        return
    notes = {note.claim: note for note in page.footnotes.notes.values()}
    for at in sorted(found):
        around = page.claimed(at)
        while around is not None and around.destination == "removed":
            around = page.claimed(page.parents[around.at])
        if page.claim(at, "removed", "complaint of the wiki's software") is not None and around in notes:
            _note_error(notes[around], page.words_of(at) or _message(page.attribute(at, "data-mw-i18n")))


def _begins_as_one(page: Page, at: int) -> bool:
    """Whether an element's words begin as complaints do: versions before 2013 had no class of their own for them."""
    first = next((i for i in range(at + 1, page.ends[at]) if not page.tags[i]), None)
    return first is not None and page.words_of(first).startswith(tables().cite_error)


def _note_error(note: NoteRecord, message: str) -> None:
    if message and message not in note.errors:
        note.errors.append(message)


def complaints_of_markers(page: Page) -> None:
    """Tells notes what Parsoid complained of at their markers, where nothing of it is shown."""
    shown = {name for name, note in page.footnotes.notes.items() if note.errors}
    for marker, name in page.footnotes.markers.items():
        if name not in shown and "mw:Error" in (page.attribute(marker.at, "typeof") or ""):
            for error in _list(_json(page.attribute(marker.at, "data-mw")).get("errors")):
                if isinstance(error, dict):
                    _note_error(page.footnotes.notes[name], _words(error))


def _words(error: dict[str, Any]) -> str:
    """A message's name and what it was about: `cite_error_references_no_text: peat`."""
    about = ", ".join(one for one in _list(error.get("params")) if isinstance(one, str) and one)
    key = str(error.get("key") or "")
    return f"{key}: {about}" if key and about else key


def _message(attribute: str | None) -> str:
    """The message that a browser's script, or the wiki, is to put in: Parsoid leaves such elements empty."""
    told = _json(attribute).get("/")
    if not isinstance(told, dict):
        return ""
    inner = next((one for one in _list(told.get("params")) if isinstance(one, dict)), told)
    return _words({"key": inner.get("key"), "params": inner.get("params")})


def _json(attribute: str | None) -> dict[str, Any]:
    try:
        value = json.loads(attribute or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
