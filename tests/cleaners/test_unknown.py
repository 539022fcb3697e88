"""Pages that no profile knows: where the article is, what its title is, what is chrome, and what only looks so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean

PROSE = (
    "<p>The weir was built of slate by the women of Upper Tarn, and has been mended by their daughters ever since.</p>"
)
MORE = "<p>In a dry year it can be crossed on foot, with a pole, by anybody who is not afraid of the parson's dog.</p>"
LINKS = '<ul><li><a href="/a">Alpha</a></li><li><a href="/b">Beta</a></li><li><a href="/c">Gamma</a></li></ul>'
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def cleaned(body: str, title: str = "Stone weir | Tarn pages") -> Article:
    return clean(
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body>{body}</body></html>",
        url="https://tarn.example/weir",
    )


def reasons(article: Article) -> set[str]:
    return {entry.reason for entry in article.removed}


# -- where the article is


@pytest.mark.parametrize(
    ("page", "flag"),
    [
        (f"<div>{LINKS}</div><main><h1>Stone weir</h1>{PROSE}{MORE}</main>", "content-root-by-landmark"),
        (
            f"<div>{LINKS}</div><div class=page-content><h1>Stone weir</h1>{PROSE}{MORE}</div>",
            "content-root-by-landmark",
        ),
        (f"<div>{LINKS}</div><div><div><h1>Stone weir</h1>{PROSE}{MORE}</div></div>", "content-root-by-trafilatura"),
        (f"{LINKS}<h1>Stone weir</h1>{PROSE}{MORE}", "content-root-is-body"),
    ],
)
def test_the_root_is_found_and_the_flag_says_how(page: str, flag: str) -> None:
    article = cleaned(page)
    assert flag in article.quality.flags
    assert article.text.startswith("The weir was built")
    assert article.text.endswith("parson's dog.")


def test_teasers_are_no_article() -> None:
    teasers = "".join(f"<article><h3>Post {n}</h3><p>Something short.</p></article>" for n in range(4))
    article = cleaned(f"<div class=text>{PROSE}{MORE}</div><div class=teasers>{teasers}</div>")
    assert "The weir was built" in article.text
    assert "Something short" not in article.text


def test_a_landmark_that_holds_little_is_not_believed() -> None:
    article = cleaned(
        f"<div><h1>Stone weir</h1>{PROSE}{MORE}{PROSE}</div><main><p>Nothing is here yet, sorry.</p></main>"
    )
    assert article.text.count("The weir was built") == 2


def test_tables_code_and_lists_are_read_that_trafilatura_drops() -> None:
    table = "<table><tr><th>Year</th><th>Stones</th></tr><tr><td>1804</td><td>40</td></tr></table>"
    article = cleaned(
        f"<div>{LINKS}</div><div><div><h1>Stone weir</h1>{PROSE}{table}<pre>x = 1</pre>{MORE}</div></div>"
    )
    assert "1804\t40" in article.text
    assert len(article.tables) == len(article.code) == 1


def test_trafilatura_keeps_no_state_between_pages() -> None:
    pages = [f"<div>{LINKS}</div><div><div><h1>Weir {n % 3}</h1>{PROSE}{MORE}</div></div>" for n in range(12)]
    first = [cleaned(page).to_dict() for page in pages]
    again = [cleaned(page).to_dict() for page in reversed(pages)]
    for article in (*first, *again):
        del article["provenance"]
    assert first == again[::-1]


def test_trafilatura_is_not_imported_where_a_landmark_holds() -> None:
    code = (
        "import sys; from wikiglean import clean; "
        f"clean('''<main><h1>x</h1>{PROSE}{MORE}</main>'''); print('trafilatura' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code.replace("parson's", "parson")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_a_page_that_trafilatura_can_not_take_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    article = cleaned(f"<div>{LINKS}</div><div><div><h1>Stone weir</h1>{PROSE}{MORE}</div></div>")
    assert "trafilatura-failed" in article.quality.flags
    assert "The weir was built" in article.text


# -- the title


@pytest.mark.parametrize(
    ("title", "body", "wanted"),
    [
        ("Stone weir | Tarn pages", "<h1><a href=/>Tarn pages</a></h1><div id=text><h2>Stone weir</h2>", "Stone weir"),
        ("Tarn pages - Stone weir", "<div id=logo>Tarn pages</div><h1>Stone weir</h1><div>", "Stone weir"),
        ("StoneWeir - TarnWiki", "<h1>Stone Weir</h1><div>", "Stone Weir"),
        ("water:stone_weir [Tarn]", "<div><h1>The weir of stone</h1>", "The weir of stone"),
        ("2.4 Stone weir (Manual of waters)", "<div><h3>2.4 Stone weir</h3>", "2.4 Stone weir"),
        ("Stone weir — Tarn pages", "<div class=title>Stone weir</div><div>", "Stone weir"),
        ("Stone weir", "<div><b>Stone weir</b><br>", "Stone weir"),
        ("Stone weir · Tarn", "<div id=logo>Tarn</div><div>", "Stone weir"),
        ("Stone weir - Tarn (Archive)", "<header><h1><a href=/>Tarn</a></h1></header><main>", "Stone weir"),
    ],
)
def test_title_is_what_head_and_headings_agree_on(title: str, body: str, wanted: str) -> None:
    article = cleaned(f"{body}{PROSE}{MORE}</div>", title)
    assert article.title == wanted
    assert wanted not in article.text


def test_a_site_in_the_shown_title_is_taken_off() -> None:
    crumb = '<div><a href="/">Tarn pages</a> &gt; here</div>'
    article = cleaned(f"{crumb}<main><h1>Tarn pages : Stone weir</h1>{PROSE}{MORE}</main>", "Tarn pages : Stone weir")
    assert (article.title, article.is_part_of.name) == ("Stone weir", "Tarn pages")


# -- chrome


@pytest.mark.parametrize(
    "chrome",
    [
        f"<nav>{LINKS}</nav>",
        "<footer>All that is old is ours.</footer>",
        f"<div class=siteNav-top>{LINKS}</div>",
        f"<div role=complementary>{PROSE}</div>",
        "<div class=breadcrumbs><a href=/>Start</a> &gt; Weirs</div>",
        "<div class=share><a href=#>Tell a friend of it</a></div>",
        "<div class=comment-list><p>I have seen the dog, and it is not a large one at all, believe me.</p></div>",
        "<div class=cookieNotice><p>We bake small things and leave them with you, which you may refuse.</p></div>",
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_chrome_by_tag_role_and_name_goes(chrome: str, place: str) -> None:
    inside = f"{chrome}{PROSE}{MORE}" if place == "before" else f"{PROSE}{MORE}{chrome}"
    article = cleaned(f"<main><h1>Stone weir</h1>{inside}</main>")
    assert article.text == cleaned(f"<main><h1>Stone weir</h1>{PROSE}{MORE}</main>").text


@pytest.mark.parametrize(
    "content",
    [
        '<section id="search"><h2>Search</h2><p>They searched for the dog until noon.</p></section>',
        '<h2 id="navigation">Navigation</h2><p>Boats keep to the left of the stones.</p>',
        "<p>Built in <span class=date>1804</span> by hand.</p>",
        "<pre>x <span class=comment>-- not a comment of a reader</span></pre>",
        "<div class=footnotes-area><p>What the miller said of it.</p></div>",
        "<div class=warning><p>Mind the dog.</p></div>",
        "<p>See <a href=/a>Alpha</a> and <a href=/b>Beta</a>.</p>",
    ],
)
def test_what_only_looks_like_chrome_stays(content: str) -> None:
    article = cleaned(f"<main><h1>Stone weir</h1>{PROSE}{content}{MORE}</main>")
    assert reasons(article) == set()


def test_names_lie_where_the_article_is_inside() -> None:
    article = cleaned(f"<div id=sidebar-wrapper class=menu><h1>Stone weir</h1>{PROSE}{MORE}</div><div>{LINKS}</div>")
    assert article.text.startswith("The weir was built")


def test_a_table_of_contents_is_told_by_where_its_links_lead() -> None:
    toc = '<div><p>What is in it</p><ul><li><a href="#a">Slate</a></li><li><a href="#b">The dog</a></li></ul></div>'
    body = f"<main><h1>Stone weir</h1>{PROSE}{toc}<h2 id=a>Slate</h2>{MORE}<h2><a name=b></a>The dog</h2>{PROSE}</main>"
    article = cleaned(body)
    assert [section.title for section in article.sections] == ["", "Slate", "The dog"]
    assert article.text.count("Slate") == article.text.count("The dog") == 1


@pytest.mark.parametrize(
    "heading",
    ["Slate <a href=#s>¶</a>", "Slate [<a href=/e>edit</a>]", "Slate <span>(<a href=/e>Bearbeiten</a>)</span>"],
)
def test_links_at_headings_go(heading: str) -> None:
    article = cleaned(f"<main><h1>Stone weir</h1>{PROSE}<h2 id=s>{heading}</h2>{MORE}</main>")
    assert [section.title for section in article.sections if section.title] == ["Slate"]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Last modified 3 May 2004 by Olm</p>",
        "<div>Zuletzt geändert: 3.5.2004</div>",
        "<div>最終更新: 2004年5月3日</div>",
        '<div><a href="/">Home</a> | <a href="/h">Help</a> | <a href="/r">Recent changes</a></div>',
        '<p>[ <a href="1">previous</a> ] [ <a href="2">1</a> ] [ <a href="3">2</a> ] [ <a href="4">next</a> ]</p>',
        "<div>tarn/weir.txt · Last modified: 2004/05/03 10:00</div>",
        "<small>Powered by TarnWiki 2.0</small>",
    ],
)
def test_lines_of_the_frame_go_at_the_end_and_stay_in_the_middle(line: str) -> None:
    end = cleaned(f"<main><h1>Stone weir</h1>{PROSE}{MORE}{line}</main>")
    assert end.text.endswith("parson's dog.")
    middle = cleaned(f"<main><h1>Stone weir</h1>{PROSE}{line}{MORE}</main>")
    assert len(middle.text) > len(end.text)


def test_a_heading_over_comments_goes_with_them() -> None:
    comments = "<h2>Voices</h2><div class=comments><p>I was there, and it was wetter than you say, my dear.</p></div>"
    article = cleaned(f"<main><h1>Stone weir</h1>{PROSE}{MORE}{comments}</main>")
    assert "Voices" not in article.text
    assert {"reader comments", "heading of what was removed"} <= reasons(article)


def test_nothing_is_lost() -> None:
    for page in sorted(FIXTURES.glob("unknown*/*.html")):
        quality = clean(page.read_bytes()).quality
        assert quality.visible == quality.in_text + quality.structured + quality.removed + quality.substituted


@pytest.mark.parametrize("name", ["widget", "side-bar-item", "module", "comment"])
def test_page_of_nothing_but_boxes_is_not_empty(name: str) -> None:
    parts = ("<h1>Stone weir</h1>", PROSE + MORE, "<h2>In a dry year</h2>", MORE + PROSE)
    boxes = "".join(f'<div class="{name}">{part}</div>' for part in parts)
    article = cleaned(f'<nav>{LINKS}</nav><div>{boxes}</div><div class="footer">Tarn pages</div>')
    assert article.title == "Stone weir"
    assert [section.title for section in article.sections] == ["", "In a dry year"]
    assert article.text.count("slate") == article.text.count("dog") == 2
    assert "Tarn pages" not in article.text
