"""Flattened pages: no markup at all, read line by line."""

from __future__ import annotations

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean

LONG = "The lighthouse stands on a rock before the harbour, and has been dark since the flood."


def flat(*lines: str) -> Article:
    return clean("\n".join(lines), content_type="text/plain; charset=utf-8")


def test_first_line_is_the_title_and_edit_markers_make_headings() -> None:
    article = flat("The lighthouse", "", LONG, "", "History[edit]", LONG)
    assert article.title == "The lighthouse"
    assert article.text == f"{LONG}\n\nHistory\n\n{LONG}"
    assert [section.title for section in article.sections] == ["", "History"]


def test_markers_and_notes() -> None:
    article = flat("The lighthouse", "", f"{LONG}[1]", "", "References", "1. ^ a b Author. Title.")
    assert article.text == LONG
    assert [(c.label, c.start) for c in article.citations] == [("1", len(LONG))]
    assert [(n.label, n.text, n.resolved) for n in article.references] == [("1", "Author. Title.", True)]


def test_edit_in_a_sentence_stays() -> None:
    sentence = "In the margin somebody had written [edit] and nothing else, which nobody understood."
    assert flat("The margin", "", sentence).text == sentence


@pytest.mark.parametrize(
    "form",
    [
        ("Post new comment", "Your name:", "E-mail:", "Comment: *"),
        ("Post new comment", "Enter the characters shown in the image."),
        ("Post new comment", "Lines and paragraphs break automatically.", "More information about formatting options"),
    ],
)
def test_comment_form_is_removed_and_in_the_ledger(form: tuple[str, ...]) -> None:
    article = flat("The lighthouse", "", LONG, "", *form)
    assert article.text == LONG
    removed = " ".join(entry.text for entry in article.removed)
    assert [line for line in form if line not in removed] == []


def test_every_character_is_owned_once() -> None:
    article = flat("The lighthouse", "", f"{LONG}[1]", "", "History[edit]", LONG, "", "Post new comment", "Your name:")
    quality = article.quality
    assert quality.visible == quality.in_text + quality.structured + quality.removed + quality.substituted
    assert "ledger-mismatch" not in quality.flags
