"""Works that notes cite: COinS, data of templates, classes, links, words; and CSL-JSON as its schema has it."""

from __future__ import annotations

import html
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikiglean.article import Reference
from wikiglean.cleaners import clean
from wikiglean.cleaners.works.coins import csl_of, identifiers_of
from wikiglean.cleaners.works.context_objects import fields_of

CASES: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "coins.toml").read_text("utf-8"))
LISTS = {"author", "editor", "translator", "illustrator", "interviewer", "contributor"}
DATES = {"issued", "accessed", "submitted", "original-date"}
CSL: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "cases" / "csl.toml").read_text("utf-8"))


def check_schema(csl: dict[str, Any]) -> None:
    """What the JSON Schema of CSL's data asks for, of the variables that are written here."""
    assert csl["type"] in CSL["types"]
    for name, value in csl.items():
        if name in LISTS:
            assert value
            for one in value:
                assert one.keys() <= {"family", "given", "suffix", "literal"}
                assert ("literal" in one) != ("family" in one)
                assert all(isinstance(part, str) and part for part in one.values())
        elif name in DATES:
            assert value.keys() <= {"date-parts", "season", "circa", "literal", "edtf"}
            assert ("date-parts" in value) != ("literal" in value)
            parts = value.get("date-parts", [[1]])
            assert 1 <= len(parts) <= 2
            assert all(1 <= len(part) <= 3 and all(isinstance(n, int) for n in part) for part in parts)
        else:
            assert name in ("type", *CSL["strings"])
            assert isinstance(value, str)
            assert value


def page(note: str, *, language: str = "en", text_class: str = "reference-text") -> str:
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta name="generator" content="MediaWiki 1.39.5"></head>'
        '<body class="mediawiki"><h1 id="firstHeading">Nets</h1><div id="mw-content-text"><div>'
        '<p>Nets are made.<sup class="reference" id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup></p>'
        '<ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><a href="#cite_ref-1">^</a></span> '
        f'<span class="{text_class}">{note}</span></li></ol></div></div></body></html>'
    )


def reference(note: str, **options: str) -> Reference:
    (found,) = clean(page(note, **options)).references
    for csl in filter(None, (found.csl, *found.further_works)):
        check_schema(csl)
        assert csl["id"]
    return found


def coins(context: str) -> str:
    return f'<span title="{context.replace("&", "&amp;")}" class="Z3988"></span>'


def template(name: str, **parameters: str) -> str:
    """The attributes with which Parsoid tells of a template; a double underscore stands for a space."""
    values = {key.replace("__", " "): {"wt": value} for key, value in parameters.items()}
    data = json.dumps({"parts": [{"template": {"target": {"wt": name}, "params": values, "i": 0}}]})
    return 'about="#mwt1" typeof="mw:Transclusion" data-mw="' + data.replace("&", "&amp;").replace('"', "&quot;") + '"'


def csl(note: str, **options: str) -> dict[str, Any]:
    found = reference(note, **options).csl
    assert found is not None
    return {name: value for name, value in found.items() if name != "id"}


# -- COinS ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_context_objects(name: str) -> None:
    case = CASES[name]
    fields = fields_of(case["title"])
    found = csl_of(fields)
    identifiers, addresses = identifiers_of(fields)
    if found is not None:
        found.update({key: identifiers[key] for key in ("DOI", "ISBN", "ISSN", "PMID", "PMCID") if key in identifiers})
        found.update([("URL", address) for address in addresses[:1]])
        check_schema(found)
    assert found == (json.loads(case["csl"]) if "csl" in case else None)
    if "identifiers" in case:
        assert identifiers == case["identifiers"]


@pytest.mark.parametrize("name", CASES)
def test_context_objects_on_a_page(name: str) -> None:
    """The same through the whole program; where there is no work, the words stay and nothing else is made of them."""
    found = reference(f"Berg, <i>Nets</i>.{coins(CASES[name]['title'])}")
    assert found.text == "Berg, Nets."
    assert (found.csl is None) == ("csl" not in CASES[name])


