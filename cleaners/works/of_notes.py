"""What a note cites: the fields of `Reference` that tell of works, from markup where there is some, else from links and
words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wikiglean.article import Link
from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.works.addresses import address_of_work, archived_copy, original_address
from wikiglean.cleaners.works.identifiers import identifiers_in
from wikiglean.cleaners.works.works import Work, works_in

__all__ = ["Cited", "cited_by_note", "csl_alone"]


@dataclass(frozen=True, slots=True)
class Cited:
    """The fields of a `Reference` of these names."""

    csl: dict[str, Any] | None = None
    further_works: tuple[dict[str, Any], ...] = ()
    identifiers: dict[str, str] = field(default_factory=dict[str, str])
    url: str | None = None
    archive_url: str | None = None


def cited_by_note(
    page: Page, claim: Claim, positions: Iterable[int], identifier: str, links: tuple[Link, ...]
) -> Cited:
    """What the note of a claim cites. `positions` are those of its elements, `identifier` is the note's, `links` are
    those of its text."""
    works = [work for at in positions for work in works_in(page, at, page.ends[at])]
    external = [f"https:{u}" if u.startswith("//") else u for u in (li.url for li in links if li.type == "external")]
    archive_url = archived_copy(external)
    if not works:
        identifiers = identifiers_in((link.url for link in links), claim.text)
        return Cited(None, (), identifiers, address_of_work(external), archive_url)
    first, *others = works
    alone = not others
    if archive_url is not None and first.url and original_address(archive_url) not in (None, first.url):
        archive_url = None  # of something else that the note names
    return Cited(
        csl={"id": identifier, **first.csl},
        further_works=tuple(csl_alone(work, f"{identifier}.{n}") for n, work in enumerate(others, 2)),
        identifiers=first.identifiers,
        url=first.url or (address_of_work(external) if alone else None),
        archive_url=first.archive_url or (archive_url if alone else None),
    )


def csl_alone(work: Work, identifier: str) -> dict[str, Any]:
    """CSL-JSON of a work that has no fields of its own: identifiers that CSL lacks are lines of its `note`, as Zotero
    writes them."""
    csl = {"id": identifier, **work.csl}
    lines = _lines(csl.get("note"), ((name, value) for name, value in work.identifiers.items() if name not in csl))
    return {**csl, "note": lines} if lines else csl


def _lines(note: str | None, pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join([*([note] if note else []), *(f"{name}: {value}" for name, value in pairs)])
