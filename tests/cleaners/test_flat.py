"""Flattened pages: no markup at all, read line by line."""

from __future__ import annotations

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean

LONG = "The lighthouse stands on a rock before the harbour, and has been dark since the flood."


def flat(*lines: str) -> Article:
    return clean("\n".join(lines), content_type="text/plain; charset=utf-8")


def test_first_line_is_the_title_and_edit_markers_make_headings() -> None:
    article = flat("The lighthouse", "", LONG, "", "History[edit]", LONG)
    assert article.title == "The lighthouse"
    assert article.text == f"{LONG}\n\nHistory\n\n{LONG}"
    assert [section.title for section in article.sections] == ["", "History"]


def test_markers_and_notes() -> None:
    article = flat("The lighthouse", "", f"{LONG}[1]", "", "References", "1. ^ a b Author. Title.")
    assert article.text == LONG
    assert [(c.label, c.start) for c in article.citations] == [("1", len(LONG))]
    assert [(n.label, n.text, n.resolved) for n in article.references] == [("1", "Author. Title.", True)]


def test_edit_in_a_sentence_stays() -> None:
    sentence = "In the margin somebody had written [edit] and nothing else, which nobody understood."
    assert flat("The margin", "", sentence).text == sentence


@pytest.mark.parametrize(
    "form",
    [
        ("Post new comment", "Your name:", "E-mail:", "Comment: *"),
        ("Post new comment", "Enter the characters shown in the image."),
        ("Post new comment", "Lines and paragraphs break automatically.", "More information about formatting options"),
    ],
)
def test_comment_form_is_removed_and_in_the_ledger(form: tuple[str, ...]) -> None:
    article = flat("The lighthouse", "", LONG, "", *form)
    assert article.text == LONG
    removed = " ".join(entry.text for entry in article.removed)
    assert [line for line in form if line not in removed] == []


def test_every_character_is_owned_once() -> None:
    article = flat("The lighthouse", "", f"{LONG}[1]", "", "History[edit]", LONG, "", "Post new comment", "Your name:")
    quality = article.quality
    assert quality.visible == quality.in_text + quality.structured + quality.removed + quality.substituted
    assert "ledger-mismatch" not in quality.flags


MORE = "Nobody has climbed the tower since the flood, for the key lies at the bottom of the harbour."


@pytest.mark.parametrize(
    "lines",
    [
        ("Printer-friendly version", "Share on Facebook", "Share on Twitter"),
        ("Average: 4.2 (5 votes)", "Your rating: None"),
        ("This site uses cookies. By continuing you agree.", "Accept all cookies"),
        ("A A A", "High contrast"),
        ("Verify you are human", "Get a new challenge", "Privacy & Terms"),
        ("What is 3 + 4?", "Math question"),
        ('Retrieved from "https://wiki.example/wiki/X"', "This page was last edited on 3 May 2021, at 10:11."),
        ("Log in", "Create new account", "Request new password"),
    ],
)
def test_frame_below_the_article(lines: tuple[str, ...]) -> None:
    article = flat("The lighthouse", "", LONG, "", "Tower[edit]", MORE, "", *lines)
    assert article.text == f"{LONG}\n\nTower\n\n{MORE}"


def test_a_form_in_the_middle_goes_as_a_run() -> None:
    form = ("Post new comment", "Your name:", "Lines and paragraphs break automatically.")
    article = flat("The lighthouse", "", LONG, "", *form, "", LONG, MORE, MORE)
    assert "Your name" not in article.text


@pytest.mark.parametrize("line", ["Search", "Name", "CAPTCHA", "Type the two words", "Home", "Comments"])
def test_a_single_line_between_paragraphs_stays(line: str) -> None:
    assert line in flat("The lighthouse", "", LONG, "", line, "", MORE).text


def test_examples_that_a_sentence_announces_stay() -> None:
    lines = ("The old form of the museum had four labels, which were:", "Your name", "E-mail", "Post new comment")
    article = flat("The lighthouse", "", LONG, "", *lines, "", MORE)
    assert article.text.endswith("\n\n".join([*lines, MORE]))


@pytest.mark.parametrize(
    "comments",
    [
        ("Comments", "Jan says:", "5 May 2011 at 10:11", LONG, "Reply", "Ina says:", MORE, "Reply"),
        ("2 comments", "Submitted by Jan on Fri, 05/06/2011 - 10:11", MORE, "reply"),
        ("Kommentare (2)", "Jan sagt:", LONG, "Antworten", "Ina sagt:", MORE, "Antworten"),
    ],
)
def test_reader_comments_go(comments: tuple[str, ...]) -> None:
    article = flat("The tower", "", MORE, "", MORE, "", *comments)
    assert article.text == f"{MORE}\n\n{MORE}"


def test_a_section_of_comments_that_quotes_somebody_stays() -> None:
    article = flat("The tower", "", MORE, "", "Comments", "", "Aske says:", "", LONG)
    assert LONG in article.text


def test_table_of_contents_without_numbers() -> None:
    article = flat(
        "The tower", "", MORE, "", "Contents", "[hide]", "Door", "Key", "", "Door", "", LONG, "", "Key", "", MORE
    )
    assert article.text == f"{MORE}\n\nDoor\n\n{LONG}\n\nKey\n\n{MORE}"


def test_list_of_headings_without_a_heading_is_a_table_of_contents() -> None:
    entries = ("Door", "Key", "Lamp")
    sections = [line for entry in entries for line in (entry, "", LONG, "")]
    article = flat("The tower", "", MORE, "", *entries, "", *sections)
    assert article.text.count("Key") == 1


