"""How the reader lays out text: small pages, each beside what is read from it."""

from __future__ import annotations

import pytest

from wikiglean.cleaners import clean

LAYOUT = {
    "blank line between paragraphs": ("<p>one</p><p>two</p>", "one\n\ntwo"),
    "loose text beside a block": ("<div>a<p>b</p>c</div>", "a\n\nb\n\nc"),
    "one break is a line": ("<p>a<br>b</p>", "a\nb"),
    "two breaks are a paragraph": ("<p>a<br><br>b</p>", "a\n\nb"),
    "items on lines, nested ones too": ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "a\nb\nc\nd"),
    "no invented numbers": ("<ol><li>a<li>b</ol>", "a\nb"),
    "cells by tabs, empty ones too": ("<table><tr><td>a<td><td>b<tr><td>c<td>d<td></table>", "a\t\tb\nc\td\t"),
    "blocks inside a cell by a space": ("<table><tr><td><p>x</p><p>y</p><td>z<tr><td>1<td>2</table>", "x y\tz\n1\t2"),
    "caption before its table": (
        "<table><caption>Cap</caption><tr><td>a<td>b<tr><td>c<td>d</table>",
        "Cap\n\na\tb\nc\td",
    ),
    "layout table is read as blocks": (
        "<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>",
        "a\n\nb\n\nc\n\nd",
    ),
    "inline elements don't part words": ("<p><b>a</b>b<i>c</i></p>", "abc"),
    "white space is folded across elements": ("<p> a <b> b </b>\n c </p>", "a b c"),
    "tail of an inline element": ("<p>a <b>b</b> c <i>d</i>, e</p>", "a b c d, e"),
    "unknown element keeps its words": ("<p>a <blink>b</blink> <x-y>c</x-y></p>", "a b c"),
    "digits raised and lowered": ("<p>10<sup>2</sup> m, H<sub>2</sub>O</p>", "10² m, H₂O"),
    "signs and n": ("<p>x<sup>n+1</sup> y<sup>−2</sup></p>", "xⁿ⁺¹ y⁻²"),
    "letters stay plain": ("<p>19<sup>th</sup> century</p>", "19th century"),
    "hidden is not chrome": ("<p>a</p><div style='display:none'><p>b</p></div>", "a\n\nb"),
    "script is not read": ("<p>a<script>x()</script>b</p>", "ab"),
}


def markup(body: str) -> str:
    return f"<!doctype html><html><body>{body}</body></html>"


@pytest.mark.parametrize("name", LAYOUT)
def test_layout(name: str) -> None:
    source, expected = LAYOUT[name]
    assert clean(markup(source)).text == expected


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
