"""The citations of an article as Markdown footnotes: `[^label]` where they stand, and the notes for the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikiglean.article import Article, Citation, Reference
from wikiglean.output.inline import InlineText, NoteMark

__all__ = ["Footnotes"]

_NO_TEXT = "The page does not have the text of this note."
_UNFIT = re.compile(r"[\s\[\]^\\`|<>*_~:]+")
_REFERENCE_POINTER = re.compile(r"/references/(\d+)(?:/|$)")


class Footnotes:
    """Every note of the article under a label of its own, in the order in which they are cited."""

    def __init__(self, article: Article) -> None:
        """Give labels to all notes: what the page called them, as far as that is unique."""
        self._references = {reference.identifier: reference for reference in article.references}
        self._labels: dict[str, str] = {}
        self._taken: set[str] = set()
        self._inner: dict[str, list[str]] = {}
        for citation in article.citations:
            self._label(_note_of(citation), citation.label)
        for reference in article.references:
            self._label(reference.identifier, reference.label or reference.identifier)
        for citation in article.citations:
            self._note_inner(article, citation)

    def _label(self, note: str, wanted: str) -> None:
        if note in self._labels:
            return
        label = plain = _UNFIT.sub("-", wanted).strip("-") or "note"
        number = 1
        # To CommonMark a label is the same in capitals: https://spec.commonmark.org/0.31.2/#matches
        while label.casefold() in self._taken:
            number += 1
            label = f"{plain}-{number}"
        self._labels[note] = label
        self._taken.add(label.casefold())

    def _note_inner(self, article: Article, citation: Citation) -> None:
        """A citation inside a note has no offset there; its mark goes to the note's end."""
        inside = _REFERENCE_POINTER.match(citation.within or "")
        if citation.start is None and inside and int(inside[1]) < len(article.references):
            holder = article.references[int(inside[1])].identifier
            self._inner.setdefault(holder, []).append(self.mark(citation))

    def mark(self, citation: Citation) -> str:
        """The citation as it stands in the text."""
        return f"[^{self._labels[_note_of(citation)]}]"

    def marks_in_text(self, article: Article) -> list[NoteMark]:
        """The marks of all citations that have a place in `text`."""
        return [NoteMark(c.start, self.mark(c)) for c in article.citations if c.start is not None]

    def definitions(self) -> Iterator[str]:
        """The notes, a Markdown block each; also those that are cited nowhere in the text."""
        for note, label in self._labels.items():
            reference = self._references.get(note)
            words = self._words(reference) if reference else _NO_TEXT
            yield f"[^{label}]: " + re.sub(r"\n(?=[^\n])", "\n    ", words)

    def _words(self, reference: Reference) -> str:
        known = InlineText(reference.text, reference.links).markdown() if reference.text is not None else _NO_TEXT
        marks = self._inner.get(reference.identifier, [])
        parent = self._labels.get(reference.parent_reference or "")
        return known + "".join([*marks, f" [^{parent}]" if parent else ""])


def _note_of(citation: Citation) -> str:
    """The note's identifier; a citation without one gets a note of its own for each label."""
    return citation.reference or f"\0{citation.group or ''}\0{citation.label}"
