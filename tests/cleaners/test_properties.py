"""What holds for every page, whatever stands on it: the pages are generated, the ledger is counted from outside."""

from __future__ import annotations

import unicodedata
from collections import Counter

import turbohtml
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from wikiglean.article import Article
from wikiglean.cleaners import DEFAULT_CLEANERS, clean
from wikiglean.errors import CleanError

INVISIBLE = ("script", "style", "template", "noscript", "head")
WORDS = st.sampled_from(
    [
        "word",
        "Two words.",
        " ",
        "ı",
        "Çay",
        "日本語。",
        "نص",
        "נ",
        "½",
        "a\u0301",
        "[sic]",
        "1904",
        "&amp;",
        "x,",
        "\n",
        "🜨",
        "–2",
        "n",
    ]
)
MARKERS = st.integers(1, 4).map(
    lambda n: f'<sup id="cite_ref-{n}" class="reference"><a href="#cite_note-{n}">[{n}]</a></sup>'
)
WIDE_MARKERS = MARKERS.map(lambda marker: marker.replace("<a", " <a").replace("</a>", "</a> "))
"""Markers with white space inside their element."""
TYPED_MARKERS = st.integers(1, 4).map(lambda n: f"[{n}]")
NOTES = st.lists(st.integers(1, 4), max_size=4, unique=True).map(
    lambda numbers: (
        '<ol class="references">'
        + "".join(f'<li id="cite_note-{n}"><a href="#cite_ref-{n}">^</a> Note {n}.</li>' for n in numbers)
        + "</ol>"
    )
)
LINKED = st.builds(
    str.format,
    st.sampled_from(
        [
            '<sup><a href="#n{0}" id="r{0}">{0}</a></sup>',
            '[<a href="#n{0}">{0}</a>]',
            '<a href="#n{0}">[{0}]</a>, <a href="#n3">3</a>',
            '<a name="n{0}" href="#r{0}">{0}</a>. Said so.',
            '<br>[<a name="n{0}">{0}</a>] Said so.',
            '<a name="n{0}"></a>{0} Said so. (<a href="#r{0}">back</a>)',
            '<p id="n{0}">{0}. Said so. <a href="#r{0}">↩</a></p>',
            '<dl><dt id="n{0}">[{0}]</dt><dd>Said so.</dd></dl>',
            '<label class="margin-toggle sidenote-number" for="s{0}"></label><span class="sidenote">Said so.</span>',
        ]
    ),
    st.integers(1, 3),
)
FORMULAS = st.sampled_from(
    [
        '<span class="katex"><math><mi>℘</mi><annotation encoding="application/x-tex">℘</annotation></math>℘</span>',
        '<math display="block"><mi>℘</mi></math>',
        '<img class="latex" alt="℘">',
        '<script type="math/tex">℘</script>',
    ]
)
CLASSES = ["", "", "toc", "navbox", "hatnote", "infobox", "thumbcaption", "mw-editsection", "noprint", "comment"]
CLASSES += ["geo", "poem", "linenos", "wp-caption", "pi-data-label", "pi-data-value", "crayon-pre"]
IDS = ["", "", "toc", "catlinks", "mw-content-text", "footer", "siteSub", "content", "comment-form"]
ATTRIBUTES = ["", "", "", "style='display:none'", "style='display:block'", "style='display: inline'", "reversed"]
ATTRIBUTES += ["rowspan=0", "rowspan='65534'", "colspan='2;'", "colspan=3 rowspan=2", "value=7", "start='-3'"]
INLINE = ["b", "i", "span", "a", "sup", "sub", "small", "code", "em", "q", "label", "button", "ruby", "rt", "rp", "x-y"]
BLOCKS = ["p", "div", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "form", "section", "nav"]
BLOCKS += ["details", "summary", "menu", "center", "address"]
TABLE = ["table", "caption", "tr", "td", "th", "thead", "tfoot", "figure", "figcaption", "audio"]


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def written(tag: str, class_: str, id_: str, more: str, inside: list[str]) -> str:
        attributes = (f' class="{class_}"' if class_ else "") + (f' id="{id_}"' if id_ else "")
        attributes += f" {more}" + (' href="/x"' if tag == "a" else "")
        return f"<{tag}{attributes}>{''.join(inside)}</{tag}>"

    tags, classes, ids = (st.sampled_from(names) for names in (INLINE + BLOCKS + TABLE, CLASSES, IDS))
    return st.builds(written, tags, classes, ids, st.sampled_from(ATTRIBUTES), st.lists(children, max_size=4))


def table(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Tables that the parser keeps as they are: rows of cells with wild spans, tables in tables."""
    spans = st.sampled_from(
        ["", "rowspan=0", "rowspan=2", "colspan=2", "colspan=0 rowspan=99999999999", "colspan='2;'"]
    )
    cells = st.builds(lambda span, inside: f"<td {span}>{inside}</td>", spans, children)
    rows = st.lists(cells, max_size=4).map(lambda inside: f"<tr>{''.join(inside)}</tr>")
    groups = st.builds(
        lambda tag, inside: f"<{tag}>{''.join(inside)}</{tag}>",
        st.sampled_from(["thead", "tbody", "tfoot"]),
        st.lists(rows, max_size=3),
    )
    classes = st.sampled_from(["", "infobox", "wikitable", "highlighttable"])
    return st.builds(
        lambda class_, inside: f'<table class="{class_}">{"".join(inside)}</table>',
        classes,
        st.lists(groups, min_size=1, max_size=3),
    )


LEAVES = WORDS | MARKERS | TYPED_MARKERS | NOTES | LINKED | FORMULAS | st.just("<br>")
TREES = st.recursive(LEAVES, lambda children: element(children) | table(children), max_leaves=25)
BODIES = st.sampled_from(["<body>", '<body class="mediawiki">', '<body class="not-logged-in">'])
PAGES = st.builds(
    lambda body, parts: f"<!doctype html><html><head><title>T</title></head>{body}{''.join(parts)}</body></html>",
    BODIES,
    st.lists(TREES, max_size=6),
)
PARAGRAPHS = st.lists(
    st.lists(
        st.sampled_from(["word", " ", "Two words.", "日本語。", "Çay", "¿Qué", " ;", "<br>in"])
        | MARKERS
        | WIDE_MARKERS,
        min_size=1,
        max_size=8,
    )
    .map("".join)
    .map(lambda inside: f"<p>start {inside} end</p>"),
    min_size=1,
    max_size=4,
)
slowly = settings(suppress_health_check=[HealthCheck.too_slow])


def characters(text: str) -> Counter[str]:
    """Characters without white space, each kind of raised or lowered digit as the plain one; formulas left out."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-")
    return Counter(c for c in plain if not c.isspace() and c not in "$℘")


