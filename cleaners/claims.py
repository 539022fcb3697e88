"""`Claim`: a part of the page, and the field of the article that it belongs to."""

from __future__ import annotations

from typing import Literal, get_args

from wikiglean.cleaners.reading.sink import Sink

__all__ = ["DESTINATIONS", "Claim", "Destination"]

Destination = Literal[
    "text",
    "title",
    "references",
    "citations",
    "infoboxes",
    "notes",
    "maintenance_tags",
    "categories",
    "langlinks",
    "coordinates",
    "removed",
]
DESTINATIONS: frozenset[str] = frozenset(get_args(Destination))


class Claim:
    """A part of the page and the field that it belongs to.

    `cleaner` and `reason` say who claimed it and why. `kind` is free for the claiming cleaner to tell its claims apart.
    `outer` is the claim whose characters stand around it, where both are claims on characters. Reading fills the rest:
    `sink` has the words, `offset` is the place in the surrounding text, `within` is the claim around this one where
    that is not `text`, `context` the kind of block it stood in.
    """

    __slots__ = (
        "at",
        "cleaner",
        "context",
        "destination",
        "kind",
        "offset",
        "outer",
        "reason",
        "sink",
        "whitespace",
        "within",
    )

    def __init__(self, at: int, destination: str, cleaner: str, reason: str, kind: str = "") -> None:
        """`at` is the position that was claimed."""
        self.at = at
        self.destination = destination
        self.cleaner = cleaner
        self.reason = reason
        self.kind = kind
        self.outer: Claim | None = None
        self.sink: Sink | None = None
        self.offset = 0
        self.whitespace = ""
        self.within: Claim | None = None
        self.context = ""

    @property
    def text(self) -> str:
        """The words that reading put here."""
        return self.sink.text if self.sink is not None else ""

    def __repr__(self) -> str:
        """For people who debug a cleaner."""
        return f"Claim({self.at}, {self.destination!r}, {self.cleaner!r}, {self.reason!r})"
