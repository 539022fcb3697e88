"""The works that a stretch of a page cites: a note's, or an entry's of a bibliography.

COinS says most, and says it for machines; the markup around it adds what it lacks: the kind of work (classes of
`<cite>`), addresses, copies in archives, the day of access. What is not marked up as a work gives no CSL: nothing is
guessed from words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.works.coins import csl_of, fields_of, identifiers_of

__all__ = ["Work", "works_in"]


@dataclass(frozen=True, slots=True)
class Work:
    """A work that a page cites: CSL-JSON without `id`, and what of it has fields of its own in a reference.

    `start` and `stop` are the positions on the page that it was read from. `identifiers` has also those that CSL has no
    variable for.
    """

    start: int
    stop: int
    csl: dict[str, Any]
    identifiers: dict[str, str] = field(default_factory=dict)
    url: str | None = None
    archive_url: str | None = None


def works_in(page: Page, start: int, stop: int) -> tuple[Work, ...]:
    """The works that are marked up as such between two positions, in page order."""
    works: list[Work] = []
    for at in page.within(page.classed("Z3988"), start - 1):
        if at >= stop:
            break
        fields = fields_of(page.attribute(at, "title") or "")
        csl = csl_of(fields)
        if csl is None:
            continue
        identifiers, addresses = identifiers_of(fields)
        for name in ("DOI", "ISBN", "ISSN", "PMID", "PMCID"):
            if name in identifiers:
                csl[name] = identifiers[name]
        url = addresses[0] if addresses else None
        if url:
            csl["URL"] = url
        works.append(Work(start, stop, csl, identifiers, url))
    return tuple(works)
