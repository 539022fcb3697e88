"""Footnotes of wiki engines and of their plug-ins: a table of small pages."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean

CASES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "wiki_notes.toml").read_text(encoding="utf-8")
)
FRAMES: dict[str, str] = CASES.pop("frames")
LEAD = "The lamp house of Keld stands on a rock that the sea covers twice a day."


def cleaned(case: dict[str, Any]) -> Article:
    frame = FRAMES.get(case["frame"], case["frame"])
    body = frame.replace("{}", f"<p>{LEAD}</p>{case['html']}")
    head = f"<title>Keld - Lamp Wiki</title>{case.get('head', '')}"
    return clean(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")


@pytest.mark.parametrize("name", CASES)
def test_notes_of_wiki_engines(name: str) -> None:
    case = CASES[name]
    article = cleaned(case)
    cited = Counter(citation.reference for citation in article.citations)
    found = [[note.label or "", cited[note.identifier], note.text] for note in article.references]
    assert (article.text.removeprefix(LEAD).lstrip("\n"), found) == (case["text"], case["notes"])
    assert all(note.resolved for note in article.references)
