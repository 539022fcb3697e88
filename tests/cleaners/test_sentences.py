"""Where sentences begin, in many languages, and which of them carries a marker."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikiglean.article import BlockType
from wikiglean.cleaners.sentences import sentence_at, sentence_borders

CASES = tomllib.loads((Path(__file__).parent / "cases" / "sentences.toml").read_text(encoding="utf-8"))
TABLE = [(language, name, case) for language, cases in CASES.items() for name, case in cases.items()]


def divided(text: str, language: str | None, kind: BlockType = "Para") -> str:
    """The text with `|` where its sentences begin."""
    borders = sentence_borders(text, 0, len(text), language, kind)
    return "|".join(text[start:end] for start, end in pairwise(borders))


@pytest.mark.parametrize(("language", "name", "case"), TABLE, ids=[f"{row[0] or 'none'}-{row[1]}" for row in TABLE])
def test_sentences_begin_where_a_reader_sees_them(language: str, name: str, case: str) -> None:
    assert divided(case.replace("|", ""), language or None) == case


def test_a_dialect_is_read_as_its_language() -> None:
    text = "Die Kirche wurde am 3. Mai geweiht. Sie brannte."
    assert divided(text, "de-AT") == divided(text, "DE") == "Die Kirche wurde am 3. Mai geweiht. |Sie brannte."


@pytest.mark.parametrize(
    ("kind", "case"),
    [
        ("Para", "One line\n|Another line\nand its end. |A third\n|1904"),
        ("LineBlock", "The bell is old,\nThe bell is cold.\n|It rings,\nNo more."),
        ("CodeBlock", "x = a. B\n|y = c! D\n|z"),
        ("TableRow", "One. |Two\t|three\t|\t|Four, No. 5\t|"),
    ],
)
def test_lines_and_cells(kind: BlockType, case: str) -> None:
    assert divided(case.replace("|", ""), "en", kind) == case


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two^ three. Four.", "Two three."),
        ("One. Two.^ Three.", "Two."),
        ("One.^ Two.", "One."),
        ("^One. Two.", "One."),
        ("One. ^Two.", "Two."),
        ("One. Two^", "Two"),
        ("“One.^” Two.", "“One.”"),
        ("“One.”^ Two.", "“One.”"),
        ("教堂。^塔。", "教堂。"),
        ("教堂。塔^。", "塔。"),
        ("One\t^\tTwo", None),
        ("One\tTwo\t^", None),
        ("One^\tTwo", "One"),
        ("One\t^Two", "Two"),
    ],
)
def test_a_marker_belongs_to_the_sentence_that_it_follows(text: str, sentence: str | None) -> None:
    offset, text = text.index("^"), text.replace("^", "")
    found = sentence_at(text, sentence_borders(text, 0, len(text), "en", "TableRow"), offset)
    assert (text[slice(*found)] if found is not None else None) == sentence


@given(
    st.sampled_from(sorted(CASES)),
    st.lists(st.sampled_from([case for _, _, case in TABLE]) | st.text(max_size=20), max_size=4).map(" ".join),
    st.sampled_from(["", "Before. ", "x\n\n"]),
)
def test_borders_are_of_the_block_alone(language: str, block: str, before: str) -> None:
    text = f"{before}{block}\n\nAfter."
    start, end = len(before), len(before) + len(block)
    borders = sentence_borders(text, start, end, language)
    assert borders == [start + at for at in sentence_borders(block, 0, len(block), language)]
    assert (borders[0], borders[-1]) == (start, end)
    assert borders == sorted(borders)
    for offset in range(start, end + 1):
        found = sentence_at(text, borders, offset)
        assert found is None or (start <= found[0] < found[1] <= end and text[found[0] : found[1]].strip())