def shown(node: turbohtml.Node) -> str:
    """The words of a tree that a browser would show, walked apart from the cleaners."""
    if isinstance(node, turbohtml.Text):
        return node.data
    if isinstance(node, turbohtml.Element) and node.tag in INVISIBLE:
        return ""
    return "".join(shown(child) for child in node.children)


def owned(article: Article) -> str:
    """The words of all fields that own words."""
    words = [article.text, *(c.shown for c in article.citations), *(note.text or "" for note in article.references)]
    words += [note.text for note in article.notes] + [tag.text for tag in article.maintenance_tags]
    words += [category.name for category in article.categories] + [link.name for link in article.langlinks]
    words += [place.text for place in article.coordinates] + [entry.text for entry in article.removed]
    for box in article.infoboxes:
        words += [box.name or "", *((field.name or "") + field.value for field in box.fields)]
    return "".join(words)


@slowly
@given(PAGES)
def test_ledger_adds_up_and_no_character_is_lost_or_doubled(page: str) -> None:
    article = clean(page)
    quality = article.quality
    assert quality.visible == quality.in_text + quality.structured + quality.removed + quality.substituted
    assert "ledger-mismatch" not in quality.flags
    body, have = characters(shown(turbohtml.parse(page))), characters(owned(article))
    title = characters(article.title or "")
    assert body - have - title == Counter()
    assert have - body == Counter()


@slowly
@given(PAGES)
def test_offsets_fit_and_follow_one_another(page: str) -> None:
    article = clean(page)
    size = len(article.text)
    cells = [cell for table in article.tables for row in table.rows for cell in row]
    views = (article.blocks, article.links, article.tables, article.math, article.code, cells)
    spans = [(view.start, view.end) for kind in views for view in kind]
    spans += [(c.start, c.start) for c in article.citations if c.start is not None and c.start == c.end]
    assert [span for span in spans if not 0 <= span[0] <= span[1] <= size] == []
    assert all(c.start == c.end for c in article.citations)
    for found in article.tables:  # no two cells of a grid begin in one place, and none is below the rows
        places = [(cell.row, cell.column) for row in found.rows for cell in row]
        assert len(places) == len(set(places))
        assert all(cell.row + cell.row_span <= len(found.rows) for row in found.rows for cell in row)
    ends = [0, *(section.end for section in article.sections)]
    assert [section.start for section in article.sections] == ends[:-1]
    assert ends[-1] == size
    assert all(one.end <= two.start for one, two in zip(article.blocks, article.blocks[1:], strict=False))
    heads = [article.text[b.start : b.end] for b in article.blocks if b.type == "Header"]
    titles = [section.title for section in article.sections if section.start != section.end and section.title]
    assert [" ".join(head.split()) for head in heads] == [" ".join(title.split()) for title in titles]


@slowly
@given(PARAGRAPHS)
def test_markers_put_back_give_the_text_that_was(paragraphs: list[str]) -> None:
    page = f'<!doctype html><body class="mediawiki"><div id="mw-content-text">{"".join(paragraphs)}</div></body>'
    without = [
        step for step in DEFAULT_CLEANERS if step.__name__ not in ("references", "typed_citations", "typed_notes")
    ]
    article = clean(page)
    text = article.text
    for citation in reversed(article.citations):
        assert citation.start is not None
        text = text[: citation.start] + citation.whitespace_removed + citation.shown + text[citation.start :]
    assert text == clean(page, cleaners=without).text


@slowly
@given(PAGES, PAGES)
def test_no_state_outlives_a_page(one: str, two: str) -> None:
    first = [clean(one).to_json(), clean(two).to_json()]
    assert [clean(two).to_json(), clean(one).to_json()] == first[::-1]


@slowly
@given(PARAGRAPHS)
def test_every_form_of_input_gives_the_same_text(paragraphs: list[str]) -> None:
    page = f"<!doctype html><html><head><meta charset='utf-8'></head><body>{''.join(paragraphs)}</body></html>"
    forms = [page, page.encode(), turbohtml.parse(page), html.fromstring(page), BeautifulSoup(page, "lxml")]
    assert len({clean(form).text for form in forms}) == 1


@given(st.binary(max_size=400) | st.text(max_size=400), st.sampled_from([None, "text/plain", "text/html; charset=x"]))
def test_whatever_comes_gives_an_article_or_a_clean_error(body: bytes | str, content_type: str | None) -> None:
    try:
        quality = clean(body, content_type=content_type).quality
    except CleanError:
        return
    assert quality.visible == quality.in_text + quality.structured + quality.removed + quality.substituted
