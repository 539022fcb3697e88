"""Short notes: what their links lead to, what they cite of it, and where the works stand in the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from wikiglean import Article, clean

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

FRAME = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Skarn - Wiki</title>
<meta name="generator" content="MediaWiki 1.39.0"></head><body class="mediawiki"><h1 id="firstHeading">Skarn</h1>
<div id="mw-content-text"><div class="mw-parser-output"><p>Skarn has a bell{marks}. It is loud.</p>
<h2><span class="mw-headline" id="History">History</span></h2><p id="old">Skarn is old.</p>
<h2><span class="mw-headline" id="Notes">Notes</span></h2><ol class="references">{notes}</ol>
<h2><span class="mw-headline" id="Literature">{heading}</span></h2>{works}</div></div></body></html>"""
CITE = '<cite id="CITEREFAske2001" class="citation book cs1">Aske, Orm (2001). <i>Bells of Skarn</i>. Holt.</cite>'
AASKE = "Aske, Orm (2001). Bells of Skarn. Holt."


def article(
    *notes: str, works: str = "", heading: str = "Bibliography", url: str | None = "https://w.test/wiki/Skarn"
) -> Article:
    """A page of MediaWiki with these notes, each cited once."""
    marks = "".join(
        f'<sup id="cite_ref-{n}" class="reference"><a href="#cite_note-{n}">[{n}]</a></sup>'
        for n in range(1, len(notes) + 1)
    )
    items = "".join(
        f'<li id="cite_note-{n}"><span class="mw-cite-backlink"><b><a href="#cite_ref-{n}">^</a></b></span> '
        f'<span class="reference-text">{note}</span></li>'
        for n, note in enumerate(notes, 1)
    )
    return clean(FRAME.format(marks=marks, notes=items, heading=heading, works=works), url)


def entries(page: Article) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """The bibliography: identifier, words in the text, notes."""
    return [
        (entry.identifier, None if entry.start is None else page.text[entry.start : entry.end], entry.cited_by)
        for entry in page.bibliography
    ]


