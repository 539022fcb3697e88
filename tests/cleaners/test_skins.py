"""One page in several skins: whatever stands around it, the article is the same."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from wikiglean.cleaners import clean

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def _same_page() -> dict[str, list[Path]]:
    """The pages of MediaWiki that were saved in more than one skin, by name."""
    by_name: defaultdict[str, list[Path]] = defaultdict(list)
    for page in sorted(FIXTURES.glob("mediawiki-*/*.html")):
        by_name[page.name].append(page)
    return {name: pages for name, pages in by_name.items() if len(pages) > 1}


def folded(text: str) -> list[str]:
    """Lines without formulas and white space, of which skins and Parsoid keep different ones.

    Without a service that draws them, skins print no formulas inside a line; Parsoid keeps what was typed.
    """
    return ["".join(re.sub(r"\$[^$]*\$", "", line).split()) for line in text.split("\n")]


@pytest.mark.parametrize("name", _same_page())
def test_an_article_is_the_same_in_every_skin(name: str) -> None:
    articles = {page.parent.name: clean(page.read_bytes()) for page in _same_page()[name]}
    texts = {skin: folded(article.text) for skin, article in articles.items()}
    first = next(iter(texts.values()))
    assert {skin: text for skin, text in texts.items() if text != first} == {}
    assert len({article.title for article in articles.values()}) == 1
    # Parsoid numbers markers in our digits, whatever the wiki's are
    assert len({len(article.citations) for article in articles.values()}) == 1
    assert len({tuple(note.text for note in article.references) for article in articles.values()}) == 1