def test_categories_and_languages_become_fields() -> None:
    article = flat("The tower", "", MORE, "", "Categories: Towers | Harbours", "Deutsch", "Français", "Türkçe")
    assert [category.name for category in article.categories] == ["Towers", "Harbours"]
    assert [link.name for link in article.langlinks] == ["Deutsch", "Français", "Türkçe"]
    assert article.text == MORE


@pytest.mark.parametrize("row", ["Home » Wiki » The tower", "View | Edit | History", "Read | Edit | View history"])
def test_rows_of_links_above_the_title(row: str) -> None:
    article = flat(row, "", "The tower", "", "The tower is empty, and its door stands open since the flood.")
    assert article.title == "The tower"
    assert article.text == "The tower is empty, and its door stands open since the flood."


@pytest.mark.parametrize(
    "lines",
    [
        ("Door", "[edit]", "", LONG, "", "Key", "[edit]", "", MORE),
        ("[edit]", "Door", LONG, "[edit]", "Key", MORE),
        ("[edit] Door", LONG, "[edit] Key", MORE),
        ("Door ✎", LONG, "Key ✎", MORE),
    ],
)
def test_markers_around_headings(lines: tuple[str, ...]) -> None:
    article = flat("The tower", "", MORE, "", *lines)
    assert [section.title for section in article.sections] == ["", "Door", "Key"]
    assert "edit" not in article.text


def test_hatnotes_are_notes() -> None:
    article = flat("The tower", "", "Main article: Towers of Skarn", "", MORE)
    assert [(note.type, note.text) for note in article.notes] == [("hatnote", "Main article: Towers of Skarn")]
    assert article.text == MORE


def test_see_also_keeps_words_that_menus_have() -> None:
    article = flat("The tower", "", MORE, "", "See also", "", "History", "Search", "Help")
    assert article.text == f"{MORE}\n\nSee also\n\nHistory\n\nSearch\n\nHelp"


def test_a_form_does_not_go_on_with_the_last_note() -> None:
    lines = ("References", "1. ^ Author. Title.", "", "Something of the site", "")
    article = flat("The tower", "", f"{MORE}[1]", "", *lines)
    assert [note.text for note in article.references] == ["Author. Title."]


@pytest.mark.parametrize("label", ["編輯", "Edit", " edit"])
def test_words_of_markers_without_brackets_where_several_headings_have_them(label: str) -> None:
    sections = [line for name in ("Door", "Key", "Lamp") for line in (f"{name}{label}", "", LONG, "")]
    article = flat("The tower", "", MORE, "", *sections)
    assert [section.title for section in article.sections] == ["", "Door", "Key", "Lamp"]


def test_one_heading_about_editing_keeps_its_word() -> None:
    article = flat("The tower", "", MORE, "", "The last edit", "", LONG)
    assert [section.title for section in article.sections] == ["", "The last edit"]


def test_a_frame_and_a_note_on_one_line() -> None:
    line = "From Shore Pages, the free encyclopedia Jump to: navigation, search For other uses, see Tower (shape)."
    article = flat("The lighthouse", "", line, "", LONG)
    assert article.text == LONG
    assert [note.text for note in article.notes] == ["For other uses, see Tower (shape)."]
    assert [entry.text for entry in article.removed][:1] == [
        "From Shore Pages, the free encyclopedia Jump to: navigation, search"
    ]


def test_the_line_with_the_name_of_the_site_is_not_the_title() -> None:
    assert flat("The lighthouse - Shore Pages", "", "The lighthouse", "", LONG).title == "The lighthouse"


def test_headings_that_a_tool_ran_together_with_the_text() -> None:
    article = flat("The lighthouse", "", f"{LONG} History[edit] {LONG} Lamp[edit | edit source]", LONG)
    assert [section.title for section in article.sections] == ["", "History", "Lamp"]
    assert article.text == f"{LONG}\n\nHistory\n\n{LONG}\n\nLamp\n\n{LONG}"


def test_one_word_with_a_marker_in_a_paragraph_is_no_heading() -> None:
    line = f"{LONG} Edit[edit] is what the door said. {LONG}"
    assert flat("The lighthouse", "", line).text == line


def test_a_line_without_a_marker_is_a_caption_where_headings_have_one() -> None:
    parts = ("History[edit]", "The tower in 1903", LONG, "Lamp[edit]", LONG, "Keepers[edit]", LONG)
    article = flat("The lighthouse", "", LONG, *(line for part in parts for line in ("", part)))
    assert [section.title for section in article.sections] == ["", "History", "Lamp", "Keepers"]
    assert "The tower in 1903" in article.text


def test_languages_of_a_list_have_no_bullets() -> None:
    article = flat("The lighthouse", "", LONG, "", "Languages", "* Dansk", "* Deutsch", "* Eesti")
    assert [link.name for link in article.langlinks] == ["Dansk", "Deutsch", "Eesti"]


def test_words_of_a_menu_that_a_program_put_together() -> None:
    menu = (
        "3 languages",
        "DeutschFrançaisPolski",
        "ArticleTalk",
        "ReadEditView history",
        "Download as PDFPrintable version",
    )
    article = flat("The lighthouse", *(line for part in menu for line in ("", part)), "", "From Wikipedia", "", LONG)
    assert (article.title, article.text) == ("The lighthouse", LONG)


def test_a_title_and_the_frame_on_the_line_of_the_text() -> None:
    article = flat(f"The lighthouse From Wikipedia, the free encyclopedia Jump to navigationJump to search {LONG}")
    assert (article.title, article.text) == ("The lighthouse", LONG)


def test_categories_run_together_below_the_article_are_no_paragraph() -> None:
    line = "Categories: LighthousesTollmarkHidden categories: Articles with short descriptionArticles without one"
    assert flat("The lighthouse", "", LONG, "", 'Retrieved from "https://x.example/w"', line).text == LONG
