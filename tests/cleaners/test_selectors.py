"""Selectors of profiles, answered from the page's index: against what turbohtml's own matching finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.parsing import page_of
from wikiglean.cleaners.profiles import bundled_profiles
from wikiglean.cleaners.selectors import _compiled, possible, select

HTML = """<title>x</title><div id="a" class="one two"><p class="one"><a href="/wiki.pl?back=Eel" title="List">Eel</a>
<a href="/wiki.pl?action=edit&amp;id=Oar" class="edit">?</a></p></div>
<div class="two"><p><a>no link</a><a href="">empty</a><a href="/x.css">x</a></p>
<form action="/cgi/wiki.pl"></form></div>"""

LOOKED_UP = [
    "a[href]",
    "a[href='/x.css']",
    "a[href^='/wiki.pl']",
    "a[href$='.css']",
    "a[href*='action=edit']",
    "a[href*='nowhere']",
    "a[href^='']",
    "a.edit[href*='id=']",
    "p.one > a[href*='back=']",
    "div > a[href]",
    "div.two a[href*='=']",
    "div.one.two > p.one",
    "form[action$='wiki.pl']",
    "#a a.edit",
]


@pytest.fixture(name="page", scope="module")
def fixture_page() -> Page:
    return page_of(HTML, None, None).page


@pytest.mark.parametrize("selector", LOOKED_UP)
def test_index_finds_what_the_tree_finds(page: Page, selector: str) -> None:
    assert _compiled(selector)[1] is not None, "a look-up is expected"
    in_tree = sorted(page.position(element) for element in page.tree.select(selector))
    assert select(page, selector) == in_tree


def test_inside_an_element_only(page: Page) -> None:
    first, second = (at for at in page.tagged("div"))
    assert [page.words_of(at) for at in select(page, "a[href]", first)] == ["Eel", "?"]
    assert [page.words_of(at) for at in select(page, "a[href$='.css']", second)] == ["x"]


@pytest.mark.parametrize("selector", ["div:has(> .nowhere)", ".nowhere > a:first-child", "#none:only-of-type a"])
def test_names_that_the_page_has_not_cost_no_walk(page: Page, selector: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def walked(*_: object) -> list[int]:
        raise AssertionError("the tree was walked")

    monkeypatch.setattr("wikiglean.cleaners.selectors._select_in_tree", walked)
    assert select(page, selector) == []


def test_a_class_that_must_not_be_there_need_not_be(page: Page) -> None:
    assert len(select(page, "p:not(.nowhere)")) == len(page.tagged("p"))


FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


@pytest.mark.parametrize("name", ["drupal6-zen/oil-seller", "ikiwiki/skerry", "mediawiki-vector/human-check"])
def test_what_matches_is_possible(name: str) -> None:
    page = page_of((FIXTURES / f"{name}.html").read_bytes(), None, None).page
    tried = everything = 0
    for profile in bundled_profiles():
        for table in (profile.chrome, profile.furniture, profile.forms):
            for selectors in table.values():
                likely = possible(page, selectors)
                assert [one for one in selectors if one in likely] == likely, "in their order"
                assert [one for one in selectors if select(page, one) and one not in likely] == []
                tried += len(likely)
                everything += len(selectors)
    assert tried < everything / 4
