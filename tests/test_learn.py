"""Learning a site's profile: the two small sites of the fixtures, and what must not be learned."""

from __future__ import annotations

from pathlib import Path

import pytest

from wikiglean.capture import Capture, SourceRecord
from wikiglean.cleaners import clean_capture
from wikiglean.cleaners.profiles import load_profile
from wikiglean.errors import ConfigurationError
from wikiglean.learn import learn_profile
from wikiglean.site_facts import skeleton

FIXTURES = Path(__file__).resolve().parent / "fixtures"
SITES = ("almanac", "museum")
ONLY_WITH_THE_PROFILE = {
    "almanac": (
        "Printed by the light of the moon",
        "FrostTides",
        "Frost Tides",
        "The moon stands",
        "Readers who know better",
    ),
    "museum": ("Das Haus ist von Mai bis Oktober", "Saalblatt"),
}
"""What is chrome there, and what a single page can't tell."""


def capture(body: str | bytes, url: str | None) -> Capture:
    data = body.encode() if isinstance(body, str) else body
    return Capture(url=url, body=data, source=SourceRecord(kind="bytes"), content_type="text/html")


def captures_of(site: str) -> list[Capture]:
    pages = sorted((FIXTURES / f"unknown-{site}").glob("*.html"))
    return [capture(page.read_bytes(), f"https://{site}.example/{page.name}") for page in pages]


def page(n: int, chrome: str = "", *, host: str = "tarn.example", head: str = "") -> Capture:
    words = f"<p>Weir number {n} was built by the women of parish {n * 7}, in a year that nobody wrote down.</p>"
    body = (
        f"<!doctype html><html><head>{head}<title>Weir {n} - Tarn</title></head><body>{chrome}<div id=mid>{words}</div>"
    )
    return capture(body, f"https://{host}/weir-{n}")


@pytest.mark.parametrize("site", SITES)
def test_what_is_learned_is_as_the_file_says(site: str) -> None:
    learned = learn_profile(captures_of(site))
    assert learned.pages == 4
    assert learned.toml == (FIXTURES / f"unknown-{site}" / "learned.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("site", SITES)
def test_the_profile_removes_what_a_single_page_can_not_tell(site: str) -> None:
    captures = captures_of(site)
    profile = load_profile(FIXTURES / f"unknown-{site}" / "learned.toml")
    for one in captures:
        before, after = clean_capture(one), clean_capture(one, profiles=[profile])
        assert after.is_part_of.engine == profile.name
        assert after.title == before.title
        assert [words for words in ONLY_WITH_THE_PROFILE[site] if words in after.text] == []
        assert any(words in before.text for words in ONLY_WITH_THE_PROFILE[site])
        quality = after.quality
        assert quality.visible == quality.in_text + quality.structured + quality.removed + quality.substituted


@pytest.mark.parametrize("site", SITES)
def test_the_examples_show_both(site: str) -> None:
    learned = learn_profile(captures_of(site))
    assert len(learned.examples) == 3
    for one in learned.examples:
        assert one.after.kept < one.before.kept
        assert one.after.removed > one.before.removed


def test_the_order_of_the_pages_changes_only_the_excerpts() -> None:
    def rules(captures: list[Capture]) -> list[str]:
        return [line.partition("  #")[0] for line in learn_profile(captures).toml.splitlines()]

    captures = captures_of("museum")
    assert rules(captures) == rules(captures[::-1])


def test_fewer_than_three_pages_are_too_few() -> None:
    with pytest.raises(ConfigurationError, match="too few"):
        learn_profile([page(1), page(2)])


def test_several_hosts_and_engines_are_said() -> None:
    pages = [page(n) for n in range(4)] + [page(9, host="other.example")]
    assert any("1 pages are of other hosts" in note for note in learn_profile(pages).notes)
    wiki = '<meta name="generator" content="MediaWiki 1.39">'
    pages = [page(n) for n in range(4)] + [page(n, head=wiki) for n in range(5, 8)]
    assert any("two engines on one host" in note for note in learn_profile(pages).notes)


def test_made_up_names_are_not_learned() -> None:
    pages = [
        page(n, f"<div id=box-3819 class='s{n}'><p>Open on Mondays, and on fair days.</p></div>") for n in range(5)
    ]
    assert "3819" not in learn_profile(pages).toml


def test_what_articles_share_by_chance_is_not_learned() -> None:
    inner = (
        "<h2 class=head>History</h2><p>Of weir {n} it is told that {n} oxen were drowned while it was being built.</p>"
    )
    pages = [capture(page(n).body + inner.format(n=n).encode(), f"https://tarn.example/{n}") for n in range(5)]
    assert "head" not in learn_profile(pages).toml.replace("header", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Last modified: 3 May 2004", "Last modified: 17 June 1999"),
        ("Page seen 12 times", "Page seen 4,001 times"),
    ],
)
def test_what_varies_is_left_out_of_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)
    assert skeleton(one) != skeleton("Something else altogether")
