"""Footnotes that profiles describe: how a marker finds its note, what is taken for a way back, what is typed around."""

from __future__ import annotations

from wikiglean.article import Article
from wikiglean.cleaners import clean
from wikiglean.cleaners.profiles import ContentRules, EngineProfile, Recognition, ReferenceRules

LAMP = EngineProfile(
    name="lamp",
    title="Lamp Wiki",
    recognise=Recognition(any_of=("#lamp",)),
    content=ContentRules(root=("#lamp",)),
    forms={"reader comments": (".replies",)},
    references=ReferenceRules(
        markers=("a.mark", "sup.mark"), note_ids=("n-",), notes=("div.note",), lists=("ol.notes",), backlinks=(".back",)
    ),
)


def cleaned(body: str, title: str = "Keld - Lamp Wiki") -> Article:
    page = f"<!doctype html><html><head><title>{title}</title></head><body><div id=lamp>{body}</div></body></html>"
    return clean(page, profiles=[LAMP])


def notes(article: Article) -> list[tuple[str | None, str | None]]:
    return [(note.label, note.text) for note in article.references]


def test_a_marker_names_its_note_to_a_script() -> None:
    article = cleaned(
        "<p>Keld<a class=mark href='javascript:;' onclick=\"go('n-7')\">1</a>.</p><div class=note id=n-7>Old.</div>"
    )
    assert article.text == "Keld."
    assert notes(article) == [("1", "Old.")]


def test_a_marker_names_its_note_to_a_screen_reader() -> None:
    article = cleaned(
        "<p>Keld<sup class=mark><a role=button aria-describedby='hint n-7'>1</a></sup>.</p>"
        "<div class=note id=n-7>Old.</div>"
    )
    assert notes(article) == [("1", "Old.")]


def test_a_script_that_names_nothing_on_the_page_is_no_note() -> None:
    article = cleaned("<p>Keld<a class=mark href='javascript:;' onclick=\"go('nowhere')\">1</a>.</p>")
    assert [(note.label, note.text, note.resolved) for note in article.references] == [("1", None, False)]


def test_a_link_from_a_note_to_a_marker_leads_back_whatever_its_id() -> None:
    article = cleaned(
        "<p>Keld<sup class=mark><a href='#9f' id='9f-link'>1</a></sup> burns.</p>"
        "<ol class=notes><li id='9f'>See <a href='#burns'>above</a>. <a href='#9f-link'>&#8617;</a></li></ol>"
    )
    assert notes(article) == [("1", "See above.")]


def test_brackets_typed_around_a_marker_and_a_way_back_go_with_them() -> None:
    article = cleaned(
        "<p>Keld [<a class=mark href='#n-1'>1</a>] burns [now].</p>"
        "<div class=note id=n-1>Old. [<a class=back href='#x'>up</a>]</div>"
    )
    assert article.text == "Keld burns [now]."
    assert [(citation.label, citation.shown) for citation in article.citations] == [("1", "[1]")]
    assert notes(article) == [("1", "Old.")]


def test_a_number_before_a_note_is_no_part_of_it() -> None:
    typed = cleaned("<p>Keld<a class=mark href='#n-1'>1</a></p><div class=note id=n-1>1. In 1911. 2 of them.</div>")
    linked = cleaned(
        "<p>Keld<a class=mark href='#n-1'>1</a></p><div class=note id=n-1><a class=back href='#x'>1</a>. In 1911.</div>"
    )
    other = cleaned("<p>Keld<a class=mark href='#n-1'>1</a></p><div class=note id=n-1>1911. A bad year.</div>")
    assert notes(typed) == [("1", "In 1911. 2 of them.")]
    assert notes(linked) == [("1", "In 1911.")]
    assert notes(other) == [("1", "1911. A bad year.")]


def test_an_anchor_before_the_words_of_an_item_makes_it_a_note() -> None:
    article = cleaned(
        "<p>Keld<sup class=mark><a href='#n-roof'>[1]</a></sup></p>"
        "<ol><li><cite id=n-roof></cite>Of slate.</li><li>Sand</li></ol>"
    )
    assert notes(article) == [("1", "Of slate.")]
    assert "Sand" in article.text


