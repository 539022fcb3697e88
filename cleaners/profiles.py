"""Engine profiles: what is known of a wiki engine or CMS, as data. One TOML file each in `engines/`.

docs/profiles.md explains every key. A profile is read once, checked, and never changed.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import msgspec

from wikiglean.article import Kind
from wikiglean.cleaners.selectors import check_selector
from wikiglean.errors import ProfileError

__all__ = ["EngineProfile", "bundled_profiles", "load_profile", "parse_profile", "profiles_in_force"]


class Recognition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Evidence that a page was made by the engine.

    `generator` are beginnings of `<meta name=generator>`, which decides alone. `any_of` are selectors, or beginnings of
    comments; one match is enough, and where pages match several profiles, most matches win. An entry that is itself a
    list matches where all of its selectors do.
    """

    generator: tuple[str, ...] = ()
    any_of: tuple[str | tuple[str, ...], ...] = ()


class ContentRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where things are: selectors in order of preference, the first that matches wins.

    `starts_after` and `ends_before` are for engines that put the article and the rest into one element: what stands in
    the root before the first match of the one, and after the last match of the other, is not of the article; the
    matches are removed too. Besides selectors they take comments: `<!--PageText-->` matches one that begins so.
    `own_heading` says that an `h1` in the article is its title where no element of `title` is, whatever the document's
    title says.
    `shown_title` and `document_title` are regular expressions for the words of the title's element and of `<title>`,
    white space folded: their group `title` is the title, `site`, if there is one, the name of the site.
    """

    root: tuple[str, ...] = ()
    starts_after: tuple[str, ...] = ()
    ends_before: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    shown_title: tuple[str, ...] = ()
    document_title: tuple[str, ...] = ()
    own_heading: bool = False
    site_name: tuple[str, ...] = ()


class ArticleRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Markup inside the article: selectors of what becomes a field of its own.

    `missing_links` are links to pages that are not there, where the wiki puts a question mark to their words;
    `category_links` and, as regular expressions, `category_names` are for wikis whose categories are links in the last
    line of a page.
    """

    edit_markers: tuple[str, ...] = ()
    missing_links: tuple[str, ...] = ()
    infoboxes: tuple[str, ...] = ()
    infobox_titles: tuple[str, ...] = ()
    infobox_names: tuple[str, ...] = ()
    infobox_values: tuple[str, ...] = ()
    hatnotes: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    maintenance_tags: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    poems: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    coordinates: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    category_links: tuple[str, ...] = ()
    category_names: tuple[str, ...] = ()
    category_boxes: tuple[str, ...] = ()
    langlinks: tuple[str, ...] = ()


class LinkRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What classes of links mean: selectors of the links (or of elements around them)."""

    redlinks: tuple[str, ...] = ()
    interwiki: tuple[str, ...] = ()
    external: tuple[str, ...] = ()


class KindRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What kind of page it is: selectors, one match anywhere on the page is enough. The first kind that matches wins,
    in the order of the keys here. `titles` maps kinds to regular expressions that match the whole title, for engines
    that tell it by the name alone.
    """

    redirect: tuple[str, ...] = ()
    disambiguation: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    talk: tuple[str, ...] = ()
    index: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    titles: dict[Kind, tuple[str, ...]] = {}


class ReferenceRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How footnotes are marked up.

    `markers` select the element that shows a marker; `note_ids` are beginnings of the ids of notes, `marker_ids` of
    markers; a marker that is no link belongs to the note whose id has the same end. `lists` select lists whose items
    are notes, `notes` the notes themselves where they are no items, `note_starts` the numbers of notes that are no
    elements at all, `sublists` lists of notes inside notes; `texts` the
    element of a note that holds its words and nothing else; `backlinks` what leads from a note back to the text;
    `hidden` markers that no reader sees; `errors` complaints of the wiki's software. `work_ids` are
    beginnings of the ids of works that short notes point at.
    """

    markers: tuple[str, ...] = ()
    note_ids: tuple[str, ...] = ()
    marker_ids: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    note_starts: tuple[str, ...] = ()
    sublists: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    backlinks: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    work_ids: tuple[str, ...] = ()


class EngineProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wiki engine or CMS as data.

    `chrome` is what its skins put around the article, `furniture` what stands inside the article and is not of it; both
    map a reason to selectors. `pasted` says that its `furniture`, `article` and `references` are looked for inside
    articles of every other site too, because people paste its pages elsewhere.
    """

    name: str
    title: str
    recognise: Recognition = Recognition()
    content: ContentRules = ContentRules()
    chrome: dict[str, tuple[str, ...]] = {}
    furniture: dict[str, tuple[str, ...]] = {}
    forms: dict[str, tuple[str, ...]] = {}
    article: ArticleRules = ArticleRules()
    references: ReferenceRules = ReferenceRules()
    links: LinkRules = LinkRules()
    kinds: KindRules = KindRules()
    pasted: bool = False
    everywhere: bool = False
    digest: str = ""