def test_a_quotation_mark_cuts_a_title_off() -> None:
    cut = (
        '<span class="Z3988" title="rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&amp;rft.genre=book'
        '&amp;rft.btitle=Nets&amp;rft.pub=The "Good" Press&amp;rft.date=1998"></span>'
    )
    assert csl(f"Nets.{cut}") == {"type": "book", "title": "Nets"}


@given(st.text() | st.text(alphabet="&=%+rft.;abtile_ 0123C<[{"))
def test_any_title_gives_a_work_or_none(title: str) -> None:
    fields = fields_of("rft.genre=book&rft.btitle=" + title)
    found = csl_of(fields, "fr")
    identifiers_of(fields)
    if found is not None:
        check_schema(found)


# -- what the markup adds ---------------------------------------------------------------------------------------------

WEB = (
    '<cite class="citation web cs1">Berg, Eva (3 May 2019). <a rel="nofollow" class="external text" href="{title}">'
    '"Knots"</a>. <i>Ropes</i> (in French). {archived}<span class="reference-accessdate">. Retrieved '
    '<span class="nowrap">27 June</span> 2020</span>.</cite>'
)
WEB_COINS = (
    "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=unknown&rft.jtitle=Ropes"
    "&rft.atitle=Knots&rft.date=2019-05-03&rft.aulast=Berg&rft.aufirst=Eva"
)
COPY = "https://web.archive.org/web/20200102030405/http://nets.example/knots"


def test_class_access_language_and_archive() -> None:
    archived = 'Archived from <a class="external text" href="http://nets.example/knots">the original</a> on 2 May 2020'
    note = WEB.format(title=COPY, archived=archived) + coins(WEB_COINS + "&rft_id=http%3A%2F%2Fnets.example%2Fknots")
    found = reference(note)
    assert found.csl == {
        "id": "cite_note-1",
        "type": "webpage",
        "title": "Knots",
        "container-title": "Ropes",
        "author": [{"family": "Berg", "given": "Eva"}],
        "issued": {"date-parts": [[2019, 5, 3]]},
        "URL": "http://nets.example/knots",
        "archive_location": COPY,
        "accessed": {"date-parts": [[2020, 6, 27]]},
        "language": "fr",
    }
    assert (found.url, found.archive_url) == ("http://nets.example/knots", COPY)


@pytest.mark.parametrize(
    ("title", "archived"),
    [
        ("http://nets.example/knots", f'<a class="external text" href="{COPY}">Archived</a> from the original'),
        (COPY, 'Archived from <a class="external text" href="http://nets.example/knots">the original</a>'),
        (COPY, "Archived from the original"),
    ],
)
@pytest.mark.parametrize("with_coins", [True, False])
def test_the_live_address_and_the_copy(title: str, archived: str, with_coins: bool) -> None:
    found = reference(WEB.format(title=title, archived=archived) + (coins(WEB_COINS) if with_coins else ""))
    assert (found.url, found.archive_url) == ("http://nets.example/knots", COPY)
    assert found.csl is not None
    assert (found.csl["URL"], found.csl["title"]) == ("http://nets.example/knots", "Knots")


@pytest.mark.parametrize(
    ("classes", "context", "kind"),
    [
        ("citation news", "journal&rft.genre=article&rft.atitle=A&rft.jtitle=J", "article-newspaper"),
        ("citation magazine cs1", "journal&rft.genre=article&rft.atitle=A&rft.jtitle=J", "article-magazine"),
        ("citation journal cs1", "journal&rft.genre=article&rft.atitle=A&rft.jtitle=J", "article-journal"),
        ("citation cs2", "journal&rft.genre=article&rft.atitle=A&rft.jtitle=J", "article-journal"),
        ("citation book", "book&rft.genre=bookitem&rft.atitle=A&rft.btitle=B", "chapter"),
        ("citation encyclopaedia", "book&rft.genre=bookitem&rft.atitle=A&rft.btitle=B", "entry-encyclopedia"),
        ("citation encyclopaedia", "book&rft.genre=book&rft.btitle=B", "book"),
        ("citation audio-visual", "book&rft.genre=unknown&rft.btitle=B", "motion_picture"),
        ("citation mailinglist", "book&rft.genre=unknown&rft.btitle=B", "post"),
        ("citation web", "book&rft.genre=bookitem&rft.btitle=B&rft.atitle=", "webpage"),
        ("citation thesis", "dissertation&rft.title=B", "thesis"),
        ("citation", "book&rft.genre=unknown&rft.btitle=B&rft_id=http%3A%2F%2Fx.example", "webpage"),
        ("citation", "book&rft.genre=unknown&rft.btitle=B", "document"),
    ],
)
def test_classes_refine_the_type(classes: str, context: str, kind: str) -> None:
    span = coins(f"rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3A{context}")
    assert csl(f'<cite class="{classes}">B.</cite>{span}')["type"] == kind
    assert csl(f'<span class="{classes}">B.</span>{span}')["type"] == kind


