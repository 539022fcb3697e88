"""Who owns how much of a page: the rules of an inspection, as rows with their number of pieces and characters."""

from __future__ import annotations

from dataclasses import dataclass, field
from zlib import crc32

from wikiglean.article import Article
from wikiglean.inspection import Inspection, Piece

__all__ = ["FIELDS", "Ledger", "Rule"]

FIELDS = {
    "title": "title",
    "references": "references",
    "citations": "citations",
    "infoboxes": "infoboxes",
    "notes": "notes about the page",
    "maintenance_tags": "maintenance tags",
    "categories": "categories",
    "langlinks": "other languages",
    "coordinates": "coordinates",
    "substituted": "substituted (² for 2, TeX for a formula)",
}
"""The fields that own words of the page, and what people are told of them."""

_LISTS = frozenset(FIELDS) - {"title", "substituted"}

# The steps that remove most, so that their colours are the same on every page; a step of a user's own gets one by
# its name. Neighbours on a page are far apart on the circle. Green is left to what is kept.
_COLOURS = {
    "chrome": 0,
    "outside": 1,
    "content": 1,
    "forms": 2,
    "furniture": 3,
    "edit_markers": 4,
    "references": 5,
    "typed_notes": 5,
    "emptied_headings": 6,
    "structures": 7,
    "flat_chrome": 0,
    "flat_title": 0,
    "typed_furniture": 3,
    "typed_headings": 4,
    "flat_headings": 4,
    "unwrap": 8,
}
_COLOUR_COUNT = 9


@dataclass(slots=True)
class Rule:
    """All pieces of one owner: the text, a field, or the removals of one cleaner for one reason.

    `entries` counts what the article has of it; `characters` those of the page, white space included; `places` the
    pieces of the page that one can go to.
    """

    number: int
    destination: str
    cleaner: str = ""
    reason: str = ""
    entries: int = 0
    characters: int = 0
    places: int = 0
    seen: set[int] = field(default_factory=set[int])

    @property
    def name(self) -> str:
        """What people are told."""
        if self.destination == "removed":
            return f"{self.cleaner}: {self.reason}"
        return FIELDS.get(self.destination, self.destination)

    @property
    def colour(self) -> str:
        """The class of its colour."""
        if self.destination != "removed":
            return "plain" if self.destination == "text" else "kept"
        return f"c{_COLOURS.get(self.cleaner, crc32(self.cleaner.encode()) % _COLOUR_COUNT)}"


class Ledger:
    """The rules of an inspection in the order of the table: text, fields, substituted, removals by their size."""

    def __init__(self, inspection: Inspection) -> None:
        """Count everything once."""
        self._rules: dict[tuple[str, str, str], Rule] = {}
        for piece in inspection.pieces:
            rule = self._rules.setdefault(_key(piece), Rule(0, *_key(piece)))
            rule.characters += len(piece.text)
            if piece.entry is not None:
                rule.seen.add(piece.entry)
        for rule in self._rules.values():
            rule.entries = len(rule.seen) or _entries(inspection.article, rule.destination)
        self.removed_by: dict[str, int] = {}
        for rule in self._rules.values():
            if rule.destination == "removed":
                self.removed_by[rule.cleaner] = self.removed_by.get(rule.cleaner, 0) + rule.characters
        self.rules = sorted(self._rules.values(), key=self._order)
        for number, rule in enumerate(self.rules, 1):
            rule.number = number

    def rule_of(self, piece: Piece) -> Rule:
        """The rule that a piece belongs to."""
        return self._rules[_key(piece)]

    def _order(self, rule: Rule) -> tuple[int, int, str, int, str]:
        ranks = {"text": 0, "unaccounted": 2, "removed": 3}
        rank = ranks.get(rule.destination, 1)
        if rank == 1:
            fields = list(FIELDS)
            return rank, fields.index(rule.destination) if rule.destination in fields else len(fields), "", 0, ""
        return rank, -self.removed_by.get(rule.cleaner, 0), rule.cleaner, -rule.characters, rule.reason


def _key(piece: Piece) -> tuple[str, str, str]:
    if piece.substituted:
        return "substituted", "", ""
    if piece.destination == "removed":
        return "removed", piece.cleaner, piece.reason
    return piece.destination, "", ""


def _entries(article: Article, destination: str) -> int:
    """How many entries a field has."""
    if destination == "title":
        return 1
    if destination == "text":
        return len(article.blocks)
    if destination == "coordinates":  # others stand in the text
        return sum(bool(entry.text) for entry in article.coordinates)
    if destination == "references":
        return sum(reference.resolved for reference in article.references)
    return len(getattr(article, destination)) if destination in _LISTS else 0
