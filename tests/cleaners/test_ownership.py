"""The ledger in page order: no character of the page without an owner, and the same sums as `quality`."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest
import turbohtml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wikiglean.article import Article
from wikiglean.capture import Capture, SourceRecord
from wikiglean.cleaners import clean_capture, inspect_capture
from wikiglean.inspection import Inspection, Piece

INVISIBLE = ("script", "style", "template", "noscript", "head")
FRAGMENTS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "Two words. ",
        "word",
        " ",
        "\n",
        "نص",
        "日本語。",
        "<b>bold</b>",
        "<br>",
        "x<sup>2</sup>",
        "<sub>n</sub>",
        '<sup class="reference" id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>',
        '<ol class="references"><li id="cite_note-1"><a href="#cite_ref-1">^</a> Note.</li></ol>',
        '<math alttext="x^2"><mi>x</mi><mn>2</mn></math>',
        "<math><mi>y</mi></math>",
        "<h2>Heading<span class='mw-editsection'>[edit]</span></h2>",
        "[1]",
        "[citation needed]",
        "<div class='toc'>",
        "<div class='navbox'>",
        "<div class='hatnote'>",
        "</div>",
        "<form>",
        "</form>",
        "<table class='infobox'><tr><th>a</th><td>b</td></tr></table>",
        "<table><tr><th>A</th><td>B",
        "</td></tr></table>",
        "<ul><li>",
        "</li></ul>",
        "<pre> code\n\n",
        "</pre>",
        "<script>x</script>",
        "<div id='mw-content-text'>",
        "<div id='catlinks'><a href='/c' title='Category:C'>C</a></div>",
        "<select><option>o</option></select>",
    ]
)


def written(body: str, parts: list[str]) -> str:
    return f"<!doctype html><title>T</title>{body}{''.join(parts)}"


PAGES = st.builds(
    written,
    st.sampled_from(["<body>", '<body class="mediawiki">', '<body class="not-logged-in">', "<frameset>"]),
    st.lists(FRAGMENTS, max_size=30),
)


def inspected(body: str, content_type: str = "text/html; charset=utf-8") -> Inspection:
    return inspect_capture(captured(body.encode(), content_type))


def captured(body: bytes, content_type: str) -> Capture:
    return Capture(url=None, body=body, content_type=content_type, source=SourceRecord(kind="bytes"))


def page_text(page: str | bytes) -> str:
    """The characters of a page that a browser would show, walked apart from the cleaners."""
    tree = turbohtml.parse(page.encode() if isinstance(page, str) else page, encoding="utf-8")
    body = tree.select_one("body, frameset")
    return shown(body) if body is not None else ""


def shown(node: turbohtml.Node) -> str:
    if isinstance(node, turbohtml.Text):
        return node.data
    if isinstance(node, turbohtml.Element) and node.tag in INVISIBLE:
        return ""
    return "".join(shown(child) for child in node.children)


def sums(pieces: tuple[Piece, ...]) -> dict[str, int]:
    """The numbers of `quality`, counted from pieces."""
    counted: Counter[str] = Counter()
    for piece in pieces:
        kind = {"text": "in_text", "removed": "removed"}.get(piece.destination, "structured")
        counted["substituted" if piece.substituted else kind] += len(piece.text)
    return {name: counted[name] for name in ("in_text", "structured", "removed", "substituted")}


def numbers(article: Article) -> dict[str, int]:
    quality = article.quality
    return {name: getattr(quality, name) for name in ("in_text", "structured", "removed", "substituted")}


def check(inspection: Inspection) -> None:
    article, pieces = inspection.article, inspection.pieces
    assert sums(pieces) == numbers(article)
    assert all(piece.text for piece in pieces)
    assert [p.place for p in pieces] == sorted(p.place for p in pieces)
    words: Counter[int] = Counter()
    for piece in pieces:
        if piece.destination == "removed" and piece.entry is not None:
            entry = article.removed[piece.entry]
            assert (piece.cleaner, piece.reason, piece.selector) == (entry.cleaner, entry.reason, entry.selector)
            words[piece.entry] += 0 if piece.substituted else sum(not c.isspace() for c in piece.text)
    assert set(words) == set(range(len(article.removed)))
    assert {p.entry for p in pieces if p.destination == "citations"} <= set(range(len(article.citations)))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(PAGES)
def test_pieces_are_the_page_and_their_sums_are_those_of_quality(page: str) -> None:
    inspection = inspected(page)
    check(inspection)
    assert "".join(piece.text for piece in inspection.pieces) == page_text(page)
    assert inspection.article == clean_capture(captured(page.encode(), "text/html; charset=utf-8"))


@given(st.lists(st.sampled_from(["Two words.", "[1]", "[edit]", "== H ==", "1. ^ Note.", "\n", " "])).map("".join))
def test_flattened_pages_too(text: str) -> None:
    inspection = inspected(text, "text/plain; charset=utf-8")
    check(inspection)
    assert "".join("".join(p.text for p in inspection.pieces).split()) == "".join(text.split())


def test_every_fixture(root: Path) -> None:
    files = sorted((root / "tests" / "fixtures").glob("*/*.html"))
    assert len(files) > 20
    for file in files:
        inspection = inspect_capture(captured(file.read_bytes(), "text/html; charset=utf-8"))
        check(inspection)
        assert "".join(p.text for p in inspection.pieces) == page_text(file.read_bytes())


def test_borders_and_roles() -> None:
    page = "<body><h2>H</h2>\n<p>one <b>two</b><br>three</p><table><tr><td>a</td><td>b</td></tr></table><ul><li>i</ul>"
    found = [(p.border, p.role, " ".join(p.text.split())) for p in inspected(page).pieces]
    assert found == [
        ("block", "heading", "H"),
        ("block", "", "one two"),
        ("line", "", "three"),
        ("block", "", "a"),
        ("cell", "", "b"),
        ("block", "item", "i"),
    ]


def test_paragraphs_in_cells_are_cells() -> None:
    cells = "<tr><td><p>a</p></td> <td><p>b</p><p>c</p></td><td></td><td>d<br>e</td></tr>"
    page = f"<body>x<table>{cells}<tr><td></td><td><ul><li>f</ul></td></tr></table>y"
    found = [(p.border, p.text.strip()) for p in inspected(page).pieces]
    assert found == [
        ("block", "x"),
        ("block", "a"),
        ("cell", "b"),
        ("block", "c"),
        ("cell", "d"),
        ("line", "e"),
        ("block", "f"),
        ("block", "y"),
    ]


def test_whose_each_piece_is() -> None:
    page = (
        '<body class="mediawiki"><div id="mw-content-text"><p>It is 10<sup>2</sup> m'
        '<sup class="reference" id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>.</p>'
        '<h2>Deeds<span class="mw-editsection">[edit]</span></h2><p>Some.</p>'
        '<ol class="references"><li id="cite_note-1"><a href="#cite_ref-1">^</a> Note.</li></ol></div>'
    )
    found = [(p.text, p.destination, p.entry, p.substituted) for p in inspected(page).pieces]
    assert found == [
        ("It is 10", "text", None, False),
        ("2", "text", None, True),
        (" m", "text", None, False),
        ("[1]", "citations", 0, False),
        (".", "text", None, False),
        ("Deeds", "text", None, False),
        ("[edit]", "removed", 0, False),
        ("Some.", "text", None, False),
        ("^", "removed", 1, False),
        (" Note.", "references", None, False),
    ]


@pytest.mark.parametrize("body", ["", "<body>", "<p></p>"])
def test_a_page_without_a_word(body: str) -> None:
    assert inspected(body).pieces == ()


def test_code_that_a_highlighter_made_of_other_elements() -> None:
    lines = '<div class="geshi"><ol><li>a = 1</li><li>b = 2</li></ol></div>'
    page = f'<body class="mediawiki"><div id="mw-content-text">An inline <code>x</code>.<pre>y\n z</pre>{lines}</div>'
    found = [(p.role, p.text) for p in inspected(page).pieces]
    assert found == [("", "An inline x."), ("code", "y\n z"), ("code", "a = 1"), ("code", "b = 2")]


@pytest.mark.shared
def test_every_labelled_page(shared: Path) -> None:
    files = sorted((shared / "data" / "pages").glob("*/*.html.gz"))
    assert len(files) > 50
    for file in files:
        inspection = inspect_capture(captured(gzip.decompress(file.read_bytes()), "text/html"))
        check(inspection)
        assert sum(len(piece.text) for piece in inspection.pieces) == inspection.article.quality.visible
