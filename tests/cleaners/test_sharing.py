"""Buttons of social networks that no profile knows the names of."""

from __future__ import annotations

import pytest

from wikiglean.cleaners import clean

TWEET = '<a href="https://twitter.com/intent/tweet?url=https://sound.example/ferry">{}</a>'
LIKE = '<a href="https://www.facebook.com/sharer/sharer.php?u=https://sound.example/ferry">Facebook</a>'
MAIL = '<a href="mailto:?subject=The ferry">Mail</a>'
PROSE = "<p>The ferry over the sound has had two boats since the bridge at Ilmo fell.</p>"


def text(bar: str) -> str:
    return clean(f'<main><h1>Ferry</h1>{PROSE}{bar}<p>See <a href="/boats">the boats</a>.</p></main>').text


@pytest.mark.parametrize(
    "bar",
    [
        f"<div>Tell your friends: {TWEET.format('Twitter')} | {LIKE} | {MAIL}</div>",
        f"<ul><li>{TWEET.format('Tweet')}</li><li>{LIKE}</li></ul>",
        f"<div><strong>Share</strong><br>{TWEET.format('')}{LIKE}</div>",
        f"<p>{LIKE}</p>",
        '<a href="javascript:window.print()">Print</a>',
        '<a href="whatsapp://send?text=ferry">WhatsApp</a>',
    ],
)
def test_bar_is_removed_with_its_label(bar: str) -> None:
    assert text(bar) == text("")


def test_only_the_button_is_removed_from_a_sentence() -> None:
    assert "Write to the harbour master, or ." in text(
        f"<p>Write to the harbour master, or {TWEET.format('tweet')}.</p>"
    )


@pytest.mark.parametrize(
    "link",
    [
        TWEET.format("The ferry has carried nobody but goats since the autumn of the flood"),
        '<a href="https://twitter.com/ferry/status/3">Twitter</a>',
        '<a href="https://www.facebook.com/soundferry">Facebook</a>',
        '<a href="mailto:ferry@sound.example">Mail</a>',
        '<a href="https://en.example/wiki/Share">Share</a>',
    ],
)
def test_other_links_stay(link: str) -> None:
    words = link.partition(">")[2].removesuffix("</a>")
    assert f"The goats are told on {words} first." in text(f"<p>The goats are told on {link} first.</p>")