def test_the_heading_of_readers_comments_goes_with_them() -> None:
    last = cleaned("<h2>Light</h2><p>It burns.</p><h2>2 replies</h2><div class=replies>Nice.</div>")
    middle = cleaned("<h2>Light</h2><div class=replies>Nice.</div><p>It burns.</p>")
    assert [section.title for section in last.sections] == ["Light"]
    assert [section.title for section in middle.sections] == ["Light"]
    assert "replies" not in last.text


def test_a_heading_of_the_article_is_no_title_unless_the_document_says_so() -> None:
    assert cleaned("<h1>Lamp room</h1><p>It burns.</p>").title == "Keld"
    assert cleaned("<h1>Keld</h1><p>It burns.</p>").title == "Keld"
    assert [section.title for section in cleaned("<h1>Lamp room</h1><p>It burns.</p>").sections] == ["Lamp room"]


WORDPRESS = """<!doctype html><html><head><title>Nets | Quay</title><meta name=generator content='WordPress 5.3'></head>
<body class='single single-post'><article class='post type-post hentry'><h1 class=entry-title>Nets</h1>
<div class=entry-content>
<p>One<sup class=footnote_plugin_tooltip_text id=footnote_plugin_tooltip_1
 onclick="footnote_moveToAnchor('footnote_plugin_reference_1');">1)</sup><span class=footnote_tooltip
 id=footnote_plugin_tooltip_text_1>of hemp</span> net.</p>
<p>Two<sup class=modern-footnotes-footnote data-mfn=1><a href='javascript:void(0)'
 aria-describedby=mfn-content-12-1>2</a></sup>
<span id=mfn-content-12-1 class=modern-footnotes-footnote__note>of flax</span> nets.</p>
<p>Three<a class=simple-footnote id=return-note-9-1 href='#note-9-1'><sup>3</sup></a> nets.</p>
<p>Four<sup id=fnref-9-2><a href='#fn-9-2' class=jetpack-footnote>4</a></sup> nets.</p>
<div class=simple-footnotes><p class=notes>Notes:</p><ol><li id=note-9-1>of silk
 <a href='#return-note-9-1'>&#8617;</a></ol></div>
<div class=footnotes><hr><ol><li id=fn-9-2><p>of wool <a href='#fnref-9-2'>&#8617;</a></p></ol></div>
<div class=footnote_container_prepare><p>References [<a id=footnote_reference_container_collapse_button>+</a>]</p></div>
<table class=footnote-reference-container><tbody><tr>
<td class=footnote_plugin_index><a id=footnote_plugin_reference_1>1.</a>
<td class=footnote_plugin_link><span onclick='x()'>&#8593;</span><td class=footnote_plugin_text>of hemp</table>
</div></article></body></html>"""


def test_footnote_plug_ins_of_wordpress() -> None:
    article = clean(WORDPRESS)
    assert article.text == "One net.\n\nTwo nets.\n\nThree nets.\n\nFour nets."
    assert sorted((note.label, (note.text or "").strip()) for note in article.references) == [
        ("1", "of hemp"),
        ("2", "of flax"),
        ("3", "of silk"),
        ("4", "of wool"),
    ]


def test_a_marker_that_two_profiles_know_is_one_citation() -> None:
    pasted = EngineProfile(name="pen", title="Pen", references=ReferenceRules(markers=("a.mark",)), pasted=True)
    marker = "<sup class=mark><a class=mark href='#n-1'>1</a></sup>"
    page = f"<html><body><div id=lamp><p>Keld{marker}</p><div class=note id=n-1>Old.</div>"
    article = clean(page, profiles=[LAMP, pasted])
    assert [citation.label for citation in article.citations] == ["1"]


def test_a_marker_belongs_to_the_note_that_leads_back_to_the_anchor_behind_it() -> None:
    rules = ReferenceRules(markers=("sup.mark",), note_ids=("n-",), marker_ids=("ref-",))
    profile = EngineProfile(
        name="lamp",
        title="Lamp",
        recognise=Recognition(any_of=("#lamp",)),
        content=ContentRules(root=("#lamp",)),
        references=rules,
    )
    body = (
        "<div id=lamp><p>Keld<sup class=mark>[1]</sup> <a name='ref-1'>&nbsp;</a> burns.</p>"
        "<ul><li id='n-a-wrap'><a href='#ref-1'>^</a> Old.</li></ul></div>"
    )
    article = clean(body, profiles=[profile])
    assert notes(article) == [("1", "Old.")]
