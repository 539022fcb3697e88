"""Lines of links to the pages before and after, on pages of known engines."""

from __future__ import annotations

import pytest

from wikiglean.cleaners import clean

FRAME = '<div id="wikitext">{}<h2>Oars</h2><p>Pull, rest, and never both.</p>{}</div><!--PageText-->'


@pytest.mark.parametrize(
    "line",
    [
        '<p><a href="1">previous</a> | <a href="0">Contents</a> | <a href="3">next</a></p>',
        '<div style="text-align:right"><p><a href="1">＜Prev</a>  <a href="3">Next＞</a></p></div>',
        '<p>[ <a href="1">« Zurück</a> ] - [ <a href="3">Weiter »</a> ]</p>',
        '<p><a href="1">前へ</a>・<a href="3">次のページ</a></p>'.replace("・", " · "),
    ],
)
def test_lines_that_turn_the_page_go_from_both_ends(line: str) -> None:
    article = clean(FRAME.format(line, line))
    assert article.text == "Oars\n\nPull, rest, and never both."
    assert [removed.reason for removed in article.removed] == ["links to the pages before and after"] * 2


@pytest.mark.parametrize(
    "line",
    [
        '<p>The <a href="1">previous</a> boat and the <a href="3">next</a> had sails.</p>',
        '<p><a href="1">Boats</a> | <a href="2">Sails</a></p>',
        '<p><a href="3">next</a></p>',
    ],
)
def test_other_lines_stay(line: str) -> None:
    article = clean(FRAME.format(line, line))
    assert article.text.startswith(clean(line).text)
    assert article.text.endswith(clean(line).text)


def test_only_the_first_and_the_last_line_can_turn_the_page() -> None:
    line = '<p><a href="1">prev</a> <a href="3">next</a></p>'
    article = clean(FRAME.format(f"<p>Anna and her crew.</p>{line}", f"{line}<p>See also the tolls.</p>"))
    assert article.text.count("prev next") == 2
