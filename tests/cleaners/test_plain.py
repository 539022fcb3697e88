"""How flattened text is laid out: cut lines, tables, headings, code, links of Markdown."""

from __future__ import annotations

import textwrap

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean
from wikiglean.cleaners.flat.layout import markup_of

FIRST = (
    "The lighthouse stands on a rock before the harbour and has been dark since the flood, when its keeper rowed away "
    "with the lamp in his lap and the key of the door in his mouth, as the people of Skarn tell to this day."
)
SECOND = (
    "Nobody climbed the tower for nine years. Then a girl went up to look for her kite, and found the log book open at "
    "a page of the next century, written in her own hand and signed with a name that she was to take later."
)


def flat(text: str | bytes) -> Article:
    return clean(text, content_type="text/plain; charset=utf-8")


@pytest.mark.parametrize("columns", [60, 72, 76, 80])
def test_cut_lines_are_one_paragraph(columns: int) -> None:
    cut = "\n\n".join(textwrap.fill(text, columns) for text in (FIRST, SECOND))
    article = flat(f"The lighthouse\n\n{cut}\n")
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert [block.type for block in article.blocks] == ["Para", "Para"]


def test_chinese_is_joined_without_a_space() -> None:
    text = "雾钟是一种只在雾天才会响的陶钟，雾水从钟口的细槽流进去，推动里面的木舌，声音可以传到对岸的村子里去。" * 3
    cut = "\n".join(text[n : n + 38] for n in range(0, len(text), 38))
    assert flat(f"雾钟\n\n{cut}\n").text == text


def test_lines_that_nobody_cut_stay_apart() -> None:
    verses = ["The tide comes in,", "the tide goes out,", "the boot is wet,", "the fish is stout."]
    article = flat("\n".join(["Song", "", FIRST, "", *verses, "", SECOND]))
    assert article.text.split("\n\n")[1:-1] == verses


def test_a_heading_right_above_a_cut_paragraph_stays_one() -> None:
    article = flat(f"The lighthouse\n\n{textwrap.fill(FIRST, 72)}\n\nTower\n{textwrap.fill(SECOND, 72)}\n")
    assert [section.title for section in article.sections] == ["", "Tower"]


def test_items_go_on_in_indented_lines() -> None:
    item = textwrap.fill(FIRST, 72, initial_indent="  * ", subsequent_indent="    ")
    article = flat(f"The lighthouse\n\n{textwrap.fill(SECOND, 72)}\n\n{item}\n  * A door.\n")
    assert [block.type for block in article.blocks] == ["Para", "ListItem", "ListItem"]
    assert article.text == f"{SECOND}\n\n{FIRST}\nA door."


@pytest.mark.parametrize(
    "table",
    [
        "Year\tBells\n1901\t3\n1902\t5",
        "| Year | Bells |\n|------|-------|\n| 1901 | 3 |\n| 1902 | 5 |",
        "Year | Bells |\n1901 | 3 |\n1902 | 5 |".replace("Year", "| Year").replace("190", "| 190"),
    ],
)
def test_tables(table: str) -> None:
    article = flat(f"Bells\n\n{FIRST}\n\n{table}\n")
    assert article.text == f"{FIRST}\n\nYear\tBells\n1901\t3\n1902\t5"
    assert [[article.text[c.start : c.end] for c in row] for row in article.tables[0].rows][2] == ["1902", "5"]


@pytest.mark.parametrize(
    "headings",
    [("# Bells", "## Casting", "### By night ###"), ("= Bells =", "== Casting ==", "=== By night ===")],
)
def test_headings_with_their_marks(headings: tuple[str, ...]) -> None:
    article = flat("\n\n".join([headings[0], FIRST, headings[1], SECOND, headings[2], SECOND]))
    assert article.title == "Bells"
    assert [(section.title, section.level) for section in article.sections[1:]] == [("Casting", 2), ("By night", 3)]
    assert "#" not in article.text
    assert "=" not in article.text