LINK = '<a href="#CITEREFAske2001">Aske 2001</a>, p. 5.'
WORKS = {
    "cite": (LINK, f"<ul><li>{CITE} Out of print.</li></ul>", AASKE),
    "cite and description": (LINK, f'<ul><li>{CITE}<span class="Z3988" title="x"></span></li></ul>', AASKE),
    "old span": (LINK, '<ul><li><span class="citation" id="CITEREFAske2001">Aske, Orm. Bells.</span></li></ul>', None),
    "id of the item": (LINK, '<ul><li id="CITEREFAske2001">Aske, Orm (2001). <i>Bells</i>.</li></ul>', None),
    "div": (LINK, '<div class="refbegin"><ul><li><cite id="CITEREFAske2001">Aske. Bells.</cite></li></ul></div>', None),
    "anchor before": (LINK, '<ul><li><span id="CITEREFAske2001"></span>Aske. Bells.</li></ul>', "Aske. Bells."),
    "anchor before a cite": (
        LINK,
        f'<ul><li><span id="CITEREFAske2001"></span> {CITE.replace(" id=", " data-id=")} Rare.</li></ul>',
        AASKE,
    ),
    "anchor around the name": (LINK, '<ul><li><span id="CITEREFAske2001">Aske</span>, O. Bells.</li></ul>', None),
    "anchor with a name": (LINK, '<ul><li><a name="CITEREFAske2001"></a>Aske, O. Bells.</li></ul>', None),
    "item with a list": (LINK, f"<ul><li>{CITE}<ul><li>second printing</li></ul></li></ul>", AASKE),
    "table": (LINK, f"<table><tr><td>1</td><td>{CITE}</td></tr><tr><td>2</td><td>b</td></tr></table>", AASKE),
    "definition": (LINK, '<dl><dd id="CITEREFAske2001">Aske, O. Bells.</dd></dl>', None),
    "wikicite": (
        '<a href="#Reference-Aske-2001">Aske 2001</a>, p. 5.',
        '<ul><li><cite id="Reference-Aske-2001" class="citation wikicite">Aske. Bells.</cite></li></ul>',
        None,
    ),
    "Spanish": (
        '<a href="#CITAREFAske2001">Aske, 2001</a>, p. 5.',
        '<ul><li><span id="CITAREFAske2001" class="citation libro">Aske, Orm. Bells.</span></li></ul>',
        None,
    ),
    "French": (
        '<a href="#Aske2001">Aske 2001</a>, p. 5.',
        '<ul><li><span class="ouvrage" id="Aske2001"><span class="ouvrage" id="Orm_Aske2001">Orm Aske, '
        '<cite class="italique">Cloches</cite>, Holt, <time>2001</time></span></span> (rare).</li></ul>',
        "Orm Aske, Cloches, Holt, 2001",
    ),
    "French, by the first name": (
        '<a href="#Orm_Aske2001">Aske 2001</a>, p. 5.',
        '<ul><li><span class="ouvrage" id="Aske2001"><span class="ouvrage" id="Orm_Aske2001">Orm Aske, '
        '<cite class="italique">Cloches</cite></span></span></li></ul>',
        "Orm Aske, Cloches",
    ),
    "typed": ('<a href="#Aske">Aske</a>, p. 5.', '<ul><li><span id="Aske"></span>Orm Aske: Bells.</li></ul>', None),
    "typed, without a known id": ('<a href="#b1">Aske</a>: p. 5.', '<p id="b1">Orm Aske: Bells.</p>', None),
    "percent-encoded": (
        '<a href="#CITEREF%C3%85ske_Orm2001">Åske 2001</a>, p. 5.',
        '<ul><li><cite class="citation" id="CITEREFÅske_Orm2001">Åske. Bells.</cite></li></ul>',
        None,
    ),
    "with a space": (
        '<a href="#CITEREFÅske%20Orm2001">Åske 2001</a>, p. 5.',
        '<ul><li><cite class="citation" id="CITEREFÅske_Orm2001">Åske. Bells.</cite></li></ul>',
        None,
    ),
    "dotted": (
        '<a href="#CITEREF.C3.85ske2001">Åske 2001</a>, p. 5.',
        '<ul><li><cite class="citation" id="CITEREF.C3.85ske2001">Åske. Bells.</cite></li></ul>',
        None,
    ),
    "dotted link": (
        '<a href="#CITEREF.C3.85ske2001">Åske 2001</a>, p. 5.',
        '<ul><li><cite class="citation" id="CITEREFÅske2001">Åske. Bells.</cite></li></ul>',
        None,
    ),
    "dotted id": (
        '<a href="#CITEREF%C3%85ske2001">Åske 2001</a>, p. 5.',
        '<ul><li><cite class="citation" id="CITEREF.C3.85ske2001">Åske. Bells.</cite></li></ul>',
        None,
    ),
    "mirror": ('<a href="./Skarn.html#CITEREFAske2001">Aske 2001</a>, p. 5.', f"<ul><li>{CITE}</li></ul>", AASKE),
    "Parsoid": (
        '<a rel="mw:WikiLink" href="./Skarn#CITEREFAske2001" class="mw-selflink-fragment">Aske 2001</a>, p. 5.',
        f'<ul><li><link rel="mw-deduplicated-inline-style" href="mw-data:x"/>{CITE}</li></ul>',
        AASKE,
    ),
    "archive": (
        '<a href="https://web.archive.org/web/2015/https://w.test/wiki/Skarn#CITEREFAske2001">Aske 2001</a>, p. 5.',
        f"<ul><li>{CITE}</li></ul>",
        AASKE,
    ),
}