def test_a_citation_without_coins_has_what_its_markup_says() -> None:
    note = (
        '<cite class="citation journal cs1">Berg, Eva (2001). <a class="external text" href="http://nets.example/k">"Knots"'
        '</a>. <i>Nets</i>. <b>3</b>. <a href="/wiki/Doi">doi</a>:<a class="external text" '
        'href="https://doi.org/10.1000%2F182">10.1000/182</a>.</cite>'
    )
    assert csl(note) == {
        "type": "article-journal",
        "title": "Knots",
        "container-title": "Nets",
        "DOI": "10.1000/182",
        "URL": "http://nets.example/k",
    }


@pytest.mark.parametrize(
    ("kind", "shown", "titles"),
    [
        ("web", '"Knots". <i>Ropes</i>.', ("Knots", "Ropes")),
        ("book", 'Berg (1998). "Knots". <i>Ropes</i>.', ("Knots", "Ropes")),
        ("book", 'Berg (1998). "Ropes". <i>Knots</i>.', ("Ropes", "Knots")),
    ],
)
def test_titles_that_old_templates_confused(kind: str, shown: str, titles: tuple[str, str]) -> None:
    """{{Citation/core}} wrote the chapter as `btitle`, and the book behind it as `atitle`."""
    context = "rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&rft.genre=bookitem&rft.btitle=Knots&rft.atitle=Ropes"
    found = csl(f'<span class="citation {kind}">{shown}</span>{coins(context)}')
    assert (found["title"], found["container-title"]) == titles


def test_words_inside_a_description_for_machines_stay() -> None:
    context = "rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.jtitle=Nets&rft.atitle=Knots".replace(
        "&", "&amp;"
    )
    span = f'<span class="Z3988" title="{context}">Berg (2008). Knots. <i>Nets</i>.</span>'
    assert reference(f"See {span}").text == "See Berg (2008). Knots. Nets."
    article = clean(page("x").replace("Nets are made.", f"Nets are made. {span} So it is."))
    assert article.text.startswith("Nets are made. Berg (2008). Knots. Nets. So it is.")
    (entry,) = article.bibliography
    assert entry.start is not None
    assert article.text[entry.start : entry.end] == "Berg (2008). Knots. Nets."


def test_a_work_in_a_box_of_facts() -> None:
    work = WEB.format(title=COPY, archived="") + coins(WEB_COINS)
    box = f'<table class="infobox"><tr><th>Made</th><td>1900, {work}</td></tr></table>'
    (entry,) = clean(page("x").replace("<p>Nets", f"{box}<p>Nets")).bibliography
    assert (entry.start, entry.within) == (None, "/infoboxes/0/fields/0/value")
    assert entry.csl is not None
    assert entry.csl["title"] == "Knots"


def test_a_copy_of_something_else_in_the_note() -> None:
    other = '<a class="external text" href="https://web.archive.org/web/2010/http://other.example/">Other</a>'
    found = reference(f"See {other}. {WEB.format(title='http://nets.example/k', archived='')}{coins(WEB_COINS)}")
    assert (found.url, found.archive_url) == ("http://nets.example/k", None)


@pytest.mark.parametrize(
    ("classes", "style", "errors"),
    [
        ("cs1-maint citation-comment", "", ()),
        ("cs1-hidden-error citation-comment", "", ()),
        ("citation-comment", "display:none; color:#33aa33", ()),
        ("cs1-visible-error citation-comment", "", ("{{cite web}}: Missing title (help)",)),
        ("error citation-comment", "font-size:100%", ("{{cite web}}: Missing title (help)",)),
        ("printonly", "", ()),
    ],
)
def test_what_templates_say_of_mistakes_is_no_text(classes: str, style: str, errors: tuple[str, ...]) -> None:
    said = f'<span class="{classes}" style="{style}"><code>{{{{cite web}}}}</code>: Missing title (help)</span>'
    found = reference(f"<cite class='citation web cs1'><i>Knots</i>.</cite>{coins(WEB_COINS)} {said}")
    assert (found.text, found.errors) == ("Knots.", errors)