def test_underlined_headings() -> None:
    article = flat(f"Bells\n=====\n\n{FIRST}\n\nCasting\n-------\n\n{SECOND}\n")
    assert (article.title, [section.title for section in article.sections]) == ("Bells", ["", "Casting"])


def test_code_keeps_its_white_space() -> None:
    article = flat(f"Bells\n\n{FIRST}\n\n```python\nfor bell in bells:\n    bell[1].ring()\n```\n\n{SECOND}\n")
    assert "for bell in bells:\n    bell[1].ring()" in article.text
    assert [code.language for code in article.code] == ["python"]
    assert article.citations == ()


def test_links_of_markdown_are_words() -> None:
    article = flat(
        f'# Bells\n\nOf [tin](/wiki/Tin "Tin") and [**copper**](/wiki/Copper_\\(metal\\)\n"Copper").\n\n{FIRST}\n'
    )
    assert article.text.startswith("Of tin and copper.")


def test_brackets_that_are_no_links_stay() -> None:
    text = f"The value of f[1](2) is [5](6), and nobody knows of [sic](!) more. {FIRST}"
    assert flat(f"Values\n\n{text}\n").text == text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark(newline: str, mark: bytes) -> None:
    text = newline.join(["The lighthouse", "", FIRST, "", "Tower[edit]", SECOND])
    article = flat(mark + text.encode())
    assert article.title == "The lighthouse"
    assert article.text == f"{FIRST}\n\nTower\n\n{SECOND}"


def test_no_character_is_lost() -> None:
    text = "a <b> & c\n\n- d\n\n|e|f|g|\n|-|-|-|\n|h|i|j|\n\n# k\n\n```\nl\n```\n\x00 [m](\nn\n= o =\n"
    words = "".join(markup_of(text).split())
    for character in "abcdefghijklmno&":
        assert character in words


def test_items_that_a_tool_left_whole_do_not_hide_where_it_cut() -> None:
    cut = "\n\n".join(textwrap.fill(text, 76) for text in (FIRST, SECOND))
    items = "\n".join(f"  * {FIRST}" for _ in range(4))
    article = flat(f"The lighthouse\n\n{cut}\n\n{items}\n")
    assert article.text.startswith(f"{FIRST}\n\n{SECOND}")


def test_escaped_markers_are_markers() -> None:
    text = "# The lighthouse\n\nIt is dark.<sup>\\[1\\]</sup> It was lit.\\[2\\] So it is told, since the flood came.\n"
    article = flat(text + "\n## References\n\n1. Log book.\n2. Chart.\n")
    assert article.text == "It is dark. It was lit. So it is told, since the flood came."
    assert [(note.label, note.text) for note in article.references] == [("1", "Log book."), ("2", "Chart.")]


PASTED = ["The lighthouse", FIRST, "Tower[edit]", SECOND, "Lamp[edit]", f"{FIRST}[1]", SECOND, f"{FIRST}[2]"]
FORM = ["Post new comment", "Your name:", "Lines and paragraphs break automatically."]


@pytest.mark.parametrize(
    "page",
    [
        "<pre>{lines}</pre>",
        '<html><head></head><body><pre style="white-space: pre-wrap;">{cut}</pre></body></html>',
        "<title>The lighthouse | Skarn</title><pre>\n{cut}</pre>",
        "{paragraphs}",
        "<html><body><div>{breaks}</div></body></html>",
        "<p>{breaks}</p>",
        "{divisions}",
    ],
)
def test_html_without_markup_but_lines_is_flattened_text(page: str) -> None:
    lines = [*PASTED, *FORM]
    article = clean(
        page.format(
            lines="\n".join(lines),
            cut="\n\n".join(textwrap.fill(line, 72) for line in lines),
            paragraphs="".join(f"<p>{line}</p>\n" for line in lines),
            breaks="<br>\n".join(lines),
            divisions="".join(f"<div>{line}</div>" for line in lines),
        )
    )
    assert article.title == "The lighthouse"
    assert article.text.split("\n\n") == [FIRST, "Tower", SECOND, "Lamp", FIRST, SECOND, FIRST]
    assert [section.title for section in article.sections] == ["", "Tower", "Lamp"]
    assert [citation.label for citation in article.citations] == ["1", "2"]