@pytest.mark.parametrize("name", WORKS)
def test_a_short_note_leads_to_its_work(name: str) -> None:
    note, works, words = WORKS[name]
    page = article(note, works=works)
    (entry,) = page.bibliography
    assert entry.start is not None
    assert entry.cited_by == ("cite_note-1",)
    found = page.text[entry.start : entry.end]
    block = next(block for block in page.blocks if block.start <= entry.start < block.end)
    assert found == (words or page.text[block.start : block.end])
    assert "Bells" in found or "Cloches" in found
    assert page.references[0].cited_range == "p. 5"
    assert page.references[0].errors == ()


NO_WORKS = {
    "a heading": '<a href="#History">History</a>, p. 5.',
    "a paragraph": '<a href="#old">see above</a>, p. 5.',
    "another note": '<a href="#cite_note-2">Aske 2001</a>, p. 5.',
    "another page": '<a href="https://w.test/wiki/Holt#Bells">Holt</a>, p. 5.',
    "a work on another page": '<a href="https://w.test/wiki/Holt#CITEREFHolt1990">Holt 1990</a>, p. 5.',
    "the same id on another page": '<a href="https://w.test/wiki/Holt#b1">Holt</a>, p. 5.',
    "its own work": f'{CITE}; see <a href="#CITEREFAske2001">above</a>, p. 5.',
    "nothing": '<a href="#">Aske</a>, p. 5.',
}


@pytest.mark.parametrize("name", NO_WORKS)
def test_other_links_are_no_short_notes(name: str) -> None:
    page = article(NO_WORKS[name], "Holt, Bells, 1990.", works='<ul><li id="b1">Orm Aske: Bells.</li></ul>')
    assert page.bibliography == ()
    assert page.references[0].cited_range is None
    assert page.references[0].errors == ()


@pytest.mark.parametrize("href", ["#CITEREFAske2001", "./Skarn#CITEREFAske2001", "/wiki/Skarn#CITEREFAske2001"])
def test_a_work_that_is_not_there_is_reported_and_not_invented(href: str) -> None:
    page = article(f'<a href="{href}">Aske 2001</a>, p. 5.', works="<ul><li>Orm Aske: Bells. 2001.</li></ul>")
    assert page.bibliography == ()
    assert page.references[0].errors == ("no work CITEREFAske2001 on this page",)
    assert page.references[0].cited_range == "p. 5"
    assert page.references[0].resolved


def test_complaints_of_templates_are_no_words_of_a_note() -> None:
    complaint = '<span class="error harv-error" style="display: none"> sfn error: no target: CITEREFX (help)</span>'
    page = article(f'<a href="#CITEREFX">Aske 2001</a>, p. 5.{complaint}', works=f"<ul><li>{CITE}{complaint}</li></ul>")
    assert page.references[0].text == "Aske 2001, p. 5."
    assert page.references[0].errors == ("sfn error: no target: CITEREFX (help)",)
    assert "sfn error" not in page.text


HOLT = '<cite id="CITEREFHolt1990" class="citation book cs1">Holt, Eda (1990). <i>Loud Things</i>.</cite>'
TO_HOLT = '<a href="#CITEREFHolt1990">Holt 1990</a>'
TO_ASKE = '<a href="#CITEREFAske2001">Aske 2001</a>'


def test_a_note_may_cite_several_works() -> None:
    page = article(
        f"{TO_ASKE}, p. 5; {TO_HOLT}, pp. 7–9.",
        f"See {TO_HOLT} for the sound.",
        f"{TO_ASKE}, p. 5; {TO_ASKE}, p. 8.",
        works=f"<ul><li>{CITE}</li><li>{HOLT}</li></ul>",
    )
    assert [note.text for note in page.references] == [
        "Aske 2001, p. 5; Holt 1990, pp. 7–9.",
        "See Holt 1990 for the sound.",
        "Aske 2001, p. 5; Aske 2001, p. 8.",
    ]
    assert [note.cited_range for note in page.references] == ["p. 5; pp. 7–9", None, "p. 5; p. 8"]
    assert entries(page) == [
        ("CITEREFAske2001", AASKE, ("cite_note-1", "cite_note-3")),
        ("CITEREFHolt1990", "Holt, Eda (1990). Loud Things.", ("cite_note-1", "cite_note-2")),
    ]


