"""Footnotes of MediaWiki's Cite extension: of both parsers, of other versions and wikis, and of mirrors."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean
from wikiglean.cleaners.words import tables

CASES = Path(__file__).parent / "cases"
TABLES = {
    file.stem.removeprefix("cite-"): tomllib.loads(file.read_text(encoding="utf-8"))
    for file in sorted(CASES.glob("cite-*.toml"))
}


def notes_of(article: Article) -> list[tuple[str, str | None, int]]:
    """Label ("" for none), words with single spaces, and how many markers lead there, of each note."""
    markers = Counter(citation.reference for citation in article.citations)
    return [
        (
            note.label or "",
            " ".join(note.text.split()) if note.text is not None else None,
            markers[note.identifier],
        )
        for note in article.references
    ]


def with_markers(article: Article) -> str:
    """The text with its markers put back, last first."""
    text = article.text
    for citation in reversed([citation for citation in article.citations if citation.start is not None]):
        text = text[: citation.start] + citation.whitespace_removed + citation.shown + text[citation.start :]
    return text


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{table}: {name}") for table, cases in TABLES.items() for name, case in cases.items()],
)
def test_notes_of_a_fragment(case: dict[str, Any]) -> None:
    article = clean(case["html"])
    assert notes_of(article) == [
        (label, None if words == "-" else words, markers) for label, words, markers in case["notes"]
    ]
    assert "ledger-mismatch" not in article.quality.flags
    if "text" in case:
        assert article.text == case["text"]
    if "shown" in case:
        assert with_markers(article) == case["shown"]
    for field in ("errors", "parents", "follows", "groups"):
        if field in case:
            assert _told(article, field) == case[field]


def _told(article: Article, field: str) -> list[Any]:
    """What is said of each note: `""` for nothing."""
    told: dict[str, list[Any]] = {
        "errors": [list(note.errors) for note in article.references],
        "parents": [note.parent_reference or "" for note in article.references],
        "follows": [note.follows or "" for note in article.references],
        "groups": [note.group or "" for note in article.references],
    }
    return told[field]


@pytest.mark.parametrize("table", ["legacy", "parsoid"])
def test_complaints_are_never_text(table: str) -> None:
    found = 0
    for name, case in TABLES[table].items():
        article = clean(case["html"])
        said = [article.text, *(note.text or "" for note in article.references)]
        assert not any("Cite error" in words for words in said), name
        found += any("rror" in error for note in article.references for error in note.errors)
        found += any("complaint" in one.reason for one in article.removed)
    assert found > 5


def test_words_for_screen_readers_are_never_of_the_note() -> None:
    for words in sorted(tables().jump_up):
        article = clean(
            "<p>Keld<sup class=reference><a href='#cite_note-1'>[1]</a></sup>"
            "<sup class=reference><a href='#cite_note-2'>[2]</a></sup></p><ol class=references>"
            f"<li id=cite_note-1><b><a href='#cite_ref-1'>{words} ^</a></b> Old ledger.</li>"
            f"<li id=cite_note-2>↑ {words}: <a href='#cite_ref-2_1'>a</a> <a href='#cite_ref-2_2'>b</a> "
            "New ledger.</li></ol>"
        )
        assert [note.text for note in article.references] == ["Old ledger.", "New ledger."], words
