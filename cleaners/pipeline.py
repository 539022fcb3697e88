"""`clean`: a page goes through the cleaners in order, is read once, and comes out as an `Article`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import msgspec

from wikiglean.article import Article, Provenance
from wikiglean.capture import Capture
from wikiglean.cleaners.assembly import article_of
from wikiglean.cleaners.chrome import chrome, forms, furniture
from wikiglean.cleaners.content import content_root, limits, outside, title
from wikiglean.cleaners.edit_markers import edit_markers
from wikiglean.cleaners.flat.chrome import flat_chrome
from wikiglean.cleaners.flat.titles import flat_headings, flat_title
from wikiglean.cleaners.footnotes.headings import emptied_headings
from wikiglean.cleaners.footnotes.linked.anchored import anchored_notes
from wikiglean.cleaners.footnotes.linked.sidenotes import sidenotes
from wikiglean.cleaners.footnotes.marked_up.references import references
from wikiglean.cleaners.footnotes.typed.citations import typed_citations
from wikiglean.cleaners.footnotes.typed.notes import typed_notes
from wikiglean.cleaners.ownership import Trace, pieces_of
from wikiglean.cleaners.page import Cleaner, Page
from wikiglean.cleaners.parsing import Body, page_of
from wikiglean.cleaners.profiles import EngineProfile, profiles_in_force
from wikiglean.cleaners.reading.reader import read
from wikiglean.cleaners.recognise import recognise
from wikiglean.cleaners.sharing import sharing
from wikiglean.cleaners.structures import structures
from wikiglean.cleaners.turning import page_turning
from wikiglean.cleaners.typed import typed_furniture, typed_headings
from wikiglean.cleaners.unknown.chrome import contents_alone, unknown_chrome, unknown_edges
from wikiglean.cleaners.unknown.sides import unknown_sides
from wikiglean.cleaners.unwrap import unwrap
from wikiglean.cleaners.works.short_notes import short_notes
from wikiglean.inspection import Inspection

__all__ = ["DEFAULT_CLEANERS", "clean", "clean_capture", "inspect_capture"]

DEFAULT_CLEANERS: tuple[Cleaner, ...] = (
    unwrap,  # what archives put around the page
    recognise,  # which engine made the page
    content_root,  # where the article is
    title,
    limits,  # what stands before and after it in the same element
    references,  # notes and markers that are marked up
    sidenotes,  # and those that stand behind their marker
    anchored_notes,  # and those joined by links alone
    structures,  # infoboxes, hatnotes, tags, categories, formulas, figures
    flat_chrome,  # the same for pages without markup
    flat_title,
    furniture,  # what engines print inside the article
    sharing,  # buttons of social networks
    chrome,  # what skins print around it
    forms,
    edit_markers,
    page_turning,  # a typed line of links to the pages before and after
    typed_furniture,  # what a wiki printed around text that was pasted
    unknown_chrome,  # what no profile knows
    unknown_sides,
    unknown_edges,
    contents_alone,
    flat_headings,
    typed_headings,  # wiki text pasted as plain characters
    typed_notes,
    typed_citations,
    short_notes,  # the works that notes point at, and those that are marked up
    emptied_headings,
    outside,  # all that stands around the article
)
"""The pipeline. Fields claim first, removals after; the first claim on an element stands."""


def clean(
    body: Body,
    url: str | None = None,
    content_type: str | None = None,
    *,
    cleaners: Sequence[Cleaner] = DEFAULT_CLEANERS,
    profiles: Iterable[str | Path | EngineProfile] = (),
    without_profiles: Iterable[str] = (),
) -> Article:
    """The clean article of one page.

    `body` is bytes, str, a turbohtml node, an lxml element or a BeautifulSoup object; it is not changed. `url` is where
    the page was, to make its links absolute; `content_type` the HTTP header, `text/plain` for flattened text.
    `cleaners` is the pipeline: `[*DEFAULT_CLEANERS, my_cleaner]` adds a step. `profiles` are TOML files (or profiles)
    that come before the bundled ones, `without_profiles` names bundled ones to switch off.

    Raises `CleanError` for what is no page, `ProfileError` for a wrong profile. An empty page gives an empty article
    with the flag `empty`.
    """
    page, provenance = _cleaned(body, url, content_type, cleaners, profiles_in_force(profiles, without_profiles))
    return article_of(page, read(page), provenance)


def _cleaned(
    body: Body,
    url: str | None,
    content_type: str | None,
    cleaners: Iterable[Cleaner],
    profiles: tuple[EngineProfile, ...],
) -> tuple[Page, Provenance]:
    """The page with all its claims, ready to be read."""
    decoded = page_of(body, url, content_type)
    page = decoded.page
    page.profiles = profiles
    run(page, cleaners)
    digest = hashlib.sha256(body).hexdigest() if isinstance(body, (bytes, bytearray, memoryview)) else None
    provenance = Provenance(
        source="bytes" if digest else None,
        archive_url=page.archived.archive_url if page.archived is not None else None,
        captured_at=page.archived.captured_at if page.archived is not None else None,
        wrappers=tuple(page.archived.wrappers) if page.archived is not None else (),
        charset=decoded.charset,
        charset_source=decoded.charset_source,
        sha256=digest,
        tool_version=_version(),
        profiles={p.name: p.digest for p in (page.profile, *page.pasted) if p is not None},
    )
    return page, provenance


def run(page: Page, cleaners: Iterable[Cleaner]) -> None:
    """Runs cleaners over a page; each one's claims carry its name."""
    for cleaner in cleaners:
        page.cleaner = getattr(cleaner, "__name__", type(cleaner).__name__)
        cleaner(page)


def clean_capture(
    capture: Capture,
    *,
    cleaners: Sequence[Cleaner] = DEFAULT_CLEANERS,
    profiles: Iterable[str | Path | EngineProfile] = (),
    without_profiles: Iterable[str] = (),
) -> Article:
    """The clean article of a capture, with what it knows in `provenance` and `redirects`. Raises as `clean`."""
    article = clean(
        capture.body,
        capture.url,
        capture.content_type,
        cleaners=cleaners,
        profiles=profiles,
        without_profiles=without_profiles,
    )
    return _from_source(article, capture)


def inspect_capture(
    capture: Capture,
    *,
    cleaners: Sequence[Cleaner] = DEFAULT_CLEANERS,
    profiles: Iterable[str | Path | EngineProfile] = (),
    without_profiles: Iterable[str] = (),
) -> Inspection:
    """What `clean_capture` gives, and the visible characters of the page with their owners. Raises as `clean`."""
    page, provenance = _cleaned(
        capture.body, capture.url, capture.content_type, cleaners, profiles_in_force(profiles, without_profiles)
    )
    trace = Trace()
    reading = read(page, trace.new_sink)
    article = _from_source(article_of(page, reading, provenance), capture)
    return Inspection(article=article, pieces=pieces_of(page, reading, trace))


def _from_source(article: Article, capture: Capture) -> Article:
    """The article with what its capture knows of where it came from."""
    source = capture.source
    provenance = msgspec.structs.replace(
        article.provenance,
        source=source.kind,
        source_path=source.path,
        requested_url=source.requested_url,
        archive_url=source.archive_url or article.provenance.archive_url,
        captured_at=article.provenance.captured_at or capture.captured_at,
        etag=capture.header("etag"),
        last_modified=capture.header("last-modified"),
    )
    return msgspec.structs.replace(article, provenance=provenance, redirects=capture.redirects)


@lru_cache(maxsize=1)
def _version() -> str:
    return version("wikiglean")