def load_profile(path: str | Path) -> EngineProfile:
    """The profile of a TOML file. Raises `ProfileError` that names the file and the key to correct."""
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ProfileError(f"can't be read: {error.strerror}", file=str(path)) from error
    return parse_profile(data, str(path))


def parse_profile(data: bytes, file: str) -> EngineProfile:
    """The profile that the text of a TOML file gives. `file` is its name in a `ProfileError`."""
    try:
        parsed = tomllib.loads(data.decode("utf-8"))
        profile = msgspec.convert({**parsed, "digest": hashlib.sha256(data).hexdigest()[:16]}, EngineProfile)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"is no TOML: {error}", file=file) from error
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at ")
        raise ProfileError(message, file=file, key=where.strip("`$.") or None) from error
    for key, selectors in _selectors(profile):
        for selector in selectors:
            if wrong := check_selector(selector):
                raise ProfileError(f"{selector!r} is no selector: {wrong}", file=file, key=key)
    for key in ("shown_title", "document_title"):
        for pattern in getattr(profile.content, key):
            if wrong := _wrong_pattern(pattern, "title"):
                raise ProfileError(f"{pattern!r}: {wrong}", file=file, key=f"content.{key}")
    for kind, patterns in profile.kinds.titles.items():
        for pattern in patterns:
            if wrong := _wrong_pattern(pattern):
                raise ProfileError(f"{pattern!r}: {wrong}", file=file, key=f"kinds.titles.{kind}")
    for pattern in profile.article.category_names:
        if wrong := _wrong_pattern(pattern):
            raise ProfileError(f"{pattern!r}: {wrong}", file=file, key="article.category_names")
    return profile


def _wrong_pattern(pattern: str, group: str | None = None) -> str | None:
    try:
        groups = re.compile(pattern).groupindex
    except re.error as error:
        return f"is no regular expression: {error}"
    return None if group is None or group in groups else f"has no group (?P<{group}>…)"


def _selectors(profile: EngineProfile) -> Iterable[tuple[str, Iterable[str]]]:
    for evidence in profile.recognise.any_of:
        wanted = (evidence,) if isinstance(evidence, str) else evidence
        yield "recognise.any_of", (one for one in wanted if not one.startswith("<!--"))
    for table in ("chrome", "furniture", "forms"):
        for reason, selectors in getattr(profile, table).items():
            yield f'{table}."{reason}"', selectors
    for key in ("root", "title", "site_name"):
        yield f"content.{key}", getattr(profile.content, key)
    for key in ("starts_after", "ends_before"):
        yield f"content.{key}", (limit for limit in getattr(profile.content, key) if not limit.startswith("<!--"))
    for key in set(profile.article.__struct_fields__) - {"category_names"}:
        yield f"article.{key}", getattr(profile.article, key)
    for key in ("markers", "lists", "notes", "note_starts", "sublists", "texts", "backlinks", "hidden", "errors"):
        yield f"references.{key}", getattr(profile.references, key)
    for key in profile.links.__struct_fields__:
        yield f"links.{key}", getattr(profile.links, key)
    for key in ("redirect", "disambiguation", "category", "talk", "index", "other", "article"):
        yield f"kinds.{key}", getattr(profile.kinds, key)


@lru_cache(maxsize=1)
def bundled_profiles() -> tuple[EngineProfile, ...]:
    """The profiles that come with wikiglean, by name."""
    folder = files("wikiglean.cleaners").joinpath("engines")
    found = [item for item in folder.iterdir() if item.name.endswith(".toml")]
    return tuple(parse_profile(item.read_bytes(), item.name) for item in sorted(found, key=lambda item: item.name))


def profiles_in_force(own: Iterable[str | Path | EngineProfile], without: Iterable[str]) -> tuple[EngineProfile, ...]:
    """The user's own profiles first, then the bundled ones that they do not replace or switch off."""
    mine = tuple(item if isinstance(item, EngineProfile) else load_profile(item) for item in own)
    skip = {*without, *(profile.name for profile in mine)}
    return (*(p for p in mine if p.name not in set(without)), *(p for p in bundled_profiles() if p.name not in skip))
