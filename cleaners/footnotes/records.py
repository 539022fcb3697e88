"""The footnotes of a page while they are being found: notes, and which note each marker points at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wikiglean.cleaners.footnotes.fragments import plain_form, spellings

if TYPE_CHECKING:
    from wikiglean.cleaners.claims import Claim

__all__ = ["Footnotes", "NoteRecord"]


@dataclass(slots=True)
class NoteRecord:
    """A note of the page, or one that is cited and not there (`claim` is `None` then).

    `identifier` is the note's id on the page, or made of its label; `source` is the cleaner that found it. `parent` is
    the note that it details, `follows` the one that it goes on with; `number` its place in its numbered list.
    """

    identifier: str
    label: str | None = None
    claim: Claim | None = None
    source: str = ""
    errors: list[str] = field(default_factory=list)
    group: str | None = None
    parent: str | None = None
    follows: str | None = None
    number: int | None = None


@dataclass(slots=True)
class Footnotes:
    """Notes by identifier, in the order of their finding, and the identifier of the note that each marker points at.

    `aliases` are further ids that a note has on the page, where equal notes were printed as one; `led_back` are the ids
    of places in the text, each with the note that leads back there; `texts` are elements that hold the words of a
    note and nothing else.
    """

    notes: dict[str, NoteRecord] = field(default_factory=dict)
    markers: dict[Claim, str] = field(default_factory=dict)
    _same: dict[str, list[NoteRecord]] = field(default_factory=dict)
    _labels: dict[str, NoteRecord] = field(default_factory=dict)
    _plain: dict[str, str] = field(default_factory=dict)
    _plain_of: int = 0
    aliases: dict[str, str] = field(default_factory=dict)
    led_back: dict[str, str] = field(default_factory=dict)
    texts: set[int] = field(default_factory=set)

    def add(self, identifier: str, claim: Claim, source: str, label: str | None = None) -> NoteRecord:
        """A note that stands on the page; a second one of the same id gets another identifier."""
        same = self._same.setdefault(identifier, [])
        name, n = identifier, len(same) + 1
        while name in self.notes:
            name, n = f"{identifier}-{max(n, 2)}", n + 1
        record = self.notes[name] = NoteRecord(name, label, claim, source)
        same.append(record)
        if label is not None:
            self._labels.setdefault(label, record)
        return record

    def find(self, fragment: str, at: int = 0) -> str | None:
        """The note that a link's fragment means, as browsers look for it, then however its id was rewritten.

        Where several have the id, as on a page that was put together of several, the next one below the place `at`.
        """
        for name in spellings(fragment):
            if found := self._of_id(self.aliases.get(name, name), at):
                return found
        if self._plain_of != len(self._same):
            self._plain_of = len(self._same)
            self._plain = {plain_form(name): name for name in reversed(self._same)}
        name = self._plain.get(plain_form(fragment), "")
        return self._of_id(name, at) if name else None

    def _of_id(self, name: str, at: int) -> str | None:
        same = self._same.get(name)
        if same is None:
            return name if name in self.notes else None
        if len(same) == 1:
            return same[0].identifier
        below = (record for record in same if record.claim is not None and record.claim.at > at)
        return next(below, same[-1]).identifier

    def join(self, marker: Claim, label: str, identifier: str, source: str) -> NoteRecord:
        """Joins a marker to a note; one that is not there is noted as missing, never invented."""
        record = self.notes.get(identifier)
        if record is None:
            record = self.notes[identifier] = NoteRecord(identifier, label, None, source)
        record.label = record.label or label
        self._labels.setdefault(record.label, record)
        self.markers[marker] = identifier
        return record

    def rejoin(self) -> None:
        """Joins markers whose note was not found where they point at to the note that has their label."""
        there = {note.label: note.identifier for note in reversed(self.notes.values()) if note.claim is not None}
        for marker, identifier in self.markers.items():
            if self.notes[identifier].claim is None:
                self.markers[marker] = there.get(marker.kind, identifier)

    def labelled(self, label: str) -> NoteRecord | None:
        """The first note of a label."""
        return self._labels.get(label)
