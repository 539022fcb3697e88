"""Edit markers in every language and bracket, where they can stand; and headings that only talk of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wikiglean.cleaners import clean
from wikiglean.cleaners.edit_markers import is_edit_marker, leads_with_markers, marker_spans, without_markers
from wikiglean.cleaners.words import tables

LONG = "The lighthouse stands on a rock before the harbour, and has been dark since the flood."


@pytest.mark.parametrize(
    "marker",
    [
        "[edit]",
        " [ edit ]",
        "[EDIT]",
        "［編集］",
        "（編集）",
        "【編輯】",
        "〔編集〕",
        "‹edit›",
        "(edit)",
        "[edit | edit source]",
        "[edit·edit source]",
        "[edit] [edit source]",
        "[edit\u00a0source]",
        "\u200f[\u200fعدل\u200f]\u200f",
        "[düzenle | kaynağı değiştir]",
        "[DÜZENLE | KAYNAĞI DEĞİŞTİR]",
        "[Bearbeiten | Quelltext bearbeiten]",
        "[modifier | modifier le code]",
        "[править | править код]",
        "[ویرایش]",
        "[edit this section]",
        " ✎",
        " ✏️",
        " 🖉",
        "¶",
        " [edit] ¶",
    ],
)
def test_a_marker_behind_a_heading(marker: str) -> None:
    assert without_markers(f"History{marker}") == "History"
    spans = marker_spans(f"History{marker}")
    assert "".join(f"History{marker}"[start:end] for start, end in spans) == marker


def test_every_language_of_mediawiki(shared: Path) -> None:
    labels = json.loads((shared / "data" / "mediawiki-labels.json").read_text(encoding="utf-8"))
    assert len(labels) > 500
    words = [language[key] for language in labels.values() for key in ("edit", "edit_source") if language.get(key)]
    assert [word for word in words if without_markers(f"Velmora [{word}]") != "Velmora"] == []
    assert [word for word in words if not is_edit_marker(f"[{word.upper()}]") and word.isascii()] == []


@pytest.mark.parametrize(
    "heading",
    [
        "Editing",
        "The edit",
        "Chapter [2]",
        "Songs (remix)",
        "What [edit] means",
        "Lamps [a note]",
        "C#",
        "Of the year [1904]",
        "Bells (men)",
    ],
)
def test_other_brackets_stay(heading: str) -> None:
    assert without_markers(heading) == heading
    assert marker_spans(heading, leading=True) == []


def test_a_marker_comes_once_so_that_words_about_it_stay() -> None:
    assert without_markers("Meaning of [edit][edit]") == "Meaning of [edit]"
    assert without_markers("Meaning of [edit] [edit | edit source]") == "Meaning of [edit]"


def test_markers_before_headings_need_more_than_one_or_a_capital() -> None:
    assert leads_with_markers(["[edit] History", "[edit] Works"])
    assert leads_with_markers(["[edit] History"])
    assert not leads_with_markers(["[edit] as a title", "Works"])
    assert without_markers("[edit] History", leading=True) == "History"
    assert without_markers("[edit] History") == "[edit] History"


@pytest.mark.parametrize(
    "heading",
    [
        "History <span>[</span><a href='/w?action=edit&section=1'>edit</a><span>]</span>",
        "History [<a href='/x'>edit</a>]",
        "History <a href='/x/edit'>Edit</a>",
        "History · <a href='/x?action=edit'>edit</a>",
        "History<a href='#history'>¶</a>",
        "History <a class='anchor' href='#history'>#</a>",
        "<a class='anchor' href='#history'>§</a> History",
        "History <button>Edit section</button>",
        "History <small>(<a href='/x'>edit</a>)</small>",
        "[<a href='/w?action=edit'>edit</a>] <span>History</span>",
    ],
)
def test_markers_without_a_profile(heading: str) -> None:
    article = clean(f"<!doctype html><html><body><h2>{heading}</h2><p>{LONG}</p></body></html>")
    assert [section.title for section in article.sections] == ["History"]


@pytest.mark.parametrize("heading", ["How to <a href='/wiki/Edit'>edit</a>", "In <a href='/wiki/C'>C#</a>"])
def test_links_to_articles_are_no_markers(heading: str) -> None:
    article = clean(f"<!doctype html><html><body><h2>{heading}</h2><p>{LONG}</p></body></html>")
    assert article.sections[0].title in ("How to edit", "In C#")


@pytest.mark.parametrize(
    "block", ["<div>[<a href='?action=edit'>edit</a>]</div><h2>Works</h2>", "<h2>Works</h2><p>[edit]</p>"]
)
def test_a_block_of_a_marker_beside_a_heading(block: str) -> None:
    article = clean(f"<!doctype html><html><body><p>{LONG}</p>{block}<p>{LONG}</p></body></html>")
    assert article.text == f"{LONG}\n\nWorks\n\n{LONG}"


def test_a_paragraph_that_is_a_bracketed_edit_stays_between_paragraphs() -> None:
    article = clean(f"<!doctype html><html><body><p>{LONG}</p><p>[edit]</p><p>{LONG}</p></body></html>")
    assert article.text == f"{LONG}\n\n[edit]\n\n{LONG}"


def test_no_label_is_a_word_that_headings_have_in_brackets() -> None:
    assert not {"a", "1", "note 1", "sic", "ii", "redirect", "film", "novel"} & tables().edit
