"""Titles of sites whose themes mark them as they like: a heading that says what the document's title says."""

from __future__ import annotations

import pytest

from wikiglean.cleaners import clean

NODE = '<div class="node" id="node-3"><div class="content"><p>Two lamps call the ferry over the water.</p></div></div>'
FRAME = """<title>Ferry lamp | Night Reader</title><body class="not-logged-in"><h1><a href="/">Night Reader</a></h1>{}
<h2 class="title">Navigation</h2>{}<h2 class="title">Recent posts</h2></body>"""


@pytest.mark.parametrize("shown", ["<h1>Ferry lamp</h1>", "<h2>Ferry lamp</h2>", '<h3 class="any">Ferry  lamp</h3>'])
def test_heading_is_the_title(shown: str) -> None:
    article = clean(FRAME.format(shown, NODE))
    assert article.title == "Ferry lamp"
    assert "Ferry lamp" not in article.text
    assert not any("Ferry" in removed.text for removed in article.removed)


def test_document_title_where_no_heading_says_it() -> None:
    article = clean(FRAME.format("", NODE))
    assert article.title == "Ferry lamp"
    assert article.is_part_of.name == "Night Reader"


def test_title_in_removed_surroundings_is_kept_as_title() -> None:
    page = FRAME.format('<div id="header"><h1 class="title">Ferry lamp</h1><p>Lamps and oil</p></div>', NODE)
    article = clean(page)
    assert article.title == "Ferry lamp"
    assert [removed.text for removed in article.removed if "Lamps and oil" in removed.text]
    assert not any("Ferry lamp" in removed.text for removed in article.removed)


def test_a_name_without_spaces_is_shown_by_a_heading_with_spaces() -> None:
    head = "<title>FerrymansLamp &lt; Night &lt; Foswiki</title><meta name=WEBTOPIC content=FerrymansLamp>"
    article = clean(f"{head}<h2>Ferryman's lamp</h2><p>It burns oil.</p><h2>Ferrymans lamp</h2><p>And again.</p>")
    assert article.title == "Ferryman's lamp"
    assert article.text == "It burns oil.\n\nFerrymans lamp\n\nAnd again."


def test_heading_below_the_article_is_not_the_title() -> None:
    post = '<div class="post"><div class="top"><h2>Ferry lamp</h2></div><div class="entry"><p>Two lamps.</p></div>'
    page = f"<title>Ferry lamp | Night Reader</title>{post}<h3>No comments</h3></div>"
    assert clean(f'<meta name="generator" content="WordPress 2.5">{page}').title == "Ferry lamp"


@pytest.mark.parametrize(
    "name", ["Ferry lamp - Night Reader - Night Reader", "Ferry lamp | Night Reader | Night Reader"]
)
def test_name_of_the_site_printed_twice_is_no_part_of_the_title(name: str) -> None:
    post = (
        '<article class="post type-post"><h3>Ferry lamp</h3><p>Two lamps call the ferry over the water.</p></article>'
    )
    article = clean(f'<meta name="generator" content="WordPress 3.5"><title>{name}</title>{post}')
    assert (article.title, article.text) == ("Ferry lamp", "Two lamps call the ferry over the water.")
    assert (
        clean(f'<meta name="generator" content="WordPress 3.5"><title>{name}</title><p>Two.</p>').title == "Ferry lamp"
    )


@pytest.mark.parametrize(
    ("document", "title"),
    [("Boats : Ferry lamp", "Ferry lamp"), ("Boats : Ferry lamp - Harbour - Fjord works", "Boats : Ferry lamp")],
)
def test_colon_divides_site_and_title_only_where_the_document_says_no_more(document: str, title: str) -> None:
    heading = '<h1 id="title-heading" class="pagetitle"><span id="title-text">Boats : Ferry lamp</span></h1>'
    page = f'<title>{document}</title>{heading}<div id="main-content" class="wiki-content"><p>Two lamps.</p></div>'
    assert clean(page).title == title
