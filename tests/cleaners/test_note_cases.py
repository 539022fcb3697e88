"""Footnotes of many programs, and what only looks like one: a table of small pages."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean

FOLDER = Path(__file__).parent / "cases"
NOTES: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "notes.toml").read_text(encoding="utf-8"))
NO_NOTES: dict[str, str] = tomllib.loads((FOLDER / "no_notes.toml").read_text(encoding="utf-8"))


def cleaned(case: dict[str, Any]) -> Article:
    head, body = case.get("head", ""), case.get("body", "<main>{}</main>")
    page = f"<!doctype html><html><head><title>Weir</title>{head}</head>{body.replace('{}', case['html'])}</html>"
    return clean(page, url=case.get("url"))


@pytest.mark.parametrize("name", NOTES)
def test_notes(name: str) -> None:
    article = cleaned(NOTES[name])
    cited = Counter(citation.reference for citation in article.citations)
    found = [[note.label, cited[note.identifier], note.text or "<none>"] for note in article.references]
    assert (article.text, found) == (NOTES[name]["text"], NOTES[name]["notes"])
    assert Article.from_json(article.to_json()) == article


@pytest.mark.parametrize("name", NO_NOTES)
def test_what_is_no_note(name: str) -> None:
    article = clean(f"<!doctype html><title>Weir</title><main>{NO_NOTES[name]}</main>", url="https://tarn.example/weir")
    assert [(citation.shown, citation.reference) for citation in article.citations] == []
    assert [note.text for note in article.references] == []
