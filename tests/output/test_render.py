from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from wikiglean.article import Article, Block, Cell, Citation, Link, Table
from wikiglean.output import to_markdown, to_text

MakeArticle = Callable[..., Article]


def words_of(markdown: str) -> str:
    """The words that a reader of the rendered Markdown sees, a line a block."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    kinds = {"text", "softbreak", "hardbreak"}
    lines: list[str] = []
    for token in tokens:
        assert token.type not in ("html_block", "code_block", "hr"), token
        if token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= kinds, children
            lines.append("".join(child.content if child.type == "text" else "\n" for child in children))
        elif token.type == "fence":
            lines.append(token.content)
    return "\n".join(lines)


WORDS = st.text(st.sampled_from("ab1 2.\n\\`*_{}[]()#+-!~|<>&;:=^$@/\t\"'é"), max_size=40) | st.text(max_size=40)


@given(WORDS)
def test_no_character_of_a_paragraph_is_read_as_markup(words: str) -> None:
    # Markdown has no empty lines, control characters or white space at the ends of a line within a paragraph.
    text = "\n".join(" ".join(re.sub(r"[^\S ]|[\x00-\x1f\x7f-\x9f]", " ", line).split()) for line in words.split("\n"))
    text = re.sub("\n+", "\n", text).strip()
    article = Article(text=text, blocks=(Block(type="Para", start=0, end=len(text), section=0),))
    assert words_of(to_markdown(article)).split() == text.split()


@given(WORDS)
def test_no_character_of_a_title_or_cell_is_read_as_markup(words: str) -> None:
    title = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", words).split())
    cell = Cell(start=0, end=len(title))
    article = Article(
        title=title,
        text=title,
        blocks=(Block(type="TableRow", start=0, end=len(title), section=0),),
        tables=(Table(start=0, end=len(title), caption=None, rows=((cell,),)),),
    )
    rendered = words_of(to_markdown(article))
    assert rendered.split() == (title.split() * 2 if title else [])


@given(WORDS, WORDS, WORDS, st.text("ab/().<> %_*\\[]é", max_size=20))
def test_a_link_is_around_its_words_whatever_they_are(before: str, inside: str, after: str, path: str) -> None:
    before, inside, after = (
        " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", words).split()) for words in (before, inside, after)
    )
    text = " ".join(filter(None, [before, inside, after]))
    start = len(before) + 1 if before else 0
    link = Link(type="external", url=f"http://x.example/{path}", title=None, start=start, end=start + len(inside))
    block = Block(type="Para", start=0, end=len(text), section=0)
    tokens = MarkdownIt("commonmark").parse(to_markdown(Article(text=text, blocks=(block,), links=(link,))))
    children = [child for token in tokens for child in token.children or []]
    shown = "".join(child.content for child in children)
    assert shown.split() == text.split()
    kinds = [child.type for child in children]
    assert kinds.count("link_open") == (1 if inside else 0)
    if inside:
        linked = children[kinds.index("link_open") + 1 : kinds.index("link_close")]
        assert "".join(child.content for child in linked) == inside


def test_the_whole_article(full_article: Article) -> None:
    assert to_markdown(full_article) == (
        "# Water \\*(H2O)\\*\n\n"
        "Water, [H2O](<https://wiki.example.org/H2O_(gas)>), boils[^1] at $T_b$ under pressure.[^1-2]\n\n"
        "## Uses\n\n"
        "- drinking\n"
        "  1. cold\n"
        "  2. hot\n"
        "- washing\n\n"
        "> Water is life.[^1]\n\n"
        "````python\nif x:\n    print('``` *x*')\n````\n\n"
        "| Name | Degrees |\n"
        "| --- | --- |\n"
        "| Boiling \\| freezing | 100 |\n\n"
        "$$E = mc^2$$\n\n"
        "[^1]: Smith, Water_works, p. 5.[^n1]\n\n"
        "[^1-2]: The page does not have the text of this note.\n\n"
        "[^n1]: As he says.\n"
    )


def test_text_is_the_title_and_the_text(full_article: Article) -> None:
    assert to_text(full_article) == f"Water *(H2O)*\n\n{full_article.text}\n"


def test_spanned_cells_are_blank_and_a_table_without_header_gets_one() -> None:
    text = "a\tb\nc"
    table = Table(
        start=0,
        end=5,
        caption=None,
        rows=(
            (Cell(start=0, end=1, row_span=2, col_span=2), Cell(start=2, end=3)),
            (Cell(start=4, end=5),),
        ),
    )
    rows = tuple(Block(type="TableRow", start=start, end=end, section=0) for start, end in ((0, 3), (4, 5)))
    markdown = to_markdown(Article(text=text, blocks=rows, tables=(table,)))
    assert markdown == "|  |  |  |\n| --- | --- | --- |\n| a |  | b |\n|  |  | c |\n"


def test_a_note_before_a_bracket_or_after_an_exclamation_mark_stays_a_note(make_article: MakeArticle) -> None:
    text = "What!(so)"
    citation = Citation(reference=None, label="7", shown="[7]", start=5, end=5, place="text")
    article = make_article(text=text, title=None, citations=(citation,))
    assert to_markdown(article) == "What\\![^7]\\(so)\n\n[^7]: The page does not have the text of this note.\n"


def test_nested_lists_without_a_parent_and_deep_numbers(make_article: MakeArticle) -> None:
    items = [(2, True)] * 10 + [(3, False), (1, False)]
    text = "\n".join("x" for _ in items)
    blocks = tuple(
        Block(type="ListItem", start=2 * n, end=2 * n + 1, level=level, ordered=ordered, section=0)
        for n, (level, ordered) in enumerate(items)
    )
    lines = to_markdown(make_article(text=text, title=None, blocks=blocks)).splitlines()
    assert lines[8:] == ["9. x", "10. x", "    - x", "- x"]


def test_links_with_odd_addresses(make_article: MakeArticle) -> None:
    link = Link(type="external", url="http://x.example/a b>c", title=None, start=0, end=6)
    article = msgspec.structs.replace(make_article(title=None), links=(link,))
    assert to_markdown(article) == "[Ankara](http://x.example/a%20b%3Ec) is a city.\n"


def test_tables_with_captions_are_tables(make_article: MakeArticle) -> None:
    text = "Towns\n\na\tb\n\td"
    cells = ((7, 8, True), (9, 10, True)), ((11, 11, False), (12, 13, False))
    rows = tuple(tuple(Cell(start=a, end=b, is_header=header) for a, b, header in row) for row in cells)
    blocks = (
        Block(type="Caption", start=0, end=5, section=0),
        Block(type="TableRow", start=7, end=10, section=0),
        Block(type="TableRow", start=11, end=13, section=0),
    )
    tables = (Table(start=0, end=13, caption="Towns", rows=rows),)
    markdown = to_markdown(make_article(text=text, title=None, blocks=blocks, tables=tables))
    assert markdown == "Towns\n\n| a | b |\n| --- | --- |\n|  | d |\n"


def test_a_definition_of_nothing_is_a_paragraph(make_article: MakeArticle) -> None:
    kinds = ["Para", "Definition", "DefinitionTerm", "Definition", "Definition"]
    blocks = tuple(
        Block(type=kind, start=2 * n, end=2 * n + 1, level=1, section=0)  # type: ignore[arg-type]
        for n, kind in enumerate(kinds)
    )
    article = make_article(text="a\nb\nc\nd\ne", title=None, blocks=blocks)
    assert to_markdown(article) == "a\n\nb\n\nc\n:   d\n:   e\n"


def test_marks_at_one_place_keep_their_order_and_labels_differ_in_more_than_case(make_article: MakeArticle) -> None:
    citations = tuple(
        Citation(reference=label, label=label, shown=f"[{label}]", start=1, end=1, place="text") for label in "bBa"
    )
    markdown = to_markdown(make_article(text="x", title=None, citations=citations))
    assert markdown.startswith("x[^b][^B-2][^a]\n")


def test_an_address_in_the_text_ends_where_it_does(make_article: MakeArticle) -> None:
    text = "See https://x.example/~a_b?c=1&d=e. Or www.x.example/."
    link = Link(type="external", url="https://x.example/", title=None, start=0, end=3)
    citation = Citation(reference=None, label="1", shown="[1]", start=34, end=34, place="text")
    markdown = to_markdown(make_article(text=text, title=None, links=(link,), citations=(citation,)))
    assert markdown.splitlines()[0] == (
        "[See](https://x.example/) <https://x.example/~a_b?c=1&d=e>[^1]. Or www\\.x.example/."
    )