def test_a_work_may_be_cited_in_full_by_another_note() -> None:
    page = article(f"{TO_ASKE}, p. 5.", f"{CITE}, p. 12.", f"{TO_ASKE}, p. 7.")
    (entry,) = page.bibliography
    assert (entry.start, entry.end, entry.within) == (None, None, "/references/1/text")
    assert entry.cited_by == ("cite_note-1", "cite_note-3")
    assert [note.cited_range for note in page.references] == ["p. 5", None, "p. 7"]


COINS = (
    '<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook'
    '&amp;rft.genre=book&amp;rft.btitle=Bells+of+Skarn&amp;rft.date=2001&amp;rft.aulast=Aske&amp;rft.aufirst=Orm"></span>'
)
LISTED = {
    "inside": f"<ul><li>{CITE.replace('</cite>', COINS + '</cite>')} Rare.</li></ul>",
    "behind": f"<ul><li>{CITE}{COINS} Rare.</li></ul>",
    "behind a space": f"<ul><li>{CITE} {COINS} Rare.</li></ul>",
    "in an item": f"<ul><li>Aske, Orm (2001). <i>Bells of Skarn</i>. Holt.{COINS}</li></ul>",
    "in a paragraph": f"<p>Aske, Orm (2001). <i>Bells of Skarn</i>. Holt.{COINS}</p>",
}


@pytest.mark.parametrize("name", LISTED)
def test_works_that_no_note_points_at_are_listed_if_they_are_described(name: str) -> None:
    page = article("No work.", works=LISTED[name])
    (entry,) = page.bibliography
    assert entries(page) == [(entry.identifier, AASKE, ())]
    assert entry.csl is not None
    assert entry.csl["title"] == "Bells of Skarn"


def test_a_short_note_gets_the_description_of_its_work() -> None:
    page = article(LINK, works=f"<ul><li>{CITE}{COINS}</li></ul>")
    (entry,) = page.bibliography
    assert entry.csl is not None
    assert entry.csl["author"] == [{"family": "Aske", "given": "Orm"}]


def test_what_is_no_work_is_not_listed() -> None:
    page = article("No work.", works=f"<p>He said <cite>so</cite>, in a book.{COINS}</p>", heading="Talk")
    assert page.bibliography == ()


def test_dates_in_running_text_cite_nothing() -> None:
    page = article("No work.", works=f"<p>It is loud ({TO_ASKE}, p. 5).</p><ul><li>{CITE}{COINS}</li></ul>")
    assert "It is loud (Aske 2001, p. 5)." in page.text
    assert entries(page) == [("CITEREFAske2001", AASKE, ())]


def test_offsets_are_right_beside_markers_and_other_scripts() -> None:
    works = (
        '<ul><li>𝔖karn: <cite id="CITEREFAske2001" class="citation">Aske'
        '<sup class="reference"><a href="#cite_note-1">[1]</a></sup>, <i>Bells of 𝔖karn</i></cite>. Rare.</li></ul>'
    )
    page = article(LINK, works=works)
    assert entries(page) == [("CITEREFAske2001", "Aske, Bells of 𝔖karn", ("cite_note-1",))]


def test_equal_ids_and_works_without_one_have_names_of_their_own() -> None:
    plain = CITE.replace(' id="CITEREFAske2001"', "") + COINS
    page = article(LINK, works=f"<ul><li>{CITE}</li><li>{CITE}{COINS}</li><li>{plain}</li><li>{plain}</li></ul>")
    names = [entry.identifier for entry in page.bibliography]
    assert names == ["CITEREFAske2001", "CITEREFAske2001-2", "work-1", "work-2"]


