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
