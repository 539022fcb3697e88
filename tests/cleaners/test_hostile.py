"""Whatever comes in: an article or a `CleanError`, never another exception, never a hang."""

from __future__ import annotations

from pathlib import Path

import pytest
import turbohtml
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from wikiglean.article import Article
from wikiglean.cleaners import DEFAULT_CLEANERS, Page, clean
from wikiglean.cleaners import page as page_module
from wikiglean.errors import CleanError, ProfileError

PARAGRAPH = b"<p>A paragraph of an article, with enough words in it to be one, and a full stop.</p>"
FRAGMENTS = [
    "<p>",
    "</p>",
    "<div class='toc'>",
    "</div>",
    "<table><tr><td>",
    "</td><td>",
    "</tr><tr><td>",
    "</table>",
    "<ul><li>",
    "</li></ul>",
    "<sup class='reference' id='cite_ref-1'><a href='#cite_note-1'>[1]</a></sup>",
    "<ol class='references'>",
    "<li id='cite_note-1'><a href='#cite_ref-1'>^</a> Note. ",
    "</li></ol>",
    "<h2>",
    "</h2>",
    "[edit]",
    "[1]",
    " [2] ",
    "<pre>",
    "</pre>",
    "<br>",
    "<form><input>",
    "</form>",
    "<table class='infobox'><tr><th>",
    "</th><td>",
    "<sup>2</sup>",
    "<a href='/x'>",
    "</a>",
    "<b>",
    "</b>",
    "word",
    " ",
    "\n",
    "日本語",
    "نص",
    "。",
    ".",
    "<math><mi>x</mi></math>",
    "<script>x</script>",
    "<dl><dd>",
    "</dd></dl>",
    "<blockquote>",
    "</blockquote>",
    "<body class='mediawiki'>",
    "<div id='mw-content-text'>",
    "&amp;",
    "<nav>",
    "</nav>",
    "<h2>References</h2>",
    "<p>1. ^ a b Author. Title.</p>",
    "[citation needed]",
    "<select><option>",
    "</select>",
    "<caption>",
]


def owned(article: Article) -> str:
    fields = [article.text, *(c.shown for c in article.citations), *(n.text or "" for n in article.references)]
    fields += (
        [n.text for n in article.notes] + [t.text for t in article.maintenance_tags] + [r.text for r in article.removed]
    )
    fields += (
        [c.name for c in article.categories]
        + [c.name for c in article.langlinks]
        + [c.text for c in article.coordinates]
    )
    for box in article.infoboxes:
        fields += [box.name or "", *((f.name or "") + f.value for f in box.fields)]
    return "".join(fields)


def visible(node: turbohtml.Node) -> str:
    if isinstance(node, turbohtml.Text):
        return node.data
    if isinstance(node, turbohtml.Element) and node.tag in ("script", "style", "template", "noscript", "head", "math"):
        return ""
    return "".join(visible(child) for child in node.children)


def sound(article: Article) -> None:
    quality, text = article.quality, article.text
    assert quality.visible == quality.in_text + quality.structured + quality.removed + quality.substituted
    end = 0
    for section in article.sections:
        assert section.start == end
        end = section.end
    assert end == len(text)
    last = 0
    for block in article.blocks:
        assert last <= block.start < block.end <= len(text)
        last = block.end
    for link in article.links:
        assert 0 <= link.start < link.end <= len(text)
    for citation in article.citations:
        assert citation.start == citation.end
        assert citation.start is None or 0 <= citation.start <= len(text)
    for table in article.tables:
        for row in table.rows:
            for cell in row:
                assert 0 <= cell.start <= cell.end <= len(text)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_any_markup_gives_a_sound_article(markup: str) -> None:
    article = clean("<html><body>" + markup)
    sound(article)
    assert clean("<html><body>" + markup) == article
    tree = turbohtml.parse("<html><body>" + markup)
    titles = article.title or ""
    have = sorted(c for c in owned(article) + titles if not c.isspace())
    for character in visible(tree):
        # "²" stands for "2", formulas for their markup: those are substitutions, counted as such
        if not character.isspace() and character != "2":
            assert character in have
            have.remove(character)


