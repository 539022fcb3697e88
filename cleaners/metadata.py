"""What the page says of itself: site, language, revision, dates, licence. Nothing is guessed silently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from wikiglean.article import Kind, Language, License, MainEntity, Site, Version
from wikiglean.cleaners.links import Linker
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.recognise import engine_version
from wikiglean.cleaners.titles import document_title_of

__all__ = ["Metadata", "metadata_of"]

_MW_NUMBER = re.compile(r'"wg(ArticleId|CurRevisionId|RevisionId|NamespaceNumber)":\s*(-?\d+)')
_MW_FLAG = re.compile(r'"wg(IsRedirect|RedirectedFrom)":\s*(true|"[^"]*")')
_WIKIDATA = re.compile(r"wikidata\.org/(?:wiki|entity)/(?:Special:EntityPage/)?(Q\d+)")
_LICENCES = ("creativecommons.org/", "gnu.org/copyleft/fdl", "gnu.org/licenses/", "opendatacommons.org/")


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
    """Reads the head of the page, and the variables that MediaWiki prints there."""
    metas = _metas(page)
    variables = _mediawiki_variables(page)
    canonical = _canonical(page, linker)
    site_name = page.site_name or metas.get("og:site_name") or _site_of_title(page, title)
    origin = _origin(page.url)
    created, modified, source = _dates(page, metas)
    return Metadata(
        identifier=_identifier(page, variables, canonical),
        kind=_kind(page, variables),
        canonical_url=canonical,
        site=Site(
            name=site_name,
            url=origin,
            engine=page.profile.name if page.profile is not None else None,
            engine_version=engine_version(page),
        ),
        language=_language(page),
        version=Version(identifier=variables.get("RevisionId") or variables.get("CurRevisionId")),
        date_created=created,
        date_modified=modified,
        date_source=source,
        license=_licences(page, linker),
        authors=tuple(filter(None, [metas.get("author")])),
        description=metas.get("description") or metas.get("og:description"),
        main_entity=_main_entity(page),
    )


def _metas(page: Page) -> dict[str, str]:
    metas: dict[str, str] = {}
    for at in page.tagged("meta"):
        name = page.attribute(at, "name") or page.attribute(at, "property")
        content = (page.attribute(at, "content") or "").strip()
        if name and content:
            metas.setdefault(name.lower(), content)
    return metas


def _mediawiki_variables(page: Page) -> dict[str, str]:
    """The numbers of MediaWiki's configuration script; 0 and -1 mean that there is none."""
    if page.profile is None or page.profile.name != "mediawiki":
        return {}
    found: dict[str, str] = {}
    for at in page.tagged("script"):
        script = page.element(at).text
        if "wgArticleId" in script or "wgCurRevisionId" in script:
            for name, value in _MW_NUMBER.findall(script):
                if name == "NamespaceNumber" or int(value) > 0:
                    found.setdefault(name, value)
            for name, value in _MW_FLAG.findall(script):
                found.setdefault(name, value.strip('"'))
            break
    return found


def _canonical(page: Page, linker: Linker) -> str | None:
    for at in page.tagged("link"):
        if "canonical" in (page.attribute(at, "rel") or "").lower().split() and (href := page.attribute(at, "href")):
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


def _identifier(page: Page, variables: dict[str, str], canonical: str | None) -> str | None:
    origin = _origin(page.url) or _origin(canonical)
    if origin and (article := variables.get("ArticleId")):
        return f"{origin}#{article}"
    if canonical and (page.url is None or _origin(canonical) == _origin(page.url)) and _origin(canonical):
        return canonical
    return page.url


_NAMESPACES: dict[str, Kind] = {"14": "category", "-1": "index"}
_DISAMBIGUATION = ("disambigbox", "dmbox-disambig", "disambiguation", "mw-disambig-page", "homonymie")


def _kind(page: Page, variables: dict[str, str]) -> Kind:
    number = variables.get("NamespaceNumber")
    body = (page.classes.get(page.body) or "").split() if page.tags else []
    if number is None:
        number = next((name[3:] for name in body if name.startswith("ns-") and name[3:].lstrip("-").isdigit()), None)
    if number is not None:
        if number in _NAMESPACES:
            return _NAMESPACES[number]
        if int(number) % 2 == 1:
            return "talk"
        if int(number) not in (0, 4, 12, 100, 102):
            return "other"
    if any(name in page.by_class for name in _DISAMBIGUATION) or "disambigbox" in page.by_id:
        return "disambiguation"
    if any(name in page.by_class for name in ("redirectMsg",)):
        return "redirect"
    return "article"


def _site_of_title(page: Page, title: str | None) -> str | None:
    """The rest of the document's title after the article's: "Velmora - Test Wiki"."""
    words = document_title_of(page)
    if title and words.startswith(title) and len(words) > len(title):
        rest = words[len(title) :].lstrip(" |-–—:·»«")
        return rest or None
    return None


def _language(page: Page) -> Language:
    html = page.tagged("html")[:1]
    path = [page.root, *page.ancestors(page.root), *html] if page.tags else []
    path += page.by_class.get("mw-parser-output", [])[:1]
    ordered = page.by_class.get("mw-parser-output", [])[:1] + path
    identifier = direction = None
    for at in ordered:
        if page.tags[at]:
            identifier = identifier or page.attribute(at, "lang") or page.attribute(at, "xml:lang")
            found = (page.attribute(at, "dir") or "").lower()
            direction = direction or (found if found in ("ltr", "rtl") else None)
    return Language(identifier=identifier, direction="rtl" if direction == "rtl" else "ltr" if direction else None)


def _dates(page: Page, metas: dict[str, str]) -> tuple[str | None, str | None, str | None]:
    created = metas.get("article:published_time") or metas.get("dcterms.created")
    modified = metas.get("article:modified_time") or metas.get("dcterms.modified") or metas.get("last-modified")
    return created, modified, "meta" if created or modified else None


def _licences(page: Page, linker: Linker) -> tuple[License, ...]:
    found: dict[str, License] = {}
    for tag in ("link", "a"):
        for at in page.tagged(tag):
            rel = page.attribute(at, "rel") or ""
            if "license" in rel.lower().split() and (href := page.attribute(at, "href")):
                url = linker.absolute(href)
                if any(part in url for part in _LICENCES) or tag == "link":
                    found.setdefault(url, License(name=page.words_of(at) or None, url=url))
    return tuple(found.values())


def _main_entity(page: Page) -> MainEntity | None:
    at = page.by_id.get("t-wikibase")
    for link in page.tagged("a", at) if at is not None else []:
        if match := _WIKIDATA.search(page.attribute(link, "href") or ""):
            return MainEntity(identifier=match[1], url=f"http://www.wikidata.org/entity/{match[1]}")
    return None
