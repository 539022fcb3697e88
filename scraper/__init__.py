"""Obtains raw pages. Every source is an iterator of captures; what stands in the pages is no business of this stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wikiglean.scraper.options import SourceOptions
from wikiglean.scraper.sources import open_source

if TYPE_CHECKING:
    from wikiglean.scraper.fetch import Fetcher

__all__ = ["Fetcher", "SourceOptions", "open_source"]


def __getattr__(name: str) -> object:
    """`Fetcher`, imported when it is asked for: a run over saved pages needs no sockets."""
    if name == "Fetcher":
        from wikiglean.scraper.fetch import Fetcher

        return Fetcher
    raise AttributeError(f"module 'wikiglean.scraper' has no attribute {name!r}")
