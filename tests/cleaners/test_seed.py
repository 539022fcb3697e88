"""The page that the project began with, in both forms, character by character."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean

SEED = Path(__file__).resolve().parent.parent / "fixtures" / "seed"
HEADINGS = [
    "Early cooperation with Turkish revolutionaries",
    "Treaties of trade and cooperation",
    "Growing tensions over territory",
    "Turkish alignment with NATO",
]
LABELS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "12", "13", "14", "15", "16", "15", "15"]


def source_blocks() -> list[str]:
    """Headings and paragraphs of the flattened source, as they stand there, markers included."""
    lines = (SEED / "ottoman-history.txt").read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(HEADINGS[0]))
    stop = lines.index("Post new comment")
    return [line.removesuffix("[edit]") for line in lines[start:stop] if line.strip()]


@pytest.fixture(params=["html", "txt"])
def article(request: pytest.FixtureRequest) -> Article:
    body = (SEED / f"ottoman-history.{request.param}").read_bytes()
    return clean(
        body, content_type="text/plain; charset=utf-8" if request.param == "txt" else "text/html; charset=utf-8"
    )


def test_title_site_and_sections(article: Article) -> None:
    assert article.title == "Soviet Union–Turkey relations"
    assert article.is_part_of.name == "Ottoman History"
    assert [(s.title, s.level) for s in article.sections] == [(heading, 2) for heading in HEADINGS]


def test_text_is_headings_and_paragraphs_and_nothing_else(article: Article) -> None:
    expected = [re.sub(r"\[\d+\]", "", block) for block in source_blocks()]
    assert article.text == "\n\n".join(expected)
    assert sum(block.type == "Para" for block in article.blocks) == 15


def test_markers_go_back_to_their_places(article: Article) -> None:
    text = article.text
    for citation in reversed(article.citations):
        assert citation.start is not None
        text = text[: citation.start] + citation.whitespace_removed + citation.shown + text[citation.start :]
    assert text == "\n\n".join(source_blocks())


def test_citations_and_their_missing_notes(article: Article) -> None:
    assert [citation.label for citation in article.citations] == LABELS
    assert len(article.references) == 16
    assert all(note.text is None and not note.resolved for note in article.references)
    assert article.quality.unresolved_citations == 19


@pytest.mark.parametrize(
    ("words", "cleaner"),
    [
        ("try another color:", "chrome"),
        ("try another fontsize: 60% 70% 80% 90%", "chrome"),
        ("Post new comment", "forms"),
        ("The content of this field is kept private and will not be shown publicly.", "forms"),
        ("Lines and paragraphs break automatically.", "forms"),
        ("Allowed HTML tags: <a> <em> <strong> <cite> <code>", "forms"),
        ("More information about formatting options", "forms"),
        ("This question is for testing whether you are a human visitor", "forms"),
        ("Enter the characters shown in the image.", "forms"),
    ],
)
def test_the_ledger_has_every_word_of_widgets_and_forms(article: Article, words: str, cleaner: str) -> None:
    assert words not in article.text
    assert cleaner in {entry.cleaner for entry in article.removed if words in " ".join(entry.text.split())}
