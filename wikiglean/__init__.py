"""wikiglean gathers wiki-style pages, wherever they still exist, and gleans clean, cited articles from them."""

from __future__ import annotations