FIXTURES = sorted(
    page
    for page in (Path(__file__).parents[1] / "fixtures").glob("*/*.*")
    if page.suffix in (".html", ".txt") and page.stat().st_size < 60_000
)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["cut", "double", "move", "insert", "flip", "end"]),
        st.floats(0, 1),
        st.integers(1, 3000),
        st.sampled_from(
            [*FRAGMENTS, "\x00", "<!--", "-->", "\ufeff", "<html><body>", "</body></html>", "<title>", "<b><i>"]
        ),
    ),
    min_size=1,
    max_size=6,
)


def changed(data: bytes, changes: list[tuple[str, float, int, str]]) -> bytes:
    """A page with parts cut out, doubled, moved, put in, bytes that were something else."""
    for what, where, size, words in changes:
        at = int(where * len(data))
        part = data[at : at + size]
        if what == "cut":
            data = data[:at] + data[at + size :]
        elif what == "double":
            data = data[:at] + part + data[at:]
        elif what == "move":
            data = part + data[:at] + data[at + size :]
        elif what == "insert":
            data = data[:at] + words.encode() + data[at:]
        elif what == "flip":
            data = data[:at] + bytes(byte ^ 0x80 for byte in part[:3]) + data[at + 3 :]
        else:
            data = data[: max(at, 1)]
    return data


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(FIXTURES), CHANGES)
def test_damaged_pages_give_a_sound_article_or_a_clean_error(
    page: Path, changes: list[tuple[str, float, int, str]]
) -> None:
    try:
        article = clean(changed(page.read_bytes(), changes))
    except CleanError:
        return
    sound(article)
    assert "ledger-mismatch" not in article.quality.flags


@given(st.binary(max_size=500))
def test_any_bytes_give_an_article_or_a_clean_error(body: bytes) -> None:
    try:
        sound(clean(body))
    except CleanError:
        return