@pytest.mark.parametrize(
    ("shown", "cited"), [(":15", "15"), (": 136–7 ", "136–7"), (":\u200a§ 3\u200a", "§ 3"), ("", None)]
)
def test_the_page_beside_a_marker_belongs_to_the_citation(shown: str, cited: str | None) -> None:
    beside = f'<sup class="reference nowrap"><span title="Page / location">{shown}</span></sup>'
    page = clean(
        f'<p>A bell.<sup class="reference"><a href="#cite_note-1">[4]</a></sup>{beside} It rang.</p>'
        '<ol class="references"><li id="cite_note-1">Aske: Bells.</li></ol>'
    )
    (citation,) = page.citations
    assert (citation.label, citation.cited_range) == ("4", cited)
    assert page.text.startswith("A bell. It rang.")


def test_pages_without_notes_and_works_have_no_bibliography() -> None:
    assert clean("<p>Skarn.</p>").bibliography == ()


PROSE = {
    'As Aske does in <a href="#CITEREFAske2001">Aske &amp; Holt (2001</a>, pg. 702).': "pg. 702",
    'So <a href="#CITEREFAske2001">Aske &amp; Holt (2001</a>, pp. 1–2). There are others, p. 9.': "pp. 1–2",
    'In <a href="#CITEREFAske2001">Aske (2001)</a> it has 5 bells.': None,
    'Cf. <a href="#CITEREFAske2001">Aske 2001</a>, p.&#160;5: "It rang."': "p. 5",
    '<a href="#CITEREFAske2001">Aske 2001</a>, p.&#160;<a href="https://books.test/5">5</a>.': "p. 5",
    '<a href="#CITEREFAske2001">Aske</a> 2001, p.&#160;5.': "p. 5",
}


@pytest.mark.parametrize("note", PROSE)
def test_notes_of_more_words_cite_what_stands_right_behind_the_link(note: str) -> None:
    page = article(note, works=f"<ul><li>{CITE}</li></ul>")
    assert page.references[0].cited_range == PROSE[note]
    assert page.bibliography[0].cited_by == ("cite_note-1",)


@pytest.mark.parametrize(
    ("identifier", "rest", "cited"),
    [
        ("FOOTNOTEAske2001The_Tower", "The Tower.", "The Tower"),
        ("FOOTNOTEAske20015,_top", "p. 5, top.", "p. 5, top"),
        ("FOOTNOTEAske200123_f.", "S. 23 f.", "S. 23 f."),
        ("FOOTNOTEAske20017", 'p. 7. "It rang."', "p. 7"),
        ("FOOTNOTEAske2001", "who was there.", None),
        ("Aske-Tower", "The Tower.", None),
    ],
)
def test_a_template_says_what_the_whole_range_is(identifier: str, rest: str, cited: str | None) -> None:
    """What {{sfn}} prints behind the link is its `loc`, whatever the words are; the note's id ends with it."""
    page = clean(
        f'<p>A bell.<sup class="reference"><a href="#cite_note-{identifier}-1">[1]</a></sup></p>'
        f'<ol class="references"><li id="cite_note-{identifier}-1"><span class="reference-text">'
        f'<a href="#CITEREFAske2001">Aske 2001</a>, {rest}</span></li></ol><ul><li>{CITE}</li></ul>'
    )
    assert page.references[0].cited_range == cited


def test_entries_of_citeproc_are_works() -> None:
    page = clean(
        "<main><h1>Skarn</h1><p>A bell."
        '<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a></p>'
        '<div id="refs" class="references csl-bib-body"><div id="ref-aske2001" class="csl-entry" role="listitem">'
        "Aske, Orm. 2001. <em>Bells of Skarn</em>. Holt.</div></div>"
        '<section class="footnotes" role="doc-endnotes"><hr/><ol><li id="fn1"><p>'
        '<a href="#ref-aske2001" role="doc-biblioref">Aske 2001</a>, 5.<a href="#fnref1" class="footnote-back">↩︎</a>'
        "</p></li></ol></section></main>"
    )
    assert entries(page) == [("ref-aske2001", "Aske, Orm. 2001. Bells of Skarn. Holt.", ("fn1",))]
    assert page.references[0].cited_range == "5"


