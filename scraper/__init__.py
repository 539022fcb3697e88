"""Obtains raw pages. Every source is an iterator of captures; what stands in the pages is no business of this stage."""

from __future__ import annotations

from wikiglean.scraper.options import SourceOptions
from wikiglean.scraper.sources import open_source

__all__ = ["SourceOptions", "open_source"]
