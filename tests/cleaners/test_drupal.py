"""Drupal's pages that are no single article: lists of nodes, landing pages of blocks; and articles beside teasers."""

from __future__ import annotations

from wikiglean.cleaners import clean

PAGE = """<title>{title} | Ferry town</title><body class="html not-logged-in {classes}">
<div id="site-name">Ferry town</div>{}</body>"""
TEASER = """<div class="node node-teaser" id="node-{n}"><h2 class="title"><a href="/n{n}">{name} lamp</a></h2>
<span class="submitted">by Jo</span><div class="content"><p>The {name} lamp was of tin.</p></div>
<ul class="links"><li>Read more</li></ul></div>"""


def titles(text: str) -> list[str]:
    return [section.title for section in clean(text).sections if section.title]


def test_list_of_nodes_is_read_as_a_whole() -> None:
    nodes = TEASER.format(n=1, name="First") + TEASER.format(n=2, name="Second")
    page = PAGE.format(
        f'<div id="content"><h1 class="title">Lamps</h1>{nodes}</div>', title="Lamps", classes="page-blog"
    )
    article = clean(page)
    assert (article.title, titles(page)) == ("Lamps", ["First lamp", "Second lamp"])
    assert "The Second lamp was of tin." in article.text
    assert "Read more" not in article.text
    assert "by Jo" not in article.text


def test_landing_page_keeps_its_blocks_of_views() -> None:
    block = '<div class="block block-views"><h2>News</h2><p>The ferry has a bell from Hesper.</p></div>'
    main = '<div id="block-system-main" class="block block-system"></div>'
    page = PAGE.format(
        f'<div class="region region-content">{main}{block}</div>', title="Welcome", classes="front page-node"
    )
    assert "The ferry has a bell from Hesper." in clean(page).text


def test_article_beside_teasers_is_alone() -> None:
    node = '<div class="node node-full" id="node-9"><p>The lamp of the ferry has three wicks.</p></div>'
    side = "".join(f'<div class="views-row">{TEASER.format(n=n, name=f"No. {n}")}</div>' for n in range(1, 6))
    inner = f'<div id="block-system-main">{node}</div><div class="block"><div class="view-content">{side}</div></div>'
    page = PAGE.format(f'<div class="region region-content">{inner}</div>', title="Lamp", classes="page-node-")
    assert clean(page).text == "The lamp of the ferry has three wicks."


def test_page_about_format_tips_keeps_them_and_a_form_does_not() -> None:
    tips = '<ul class="tips"><li>Lines and paragraphs break automatically.</li></ul>'
    page = PAGE.format(
        f'<div id="content"><h1 class="title">Tips</h1>{tips}</div>', title="Tips", classes="page-filter"
    )
    assert "Lines and paragraphs break automatically." in clean(page).text
    node = '<div class="node" id="node-9"><p>The lamp has three wicks.</p></div>'
    page = PAGE.format(
        f"<div id=content>{node}<form><fieldset>{tips}</fieldset></form></div>", title="Lamp", classes=""
    )
    assert "break automatically" not in clean(page).text
