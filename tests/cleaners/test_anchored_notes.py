"""Footnotes that are joined by links alone, as different programs print them."""

from __future__ import annotations

import pytest

from wikiglean.cleaners import clean

WORDS = "The weir was built of slate by the women of Upper Tarn"


@pytest.mark.parametrize(
    ("marker", "notes"),
    [
        (  # Pandoc
            '<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a>',
            '<section><hr><ol><li id="fn1"><p>Parish book.<a href="#fnref1">↩︎</a></p></li></ol></section>',
        ),
        (  # docutils
            '<a class="ref" href="#id2" id="id1">[1]</a>',
            '<dl><dt id="id2"><span>[<a href="#id1">1</a>]</span></dt><dd><p>Parish book.</p></dd></dl>',
        ),
        (  # texinfo
            '<a id="DOCF1" href="#FOOT1"><sup>1</sup></a>',
            '<hr><h4>Footnotes</h4><h5><a id="FOOT1" href="#DOCF1">(1)</a></h5><p>Parish book.</p>',
        ),
        (  # word processors
            '<a href="#_ftn1" name="_ftnref1">[1]</a>',
            '<hr><p><a href="#_ftnref1" name="_ftn1">[1]</a> Parish book.</p>',
        ),
        (  # by hand, without a way back
            '<sup><a href="#n1">1</a></sup>',
            '<hr><p><a name="n1">1.</a> Parish book.</p>',
        ),
        (  # brackets around the link
            '[<a href="#n1">*</a>]',
            '<hr><p id="n1">* Parish book.</p>',
        ),
        (  # the page's whole address
            '<a href="https://tarn.example/weir#n1" id="m1">1</a>',
            '<table><tr id="n1"><td><a href="#m1">1</a></td><td>Parish book.</td></tr></table>',
        ),
    ],
)
def test_a_marker_and_the_block_that_answers(marker: str, notes: str) -> None:
    page = f"<title>Weir</title><main><h1>Weir</h1><p>{WORDS}.{marker} It stands.</p>{notes}</main>"
    article = clean(page, url="https://tarn.example/weir")
    assert article.text == f"{WORDS}. It stands."
    assert [(note.text, note.resolved) for note in article.references] == [("Parish book.", True)]
    assert [(cite.start, cite.reference) for cite in article.citations] == [
        (len(WORDS) + 1, article.references[0].identifier)
    ]


def test_a_note_that_is_cited_twice_is_one() -> None:
    markers = '.<sup><a href="#n1" id="b1">1</a></sup> It stands.<sup><a href="#n1" id="b2">1</a></sup>'
    article = clean(f'<main><p>{WORDS}{markers}</p><ol><li id="n1"><a href="#b1">^</a> Parish book.</li></ol></main>')
    assert (len(article.references), len(article.citations)) == (1, 2)


@pytest.mark.parametrize(
    "page",
    [
        # numbered sections in a list of links
        '<ul><li><a href="#s1">1</a></li></ul><h2 id="s1">1 Slate</h2><p>All of it.</p>',
        # a link to a paragraph that does not answer
        f'<p>{WORDS}, see <a href="#p2">2</a>.</p><p id="p2">Another paragraph altogether.</p>',
        # a year
        f'<p>{WORDS} in <a href="#y">1804</a>.</p><p id="y">1804 was a dry year.</p>',
    ],
)
def test_other_links_are_no_markers(page: str) -> None:
    article = clean(f"<main>{page}</main>")
    assert (article.citations, article.references) == ((), ())