def test_what_is_no_page_is_said_to_be_none() -> None:
    assert clean(b"").quality.flags == ("empty",)
    with pytest.raises(CleanError, match="PNG"):
        clean(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(CleanError, match="image/png"):
        clean(b"x", content_type="image/png")
    with pytest.raises(CleanError, match="int"):
        clean(5)


def test_a_large_page_and_a_deep_one() -> None:
    body = b"<html><body>" + PARAGRAPH * (20_000_000 // len(PARAGRAPH))
    assert len(clean(body).text) > 10_000_000
    assert clean(b"<html><body>" + b"<div>" * 300_000 + b"deep").text == "deep"


@pytest.mark.parametrize(
    "opening",
    ["<div>", "<b>", "<div class=toc>", "<p><i id=x>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<section><h2>"],
)
def test_100_000_elements_inside_one_another(opening: str) -> None:
    depth = 100_000 // opening.count("<")
    article = clean(f"<html><body class=mediawiki>{opening * depth}deep")
    sound(article)
    assert "deep" in (article.title or "") + article.text + "".join(entry.text for entry in article.removed)


FRAME = "<html><body class=mediawiki><h1 id=firstHeading>T</h1><div id=mw-content-text><div class=mw-parser-output>"
MARK = "<sup class=reference><a href='#cite_note-{n}'>[{n}]</a></sup>"
MANY = {
    "headings": ("<h2><span class=mw-headline id=h{n}>H</span></h2><p>words</p>", ""),
    "sections of notes": ("<h3>H</h3><ol class=references><li id=cite_note-{n}>Note</li></ol>", ""),
    "markers of one paragraph": ("word" + MARK + ". ", "<ol class=references><li id=cite_note-1>Note</ol>"),
    "markers without words between": (MARK, ""),
    "notes of one id": ("<ol class=references><li id=cite_note-1>Note</ol>", ""),
    "backlinks": ("<ol class=references><li id=cite_note-1>" + "<a href='#cite_ref-{n}'>^</a>" + "Note</ol>", ""),
    "typed markers": ("word [{n}] and ", "<h2>References</h2><p>1. ^ Note</p>"),
    "typed lists of notes": ("<h2>References</h2><p>1. ^ Note</p>", ""),
    "headings of notes": ("<p>References</p>", ""),
    "brackets": ("<p>a [b] c [citation needed]</p>", ""),
    "words without an end": ("<b>x</b>", ""),
    "forms": ("<form><input></form>", ""),
    "forms in one another": ("<div><form><input></form>", ""),
    "classes": ("<p class='a b{n} c{n}'>x</p>", ""),
    "ids": ("<p id='i{n}'>x</p>", ""),
    "links": ("<a href='/x{n}'></a>", ""),
    "formulas": ("<math><mi>x</mi></math> ", ""),
    "tables": ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", ""),
    "infoboxes in one another": ("<table class=infobox><tr><td>", "x"),
    "pictures of one figure": ("<img src=x alt=y><figcaption>c</figcaption>", ""),
    "what others claim": ("<div><div>x<div class=navbox>a</div></div></div>", ""),
    "comments": ("<!-- Page saved with SingleFile Mirrored from x by HTTrack Website Copier/ -->", ""),
}


@pytest.mark.parametrize("kind", MANY)
def test_thousands_of_a_kind(kind: str) -> None:
    """Anything that looks at all of them for each of them would take minutes here."""
    unit, end = MANY[kind]
    markup = "".join(unit.replace("{n}", str(n % 900 + 1)) for n in range(10_000))
    sound(clean(FRAME + markup + end))
    sound(clean("<html><body>" + markup + end))


@pytest.mark.parametrize(
    "line",
    [
        "Short line\n",
        "Short line {n}\n",
        "• item {n}\n",
        "1. ^ Note {n}\n",
        "Your name:\n",
        "Heading {n}\n\nA line of the text that is long enough to be a paragraph of its own, no. {n}.\n\n",
    ],
)
def test_thousands_of_flattened_lines(line: str) -> None:
    lines = "".join(line.replace("{n}", str(n)) for n in range(10_000))
    sound(clean(f"Title\n\nA first line that is long enough to be a paragraph.\n\nReferences\n\n{lines}"))


def test_markup_that_grows_without_bounds_while_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    unclosed = "".join(f"<font color={n}>x<p>" for n in range(60_000))
    with pytest.raises(CleanError, match="repair its markup"):
        clean(unclosed)
    monkeypatch.setattr(page_module, "MOST_NODES", 200_000)
    with pytest.raises(CleanError, match="more than 200,000"):
        clean(unclosed[:100_000])
    monkeypatch.undo()
    closed = "".join(f"<p><font color={n}>x</font>" for n in range(40_000))
    assert clean(FRAME + closed).text.count("x") == 40_000


def test_one_long_comment_and_one_long_run_of_spaces() -> None:
    sound(clean("<!-- " + "Page saved with SingleFile " * 50_000 + "--><p>x"))
    sound(clean("<p>" + " " * 200_000 + "x</p><pre>" + " " * 200_000 + "</pre>"))
    sound(clean("<p class='" + " ".join(f"c{n}" for n in range(50_000)) + "'>x"))
    sound(clean("<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x"))


def test_a_form_around_the_page_does_not_swallow_the_article() -> None:
    article = clean(b"<html><body><form><h2>Heading</h2>" + PARAGRAPH * 20 + b"<input></form>")
    assert [s.title for s in article.sections] == ["Heading"]


def test_ten_thousand_references() -> None:
    markers = "".join(f'<p>x<sup class=reference><a href="#cite_note-{n}">[{n}]</a></sup></p>' for n in range(10_000))
    notes = "".join(f"<li id=cite_note-{n}>Note {n}" for n in range(10_000))
    article = clean(f"<body class=mediawiki><div id=mw-content-text>{markers}<ol class=references>{notes}</ol>")
    assert len(article.references) == len(article.citations) == 10_000
    assert all(note.resolved for note in article.references)


def test_wild_spans_are_clamped() -> None:
    article = clean('<table><tr><td colspan="2;">a<td>b<tr><td rowspan=65534>c<td rowspan=x>d</table>')
    spans = [(cell.col_span, cell.row_span) for row in article.tables[0].rows for cell in row]
    assert spans == [(2, 1), (1, 1), (1, 1), (1, 1)]  # no further down than the rows that are there


def test_every_form_of_input_gives_the_same_text() -> None:
    markup = "<html><body><h2>Heading</h2><p>One <b>two</b>.</p><ul><li>a</li><li>b</li></ul></body></html>"
    texts = {
        clean(form).text
        for form in (
            markup,
            markup.encode(),
            turbohtml.parse(markup),
            html.fromstring(markup),
            BeautifulSoup(markup, "lxml"),
        )
    }
    assert texts == {"Heading\n\nOne two.\n\na\nb"}


def test_a_step_of_the_users_own() -> None:
    def adverts(page: Page) -> None:
        for element in page.tree.select(".bargain"):
            page.claim(element, "removed", "advertisement")

    article = clean("<p>kept</p><p class=bargain>sold</p>", cleaners=[*DEFAULT_CLEANERS, adverts])
    assert article.text == "kept"
    assert [(r.cleaner, r.reason, r.text) for r in article.removed] == [("adverts", "advertisement", "sold")]


def test_profiles_of_the_users_own(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text('name = "mine"\ntitle = "Mine"\n[recognise]\nany_of = ["#mine"]\n[content]\nroot = ["#mine"]\n')
    article = clean("<body><p>out</p><div id=mine><p>in</p></div>", profiles=[file])
    assert (article.text, article.is_part_of.engine) == ("in", "mine")
    file.write_text('name = "mine"\ntitle = "Mine"\n[contents]\nroot = ["#mine"]\n')
    with pytest.raises(ProfileError, match=r"site\.toml.*contents"):
        clean("<p>x", profiles=[file])
    assert clean("<body class=mediawiki><p>x", without_profiles=("mediawiki",)).is_part_of.engine is None


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<p>Türkçe</p>".encode(), "text/html; charset=no-such-charset"),
        (b"\xff\xfe" + "<p>Türkçe</p>".encode("utf-16-le"), None),
        ("<meta charset=windows-1254><p>Türkçe</p>".encode("cp1254"), None),
        ("<p>Türkçe</p>".encode("cp1254"), "text/html; charset=iso-8859-9"),
    ],
)
def test_charsets(body: bytes, content_type: str | None) -> None:
    assert clean(body, content_type=content_type).text == "Türkçe"


def test_undeclared_windows_1252_is_read_as_such() -> None:
    words = "The café’s naïve façade, “quoted” – at a price of 5 € – was über-old. "
    assert clean(f"<html><body><p>{words * 20}</p></body></html>".encode("cp1252")).text == (words * 20).strip()


@pytest.mark.parametrize(
    ("markup", "title", "text"),
    [
        ("<html><head><title>Only a title</title></head><body></body></html>", "Only a title", ""),
        ("<html><body><p>No title.</p></body></html>", None, "No title."),
        ("<html><body><p>one</p><html><head></head><body><p>two</p></body></html>", None, "one\n\ntwo"),
    ],
)
def test_odd_documents(markup: str, title: str | None, text: str) -> None:
    article = clean(markup)
    assert (article.text, article.title if title else None) == (text, title)
    sound(article)


def test_frameset_has_no_text() -> None:
    article = clean(
        "<html><head><title>F</title></head><frameset cols='1,2'><frame src=a><frame src=b></frameset></html>"
    )
    assert article.text == ""
    assert article.title == "F"