def test_a_sub_reference_may_be_nothing_but_a_range() -> None:
    page = clean(
        '<p>A bell.<sup class="reference"><a href="#cite_note-2">[1.1]</a></sup></p><ol class="references">'
        f'<li id="cite_note-1"><span class="reference-text">{TO_ASKE}</span><ol class="mw-subreference-list">'
        '<li id="cite_note-2"><span class="reference-text">p.&#160;5.</span></li></ol></li></ol>'
        f"<ul><li>{CITE}</li></ul>"
    )
    assert [(note.text, note.cited_range) for note in page.references] == [("Aske 2001", None), ("p.\u00a05.", "p. 5")]
    assert entries(page) == [("CITEREFAske2001", AASKE, ("cite_note-1",))]


def test_numbers_of_parsoid_are_no_identifiers() -> None:
    page = article("No work.", works=f"<ul><li>{CITE.replace('CITEREFAske2001', 'mw8Q')}{COINS}</li></ul>")
    assert [entry.identifier for entry in page.bibliography] == ["work-1"]


FLAT = """Skarn

Skarn has a bell that is rung when the fog comes in from the sound.[1]

Notes

1. ^ {note}

Bibliography

Aske, Orm (2001). Bells of Skarn. Holt.

Aske, Orm; Holt, Eda (1990). Loud Things. Page 2001.

Dahl, Jon (1950a). One Thing.

Dahl, Jon (1950b). Another Thing.

Lund, Ida; Vik, Arne; Orre, S. 1911. Handbuch. Hovde.

Орре С. Белый груз. — Бренн, 1998.
"""
BY_NAMES = {
    "Dahl 1950a, p. 1.": ("p. 1", ["Dahl, Jon (1950a). One Thing."]),
    "Aske & Holt (1990), pp. 7–9.": ("pp. 7–9", ["Aske, Orm; Holt, Eda (1990). Loud Things. Page 2001."]),
    "Dahl 1950b; Holt et Aske 1990, p. 3.": None,  # the work is not Holt's first
    "Dahl 1950b; Aske et Holt 1990, p. 3.": (
        "p. 3",
        ["Aske, Orm; Holt, Eda (1990). Loud Things. Page 2001.", "Dahl, Jon (1950b). Another Thing."],
    ),
    "Vgl. Lund et al. 1911, S. 3 f.": ("S. 3 f.", ["Lund, Ida; Vik, Arne; Orre, S. 1911. Handbuch. Hovde."]),
    "Орре, 1998, с. 12.": ("с. 12", ["Орре С. Белый груз. — Бренн, 1998."]),
    "Aske 2001, p. 5.": None,  # two lines begin so and name the year
    "Dahl 1950, p. 1.": None,
    "Dahl 1950a, who was there.": None,
    "Dahl, Jon: The Tower. 1950a.": None,
    "Lun 1911.": None,
}


@pytest.mark.parametrize("note", BY_NAMES)
def test_author_and_year_join_notes_whose_links_are_gone(note: str) -> None:
    page = clean(FLAT.format(note=note), content_type="text/plain")
    assert page.references[0].text == note
    found = (page.references[0].cited_range, [words for _, words, _ in entries(page)])
    assert found == (BY_NAMES[note] or (None, []))
    assert {names for _, _, names in entries(page)} <= {(page.references[0].identifier,)}


@pytest.mark.parametrize("golden", sorted(FIXTURES.glob("*/*.article.json")), ids=lambda path: path.parent.name)
def test_the_bibliographies_of_all_fixtures_fit_their_articles(golden: Path) -> None:
    page = Article.from_json(golden.read_bytes())
    known = {note.identifier for note in page.references}
    assert len({entry.identifier for entry in page.bibliography}) == len(page.bibliography)
    for entry in page.bibliography:
        assert set(entry.cited_by) <= known
        if entry.start is None or entry.end is None:
            assert (entry.within or "").startswith("/")
        else:
            assert page.text[entry.start : entry.end].strip() == page.text[entry.start : entry.end] != ""
