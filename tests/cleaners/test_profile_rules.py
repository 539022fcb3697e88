"""What single rules of a profile do, on pages of a few lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean
from wikiglean.cleaners.profiles import load_profile
from wikiglean.errors import ProfileError

HEAD = 'name = "tern"\ntitle = "Tern Wiki"\n'
RECOGNISE = '[recognise]\nany_of = ["#tern"]\n[content]\nroot = ["#tern"]\n'


def cleaned(tmp_path: Path, rules: str, body: str, head: str = "") -> Article:
    profile = tmp_path / "tern.toml"
    profile.write_text(HEAD + rules, encoding="utf-8")
    return clean(f"<html><head>{head}</head><body>{body}</body></html>", profiles=[profile])


def test_a_comment_is_evidence(tmp_path: Path) -> None:
    rules = '[recognise]\nany_of = ["<!--TernText-->", "<!-- other -->"]\n'
    assert cleaned(tmp_path, rules, "<!-- TernText 2 --><p>The ferry.</p>").is_part_of.engine == "tern"
    assert cleaned(tmp_path, rules, "<p>TernText</p>").is_part_of.engine is None


def test_heading_of_the_text_is_the_title_where_the_profile_says_so(tmp_path: Path) -> None:
    body = '<div id="tern"><h1>Boats</h1><p>Two.</p></div>'
    title = "<title>Ferry - Sound Wiki</title>"
    pattern = "document_title = ['^(?P<title>.+) - (?P<site>.+)$']\n"
    article = cleaned(tmp_path, RECOGNISE + pattern, body, title)
    assert (article.title, article.is_part_of.name) == ("Ferry", "Sound Wiki")
    assert [section.title for section in article.sections] == ["Boats"]
    article = cleaned(tmp_path, RECOGNISE + pattern + "own_heading = true\n", body, title)
    assert (article.title, article.is_part_of.name) == ("Boats", "Sound Wiki")


def test_many_headings_of_the_first_level_are_sections_unless_one_is_named_as_the_page(tmp_path: Path) -> None:
    body = '<div id="tern"><h1>Boats</h1><p>2</p><h1>The Crew</h1><p>3</p><h1>Tolls</h1><p>4</p></div>'
    article = cleaned(tmp_path, RECOGNISE, body, "<title>Ferry - Sound</title>")
    assert (article.title, len(article.sections)) == ("Ferry", 3)
    article = cleaned(tmp_path, RECOGNISE, body, "<title>TheCrew - Sound</title>")
    assert article.title == "The Crew"


def test_a_page_without_any_title_has_that_of_the_heading_it_begins_with(tmp_path: Path) -> None:
    own = RECOGNISE + "own_heading = true\n"
    assert cleaned(tmp_path, RECOGNISE, '<div id="tern"><h3>Tolls</h3><p>Half.</p></div>').title is None
    assert cleaned(tmp_path, own, '<div id="tern"><h3>Tolls</h3><p>Half.</p></div>').title == "Tolls"
    assert cleaned(tmp_path, own, '<div id="tern"><p>Half.</p><h3>Tolls</h3></div>').title is None


@pytest.mark.parametrize("rule", ['category_names = ["Category\\\\w+"]', 'category_links = ["a.cat"]'])
def test_links_in_the_last_line_are_categories_and_others_words(tmp_path: Path, rule: str) -> None:
    body = (
        '<div id="tern"><p>See <a class="cat" href="/f">CategoryFerry</a> first.</p><hr>'
        '<p>Categories: <a class="cat" href="/f">CategoryFerry</a>, <a class="cat" href="/i">CategoryIlmo</a></p></div>'
    )
    article = cleaned(tmp_path, RECOGNISE + "[article]\n" + rule, body)
    assert article.text == "See CategoryFerry first."
    assert [category.name for category in article.categories] == ["CategoryFerry", "CategoryIlmo"]


def test_question_mark_of_a_link_to_nowhere(tmp_path: Path) -> None:
    body = '<div id="tern"><p>See <a class="missing" href="#">NoSuchBoat?</a>! Why <a href="#">not?</a></p></div>'
    article = cleaned(tmp_path, RECOGNISE + '[article]\nmissing_links = ["a.missing"]\n', body)
    assert article.text == "See NoSuchBoat! Why not?"


@pytest.mark.parametrize(
    ("rows", "tables"),
    [
        ("<tr><td>Anna</td><td>12</td></tr>", 1),
        ("<tr><th>Anna</th></tr><tr><td>12</td></tr>", 1),
        ("<tr><td>Anna</td><td> </td></tr>", 0),
        ("<tr><td><h2>Anna</h2></td><td>12</td></tr>", 0),
    ],
)
def test_tables_typed_as_such_are_data_of_any_shape(tmp_path: Path, rows: str, tables: int) -> None:
    rule = '[article]\ntables = ["table.typed"]\n'
    article = cleaned(tmp_path, RECOGNISE + rule, f'<div id="tern"><table class="typed">{rows}</table></div>')
    assert len(article.tables) == tables
    article = cleaned(tmp_path, RECOGNISE + rule, f'<div id="tern"><table>{rows}</table></div>')
    assert not article.tables


REFERENCES = (
    RECOGNISE + '[references]\nmarkers = ["a.mark"]\nnote_ids = ["fn"]\nmarker_ids = ["up"]\nnotes = ["div.note"]\n'
)


def test_equal_notes_printed_once_are_one_reference(tmp_path: Path) -> None:
    body = (
        '<div id="tern"><p>One<a class="mark" href="#fn1">1)</a> and two<a class="mark" href="#fn2">2)</a>.</p>'
        '<div class="note"><a id="fn1" href="#up1">1)</a>, <a id="fn2" href="#up2">2)</a> Ledger, 1874.</div></div>'
    )
    article = cleaned(tmp_path, REFERENCES, body)
    assert [note.text for note in article.references] == ["Ledger, 1874."]
    assert {citation.reference for citation in article.citations} == {"fn1"}
    assert article.text == "One and two."


def test_the_id_of_a_note_may_stand_before_it_and_backlinks_in_brackets_behind(tmp_path: Path) -> None:
    body = (
        '<div id="tern"><p>One<a class="mark" href="#fn1">*1</a>.</p><div><a id="fn1" class="x">*1</a> '
        '<div class="note">Ledger, 1874. (<a href="#up1">1</a> <a href="#up2">2</a>)</div></div></div>'
    )
    article = cleaned(tmp_path, REFERENCES + '[furniture]\nnumber = ["a.x"]\n', body)
    assert [(note.identifier, note.text, note.resolved) for note in article.references] == [
        ("fn1", "Ledger, 1874.", True)
    ]


def test_markers_find_typed_notes_by_their_label() -> None:
    page = (
        '<h1>Ferry</h1><p>Old<sup class="reference"><a href="http://other.example/Ferry#cite_note-x">[1]</a></sup>.</p>'
        "<h2>References</h2><p>1. ^ Ledger of the ferry house, 1874.</p>"
    )
    article = clean(page)
    assert [(note.label, note.text, note.resolved) for note in article.references] == [
        ("1", "Ledger of the ferry house, 1874.", True)
    ]


def test_a_form_around_a_table_of_data_is_no_form() -> None:
    rows = "<tr><th>Boat</th><th>Seats</th></tr><tr><td>Anna</td><td>12</td></tr>"
    article = clean(f"<p>Boats:</p><form><table>{rows}</table><input type=submit value=Edit></form>")
    assert len(article.tables) == 1
    asked = "<tr><td>Name</td><td><input></td></tr><tr><td>Mail</td><td><input></td></tr>"
    assert clean(f"<p>Boats:</p><form><table>{asked}</table></form>").text == "Boats:"


def test_headings_in_header_cells_are_names_of_cells() -> None:
    table = "<table><tr><th><h2>2020</h2></th><th>n</th></tr><tr><td>Anna</td><td>12</td></tr></table>"
    article = clean(f"<h1>Boats</h1>{table}")
    assert len(article.tables) == 1
    assert [section.title for section in article.sections if section.title] == []


def test_links_that_are_only_a_sign_leave_headings() -> None:
    article = clean('<h1>Boats</h1><h2>Oars <a href="#oars">¶</a></h2><p>Pull.</p><h2><a href="#s">§</a></h2><p>1</p>')
    assert [section.title for section in article.sections if section.title] == ["Oars", "§"]


def test_attribution_of_copied_text_goes_and_talk_of_wikipedia_stays() -> None:
    said = "This article uses material from Wikipedia, as all of us do."
    taken = (
        'This article uses material from <a href="#">Wikipedia</a>; the original is <a href="#">Toll</a>. '
        "The text of Wikipedia is licensed under the GNU Free Documentation License"
    )
    assert clean(f"<p>{said}</p><ul><li>{taken}</li><li>Ledger.</li></ul>").text == f"{said}\n\nLedger."


def test_a_wrong_expression_for_categories_names_file_and_key(tmp_path: Path) -> None:
    profile = tmp_path / "tern.toml"
    profile.write_text(HEAD + '[article]\ncategory_names = ["Category("]\n', encoding="utf-8")
    with pytest.raises(ProfileError, match="tern") as raised:
        load_profile(profile)
    assert "article.category_names" in str(raised.value)
