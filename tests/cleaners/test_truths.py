"""What a person wrote down from each fixture page, against what `clean` makes of it."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
LATER: tuple[str, ...] = ()
"""Engines without a profile as yet; their pages wait for it."""
PAGES = [
    path
    for truth in sorted(FIXTURES.glob("*/*.expect.toml"))
    if truth.parent.name not in LATER
    for suffix in (".html", ".txt")
    if (path := truth.with_name(truth.name.removesuffix(".expect.toml") + suffix)).exists()
]


def truth_of(page: Path) -> dict[str, Any]:
    return tomllib.loads(page.with_name(page.stem + ".expect.toml").read_text(encoding="utf-8"))


def article_of(page: Path) -> Article:
    return clean(
        page.read_bytes(),
        url=f"https://fixtures.example/{page.parent.name}/{page.name}",
        content_type="text/plain; charset=utf-8" if page.suffix == ".txt" else None,
    )


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def digits(label: str) -> str:
    """Digits of any script as ours: the list beside `[١]` may be numbered `1.`"""
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in label)


@pytest.fixture(name="page", params=PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def fixture_page(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_title_and_sections(page: Path) -> None:
    truth, article = truth_of(page), article_of(page)
    assert folded(article.title or "") == folded(truth["title"])
    wanted = [folded(title) for title in truth["sections"]]
    # headings over nothing but notes may stay or go
    titled = [(folded(section.title), section.kind) for section in article.sections if section.title]
    found = [title for title, kind in titled if kind != "references" or title in wanted]
    assert found == wanted


def test_words_that_stay_and_words_that_go(page: Path) -> None:
    truth, text = truth_of(page), folded(article_of(page).text)
    assert [words for words in truth.get("with", []) if folded(words) not in text] == []
    assert [words for words in truth.get("without", []) if folded(words) in text] == []


def test_references_and_tables(page: Path) -> None:
    truth, article = truth_of(page), article_of(page)
    for key, have in (
        ("citations", len(article.citations)),
        ("references", len(article.references)),
        ("tables", len(article.tables)),
    ):
        if key in truth:
            assert (key, have) == (key, truth[key])
    notes = [(digits(note.label or ""), folded(note.text or "")) for note in article.references]
    for label, words in truth.get("samples", []):
        assert any(digits(label) == have and folded(words) in note for have, note in notes), (label, words, notes)


def test_short_notes_and_works(page: Path) -> None:
    truth, article = truth_of(page), article_of(page)
    labels = {note.identifier: digits(note.label or "") for note in article.references}
    ranges = [[labels[note.identifier], note.cited_range] for note in article.references if note.cited_range]
    assert ranges == truth.get("cited_ranges", ranges)
    beside = [citation.cited_range for citation in article.citations if citation.cited_range]
    assert beside == truth.get("marker_ranges", beside)
    works = [
        [
            folded(article.text[work.start : work.end]) if work.start is not None else "",
            [labels[n] for n in work.cited_by],
        ]
        for work in article.bibliography
    ]
    assert works == [[folded(words), notes] for words, notes in truth.get("works", works)]


def test_kind_language_and_counts(page: Path) -> None:
    truth, article = truth_of(page), article_of(page)
    have: dict[str, object] = {
        "kind": article.kind,
        "direction": article.in_language.direction,
        "unresolved_references": sum(not note.resolved for note in article.references),
        "paragraphs": sum(block.type == "Para" for block in article.blocks),
        "infoboxes": len(article.infoboxes),
        "maintenance_tags": len(article.maintenance_tags),
        "notes": len(article.notes),
        "code": len(article.code),
        "coordinates": len(article.coordinates),
    }
    if page.suffix == ".html":  # plain text declares no language, and none is guessed
        have["language"] = article.in_language.identifier or ""
    assert {key: value for key, value in have.items() if key in truth} == {
        key: truth[key] for key in have if key in truth
    }


def test_the_ledger_adds_up(page: Path) -> None:
    quality = article_of(page).quality
    assert quality.visible == quality.in_text + quality.structured + quality.removed + quality.substituted
    assert "ledger-mismatch" not in quality.flags
