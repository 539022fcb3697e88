"""Markdown footnotes that pandoc reads back: as many as there are citations, each with its words, at its place."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wikiglean.article import Article, Block, Cell, Citation, Code, Math, Reference, Table
from wikiglean.cleaners import clean
from wikiglean.output import to_markdown

pytestmark = pytest.mark.pandoc

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
GOLDEN = sorted(FIXTURES.glob("*/*.article.json"))
UNKNOWN = "The page does not have the text of this note."
DIALECTS = ["markdown", "markdown-smart", "gfm+footnotes", "commonmark_x"]
TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


def folded(words: str, dialect: str) -> str:
    """The words with white space folded, and without the typography of pandoc's extension `smart`."""
    if dialect in ("markdown", "commonmark_x"):
        words = re.sub("-+", "-", words.translate(TYPOGRAPHY))
    return " ".join(words.split())


def letters(words: str) -> str:
    return "".join(filter(str.isalnum, words))


def mistakes(article: Article, pandoc: Any, dialect: str) -> list[str]:
    """What pandoc reads otherwise than the article says it."""
    read = pandoc.read(to_markdown(article), dialect)
    citations = sorted((c for c in article.citations if c.start is not None), key=lambda c: c.start or 0)
    references = {reference.identifier: reference for reference in article.references}
    found: list[str] = []
    if len(read.notes) != len(citations):
        found.append(f"{len(read.notes)} notes of {len(citations)}")
    for note, citation in zip(read.notes, citations, strict=False):
        reference = references.get(citation.reference or "")
        words = UNKNOWN if reference is None or reference.text is None else reference.text
        # notes inside notes are none to pandoc: it shows their marks as they are
        shown = (
            re.sub(r"( ?\[\^[^\]]+\])+$", "", folded(note.text, dialect)) if inner(article, reference) else note.text
        )
        if folded(shown, dialect) != folded(words, dialect):
            found.append(f"note {citation.label}: {note.text!r} is not {words!r}")
        before = letters(article.title or "") + letters(article.text[: citation.start])
        if letters(note.before) != before:
            found.append(f"note {citation.label} stands after {note.before[-40:]!r}")
    if letters(read.text) != letters((article.title or "") + article.text):
        found.append("the text is another")
    return found


def inner(article: Article, reference: Reference | None) -> bool:
    """Whether other notes are cited in a note."""
    if reference is None:
        return False
    within = f"/references/{article.references.index(reference)}/"
    return reference.parent_reference is not None or any(
        f"{citation.within}/".startswith(within) for citation in article.citations
    )


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: f"{file.parent.name}/{file.name.partition('.')[0]}")
def test_fixtures(pandoc: Any, file: Path) -> None:
    article = Article.from_json(file.read_bytes())
    assert mistakes(article, pandoc, "markdown") == []
    if article.citations:
        assert mistakes(article, pandoc, "markdown-smart") == []
        # of commonmark, pandoc 2 read tables and repeated notes wrong
        if pandoc.version >= (3,):
            assert [mistakes(article, pandoc, dialect) for dialect in DIALECTS[2:]] == [[], []]


@pytest.mark.shared
@pytest.mark.slow
def test_real_pages(pandoc: Any, shared: Path) -> None:
    wrong: dict[str, list[str]] = {}
    for file in sorted((shared / "data" / "pages").glob("*/*.html.gz")):
        url = json.loads(file.with_name(file.name.removesuffix(".html.gz") + ".json").read_text(encoding="utf-8"))[
            "url"
        ]
        article = clean(gzip.decompress(file.read_bytes()), url=url)
        if found := mistakes(article, pandoc, "markdown"):
            wrong[file.name] = found[:3]
    assert wrong == {}


# -- what pages may say, and where -------------------------------------------------------------------------------------

ODD = [
    "[^1]",
    "[^1]: no note",
    "[1]: http://wiki.example/",
    "[^",
    "^[inline]",
    "1. first",
    "(iv) fourth",
    "a) b",
    "#. x",
    "(@) x",
    "@smith says",
    "[@smith]",
    "Table: no caption",
    ": no definition",
    "::: box",
    "% no title",
    "--- x",
    "- x",
    "+ x",
    "* x",
    "> x",
    "| x | y |",
    "# x #",
    "x {#y .z}",
    "`x` {=html}",
    "$x$ $5 and $6",
    "~x~ ~~y~~ x^2^",
    "<b>x</b> <!-- y --> <http://x.example>",
    "&amp; &copy &#65;",
    "\\alpha \\begin{x} \\[ \\( \\$",
    "*x* _y_ __z__ **q** a_b_c",
    "!x !",
    "http://wiki.example/~x_y_z?a=1&b=2#c",
    "comment:1:ticket:1 :ticket: :+1:",
    "x\\",
    "“x” 'y' \"z\" it's -- ...",
    "]( [x](y) ![z](q)",
    "I. Newton",
    "Σ ۱۲ 注 עברית",
]