def test_words_quoted_from_a_book_are_not_its_title() -> None:
    assert csl('<cite class="citation book">Berg (1998). <i>Knots</i>. Hovde. "A knot is a word."</cite>') == {
        "type": "book",
        "title": "Knots",
    }


@pytest.mark.parametrize("with_coins", [True, False])
def test_citations_before_2008(with_coins: bool) -> None:
    context = "rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=article&rft.atitle=Knots&rft.jtitle=Courier"
    note = (
        '<cite class="news" style="font-style:normal"><a class="external text" href="http://nets.example/k">"Knots"</a>'
        f", <i>Courier</i></cite>.{coins(context) if with_coins else ''}"
    )
    assert csl(note) == {
        "type": "article-newspaper",
        "title": "Knots",
        "container-title": "Courier",
        "URL": "http://nets.example/k",
    }


def test_a_cite_element_of_other_sites_is_no_work() -> None:
    assert reference('<cite class="fn">"Knots"</cite> and <cite>"Ropes"</cite>').csl is None


def test_words_alone_are_no_work() -> None:
    found = reference(
        "Eva Berg: <i>Knots</i>, Hovde 1998, ISBN 0-306-40615-2, "
        '<a class="external text" href="http://nets.example/">p. 3</a>'
    )
    assert found.csl is None
    assert found.identifiers == {"ISBN": "0306406152"}
    assert found.url == "http://nets.example/"


def test_a_note_of_several_works() -> None:
    book = "rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&rft.genre=book&rft.btitle="
    note = (
        f'See <cite class="citation book">Knots.</cite>{coins(book + "Knots&rft.isbn=0-306-40615-2")} and '
        f'<cite class="citation book">Ropes.</cite>{coins(book + "Ropes&rft_id=info%3Aoclcnum%2F12345")}.'
    )
    found = reference(note)
    assert found.csl == {"id": "cite_note-1", "type": "book", "title": "Knots", "ISBN": "0306406152"}
    assert found.further_works == ({"id": "cite_note-1.2", "type": "book", "title": "Ropes", "note": "OCLC: 12345"},)
    assert found.identifiers == {"ISBN": "0306406152"}


@pytest.mark.parametrize(
    ("language", "words", "accessed"),
    [
        ("de", "Knoten. In: <i>Netz.</i> Abgerufen am 3. Mai 2020.", [2020, 5, 3]),
        ("fr", "<i>Nœuds</i> (consulté le 1<sup>er</sup> juin 2014)", [2014, 6, 1]),
        ("es", "<i>Nudos</i>. Consultado el 15 de mayo de 2010.", [2010, 5, 15]),
        ("it", "<i>Nodi</i>. URL consultato il 3 maggio 2020.", [2020, 5, 3]),
        ("ru", "<i>Узлы</i>. Дата обращения: 12 мая 2014.", [2014, 5, 12]),
        ("pl", "<i>Węzły</i> [dostęp 2020-05-03]", [2020, 5, 3]),
        ("ja", "<i>結び目</i> 2020年5月3日閲覧。", [2020, 5, 3]),
        ("sv", "<i>Knutar</i>. Läst 3 maj 2020.", [2020, 5, 3]),
    ],
)
def test_the_day_of_access_in_words(language: str, words: str, accessed: list[int]) -> None:
    span = coins("rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&rft.genre=book&rft.btitle=K")
    assert csl(words + span, language=language)["accessed"] == {"date-parts": [accessed]}


