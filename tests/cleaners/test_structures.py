"""What becomes a view or a field: lists, grids, code, media, infoboxes, coordinates, links, kinds, metadata."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from wikiglean.article import Article, Coordinates
from wikiglean.cleaners import clean

CASES = Path(__file__).parent / "cases"
KINDS, INFOBOXES = (tomllib.loads((CASES / f"{name}.toml").read_text("utf-8")) for name in ("kinds", "infoboxes"))
URL = "https://fixtures.example/wiki/Orra"
PROFILE = """
name = "tide"
title = "Tide"
[recognise]
any_of = ["body.tide"]
[content]
title = ["h1"]
[links]
redlinks = ["a.missing", ".wanted"]
interwiki = ["a.elsewhere"]
external = ["a.out"]
[kinds]
index = ["#all-pages"]
titles.category = ["Category[A-Z].*"]
"""


@pytest.fixture
def tide(tmp_path: Path) -> Path:
    path = tmp_path / "tide.toml"
    path.write_text(PROFILE)
    return path


def mediawiki(body: str) -> Article:
    return page(f"<p>Lead.</p>{body}")


def page(body: str) -> Article:
    """An article whose place is known, so that nobody has to guess which of so few words are content."""
    source = f'<!doctype html><body class="mediawiki ns-0"><div id="mw-content-text">{body}</div></body>'
    return clean(source, url=URL)


# -- lists and tables --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "numbers"),
    [
        ("<ol><li>a<li>b</ol>", [1, 2]),
        ("<ol start='0'><li>a<li value=' 9x'>b<li>c</ol>", [0, 9, 10]),
        ("<ol reversed><li>a<li>b<ul><li>c</ul><li>d</ol>", [3, 2, None, 1]),
        ("<ol start=x><li>a<ol><li>b</ol><li>c</ol>", [1, 1, 2]),
        ("<ul><li>a</ul>", [None]),
    ],
)
def test_items_have_the_numbers_that_a_browser_writes(source: str, numbers: list[int | None]) -> None:
    assert [block.number for block in page(source).blocks] == numbers


def grid(source: str) -> list[tuple[str, int, int, int, int]]:
    article = page(f"<table>{source}</table>")
    return [
        (article.text[cell.start : cell.end], cell.row, cell.column, cell.row_span, cell.col_span)
        for row in article.tables[0].rows
        for cell in row
    ]


@pytest.mark.parametrize(
    ("source", "cells"),
    [
        (
            "<tr><td rowspan=2>a<td>b<tr><td>c",
            [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 1), ("c", 1, 1, 1, 1)],
        ),
        (
            "<tr><td colspan='2;'>a<td>b<tr><td>c<td colspan=-2>d<td colspan=0>e",
            [("a", 0, 0, 1, 2), ("b", 0, 2, 1, 1), ("c", 1, 0, 1, 1), ("d", 1, 1, 1, 1), ("e", 1, 2, 1, 1)],
        ),
        (  # down to the end of the group of rows, not of the table
            "<tbody><tr><td rowspan=0>a<td>b<tr><td rowspan=65534>c<tbody><tr><td>d<td>e",
            [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 1), ("c", 1, 1, 1, 1), ("d", 2, 0, 1, 1), ("e", 2, 1, 1, 1)],
        ),
        (  # a cell that is wide may lie over one that hangs down
            "<tr><td>a<td rowspan=2>b<tr><td colspan=2>c<tr><td>d<td>e",
            [("a", 0, 0, 1, 1), ("b", 0, 1, 2, 1), ("c", 1, 0, 1, 2), ("d", 2, 0, 1, 1), ("e", 2, 1, 1, 1)],
        ),
        (  # the foot comes last in the grid, wherever it is written
            "<tfoot><tr><td>f<td>g<tbody><tr><td>a<td>b",
            [("f", 1, 0, 1, 1), ("g", 1, 1, 1, 1), ("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1)],
        ),
    ],
)
def test_cells_know_their_place_in_the_grid(source: str, cells: list[tuple[str, int, int, int, int]]) -> None:
    expected = [cell for cell in cells if cell[0]]
    if sum(row.count("<td") > 1 for row in source.split("<tr>")) < 2:  # else it would be layout
        source += "<tbody><tr><td>y<td>z"
        assert grid(source)[:-2] == expected
    else:
        assert grid(source) == expected


def test_thousands_of_hanging_cells_take_no_time() -> None:
    row = "<tr>" + "<td rowspan=60000>x" * 2000
    assert len(page(f"<table>{row}{'<tr><td>y<td>z' * 2000}</table>").tables) == 1


def test_a_table_in_a_cell_is_a_table_too() -> None:
    inner = "<table><caption>In</caption><tr><th>1<th>2<tr><td>3<td>4</table>"
    article = page(f"<table><tr><td>a<td>{inner}<tr><td>c<td>d</table>")
    assert [table.caption for table in article.tables] == [None, "In"]
    assert [article.text[t.start : t.end] for t in article.tables] == ["a\tIn 1 2 3 4\nc\td", "In 1 2 3 4"]
    assert [cell.is_header for row in article.tables[1].rows for cell in row] == [True, True, False, False]


# -- code and media ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ('<pre class="code php">x</pre>', "php"),
        ('<pre class="code">x</pre>', None),
        ('<pre><code class="language-c++">x</code></pre>', "c++"),
        ('<div class="mw-highlight mw-highlight-lang-lua"><pre>x</pre></div>', "lua"),
        ('<div class="highlight-python3 notranslate"><div class="highlight"><pre>x</pre></div></div>', "python3"),
        ('<div class="sourceCode"><pre class="sourceCode haskell"><code>x</code></pre></div>', "haskell"),
        ('<pre class="brush: js; toolbar: false">x</pre>', "js"),
        ('<pre data-lang="rust">x</pre>', "rust"),
        ('<pre class="language-text">x</pre>', None),
    ],
)
def test_language_of_code(source: str, language: str | None) -> None:
    (code,) = page(source).code
    assert code.language == language


@pytest.mark.parametrize(
    ("source", "kind", "address"),
    [
        ('<img src="/a.jpg" alt="A">', "image", "https://fixtures.example/a.jpg"),
        ('<img src="data:image/gif;base64,R0" data-src="/b.jpg" alt="B">', "image", "https://fixtures.example/b.jpg"),
        ('<img srcset="/c.jpg 1x, /d.jpg 2x" alt="C">', "image", "https://fixtures.example/c.jpg"),
        ('<span class="lazy-image-placeholder" data-src="/e.jpg"></span>', "image", "https://fixtures.example/e.jpg"),
        ('<video poster="/p.jpg"><source src="/v.webm">no</video>', "video", "https://fixtures.example/v.webm"),
        ('<audio src="/s.ogg"></audio>', "audio", "https://fixtures.example/s.ogg"),
    ],
)
def test_media(source: str, kind: str, address: str) -> None:
    article = page(f"<figure>{source}<figcaption>What it <b>shows</b></figcaption></figure>")
    (medium,) = article.media
    assert (medium.type, medium.url, medium.caption) == (kind, address, "What it shows")
    assert article.text[medium.start : medium.end] == "What it shows"


# -- infoboxes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", INFOBOXES)
def test_infoboxes(name: str) -> None:
    case = INFOBOXES[name]
    article = mediawiki(case["html"])
    (box,) = article.infoboxes
    assert article.text == "Lead."
    assert (box.name or "") == case["name"]
    assert [[field.name or "", field.value] for field in box.fields] == case["fields"]


def test_portable_infobox_names_its_parameters_and_has_pictures() -> None:
    article = mediawiki(INFOBOXES["portable infobox"]["html"])
    assert [field.source for field in article.infoboxes[0].fields] == [None, None, "goods", None, None]
    (medium,) = article.media
    assert (medium.alt, medium.caption, medium.start, medium.end) == ("O", "The quay", 5, 5)


# -- coordinates -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shown",
    [
        '<span id="coordinates"><span class="geo">48.205; -16.37</span></span>',
        '<span id="coordinates">48°12′18″N 16°22′12″W</span>',
        '<span id="coordinates"><a href="//geohack.example/?params=48_12_18_N_16_22_12_W_type:city">here</a></span>',
        '<span id="coordinates"><a data-lat="48.205" data-lon="-16.37">map</a></span>',
        '<span class="geo"><i class="latitude" title="48.205">N</i> <i class="longitude" title="-16.37">W</i></span>',
    ],
)
def test_degrees_are_read_from_whatever_tells_them(shown: str) -> None:
    (place,) = mediawiki(f"<p>{shown}</p>").coordinates
    assert (place.latitude, place.longitude) == (48.205, -16.37)
    assert place.text


def test_coordinates_among_words_stay_there() -> None:
    article = page('<p>The light stands at <span class="geo">58.5; 6.25</span> on a spit.</p>')
    assert article.text == "The light stands at 58.5; 6.25 on a spit."
    assert article.coordinates == (Coordinates(latitude=58.5, longitude=6.25, text="", start=20, end=30),)


# -- links, kinds, metadata --------------------------------------------------------------------------------------


def test_links_are_what_the_profile_says(tide: Path) -> None:
    source = (
        '<a class="missing" href="/a">a</a> <span class="wanted"><a href="/b">b</a></span> '
        '<a class="elsewhere" href="/c">c</a> <a class="out" href="/d">d</a> <a class="missing-not" href="/e">e</a>'
    )
    article = clean(f'<body class="tide"><p>{source}</p>', url=URL, profiles=[tide])
    assert [(link.type, link.redlink) for link in article.links] == [
        ("internal", True),
        ("internal", True),
        ("interwiki", False),
        ("external", False),
        ("internal", False),
    ]


@pytest.mark.parametrize("name", KINDS)
def test_kind(name: str, tide: Path) -> None:
    assert clean(KINDS[name]["html"], url=URL, profiles=[tide]).kind == KINDS[name]["kind"]


@pytest.mark.parametrize(
    ("head", "created", "modified", "source"),
    [
        ('<meta property="article:modified_time" content="2020-01-02">', None, "2020-01-02", "meta"),
        ('<meta name="date" content="2020-01-02T03:04:05+0000">', None, "2020-01-02T03:04:05+0000", "meta date"),
        (
            '<script type="application/ld+json">[{"datePublished": "2019", "dateModified": "2020"}]</script>',
            "2019",
            "2020",
            "json-ld",
        ),
        ('<script type="application/ld+json">{"dateModified": oops}</script>', None, None, None),
        (
            '<body><div id="page-info"><span class="odate time_0 x">then</span></div>',
            None,
            "1970-01-01T00:00:00Z",
            "timestamp",
        ),
        ('<body><time itemprop="datePublished" datetime="2018-05-06">May</time>', "2018-05-06", None, "time"),
        ("<body><p>Last modified: 2 May 2018</p>", None, None, None),
    ],
)
def test_dates_and_where_they_are_from(
    head: str, created: str | None, modified: str | None, source: str | None
) -> None:
    article = clean(f"<html><head>{head}")
    assert (article.date_created, article.date_modified, article.date_source) == (created, modified, source)


LINKED = """<html about="https://fixtures.example/wiki/Special:Redirect/revision/77"><head>
<link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/"><script type="application/ld+json">
{"@graph": [{"author": [{"name": "Aske"}, {"name": "Brand"}, "Brand"], "about": "http://www.wikidata.org/entity/Q42"}]}
</script></head><body><main><p>Words enough to be an article.</p></main>
<footer>Under <a href="http://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA</a></footer>"""


