"""`open_source`: whatever holds pages, as an iterator of captures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wikiglean.capture import Capture
from wikiglean.errors import SourceError, SourceUnavailable
from wikiglean.scraper.files import read_file, read_folder
from wikiglean.scraper.options import SourceOptions

__all__ = ["open_source"]

_LATER = {
    "wayback:": "the Wayback Machine",
    "memento:": "a Memento archive",
    ".warc": "a WARC file",
    ".warc.gz": "a WARC file",
    ".arc": "an ARC file",
    ".arc.gz": "an ARC file",
    ".wacz": "a WACZ file",
    ".zim": "a ZIM file",
    ".tar.gz": "an HTML dump",
    ".xml": "an XML dump",
    ".xml.bz2": "an XML dump",
}
"""Kinds of sources that this release knows and does not read."""


def open_source(spec: str, options: SourceOptions | None = None) -> Iterator[Capture | SourceError]:
    """The captures of a source: a file, a folder, or the address of a site, whose links are followed.

    A page that can't be had is given as its error, for raising would end the iteration. Raises `SourceError` for a
    source that can't be opened at all, `ConfigurationError` for settings that it can't be opened with.
    """
    options = options or SourceOptions()
    lowered = spec.lower()
    if lowered.startswith(("http://", "https://")):
        from wikiglean.scraper.site import crawl_site

        return crawl_site(spec, options)
    for mark, what in _LATER.items():
        if lowered.startswith(mark) if mark.endswith(":") else lowered.endswith(mark):
            raise SourceUnavailable(f"is {what}; this release reads files, folders and live sites", url=spec)
    path = Path(spec)
    if path.is_dir():
        return read_folder(path, options)
    if not path.exists():
        raise SourceUnavailable("no such file or folder (a web address begins with https://)", url=spec)
    return iter((read_file(path, options, options.base_url),))
