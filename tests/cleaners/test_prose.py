"""Nothing of an article goes by its words: clean articles, given again as flattened text, come out whole."""

from __future__ import annotations

import gzip
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean

pytestmark = [pytest.mark.shared, pytest.mark.slow]

MOST_LOST = 0.001
"""Rules, bullets and lines "Category: …", which the pages really have, are a part of it."""


def as_it_is(text: str) -> str:
    return text


def cut(text: str) -> str:
    return "\n".join(textwrap.fill(line, 76) if "\t" not in line else line for line in text.split("\n"))


def size(text: str) -> int:
    return len("".join(text.split()))


def lost(article: Article) -> int:
    removed = sum(size(entry.text) for entry in article.removed)
    fields = [note.text for note in article.notes] + [reference.text or "" for reference in article.references]
    fields += [category.name for category in article.categories] + [link.name for link in article.langlinks]
    return removed + sum(map(size, fields))


@pytest.mark.parametrize("layout", [as_it_is, cut])
@pytest.mark.parametrize("engine", ["mediawiki", "drupal"])
def test_articles_come_out_whole(shared: Path, engine: str, layout: Callable[[str], str]) -> None:
    characters = gone = 0
    for page in sorted((shared / "data" / "pages" / engine).glob("*.html.gz")):
        article = clean(gzip.decompress(page.read_bytes()))
        if len(article.text) < 600:
            continue
        text = f"{article.title or 'Title'}\n\n{layout(article.text)}"
        again = clean(text, content_type="text/plain; charset=utf-8")
        characters += size(article.text)
        gone += lost(again)
    assert characters > 10_000
    assert gone <= MOST_LOST * characters
