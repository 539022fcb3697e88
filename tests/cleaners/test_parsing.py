"""From what the caller has to a page: kinds of input, plain text or markup, and markup that is broken."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import DEFAULT_CLEANERS, clean
from wikiglean.cleaners.page import Cleaner, Page
from wikiglean.cleaners.parsing import page_of
from wikiglean.errors import CleanError


def read(markup: str | bytes, cleaners: Sequence[Cleaner] = DEFAULT_CLEANERS) -> Article:
    """The article, after a look at its ledger."""
    article = clean(markup, content_type="text/html", cleaners=cleaners)
    quality = article.quality
    assert quality.visible == quality.in_text + quality.structured + quality.removed + quality.substituted
    assert "ledger-mismatch" not in quality.flags
    return article


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<body>Right in the body. <p>A paragraph.</p> And after.", "Right in the body.\n\nA paragraph.\n\nAnd after."),
        ("one</p>two", "one\n\ntwo"),
        ("<p>one<p>two<b>three<i>four</b>five</i>", "one\n\ntwothreefourfive"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<li>one<li>two", "one\ntwo"),
        ("<dd>one<dt>two", "one\ntwo"),
        ("<table><tr><td>1<td>2<tr><td>3<td>4</table>", "1\t2\n3\t4"),
        ("<div><tr><td>one </td><td>two</td></tr></div>", "one two"),
        ("<table>before<tr>among<td>inside</table>", "beforeamong\n\ninside"),
        ("<caption>one</caption><p>two", "one\n\ntwo"),
        ("<table><form><tr><td>one</td></tr></form></table>", "one"),
        ("<p>one<h2>two</h2>three", "one\n\ntwo\n\nthree"),
        ("<div><body><p>one</p></body></div><p>two", "one\n\ntwo"),
        ("<html><body><p>one</p></body></html>two<p>three", "one\n\ntwo\n\nthree"),
        ("<head>one<p>two</p></head><body>three", "one\n\ntwo\n\nthree"),
        ("<a href=1>one <a href=2>two</a> three</a>", "one two three"),
        ("<p>one</p><plaintext><b>two</b>\n three", "one\n\n<b>two</b>\n three"),
        ("<p>one</p><xmp><b>two</b>\n  three</xmp><p>four", "one\n\n<b>two</b>\n  three\n\nfour"),
        ("<p>one</p><noscript><p>Switch scripts on!</p></noscript>", "one"),
        ("<p>one</p><template><p>two</p></template>", "one"),
        ("<!--[if IE]><p>old</p><![endif]--><p>one</p><![if !IE]><p>two</p><![endif]>", "one\n\ntwo"),
        ("<script>//<![CDATA[\nvar x = '<p>no</p>';\n//]]></script><p>one", "one"),
        ("<svg><text><![CDATA[one]]></text></svg>", "one"),
        ("<p>one</p><!-- never ends <p>two</p>", "one"),
        ("<p>one</p><a href='never ends>two</a><p>three</p>", "one"),
        ("<p>one</p><style>p {} <p>two", "one"),
        ("<p>one\x00two</p>", "onetwo"),
        ("<p>&lt;b&gt; &amp;nbsp; &#0; &#xD800; &#x110000; &bogus; &copy", "<b> &nbsp; \ufffd \ufffd \ufffd &bogus; ©"),
        ("<details><summary>one</summary>two</details>", "one\n\ntwo"),
        ("<div id=a>one</div><div id=a>two</div>", "one\n\ntwo"),
    ],
)
def test_broken_markup_is_read_as_browsers_read_it(markup: str, text: str) -> None:
    assert read(markup, cleaners=()).text == text


def test_a_second_document_inside_the_page() -> None:
    article = read(
        "<html><head><title>Outer</title></head><body><p>one</p><html lang=tr dir=ltr><head><title>Inner</title></head>"
        "<body class=mediawiki><p>two</p></body></html><p>three"
    )
    assert (article.title, article.text) == ("Outer", "one\n\ntwo\n\nthree")
    assert [(entry.reason, entry.text) for entry in article.removed] == [("title of the document", "Inner")]
    assert (article.in_language.identifier, article.is_part_of.engine) == ("tr", "mediawiki")


def test_the_only_title_may_stand_in_the_inner_document() -> None:
    article = read("<div>bar</div><html><head><title>Inner</title></head><body><p>one</p></body></html>")
    assert article.title == "Inner"
    assert article.text == "bar\n\none"
    assert read("<p><svg><title>Icon</title></svg>one</p>").title is None


@pytest.mark.parametrize(
    "markup", ["<!-- c --><p>one", "<p>one</p>", "one<br>two", "<svg><text>one</text></svg>", "</p>one"]
)
def test_fragments_are_markup(markup: str) -> None:
    assert "<" not in clean(markup).text
    assert not page_of(markup, None, None).page.plain


@pytest.mark.parametrize("text", ["One line.", "a < b > c", "<sic> he said", "Mail <aske@orra.example> now.", "1 <- 2"])
def test_text_with_brackets_is_none(text: str) -> None:
    assert page_of(text, None, None).page.plain
    assert page_of(text.encode(), None, None).page.plain


def test_the_type_decides_where_it_is_given() -> None:
    assert page_of("<p>one</p>", None, "text/plain").page.plain
    assert not page_of("one", None, "text/html").page.plain
    assert not page_of("one", None, "application/xhtml+xml; charset=utf-8").page.plain
    with pytest.raises(CleanError, match="image/png"):
        page_of(b"x", None, "image/png")


def test_halves_of_characters() -> None:
    assert clean("<p>one \ud83d\ude00 two \ud800 three</p>").text == "one 😀 two \ufffd three"


def test_comments_are_seen_with_their_places() -> None:
    page = page_of(
        "<!-- a --><html><!-- b --><body><p>x</p><!-- c --><p>y</p></body><!-- d --></html><!-- e -->", None, None
    ).page
    assert [words for _, words in page.comments[:3]] == [" b ", " c ", " d "]
    assert {words for _, words in page.comments} == {" a ", " b ", " c ", " d ", " e "}
    (place,) = [at for at, words in page.comments if words == " c "]
    assert page.words_of(place) == "y"


def test_deep_elements_lose_no_words() -> None:
    # turbohtml nests as deep as Blink and WebKit do, 512 elements; what is deeper stands side by side
    article = read("<div>one " * 2000 + "<h2>two</h2>" + "</div>" * 2000 + "<p>three</p>", cleaners=())
    assert article.text.split() == ["one"] * 2000 + ["two", "three"]


def test_what_is_claimed_is_asked_anew_after_each_claim() -> None:
    page: Page = page_of("<div><p><b>one</b></p><p>two</p></div>", None, None).page
    (bold,) = page.tagged("b")
    assert page.claimed(bold) is None
    assert page.claimed(bold + 1) is None
    claim = page.claim(page.tagged("p")[0], "removed", "test")
    assert page.claimed(bold) is claim
    assert page.claimed(page.tagged("p")[1]) is None
    page.root = page.tagged("p")[0]
    assert page.claimed(bold) is None
