"""Fragments: small pieces of HTML with no site around them. Nothing of their author's words may vanish."""

from __future__ import annotations

import pytest

from wikiglean.cleaners import clean

MILL = "The mill stands on the river since 1823, and the miller's family lived there until the flood."


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>Short words only.</p>", "Short words only."),
        (f"<p>{MILL}</p>", MILL),
        ("<b>Bold</b> and <i>thin</i>", "Bold and thin"),
        ("<h2>Kelp</h2>", "Kelp"),
        ("<h2>First</h2><h2>Second</h2>", "First\n\nSecond"),
        ("<ul><li>One</li><li><a href=/b>Two</a></li></ul>", "One\nTwo"),
        ("<ul><li><a href=/a>One</a></li><li><a href=/b>Two</a></li></ul>", "One\nTwo"),
        (
            "<table><tr><th>Year</th><th>Boats</th></tr><tr><td>1901</td><td>12</td></tr></table>",
            "Year\tBoats\n1901\t12",
        ),
        ("<table><caption>Boats</caption><tr><td>1</td></tr></table>", "Boats\n\n1"),
        ("<dl><dt>Keel</dt><dd>Its spine</dd></dl>", "Keel\nIts spine"),
        ("<pre>x = 1\ny = 2</pre>", "x = 1\ny = 2"),
        ("<blockquote>To sea or not.</blockquote>", "To sea or not."),
        ("<figure><img src=a.png><figcaption>A boat</figcaption></figure>", "A boat"),
        ("<h2>See also</h2><ul><li><a href=/k>Keel</a></li></ul>", "See also\n\nKeel"),
        ("<p>Home</p>", "Home"),
        ("<p>Search</p>", "Search"),
        ("<p>Contents</p>", "Contents"),
        ("<p><a href=/>Home</a></p>", "Home"),
        ("<p>12 May 1999</p>", "12 May 1999"),
        ("<p>Tags: a, b, c</p>", "Tags: a, b, c"),
        ("<p>Last modified: yesterday by Tom.</p>", "Last modified: yesterday by Tom."),
        ("<p>Copyright 1999 by the author.</p>", "Copyright 1999 by the author."),
        ("<p>Why<a href=/w>?</a></p>", "Why?"),
        ("<nav><a href=/a>One</a> <a href=/b>Two</a></nav>", "One Two"),
        ("<aside>Remember the tide.</aside>", "Remember the tide."),
        ("<footer>Words of the author.</footer>", "Words of the author."),
        ("<div class=menu><p>Soup, 3 crowns. Bread, 1 crown.</p></div>", "Soup, 3 crowns. Bread, 1 crown."),
        ("<div class=comment>A remark on the boats.</div>", "A remark on the boats."),
        (f"<p>{MILL}</p><p>12 May 1999</p>", f"{MILL}\n\n12 May 1999"),
        (f"<p>{MILL}</p><aside>Mind the step.</aside>", f"{MILL}\n\nMind the step."),
        (f"<p>© 2020 Anna Boat</p><p>{MILL}</p>", f"© 2020 Anna Boat\n\n{MILL}"),
        (f"<div class=see>See the mill</div><p>{MILL}</p>", f"See the mill\n\n{MILL}"),
        (f"<p>By Tom</p><p>{MILL}</p><p>Posted by Tom</p>", f"By Tom\n\n{MILL}\n\nPosted by Tom"),
    ],
)
def test_all_words_of_a_fragment_are_text(fragment: str, text: str) -> None:
    assert clean(fragment).text == text


def test_the_heading_of_a_fragment_is_its_title() -> None:
    article = clean("<header><h1>Kelp</h1><p>By Tom</p></header><p>Kelp is brown.</p>")
    assert (article.title, article.text) == ("Kelp", "By Tom\n\nKelp is brown.")


@pytest.mark.parametrize("chrome", ["<p><a href=/n>Next &gt;</a></p>", "<div class=navbar><a href=/a>One</a></div>"])
def test_links_of_a_site_go_from_a_fragment_too(chrome: str) -> None:
    assert clean(f"<p>{MILL}</p>{chrome}").text == MILL


def test_a_small_page_with_a_head_is_no_fragment() -> None:
    assert clean(f"<title>The mill</title><h1>The mill</h1><p>{MILL}</p><p>12 May 1999</p>").text == MILL


def test_a_tag_that_is_none_of_blocks_makes_markup_of_a_text() -> None:
    assert clean("<kbd>Go</kbd>").text == "Go"
