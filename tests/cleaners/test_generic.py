"""What consent, share, comment and CAPTCHA tools print goes from every page; sections about such things stay."""

from __future__ import annotations

import pytest

from wikiglean.cleaners import EngineProfile, clean
from wikiglean.cleaners.profiles import ContentRules, Recognition

BOXES = {
    "cookie banner": '<div id="onetrust-consent-sdk"><p>{}</p></div>',
    "cookie banner, by class": '<div class="cc-window cc-banner"><p>{}</p></div>',
    "share buttons": '<div class="addtoany_share_save_container"><a href="#">{}</a></div>',
    "related posts": '<div id="jp-relatedposts"><h3>{}</h3></div>',
    "newsletter": '<div id="mc_embed_signup"><h2>{}</h2></div>',
    "advertisement": '<ins class="adsbygoogle">{}</ins>',
    "translation": '<div id="google_translate_element">{}</div>',
    "back to top": '<a id="back-to-top" href="#">{}</a>',
    "breadcrumb": '<ol itemtype="https://schema.org/BreadcrumbList"><li>{}</li></ol>',
    "comments": '<div id="disqus_thread"><p>{}</p></div>',
    "CAPTCHA": '<div class="h-captcha"><p>{}</p></div>',
}
PROSE = "<p>The lamp of the ferry was lit at dusk by the youngest of the crew, who was paid in oil.</p>"


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_box_goes(box: str) -> None:
    words = "Zebra words"
    page = f"<title>Ferry lamp</title><main><h1>Ferry lamp</h1>{PROSE * 4}{box.format(words)}{PROSE}</main>"
    article = clean(page)
    assert words not in article.text
    assert any(words in removed.text for removed in article.removed)


@pytest.mark.parametrize(
    "slug",
    ["captcha", "cookie-banner", "respond", "comment-form", "commento", "newsletter-signup", "breadcrumbs", "skip-link",
     "back-to-top", "loginform", "klaro", "giscus", "cookie-consent"],
)  # fmt: skip
def test_section_with_the_id_of_a_tool_stays(slug: str) -> None:
    title = slug.replace("-", " ")
    page = f'<title>Words</title><main><h1>Words</h1>{PROSE * 4}<h2 id="{slug}">{title}</h2>{PROSE}</main>'
    assert [section.title for section in clean(page).sections if section.title] == [title]


FERRY = EngineProfile(
    name="ferry",
    title="Ferry",
    recognise=Recognition(any_of=("main",)),
    content=ContentRules(root=("main",)),
)
"""A known engine, so that nothing is looked for by the names that unknown sites give to their parts."""


def test_classes_that_authors_use_stay() -> None:
    names = (
        "comment",
        "comments",
        "share",
        "tags",
        "related",
        "note",
        "sidebar",
        "widget",
        "ad",
        "social",
        "search",
        "login",
    )
    inner = "".join(f'<div class="{name}"><p>{name} of the ferry and its crew.</p></div>' for name in names)
    text = clean(f"<title>Ferry</title><main><h1>Ferry</h1>{PROSE * 30}{inner}</main>", profiles=[FERRY]).text
    assert [name for name in names if f"{name} of the ferry" not in text] == []


def test_a_table_of_contents_that_is_all_of_a_page_stays() -> None:
    entries = "".join(f'<dt><a href="c{n}.html">Chapter {n} of the ferry book</a></dt>' for n in range(9))
    listed = f'<div class="toc"><dl>{entries}</dl></div>'
    alone = clean(f"<title>Ferry book</title><div class=chapter><h1>Ferry book</h1>{listed}</div>")
    assert "Chapter 3 of the ferry book" in alone.text
    beside = clean(f"<title>Ferry book</title><div class=chapter><h1>Ferry book</h1>{listed}{PROSE * 9}</div>")
    assert "Chapter 3 of the ferry book" not in beside.text
