"""Engine profiles: what is known of a wiki engine or CMS, as data. One TOML file each in `engines/`.

docs/profiles.md explains every key. A profile is read once, checked, and never changed.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import msgspec

from wikiglean.cleaners.selectors import check_selector
from wikiglean.errors import ProfileError

__all__ = ["EngineProfile", "bundled_profiles", "load_profile", "profiles_in_force"]


class Recognition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Evidence that a page was made by the engine. One match of any kind is enough.

    `generator` are beginnings of `<meta name=generator>`; the rest are selectors of the page.
    """

    generator: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()


class ContentRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where things are: selectors in order of preference, the first that matches wins."""

    root: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    site_name: tuple[str, ...] = ()
    title_suffix: tuple[str, ...] = ()


class ArticleRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Markup inside the article: selectors of what becomes a field of its own."""

    edit_markers: tuple[str, ...] = ()
    infoboxes: tuple[str, ...] = ()
    hatnotes: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    maintenance_tags: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    poems: tuple[str, ...] = ()
    coordinates: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    category_boxes: tuple[str, ...] = ()
    langlinks: tuple[str, ...] = ()


class ReferenceRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How footnotes are marked up.

    `markers` select the element that shows a marker; `note_ids` are beginnings of the ids of notes, `marker_ids` of
    markers; `lists` select lists of notes, `backlinks` what leads from a note back to the text, `note_text` the note's
    own words, where they have an element.
    """

    markers: tuple[str, ...] = ()
    note_ids: tuple[str, ...] = ()
    marker_ids: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    backlinks: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


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
    return _profile_of(data, str(path))


def _profile_of(data: bytes, file: str) -> EngineProfile:
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
    return profile


def _selectors(profile: EngineProfile) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield "recognise.any_of", profile.recognise.any_of
    for table in ("chrome", "furniture", "forms"):
        for reason, selectors in getattr(profile, table).items():
            yield f'{table}."{reason}"', selectors
    for key in ("root", "title", "site_name"):
        yield f"content.{key}", getattr(profile.content, key)
    for key in profile.article.__struct_fields__:
        yield f"article.{key}", getattr(profile.article, key)
    for key in ("markers", "lists", "backlinks", "errors"):
        yield f"references.{key}", getattr(profile.references, key)


@lru_cache(maxsize=1)
def bundled_profiles() -> tuple[EngineProfile, ...]:
    """The profiles that come with wikiglean, by name."""
    folder = files("wikiglean.cleaners").joinpath("engines")
    found = [item for item in folder.iterdir() if item.name.endswith(".toml")]
    return tuple(_profile_of(item.read_bytes(), item.name) for item in sorted(found, key=lambda item: item.name))


def profiles_in_force(own: Iterable[str | Path | EngineProfile], without: Iterable[str]) -> tuple[EngineProfile, ...]:
    """The user's own profiles first, then the bundled ones that they do not replace or switch off."""
    mine = tuple(item if isinstance(item, EngineProfile) else load_profile(item) for item in own)
    skip = {*without, *(profile.name for profile in mine)}
    return (*(p for p in mine if p.name not in set(without)), *(p for p in bundled_profiles() if p.name not in skip))
