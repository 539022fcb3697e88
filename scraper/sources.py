"""From what the user names to captures: the kinds of sources, one entry each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from wikiglean.capture import Capture
from wikiglean.errors import ConfigurationError, SourceError, SourceUnavailable
from wikiglean.scraper.options import SourceOptions

__all__ = ["KINDS", "SourceType", "open_source"]

_DEFAULTS = SourceOptions()

Opener = Callable[[str, SourceOptions], Iterator[Capture | SourceError]]


@dataclass(frozen=True)
class SourceType:
    """A kind of source: how to tell it by its name, and how to open it; the first that `matches` is taken."""

    name: str
    matches: Callable[[str], bool]
    opens: Opener


def open_source(spec: str, options: SourceOptions = _DEFAULTS) -> Iterator[Capture | SourceError]:
    """The pages of a source: a file, a folder, or the address of a live site.

    A page that could not be obtained is given as its `SourceError`, and the next one follows. A source that can't be
    opened at all raises `SourceError` or `ConfigurationError`, now or with the first page.
    """
    if not spec:
        # To `Path`, an unset variable would mean the current folder.
        raise ConfigurationError("the name of the source is empty; give a file, a folder or a web address")
    for kind in KINDS:
        if kind.matches(spec):
            return kind.opens(spec, options)
    raise SourceUnavailable("no such file or folder; check the path, or begin a web address with https://", url=spec)


def _site(spec: str, options: SourceOptions) -> Iterator[Capture | SourceError]:
    from wikiglean.scraper.site import open_site

    return open_site(spec, options)


def _file(spec: str, options: SourceOptions) -> Iterator[Capture | SourceError]:
    from wikiglean.scraper.files import open_file

    return open_file(spec, options)


def _folder(spec: str, options: SourceOptions) -> Iterator[Capture | SourceError]:
    from wikiglean.scraper.files import open_folder

    return open_folder(spec, options)


def _not_yet(what: str) -> Opener:
    """The opener of a kind that this release knows but does not read."""

    def refuse(spec: str, options: SourceOptions) -> Iterator[Capture | SourceError]:
        raise SourceUnavailable(
            f"this release does not read {what} yet; it reads saved pages, folders of them and live sites", url=spec
        )

    return refuse


def _begins(pattern: str) -> Callable[[str], bool]:
    begin = re.compile(pattern, re.IGNORECASE)
    return lambda spec: begin.match(spec) is not None


def _ends(*endings: str) -> Callable[[str], bool]:
    return lambda spec: spec.lower().endswith(endings) and not Path(spec).is_dir()


KINDS: tuple[SourceType, ...] = (
    SourceType("site", _begins("https?:"), _site),
    SourceType("wayback", _begins("wayback:"), _not_yet("the Wayback Machine")),
    SourceType("memento", _begins("memento:"), _not_yet("Memento archives")),
    SourceType("other scheme", _begins("[a-z][a-z0-9+.-]+://"), _not_yet("addresses other than http and https")),
    SourceType("warc", _ends(".warc", ".warc.gz", ".arc", ".arc.gz"), _not_yet("WARC and ARC files")),
    SourceType("wacz", _ends(".wacz"), _not_yet("WACZ files")),
    SourceType("zim", _ends(".zim"), _not_yet("ZIM files")),
    SourceType("dump", _ends(".tar.gz", ".tgz", ".ndjson", ".xml", ".xml.bz2", ".xml.gz"), _not_yet("dumps")),
    SourceType("folder", lambda spec: Path(spec).is_dir(), _folder),
    SourceType("file", lambda spec: Path(spec).exists(), _file),
)
"""Every kind of source that has a name, in the order in which they are tried."""