def article_of(texts: list[str], notes: list[str], labels: list[str]) -> Article:
    """Paragraphs, each with a note that is cited before its words, and again behind."""
    text, blocks, citations = "", list[Block](), list[Citation]()
    for number, words in enumerate(texts):
        start = len(text)
        blocks.append(Block(type="Para", start=start, end=start + len(words), section=0))
        for place in (start, start + len(words)):
            citations.append(_citation(str(number), labels[number], place))
        text += words + "\n\n"
    references = tuple(
        Reference(identifier=str(n), label=labels[n], text=note, resolved=True) for n, note in enumerate(notes)
    )
    return Article(text=text.rstrip("\n"), blocks=tuple(blocks), citations=tuple(citations), references=references)


def _citation(reference: str, label: str, place: int) -> Citation:
    return Citation(reference=reference, label=label, shown=f"[{label}]", start=place, end=place, place="text")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_odd_words_and_labels(pandoc: Any, dialect: str) -> None:
    if pandoc.version < (3,) and not dialect.startswith("markdown"):
        pytest.skip("of commonmark, pandoc 2 reads tables and repeated notes wrong")
    article = article_of(ODD, list(reversed(ODD)), [*ODD[1:], "1"])
    assert mistakes(article, pandoc, dialect) == []


WORDS = st.text(st.sampled_from("ab1 2.\n\\`*_{}[]()#+-!~|<>&;:=^$@/\t\"'é%,?"), min_size=1, max_size=25)


@settings(max_examples=10)
@given(st.lists(WORDS, min_size=20, max_size=60))
def test_no_character_is_read_as_markup(pandoc: Any, many: list[str]) -> None:
    lines = ["\n".join(" ".join(line.split()) for line in words.split("\n") if line.strip()) or "x" for words in many]
    assert mistakes(article_of(lines, lines[::-1], lines), pandoc, "markdown-smart") == []


def test_notes_of_several_paragraphs_and_of_none(pandoc: Any) -> None:
    notes = ["One.\n\nTwo,\nthree.\n\n- x", "", "Alone.\n\n    x"]
    article = article_of(["a", "b", "c"], notes, ["A", "a", "ſ"])
    assert mistakes(article, pandoc, "markdown") == []


def test_notes_that_nothing_cites_are_kept(pandoc: Any) -> None:
    article = article_of(["a"], ["One.", "Nobody asks."], ["1", "2"])
    assert "[^2]: Nobody asks." in to_markdown(article)
    assert mistakes(article, pandoc, "markdown") == []


def test_notes_in_every_kind_of_block(pandoc: Any) -> None:
    kinds = ["Header", "Para", "ListItem", "DefinitionTerm", "Definition", "BlockQuote", "LineBlock", "Caption"]
    text = "\n\n".join(f"word {kind}." for kind in kinds) + "\n\nx = y[1]\n\na\tb\nc\td"
    blocks, citations = list[Block](), list[Citation]()
    for kind in kinds:
        start = text.index(f"word {kind}.")
        end = start + len(f"word {kind}.")
        blocks.append(Block(type=kind, start=start, end=end, level=1, section=0))  # type: ignore[arg-type]
        citations += [_citation("n", "1", start + 4), _citation("n", "1", end)]
    code, table = text.index("x = y"), text.index("a\tb")
    blocks.append(Block(type="CodeBlock", start=code, end=code + 8, section=0))
    blocks += [Block(type="TableRow", start=table + n, end=table + n + 3, section=0) for n in (0, 4)]
    # Inside of code is no room for a mark, so it comes behind.
    citations += [_citation("n", "1", place) for place in (code + 8, table + 1, table + 3, table + 7)]
    rows = tuple(tuple(Cell(start=table + n, end=table + n + 1) for n in row) for row in ((0, 2), (4, 6)))
    article = Article(
        text=text,
        blocks=tuple(blocks),
        citations=tuple(citations),
        references=(Reference(identifier="n", label="1", text="Note.", resolved=True),),
        tables=(Table(start=table, end=table + 7, caption=None, rows=rows),),
        code=(Code(start=code, end=code + 8),),
    )
    assert mistakes(article, pandoc, "markdown") == []


def test_formulas_keep_their_notes(pandoc: Any) -> None:
    text = r"$\alpha |x|$2 or $ \beta $ or $\gamma$"
    math = [Math(start=m.start(), end=m.end(), tex=m[0].strip("$")) for m in re.finditer(r"\$.*?\$", text)]
    citations = tuple(_citation("n", "1", formula.end) for formula in math[1:])
    blocks = (Block(type="Para", start=0, end=len(text), section=0),)
    article = Article(text=text, blocks=blocks, math=tuple(math), citations=citations)
    assert mistakes(article, pandoc, "markdown") == []


def test_marks_inside_code_stand_behind_it(pandoc: Any) -> None:
    article = Article(
        text="x = y",
        blocks=(Block(type="CodeBlock", start=0, end=5, section=0),),
        citations=(_citation("n", "1", 1),),
        references=(Reference(identifier="n", label="1", text="Note.", resolved=True),),
    )
    read = pandoc.read(to_markdown(article), "markdown")
    assert [(note.text.strip(), note.before.strip()) for note in read.notes] == [("Note.", "x = y")]


def test_a_page_of_nothing_but_a_marker(pandoc: Any) -> None:
    assert mistakes(Article(citations=(_citation("n", "1", 0),)), pandoc, "markdown") == []
