"""How the reader lays out text: small pages, each beside what is read from it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from wikiglean.cleaners import clean

LAYOUT = tomllib.loads((Path(__file__).parent / "cases" / "layout.toml").read_text(encoding="utf-8"))


def markup(body: str) -> str:
    """An article whose place is known, so that nobody has to guess which of so few words are content."""
    return f'<!doctype html><body class="mediawiki"><h1 id="firstHeading">T</h1><div id="mw-content-text">{body}</div>'


@pytest.mark.parametrize("name", LAYOUT)
def test_layout(name: str) -> None:
    case = LAYOUT[name]
    article = clean(markup(case["html"]))
    assert article.text == case["text"]
    quality = article.quality
    assert quality.visible == quality.in_text + quality.structured + quality.removed + quality.substituted


def test_code_keeps_its_white_space() -> None:
    article = clean(markup("<p>See:</p><pre>if x:\n    y  = z\n\nend</pre><p>So.</p>"))
    assert article.text == "See:\n\nif x:\n    y  = z\n\nend\n\nSo."
    (code,) = article.code
    assert article.text[code.start : code.end] == "if x:\n    y  = z\n\nend"


def test_maths_is_read_as_its_tex() -> None:
    annotation = '<annotation encoding="application/x-tex">x^2</annotation>'
    article = clean(
        markup(f"<p>Let <math><semantics><msup><mi>x</mi><mn>2</mn></msup>{annotation}</semantics></math>.</p>")
    )
    assert article.text == "Let $x^2$."
    (formula,) = article.math
    assert (formula.tex, article.text[formula.start : formula.end]) == ("x^2", "$x^2$")


def test_block_types_and_sections() -> None:
    source = "<p>lead</p><h2 id=h>Head</h2><ul><li>a</ul><dl><dt>t<dd>d</dl><h3>Sub</h3><blockquote>q</blockquote>"
    article = clean(markup(source))
    assert [block.type for block in article.blocks] == [
        "Para",
        "Header",
        "ListItem",
        "DefinitionTerm",
        "Definition",
        "Header",
        "BlockQuote",
    ]
    sections = [(s.title, s.level, s.parent, s.identifier) for s in article.sections]
    assert sections == [("", 1, None, None), ("Head", 2, None, "h"), ("Sub", 3, 1, None)]
    for section in article.sections[1:]:
        assert article.text[section.start :].startswith(section.title)


def test_links_enclose_their_words() -> None:
    article = clean(
        markup('<p>To <a href="/b c">the place</a> and <a href="#x">back</a>.</p>'), url="https://fixtures.example/a"
    )
    assert article.text == "To the place and back."
    assert ("the place", "https://fixtures.example/b%20c") in [
        (article.text[link.start : link.end], link.url.replace(" ", "%20")) for link in article.links
    ]
