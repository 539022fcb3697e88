"""`corpus.toml`: what a corpus is made of, so that refreshing it needs no arguments."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal, cast

import msgspec

from wikiglean.errors import ConfigurationError
from wikiglean.output.atomic import write_atomically

__all__ = ["MANIFEST_NAME", "Cleaning", "Fetching", "Manifest", "Scope", "load_manifest", "save_manifest"]

MANIFEST_NAME = "corpus.toml"


class Scope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which pages of the sources belong to the corpus; `None` leaves it to the scraper."""

    limit: int | None = None
    depth: int | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    base_url: str | None = None


class Fetching(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How pages are asked for: whom a site can write to, and how many requests a second it gets."""

    contact: str | None = None
    rate: float | None = None


class Cleaning(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Engine profiles beside the built-in ones (paths of TOML files), and the built-in ones not to use."""

    profiles: tuple[str, ...] = ()
    without_profiles: tuple[str, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a corpus is: its sources, their scope, and how they are fetched and cleaned.

    `layout` is how articles are laid out on disk; `tool_version` the wikiglean that last changed this file.
    """

    layout: Literal["files"] = "files"
    tool_version: str = ""
    sources: tuple[str, ...] = ()
    scope: Scope = Scope()
    fetching: Fetching = Fetching()
    cleaning: Cleaning = Cleaning()

    def with_sources_of(self, older: Manifest) -> Manifest:
        """This manifest with the sources of `older` before its own, each source once."""
        return msgspec.structs.replace(self, sources=tuple(dict.fromkeys(older.sources + self.sources)))


def load_manifest(folder: Path) -> Manifest | None:
    """The manifest of the corpus in `folder`, if it has one. Raises `ConfigurationError` where a value is wrong."""
    path = folder / MANIFEST_NAME
    if not path.exists():
        return None
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Manifest)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise ConfigurationError(f"{path}: {error}; correct the file, or put back a copy of it") from error


def save_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes `corpus.toml`; TOML has no null, so what is not set is not there."""
    import tomli_w

    settings = _without_nulls(msgspec.to_builtins(manifest))
    write_atomically(folder / MANIFEST_NAME, tomli_w.dumps(settings).encode())


def _without_nulls(settings: dict[str, object]) -> dict[str, object]:
    kept = {key: value for key, value in settings.items() if value is not None}
    return {k: _without_nulls(cast("dict[str, object]", v)) if isinstance(v, dict) else v for k, v in kept.items()}
