"""The web page of an inspection, read as markup: nothing of the page but its words, and every way leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import turbohtml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wikiglean.capture import Capture, SourceRecord
from wikiglean.cleaners import inspect_capture
from wikiglean.inspection import Inspection
from wikiglean.output.inspection_html import save_html, to_html
from wikiglean.output.inspection_ledger import FLAGS
from wikiglean.output.markup import element, language_tag, text, visible, web_address

# Elements and attributes that we write; anything else came from the page.
ELEMENTS = set(
    """html head meta title style body header div h1 h2 h3 h4 h5 h6 bdi p nav a main section svg rect ul ol li b table
    caption thead tbody tr th td label input span dl dt dd details summary button output mark del sup em br pre code
    blockquote figure figcaption script""".split()  # noqa: SIM905
)
ATTRIBUTES = set(
    """lang charset http-equiv content name class href id aria-label aria-labelledby aria-hidden aria-live role tabindex
    x y width height viewbox preserveaspectratio scope for type autocomplete value checked title hidden open dir rel
    colspan rowspan""".split()  # noqa: SIM905
)
HOSTILE = st.sampled_from(
    [
        "<p>",
        "</p>",
        "words ",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&lt;/style&gt;&lt;img src=x onerror=alert(1)&gt;",
        "&lt;/script&gt;",
        '"onmouseover="alert(1)',
        "'",
        "&amp;lt;b&amp;gt;",
        "\u202e",
        "\u2066",
        "\x00",
        "&#1;",
        "&#x85;",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1) alt='&lt;i&gt;'>",
        "<a href='javascript:alert(1)'>link</a>",
        "<a href='data:text/html,x'>link</a>",
        "<a href='https://wiki.example/&quot;&gt;&lt;b'>link</a>",
        "<a href='https://wiki.example/x'>link</a>",
        "<h2 id='k1-1'>&lt;h2&gt;</h2>",
        "<h2 onclick='x()' style='x' id='\"><b>'>Head[edit]</h2>",
        "<div class='toc' id='\"><i>'>contents</div>",
        "<table><tr><th colspan=9999>a<td>b",
        "<tr><td rowspan=99999>c<td>d",
        "<table><caption>bells</caption><tr><th>a<td>b<tr><th>c<td>d<table><tr><th>e<td>f<tr><th>g<td>h</table></table>",
        "</table>",
        "<table class='infobox'><tr><th>&lt;a&gt;<td><a href='javascript:x'>b</a></table>",
        "<ul><li>one<ul><li>two",
        "</ul></ul>",
        "<pre>\n\n&lt;b&gt;</pre>",
        "<math alttext='&lt;x&gt;'><mi>x</mi></math>",
        '<sup class="reference" id="cite_ref-1"><a href="#cite_note-1">[&lt;1]</a></sup>',
        '<sup class="reference" id="cite_ref-9"><a href="#cite_note-9">[9]</a></sup>',
        '<ol class="references"><li id="cite_note-1"><a href="#cite_ref-1">^</a> Note &lt;b&gt;.</li></ol>',
        "[citation needed]",
        "<div class='hatnote'>See &lt;u&gt;.</div>",
        "<svg onload=alert(1)><title>t</title></svg>",
        "<textarea></textarea>",
        "<form action='javascript:x'><button>b</button></form>",
        "<iframe src='x'></iframe>",
        "<base href='https://evil.example/'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    ]
)


def written(attributes: str, parts: list[str]) -> str:
    return f"<!doctype html><html {attributes}><title>T &lt;/title></title><body>{''.join(parts)}"


PAGES = st.builds(
    written,
    st.sampled_from(["", 'lang="ar" dir="rtl"', "lang='\"><b>' dir='x\"y'"]),
    st.lists(HOSTILE, max_size=25),
)
PAGE = """<!doctype html><html lang="en"><title>Orra</title><body class="mediawiki"><div id="mw-content-text"><p>Orra is
a town.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup> It has a wall.<sup id="cite_ref-2"
class="reference"><a href="#cite_note-1">[1]</a></sup> And a gate.<sup id="cite_ref-3" class="reference"><a
href="#cite_note-7">[7]</a></sup></p><h2>Streets<span class="mw-editsection">[edit]</span></h2>
<ul><li>Long Row<ul><li>its bend</ul><li>Short Row</ul><table class="wikitable"><caption>Bells</caption>
<tr><th>Name<th colspan=2>Weight<tr><td rowspan=2>Old Ida<td>two<td>tons<tr><td>cast<td>1688</table>
<ol class="references"><li id="cite_note-1"><a href="#cite_ref-1">^</a> Ibe, K. <i>Towns</i>.</li></ol></div>"""


def inspected(page: str, content_type: str = "text/html; charset=utf-8") -> Inspection:
    source = SourceRecord(kind="bytes")
    return inspect_capture(
        Capture(
            url="https://wiki.example/Orra",
            body=page.encode("utf-8", "replace"),
            content_type=content_type,
            source=source,
        )
    )


def parsed(page: str) -> turbohtml.Document:
    return turbohtml.parse(to_html(inspected(page)))


def elements(tree: turbohtml.Node) -> list[turbohtml.Element]:
    return list(tree.select("*"))


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(PAGES)
def test_nothing_of_a_page_becomes_markup(page: str) -> None:
    html = to_html(inspected(page))
    tree = turbohtml.parse(html)
    found = elements(tree)
    assert {node.tag for node in found} <= ELEMENTS
    assert {name.lower() for node in found for name in node.attrs} <= ATTRIBUTES
    assert [node.tag for node in found if node.tag in ("script", "style")] == ["style", "script"]
    hrefs = [node.attrs["href"] for node in found if "href" in node.attrs]
    assert [href for href in hrefs if not re.match(r"#\w|https?://", str(href))] == []
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
    ids = [str(node.attrs["id"]) for node in found if "id" in node.attrs]
    assert [name for name, number in Counter(ids).items() if number > 1] == []
    assert {str(href)[1:] for href in hrefs if str(href).startswith("#")} <= set(ids)


def test_the_same_page_gives_the_same_bytes() -> None:
    assert to_html(inspected(PAGE)) == to_html(inspected(PAGE))


def test_markers_and_notes_lead_to_each_other() -> None:
    tree = parsed(PAGE)
    markers = [(m.attrs["id"], m.select_one("a")) for m in tree.select("#article .cite")]
    assert [(name, a.attrs["href"] if a else None) for name, a in markers] == [
        ("c0", "#n0"),
        ("c1", "#n0"),
        ("c2", "#n1"),
    ]
    assert [(a.text, a.attrs["href"]) for a in tree.select("#n0 .back a")] == [("a", "#c0"), ("b", "#c1")]
    assert [(a.text, a.attrs["href"]) for a in tree.select("#n1 .back a")] == [("↑", "#c2")]
    note = tree.select_one("#n1")
    assert note is not None
    assert "The page does not have the text of this note." in note.text
    assert [marker.attrs["id"] for marker in tree.select("#article .missing")] == ["c2"]


def test_structures_are_what_they_were() -> None:
    article = parsed(PAGE).select_one("#article .words")
    assert article is not None
    assert [li.select_one("span").text.rstrip("↤") for li in article.select("ul ul > li")] == ["its bend"]  # type: ignore[union-attr]
    assert len(article.select("ul > li")) == 3
    rows = [
        [(c.tag, c.text, c.attrs.get("colspan"), c.attrs.get("rowspan")) for c in row.select("th, td")]
        for row in article.select("table tr")
    ]
    assert rows == [
        [("th", "Name", None, None), ("th", "Weight", "2", None)],
        [("td", "Old Ida", None, "2"), ("td", "two", None, None), ("td", "tons", None, None)],
        [("td", "cast", None, None), ("td", "1688", None, None)],
    ]
    assert [caption.text for caption in article.select("table caption")] == ["Bells"]


def test_the_table_has_the_numbers_of_the_article() -> None:
    inspection = inspected(PAGE)
    removed = Counter(entry.reason for entry in inspection.article.removed)
    rows = {}
    for row in turbohtml.parse(to_html(inspection)).select(".rules tbody tr"):
        name, pieces, characters = (cell.text for cell in row.select("th, td"))
        rows[name] = (pieces, characters)
    assert removed == {"edit marker": 1, "backlink": 1}
    assert rows["edit marker"] == ("1", "6")
    assert rows["backlink"] == ("1", "1")
    assert rows["citations"] == ("3", "9")
    assert rows["references"][0] == "1"
    assert rows["everything"] == ("", f"{inspection.article.quality.visible:,}")


def test_removed_words_are_struck_where_they_stood() -> None:
    heading = parsed(PAGE).select_one("#original .heading")
    assert heading is not None
    assert [(node.tag, node.text) for node in heading.select(".k")] == [("span", "Streets"), ("del", "[edit]")]
    assert "edit_markers: edit marker" in str(heading.select("del")[0].attrs["title"])


def test_deep_lists_and_long_words_end_well() -> None:
    page = "<body>" + "<ul><li>deep" * 500 + "<p>" + "x" * 5000
    tree = parsed(page)
    assert "x" * 5000 in tree.select("#article .words")[0].text


def test_every_flag_is_explained_as_in_the_documentation(root: Path) -> None:
    document = (root / "docs" / "quality.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (.+) \|$", document, re.MULTILINE))
    assert rows == FLAGS


def test_flags_and_residue_are_shown() -> None:
    tree = parsed("<body><p>Some words.</p>")
    assert "unknown-engine" in {dt.text for dt in tree.select(".doubts dt")}


@pytest.mark.parametrize(
    "address", ["https://wiki.example/a?b=c#d", "http://a.example/%D8%A7", "HTTPS://wiki.example/ä"]
)
def test_addresses_of_the_web_can_be_followed(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "java\nscript:x",
        "\x01javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "//wiki.example/",
        "/wiki/A",
        "https:wiki",
        "https://wiki.example/a b",
        "https://wiki.example/\u202egpj.exe",
        "",
        None,
    ],
)
def test_other_addresses_can_not(address: str | None) -> None:
    assert web_address(address) is None


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\x00b", "a⟨U+0000⟩b"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\ud800b", "a⟨U+D800⟩b"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\tb\nc\rd", "a\tb\nc d"),
    ],
)
def test_characters_that_nobody_sees_are_named(words: str, shown: str) -> None:
    assert visible(words) == shown


def test_only_what_was_built_is_markup() -> None:
    assert text("<b>") == "&lt;b&gt;"
    assert element("p", "<b>", element("b", "x"), title='"<', hidden=True, class_=None) == (
        '<p title="&quot;&lt;" hidden>&lt;b&gt;<b>x</b></p>'
    )
    assert element("pre", "\nx") == "<pre>\n\nx</pre>"
    assert (language_tag("pt-BR"), language_tag('"><b>'), language_tag(None)) == ("pt-BR", None, None)


def test_a_file_is_whole_and_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("old", encoding="utf-8")
    link = tmp_path / "link.html"
    link.symlink_to(path)
    save_html(link, b"new")
    assert (path.read_bytes(), link.is_symlink(), len(list(tmp_path.iterdir()))) == (b"new", True, 2)
