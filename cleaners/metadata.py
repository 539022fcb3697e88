"""What the page says of itself: site, language, revision, dates, licence. Nothing is guessed silently."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from urllib.parse import urlsplit

from wikiglean.article import Kind, Language, License, MainEntity, Site, Version
from wikiglean.cleaners.head import Head, head_of, listed
from wikiglean.cleaners.kinds import kind_of
from wikiglean.cleaners.links import Linker
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.recognise import engine_version
from wikiglean.cleaners.unknown.titles import document_title_of

__all__ = ["Metadata", "language_of", "metadata_of"]

_WIKIDATA = re.compile(r"wikidata\.org/(?:wiki|entity)/(?:Special:EntityPage/)?(Q[1-9]\d*)")
_LICENCES = ("creativecommons.org/", "gnu.org/copyleft/fdl", "gnu.org/licenses/", "opendatacommons.org/")
_OLD_REVISION = re.compile(r"[?&]oldid=(\d+)")
_PARSOID_REVISION = re.compile(r"/revision/(\d+)$")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; the fields are the article's."""

    identifier: str | None
    kind: Kind
    canonical_url: str | None
    site: Site
    language: Language
    version: Version
    date_created: str | None
    date_modified: str | None
    date_source: str | None
    license: tuple[License, ...]
    authors: tuple[str, ...]
    description: str | None
    main_entity: MainEntity | None


def metadata_of(page: Page, title: str | None, linker: Linker) -> Metadata:
    """Reads the head of the page, and what is machine readable around the article."""
    head = head_of(page)
    canonical = _canonical(page, linker)
    created, modified, source = _dates(page, head)
    return Metadata(
        identifier=_identifier(page, head, canonical),
        kind=kind_of(page, title, head.variables.get("NamespaceNumber") or head.first("mw:pagenamespace")),
        canonical_url=canonical,
        site=Site(
            name=page.site_name or head.first("og:site_name", "application-name") or _site_of_title(page, title),
            url=_origin(page.url),
            engine=page.profile.name if page.profile is not None else None,
            engine_version=engine_version(page),
        ),
        language=language_of(page),
        version=Version(identifier=_revision(page, head)),
        date_created=created,
        date_modified=modified,
        date_source=source,
        license=_licences(page, head, linker),
        authors=_authors(page, head),
        description=head.first("description", "og:description", "dcterms.description", "dc.description"),
        main_entity=_main_entity(page, head),
    )


def _canonical(page: Page, linker: Linker) -> str | None:
    for at in page.tagged("link"):
        relations = (page.attribute(at, "rel") or "").lower().split()
        if ("canonical" in relations or "dc:isversionof" in relations) and (href := page.attribute(at, "href")):
            return linker.absolute(href)
    return None


def _origin(url: str | None) -> str | None:
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else None


def _identifier(page: Page, head: Head, canonical: str | None) -> str | None:
    origin = _origin(page.url) or _origin(canonical)
    if origin and (article := head.variables.get("ArticleId") or head.first("mw:pageid", "ajs-page-id")):
        return f"{origin}#{article}"
    if canonical and (page.url is None or _origin(canonical) == _origin(page.url)) and _origin(canonical):
        return canonical
    return page.url


def _revision(page: Page, head: Head) -> str | None:
    """The revision: MediaWiki's variables, Parsoid's `about`, permanent links of old skins, XWiki's attribute."""
    if known := head.variables.get("RevisionId") or head.variables.get("CurRevisionId"):
        return known
    for html in page.tagged("html")[:1]:
        if match := _PARSOID_REVISION.search(page.attribute(html, "about") or ""):
            return match[1]
        if version := page.attribute(html, "data-xwiki-version"):
            return version
    for around in (page.by_id.get("t-permalink"), *page.classed("printfooter")[:1]):
        for link in page.tagged("a", around) if around is not None else []:
            if match := _OLD_REVISION.search(page.attribute(link, "href") or ""):
                return match[1]
    return None


def _site_of_title(page: Page, title: str | None) -> str | None:
    """The rest of the document's title after the article's: "Velmora - Test Wiki"."""
    words = document_title_of(page)
    if title and words.startswith(title) and len(words) > len(title):
        rest = words[len(title) :].lstrip(" |-–—:·»«")
        return rest or None
    return None


def language_of(page: Page) -> Language:
    """Language and direction as the article's element declares them, or one around it."""
    if not page.tags:
        return Language()
    path = [page.root, *page.ancestors(page.root), *page.tagged("html")[:1]]
    identifier = direction = None
    for at in page.by_class.get("mw-parser-output", [])[:1] + path:
        identifier = identifier or page.attribute(at, "lang") or page.attribute(at, "xml:lang")
        found = (page.attribute(at, "dir") or "").lower()
        direction = direction or (found if found in ("ltr", "rtl") else None)
    return Language(identifier=identifier, direction="rtl" if direction == "rtl" else "ltr" if direction else None)


def _dates(page: Page, head: Head) -> tuple[str | None, str | None, str | None]:
    """Dates of creation and of the last change, and where they are from; the first source that has any decides."""
    sources: Iterable[tuple[str, str | None, str | None]] = (
        (
            "meta",
            head.first("article:published_time", "dcterms.created", "dc.date.created"),
            head.first("article:modified_time", "og:updated_time", "dcterms.modified", "dc:modified", "last-modified"),
        ),
        ("json-ld", head.linked_value("datePublished"), head.linked_value("dateModified")),
        ("timestamp", None, _timestamp(page)),
        ("meta date", None, head.first("date", "dcterms.date", "dc.date")),
        ("time", *_time_elements(page)),
    )
    for source, created, modified in sources:
        if created or modified:
            return created, modified, source
    return None, None, None


