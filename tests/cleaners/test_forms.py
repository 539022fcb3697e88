"""Forms that a browser takes apart."""

from __future__ import annotations

from wikiglean.cleaners import clean

PROSE = "<p>The ferry over the sound has had two boats since the bridge at Ilmo fell into the water.</p>"
ROWS = "<tr><td>Your name:</td><td><input></td></tr><tr><td>What is three and four?</td><td><input></td></tr>"


def text(body: str) -> str:
    return clean(f'<main id="content"><h1>Ferry</h1>{PROSE * 3}{body}</main>').text


def test_form_that_opens_between_a_table_and_its_rows_takes_the_table() -> None:
    assert text(f"<h3>Write to us</h3><table><form>{ROWS}</form></table>") == text("")
    assert text(f"<table><tbody><form>{ROWS}</form></tbody></table>") == text("")


def test_table_that_only_has_such_a_form_in_a_row_stays() -> None:
    table = f"<table><tr><td>{PROSE * 3}</td></tr><form><tr><td><input></td></tr></form></table>"
    assert len(text(table)) > 1.5 * len(text(""))
