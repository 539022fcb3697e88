"""Notes that stand in the margin: in the source right behind their marker, which a style sheet may have to number.

https://edwardtufte.github.io/tufte-css/#sidenotes; R Markdown's tufte, LaTeX.css and themes of Hugo print the same.
"""

from __future__ import annotations

from wikiglean.cleaners.page import Page

__all__ = ["sidenotes"]


def sidenotes(page: Page) -> None:
    """Claims sidenotes and margin notes with their markers."""
    number = 0
    for at in page.classed("margin-toggle", page.root):
        if page.tags[at] != "label" or page.claimed(at) is not None:
            continue
        note = _note_behind(page, at)
        words = page.words_of(at)
        is_numbered = page.has_class(at, "sidenote-number")
        number += is_numbered
        label = words or (str(number) if is_numbered else "")
        claim = page.claim(note, "references", "note", kind="note") if note is not None and label else None
        marker = page.claim(at, "citations", "marker", kind=label) if claim is not None else None
        if claim is not None and marker is not None:
            record = page.footnotes.add(page.attribute(at, "for") or "sidenote", claim, page.cleaner, label)
            page.footnotes.join(marker, label, record.identifier, page.cleaner)


def _note_behind(page: Page, label: int) -> int | None:
    """The note that follows a marker's label, with nothing but its checkbox between."""
    at, stop = page.ends[label], page.ends[page.parents[label]]
    while at < stop:
        if page.has_class(at, "sidenote") or page.has_class(at, "marginnote"):
            return at
        if page.text_of(at).strip():
            return None
        at = page.ends[at]
    return None
