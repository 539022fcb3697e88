"""The writer of text alone: white space, borders of blocks, cells, and things of no width."""

from __future__ import annotations

import pytest

from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.reading.sink import Mark, Sink, is_closing


def marker() -> Claim:
    return Claim(0, "citations", "references", "marker")


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["a", "b"], "ab"),
        (["a ", "b"], "a b"),
        (["a", " ", " b"], "a b"),
        ([" \n a\t\tb\r\n"], "a b"),
        (["a\u00a0 ", "\u3000b"], "a\u00a0 \u3000b"),
        ([" ", "\n"], ""),
    ],
)
def test_white_space_is_folded_across_pieces(pieces: list[str], text: str) -> None:
    sink = Sink()
    for piece in pieces:
        sink.write(piece)
    sink.close()
    assert (sink.text, sink.length, sink.seen) == (text, len(text), sum(map(len, pieces)))


def test_borders_are_written_only_between_words_and_the_widest_counts() -> None:
    sink = Sink()
    sink.end_block(2)
    sink.write("a")
    sink.end_block(1)
    sink.end_block(2)
    sink.end_block(1)
    sink.write("b")
    sink.end_block(2)
    sink.close()
    assert sink.text == "a\n\nb"
    assert [(block.start, block.end) for block in sink.blocks] == [(0, 1), (3, 4)]


def test_cells_keep_their_columns() -> None:
    sink = Sink()
    sink.write("a")
    sink.next_cell()
    sink.next_cell()
    sink.write("b")
    sink.next_cell()
    sink.end_row()
    sink.write("c")
    sink.close()
    assert sink.text == "a\t\tb\t\nc"


def test_code_is_written_exactly() -> None:
    sink = Sink()
    sink.write("see ")
    sink.end_block(2)
    sink.write_exactly("  x\n\n  y ")
    sink.close()
    assert sink.text == "see\n\n  x\n\n  y "


@pytest.mark.parametrize(
    ("before", "after", "text", "offset", "whitespace"),
    [
        ("word", " next", "word next", 4, ""),
        ("word ", " next", "word next", 4, " "),
        ("word ", ".", "word.", 4, " "),
        ("word ", "next", "word next", 5, ""),
        ("word", "next", "wordnext", 4, ""),
    ],
)
def test_marker_leaves_its_place_and_no_gap(before: str, after: str, text: str, offset: int, whitespace: str) -> None:
    sink, gap = Sink(), marker()
    sink.write(before)
    sink.gap(gap)
    sink.write(after)
    sink.close()
    assert (sink.text, gap.offset, gap.whitespace) == (text, offset, whitespace)


def test_mark_begins_at_the_next_word() -> None:
    sink = Sink()
    sink.write("a ")
    mark = Mark(sink.length)
    sink.marks.append(mark)
    sink.write(" b")
    assert sink.place(mark) == (2, 3)


def test_closing_characters() -> None:
    assert [character for character in ".,;)”»。）—" if not is_closing(character)] == []
    assert [character for character in "a(1“字" if is_closing(character)] == []