def test_the_head_names_the_title_of_flattened_text() -> None:
    lines = "".join(f"<p>{line}</p>" for line in ["By Tom", FIRST, SECOND, *PASTED[1:]])
    assert clean(f"<title>Lighthouse | Skarn</title>{lines}").title == "Lighthouse"


def test_prose_in_pre_inside_a_frame_has_paragraphs() -> None:
    prose = "\n\n".join(textwrap.fill(line, 72) for line in [f"{FIRST}[1]", f"{SECOND}[2]", FIRST, SECOND])
    article = clean(
        f'<html><body><ul><li><a href="/a">Home</a></li></ul><h1>Tower</h1><div class="c"><pre>{prose}</pre></div>'
    )
    assert article.text.split("\n\n") == [FIRST, SECOND, FIRST, SECOND]
    assert [citation.label for citation in article.citations] == ["1", "2"]
    assert article.code == ()


def test_code_and_poems_in_pre_stay() -> None:
    code = "\n".join(
        f"    for bell in bells[{n}]: bell.ring({n} + 1)  # and so on, until all are heard" for n in range(40)
    )
    poem = "\n".join(["The tide comes in,", "the tide goes out,"] * 30)
    for words in (code, poem):
        article = clean(f"<pre>{words}</pre>")
        assert article.text.strip() == words.strip()
        assert [block.type for block in article.blocks] == ["CodeBlock"]


def test_a_heading_below_a_full_line_stays_one() -> None:
    first = "The lighthouse stands on a rock before the harbour and has been dark since it."
    text = f"Skarn\n\n{textwrap.fill(FIRST, 78)}\n{first}\nTower of Skarn\n{textwrap.fill(SECOND, 78)}\n"
    assert [section.title for section in flat(text).sections] == ["", "Tower of Skarn"]


def test_escapes_of_markdown_tell_markdown() -> None:
    text = f"Bells\n\n{FIRST}\\[1\\]\n\nCasting\\[edit\\]\n\n{SECOND}\\[2\\] It was in 1901\\. {SECOND}\\[3\\]\n"
    article = flat(text)
    assert [section.title for section in article.sections] == ["", "Casting"]
    assert [citation.label for citation in article.citations] == ["1", "2", "3"]
    assert "\\" not in article.text


def test_an_abbreviation_in_a_heading_ends_no_sentence() -> None:
    article = flat(f"Маяк\n\n{FIRST}\n\nБашня[править]\n{SECOND}\n\nСм. также[править]\n{FIRST}\n")
    assert [section.title for section in article.sections] == ["", "Башня", "См. также"]


@pytest.mark.parametrize(
    "body",
    [
        "{breaks}",
        "<p>{breaks}</p>",
        "<p>{first}<br>\nTower[edit]<br>\n{second}</p>\n<p>Lamp<br>\n{first}</p>",
        "<p>{first}</p><p>Tower[edit]</p><p>{second}</p><p><b>Lamp</b></p><p>{first}</p>",
        "<pre>{first}\nTower[edit]\n{second}\nLamp\n{first}</pre>",
    ],
)
def test_headings_of_text_that_was_pasted_into_a_frame(body: str) -> None:
    first = f"{FIRST} {SECOND}"
    breaks = "<br />\n".join([first, "Tower[edit]", SECOND, "Lamp", first])
    shown = body.format(breaks=breaks, first=first, second=SECOND)
    page = f'<title>Light</title><ul><li><a href="/a">Home</a></li></ul><h1>Light</h1><div id="c">{shown}</div>'
    article = clean(page)
    assert article.text.split("\n\n") == [first, "Tower", SECOND, "Lamp", first]
    assert [section.title for section in article.sections] == ["", "Tower", "Lamp"]


def test_short_lines_of_other_pages_are_no_headings() -> None:
    article = clean(f"<h1>Light</h1><p>{FIRST}</p><p>Lamp</p><p>{SECOND}</p>")
    assert [section.title for section in article.sections] == [""]
