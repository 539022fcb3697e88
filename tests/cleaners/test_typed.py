"""Wiki text whose markup is gone: markers, edit links and notes typed as plain characters, and what only looks so."""

from __future__ import annotations

import pytest

from wikiglean.cleaners import clean

FACTS = "<!doctype html><html><body><p>A fact.[1] Another one.[2]</p><h2>References</h2>"


@pytest.mark.parametrize(
    "heading",
    [
        "Title [edit]",
        "Title[edit]",
        "Title [edit source]",
        "Title [Bearbeiten]",
        "Title [değiştir]",
        "Title [編集]",
        "Title [modifier | modifier le code]",
        "Title [править]",
        "Title [editar]",
        "Title [عدل]",
    ],
)
def test_edit_marker_of_a_heading_is_removed(heading: str) -> None:
    article = clean(f"<!doctype html><html><body><h2>{heading}</h2><p>Words.</p></body></html>")
    assert [section.title for section in article.sections] == ["Title"]
    assert article.text == "Title\n\nWords."
    assert "".join(entry.text for entry in article.removed).strip() == heading.removeprefix("Title").strip()


@pytest.mark.parametrize(
    "sentence",
    [
        "She wrote [edit] in the margin.",
        "The button says [Bearbeiten] in German.",
        "He was, he said [sic], born in [1904].",
        "The interval [0, 1] is closed.",
        "Of the year [2004] nothing is known.",
        "The word [a word] was added.",
    ],
)
def test_brackets_in_a_sentence_stay(sentence: str) -> None:
    article = clean(f"<!doctype html><html><body><p>{sentence}</p></body></html>")
    assert article.text == sentence
    assert article.citations == ()


def test_typed_markers_are_citations_at_their_places() -> None:
    article = clean("<!doctype html><html><body><p>Built in 1901.[1] Burnt [2] in 1904.[note 3]</p></body></html>")
    assert article.text == "Built in 1901. Burnt in 1904."
    places = [(c.label, c.shown, article.text[: c.start], c.whitespace_removed) for c in article.citations]
    assert places == [
        ("1", "[1]", "Built in 1901.", ""),
        ("2", "[2]", "Built in 1901. Burnt", " "),
        ("note 3", "[note 3]", "Built in 1901. Burnt in 1904.", ""),
    ]
    assert not any(note.resolved for note in article.references)


def test_index_in_code_is_no_marker() -> None:
    article = clean("<!doctype html><html><body><p>See <code>a[1]</code> there.[1]</p><pre>b[2]</pre></body></html>")
    assert article.text == "See a[1] there.\n\nb[2]"
    assert [citation.label for citation in article.citations] == ["1"]


@pytest.mark.parametrize(
    "notes",
    [
        "<p>1. ^ a b Author. Title.</p><p>2. ^ Other. Book.</p>",
        "<p>^ Author. Title.</p><p>^ Other. Book.</p>",
        "<p>[1] Author. Title.</p><p>[2] Other. Book.</p>",
        "<p>1. ^ Author. Title.<br>2. ^ Other. Book.</p>",
        "<ol><li>^ Author. Title.<li>^ Other. Book.</ol>",
    ],
)
def test_typed_notes_are_resolved(notes: str) -> None:
    article = clean(FACTS + notes)
    assert article.text == "A fact. Another one."
    assert [(n.label, n.text, n.resolved) for n in article.references] == [
        ("1", "Author. Title.", True),
        ("2", "Other. Book.", True),
    ]
    assert [c.reference for c in article.citations] == [n.identifier for n in article.references]


def test_citation_needed_is_a_tag_and_not_text() -> None:
    article = clean("<!doctype html><html><body><p>It is the oldest.[citation needed] So it is.</p></body></html>")
    assert article.text == "It is the oldest. So it is."
    assert [(tag.text, tag.start) for tag in article.maintenance_tags] == [("[citation needed]", 17)]
