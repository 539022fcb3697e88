"""What Parsoid says of footnotes in attributes, besides what it shows: complaints, and notes that go on with others.

https://www.mediawiki.org/wiki/Specs/HTML/Extensions/Cite
"""

from __future__ import annotations

import json
import re
from typing import Any

from wikiglean.cleaners.page import Page

__all__ = ["message_of", "tell_notes"]


def tell_notes(page: Page) -> None:
    """Tells notes what Parsoid complained of at their markers, where nothing of it is shown, and what they follow."""
    shown = {name for name, note in page.footnotes.notes.items() if note.errors}
    for marker, name in page.footnotes.markers.items():
        kind = page.attribute(marker.at, "typeof")
        if not kind or "mw:Extension/ref" not in kind:
            continue
        data = page.attribute(marker.at, "data-mw") or ""
        note = page.footnotes.notes[name]
        if "mw:Error" in kind and name not in shown:
            errors = (_words(error) for error in _list(_json(data).get("errors")))
            note.errors += [error for error in errors if error and error not in note.errors]
        if '"follow"' in data:
            followed = _note_named(page, str(_dict(_json(data).get("attrs")).get("follow")))
            note.follows = followed if followed != name else None


def _note_named(page: Page, name: str) -> str | None:
    """The note that an author gave a name: `cite_note-NAME-4`."""
    wanted = re.compile(rf"cite_note-{re.escape('_'.join(name.split()))}-\d+")
    return next((identifier for identifier in page.footnotes.notes if wanted.fullmatch(identifier)), None)


def message_of(attribute: str | None) -> str:
    """The message that is still to be put in: Parsoid leaves elements of messages empty, `data-mw-i18n` names them."""
    told = _dict(_json(attribute).get("/"))
    inner = next((one for one in _list(told.get("params")) if isinstance(one, dict)), told)
    return _words(inner)


def _words(error: object) -> str:
    """A message's name and what it is about: `cite_error_references_no_text: peat`."""
    told = _dict(error)
    about = ", ".join(one for one in _list(told.get("params")) if isinstance(one, str) and one)
    key = str(told.get("key") or "")
    return f"{key}: {about}" if key and about else key


def _json(attribute: str | None) -> dict[str, Any]:
    try:
        return _dict(json.loads(attribute or "{}"))
    except (ValueError, RecursionError):
        return {}


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
