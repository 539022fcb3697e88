"""wikiglean gathers wiki-style pages, wherever they still exist, and gleans clean, cited articles from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wikiglean.article import Article
    from wikiglean.capture import Capture
    from wikiglean.cleaners import clean
    from wikiglean.output import Corpus
    from wikiglean.scraper import open_source

    __version__: str

__all__ = ["Article", "Capture", "Corpus", "__version__", "clean", "open_source"]

# Where each name lives. They are imported when they are first asked for, so that the command line answers at once.
_HOMES = {
    "Article": "wikiglean.article",
    "Capture": "wikiglean.capture",
    "Corpus": "wikiglean.output",
    "clean": "wikiglean.cleaners",
    "open_source": "wikiglean.scraper",
}


def __getattr__(name: str) -> object:
    """The public name `name`, imported now (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        value: object = version("wikiglean")
    elif name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'wikiglean' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """What is public."""
    return sorted({*globals(), *__all__})