def test_what_the_head_says() -> None:
    article = clean(LINKED)
    assert article.version.identifier == "77"
    assert article.authors == ("Aske", "Brand")
    assert article.main_entity is not None
    assert article.main_entity.identifier == "Q42"
    (licence,) = article.license
    assert (licence.name, licence.url) == ("CC BY-SA", "https://creativecommons.org/licenses/by-sa/4.0/")


def test_categories_of_parsoid_stand_in_links() -> None:
    link = '<link rel="mw:PageProp/Category" href="./Category:Port_towns#Orra">'
    article = clean(f'<body class="mw-body-content parsoid-body"><p>Orra.</p>{link}', url=URL)
    assert [(c.name, c.url) for c in article.categories] == [
        ("Port towns", "https://fixtures.example/wiki/Category:Port_towns")
    ]


def test_formula_that_parsoid_did_not_draw_is_read_from_what_was_typed() -> None:
    typed = '{"name":"math","body":{"extsrc":"d^2"}}'
    words = f"Let <link typeof=\"mw:Extension/math\" data-mw='{typed}'> be the width, <link data-mw='['> and no more."
    article = clean(
        f'<body class="parsoid-body mw-body-content"><section data-mw-section-id="0"><p>{words}</p></section>'
    )
    assert article.text == "Let $d^2$ be the width, and no more."
    assert [formula.tex for formula in article.math] == ["d^2"]