@pytest.mark.parametrize(
    ("language", "words", "code"),
    [
        ("en", "Knots (in French).", "fr"),
        ("en", "Knots (French).", None),
        ("de", "Knots (englisch).", "en"),
        ("fr", "Knots (en anglais).", "en"),
        ("es", "Knots (en francés).", "fr"),
        ("en", "Knots (in press).", None),
        ("fr", "(en) Berg, Knots.", "en"),
        ("it", "(<abbr>EN</abbr>) Berg, Knots.", "en"),
        ("fr", "(pp) Berg.", None),
        ("en", "(en) Berg.", None),
        ("pl", "Knots (<abbr>ang.</abbr>).", "en"),
        ("ru", "Knots (нем.).", "de"),
    ],
)
def test_the_language_of_a_work(language: str, words: str, code: str | None) -> None:
    span = coins("rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&rft.genre=book&rft.btitle=K")
    assert csl(words + span, language=language).get("language") == code


# -- addresses and identifiers of notes without a work ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("addresses", "url", "archive_url"),
    [
        (["https://doi.org/10.1000/182", "http://nets.example/"], "http://nets.example/", None),
        (["https://doi.org/10.1000/182"], "https://doi.org/10.1000/182", None),
        ([COPY], "http://nets.example/knots", COPY),
        ([COPY, "http://nets.example/other"], "http://nets.example/other", COPY),
        (["https://archive.ph/abcde"], None, "https://archive.ph/abcde"),
        (["https://www.webcitation.org/5abc?url=http://nets.example/"], "http://nets.example/", "https://www.webcitation.org/5abc?url=http://nets.example/"),
        (["https://perma.cc/AB12-CD34"], None, "https://perma.cc/AB12-CD34"),
        (["http://nets.example/archive.org/x"], "http://nets.example/archive.org/x", None),
        (["//nets.example/x"], "https://nets.example/x", None),
    ],
)  # fmt: skip
def test_addresses_of_a_note(addresses: list[str], url: str | None, archive_url: str | None) -> None:
    found = reference(" ".join(f'<a class="external text" href="{a}">x</a>' for a in addresses))
    assert (found.url, found.archive_url) == (url, archive_url)


# -- data of templates ------------------------------------------------------------------------------------------------


def parsoid(note: str, language: str = "en") -> dict[str, Any]:
    return csl(note, language=language, text_class="mw-reference-text reference-text")


def test_a_template_adds_what_coins_lacks() -> None:
    attributes = template(
        "Cite book",
        **{"editor-last": "Lund", "editor-first": "Per", "translator": "Wu, Li", "url": "http://nets.example/k"},
        **{"access-date": "3 May 2020", "archive-url": COPY, "language": "French", "title": "Other", "via": "Library"},
    )
    span = coins("rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&rft.genre=book&rft.btitle=Knots")
    link = f'<link rel="mw-deduplicated-inline-style" {attributes}/>'
    assert parsoid(f'{link}<cite about="#mwt1" class="citation book">K</cite>{span}') == {
        "type": "book",
        "title": "Knots",
        "editor": [{"family": "Lund", "given": "Per"}],
        "translator": [{"family": "Wu", "given": "Li"}],
        "URL": "http://nets.example/k",
        "accessed": {"date-parts": [[2020, 5, 3]]},
        "archive_location": COPY,
        "language": "fr",
        "source": "Library",
    }


def test_templates_of_a_whole_list_are_told_apart_by_their_titles() -> None:
    one, other = (
        json.loads(html.unescape(template("Cite book", title=title, editor=editor).split('"')[5]))["parts"][0]
        for title, editor in (("Ropes", "Lund, Per"), ("Knots", "Aas, Jon"))
    )
    data = html.escape(
        json.dumps({"parts": [{"template": {"target": {"wt": "refbegin"}}}, "\n* ", one, "\n* ", other]})
    )
    span = coins("rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&rft.genre=book&rft.btitle=Knots")
    note = (
        f'<span about="#mwt3" typeof="mw:Transclusion" data-mw="{data}"></span>'
        f'<span about="#mwt3"><cite class="citation book">Knots.</cite>{span}</span>'
    )
    assert parsoid(f"<i>x</i> {note}")["editor"] == [{"family": "Aas", "given": "Jon"}]


def test_a_template_that_cites_nothing_is_no_work() -> None:
    found = reference(
        f"<span {template('lang', **{'1': 'fr', '2': 'filet'})}>filet</span>", text_class="mw-reference-text"
    )
    assert found.csl is None
