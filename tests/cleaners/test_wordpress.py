"""WordPress' themes that leave out the usual frames: comments without a list's class, boxes of plug-ins in the text."""

from __future__ import annotations

import pytest

from wikiglean.cleaners import clean

PAGE = """<meta name="generator" content="WordPress 4.9"><title>Ferry lamp | Night Reader</title>
<article class="post type-post hentry"><h1 class="entry-title">Ferry lamp</h1>
<div class="{}"><p>Two lamps call the ferry over the water.</p>{}</div></article>"""


def test_comments_of_a_theme_without_their_usual_frame() -> None:
    comments = """<h4 id="comments-title">One reply to Ferry lamp</h4><ol>
    <li class="comment even depth-1" id="comment-3">
    <div class="comment-body"><p>My lamp has a green glass.</p></div></li>
    <li class="pingback"><p>Lamps</p></li></ol>"""
    article = clean(PAGE.format("text", comments))
    assert article.text == "Two lamps call the ferry over the water."
    assert {removed.reason for removed in article.removed if "lamp" in removed.text} >= {"reader comments"}


@pytest.mark.parametrize("box", ["wp-about-author-containter-top", "author-bio", "m-a-box", "simple-author-box"])
def test_box_about_the_author_is_no_section(box: str) -> None:
    article = clean(PAGE.format("entry-content", f'<div class="{box}"><h3>Jo Tolm</h3><p>Jo keeps goats.</p></div>'))
    assert article.text == "Two lamps call the ferry over the water."


def test_related_posts_go_with_their_heading() -> None:
    related = '<h4>You may like</h4><ul class="related_post"><li><a href="/goats">The goats of Ilmo</a></li></ul>'
    article = clean(PAGE.format("entry-content", related))
    assert article.text == "Two lamps call the ferry over the water."
    assert not [section.title for section in article.sections if section.title]


def test_page_that_is_all_widgets() -> None:
    widget = '<div class="elementor-widget"><div class="elementor-widget-container">{}</div></div>'
    parts = ("<h1>Ferry lamp</h1>", "<p>Two lamps call the ferry.</p>", "<h2>Oil</h2>", "<p>Nobody buys the oil.</p>")
    page = '<div data-elementor-type="wp-page">{}</div><div class="elementor-location-footer">Sund</div>'
    head = '<meta name="generator" content="WordPress 6.1"><title>Ferry lamp | Night Reader</title>'
    article = clean(head + page.format("".join(widget.format(part) for part in parts)))
    assert article.title == "Ferry lamp"
    assert article.text == "Two lamps call the ferry.\n\nOil\n\nNobody buys the oil."
