"""Turns one capture into one article: a pipeline of small cleaners that claim parts of the page, and one reader."""

from __future__ import annotations

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.page import Cleaner, Page
from wikiglean.cleaners.pipeline import DEFAULT_CLEANERS, clean, clean_capture, inspect_capture
from wikiglean.cleaners.profiles import EngineProfile, bundled_profiles, load_profile

__all__ = [
    "DEFAULT_CLEANERS",
    "Claim",
    "Cleaner",
    "EngineProfile",
    "Page",
    "bundled_profiles",
    "clean",
    "clean_capture",
    "inspect_capture",
    "load_profile",
]