def _timestamp(page: Page) -> str | None:
    """The second of the last change, as MediaWiki's mobile skin and Wikidot (`odate time_…`) write it for scripts."""
    for name in ("last-modified-bar", "modified-enhancement", "mw-mf-last-modified"):
        for at in [*page.classed(name)[:1], *([page.by_id[name]] if name in page.by_id else [])]:
            for i in range(at, page.ends[at]):
                if page.tags[i] and (seconds := page.attribute(i, "data-timestamp")) and seconds.isdecimal():
                    return _iso(int(seconds))
    information = page.by_id.get("page-info")
    for at in page.classed("odate", information) if information is not None else []:
        for name in (page.classes.get(at) or "").split():
            if name.startswith("time_") and name[5:].isdecimal():
                return _iso(int(name[5:]))
    return None


def _iso(seconds: int) -> str | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return None


def _time_elements(page: Page) -> tuple[str | None, str | None]:
    """`<time>` with the microdata or microformat of a publication or a change, outside the article's own words."""
    found: dict[str, str] = {}
    for at in page.tagged("time"):
        names = {*(page.classes.get(at) or "").split(), page.attribute(at, "itemprop") or ""}
        date = page.attribute(at, "datetime") or ""
        if _ISO_DATE.match(date):
            for name in ("dateModified", "dt-updated", "updated"):
                if name in names:
                    found.setdefault("modified", date)
            for name in ("datePublished", "dt-published", "published", "entry-date"):
                if name in names:
                    found.setdefault("created", date)
    return found.get("created"), found.get("modified")


def _licences(page: Page, head: Head, linker: Linker) -> tuple[License, ...]:
    """Licences that the page names by address: `rel=license`, `rel=copyright`, JSON-LD, links around the article."""
    found: dict[str, License] = {}
    for at in page.tagged("link"):
        if not {"license", "copyright"}.isdisjoint((page.attribute(at, "rel") or "").lower().split()):
            _add_licence(found, linker, page.attribute(at, "href"), None, sure=True)
    for at in _links_around(page):
        href = page.attribute(at, "href") or ""
        if "creativecommons" in href or "gnu.org" in href or "opendatacommons" in href:
            _add_licence(found, linker, href, page.words_of(at) or None, sure=False)
    if not found:
        _add_licence(found, linker, head.linked_value("license"), None, sure=True)
    return tuple(found.values())


def _links_around(page: Page) -> list[int]:
    """The links outside the article; all where the article is the whole page."""
    links = page.tagged("a")
    if page.root == page.body:
        return links
    return links[: bisect_left(links, page.root)] + links[bisect_left(links, page.ends[page.root]) :] if links else []


def _add_licence(found: dict[str, License], linker: Linker, href: str | None, name: str | None, *, sure: bool) -> None:
    """Adds a licence; the links of a footer name what a `<link>` only points at."""
    if not href:
        return
    url = linker.absolute(href)
    key = url.partition("://")[2].rstrip("/").removesuffix("/deed.en")
    if sure or any(part in url for part in _LICENCES):
        known = found.get(key)
        if known is None or (known.name is None and name):
            found[key] = License(name=name, url=known.url if known is not None else url)


def _authors(page: Page, head: Head) -> tuple[str, ...]:
    names = [head.metas[name] for name in ("author", "dc.creator", "dcterms.creator") if name in head.metas][:1]
    if not names:
        bylines = [at for name in ("author", "byline", "vcard", "submitted") for at in page.classed(name)]
        links = [link for at in bylines for link in [at, *page.tagged("a", at)] if page.tags[link] == "a"]
        names = [page.words_of(at) for at in links if page.attribute(at, "rel") == "author"]
    if not names:
        names = [name for one in head.linked for name in _names(one.get("author"))]
    return tuple(dict.fromkeys(name for name in names if name and not name.startswith(("http://", "https://"))))


def _names(value: object) -> list[str]:
    """The names in a property of JSON-LD: a string, an object with a name, or a list of such."""
    names = [cast("dict[str, object]", one).get("name") if isinstance(one, dict) else one for one in listed(value)]
    return [name for name in names if isinstance(name, str)]


def _main_entity(page: Page, head: Head) -> MainEntity | None:
    """The Wikidata item: MediaWiki's variable or tool link, JSON-LD, a `<link>` or `<meta>` to the entity."""
    identifier = head.variables.get("WikibaseItemId") or _linked_entity(page, head)
    if identifier is None:
        return None
    return MainEntity(identifier=identifier, url=f"http://www.wikidata.org/entity/{identifier}")


def _linked_entity(page: Page, head: Head) -> str | None:
    tool = page.by_id.get("t-wikibase")
    addresses = [page.attribute(link, "href") for link in page.tagged("a", tool)] if tool is not None else []
    for one in head.linked:
        for name in ("mainEntity", "about", "sameAs"):
            addresses += [value for value in listed(one.get(name)) if isinstance(value, str)]
    for at in page.tagged("link"):
        if page.attribute(at, "rel") in ("describedby", "about", "schema:about", "mainEntity"):
            addresses.append(page.attribute(at, "href"))
    addresses += [head.metas[name] for name in ("mw:pageprops/wikibase_item", "wikidata") if name in head.metas]
    for address in addresses:
        if isinstance(address, str) and (match := _WIKIDATA.search(address) or re.fullmatch(r"(Q[1-9]\d*)", address)):
            return match[1]
    return None
