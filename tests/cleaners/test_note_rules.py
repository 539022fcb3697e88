"""Notes that profiles describe: where they begin, what names them, what is typed around, what is printed twice."""

from __future__ import annotations

from wikiglean.article import Article
from wikiglean.cleaners import clean
from wikiglean.cleaners.profiles import ContentRules, EngineProfile, Recognition, ReferenceRules

LAMP = EngineProfile(
    name="lamp",
    title="Lamp Wiki",
    recognise=Recognition(any_of=("#lamp",)),
    content=ContentRules(root=("#lamp",)),
    references=ReferenceRules(
        markers=("a.mark",),
        note_ids=("n-",),
        notes=("div.note",),
        lists=("ol.notes",),
        note_starts=("b.number",),
        backlinks=(".back",),
    ),
)


def cleaned(body: str) -> Article:
    page = f"<!doctype html><title>Keld - Lamp Wiki</title><body><div id=lamp>{body}</div></body>"
    return clean(page, profiles=[LAMP])


def notes(article: Article) -> list[tuple[str | None, str | None]]:
    return [(note.label, note.text) for note in article.references]


def test_notes_that_only_a_number_begins() -> None:
    article = cleaned(
        "<p>Keld<a class=mark href='#n-1'>1</a> burns<a class=mark href='#n-2'>2</a>,"
        " again<a class=mark href='#n-1'>1</a>.<p><b class=number id=n-1>1</b>: Of <i>slate</i>.<br>"
        "<b class=number id=n-2>2</b> Oil. (1902)</p><p>The end.</p>"
    )
    assert article.text == "Keld burns, again.\n\nThe end."
    assert notes(article) == [("1", "Of slate."), ("2", "Oil. (1902)")]
    assert article.quality.visible == article.quality.in_text + article.quality.structured + article.quality.removed


def test_numbers_with_signs_between_begin_one_note() -> None:
    article = cleaned(
        "<p>Keld<a class=mark href='#n-1'>1</a> burns<a class=mark href='#n-2'>2</a>."
        "<p><a id=n-1></a><b class=number>1</b>, <a name=n-2></a><b class=number>2</b>: Of slate.</p>"
    )
    assert notes(article) == [("1", "Of slate.")]
    assert [citation.reference for citation in article.citations] == ["n-1", "n-1"]


def test_a_number_without_words_begins_no_note() -> None:
    article = cleaned("<p>Keld<a class=mark href='#n-1'>1</a>.<p><b class=number id=n-1>1</b></p><p>The end.</p>")
    assert [(note.label, note.text, note.resolved) for note in article.references] == [("1", None, False)]
    assert article.text.endswith("The end.")


def test_a_note_printed_again_under_its_id_is_one() -> None:
    article = cleaned(
        "<p>Keld<a class=mark href='#n-1'>1</a> burns<a class=mark href='#n-1'>2</a>.</p>"
        "<ol class=notes><li id=n-1>Of slate.<li id=n-1>Of slate.<li id=n-1>Of wood.</ol>"
    )
    assert [note.text for note in article.references] == ["Of slate.", "Of wood."]
    assert [removed.text for removed in article.removed if removed.reason == "note printed again"] == ["Of slate."]


def test_a_no_break_space_before_a_way_back_is_no_part_of_the_note() -> None:
    article = cleaned(
        "<p>Keld<a class=mark href='#n-1'>1</a>.</p>"
        "<ol class=notes><li id=n-1>Of slate.&#160;<a class=back href='#x'>&#8617;</a>&#160;"
        "<a class=back href='#y'>&#8617;</a></ol>"
    )
    assert notes(article) == [("1", "Of slate.")]


def test_a_note_is_named_by_any_anchor_before_its_words() -> None:
    article = cleaned(
        "<p>Keld<a class=mark href='#moe'>1</a>.</p>"
        "<ol class=notes><li><a name=moe> </a> Moe, <a name=p9>p. 9</a>.<li>See <a name=rusk>Rusk</a>.</ol>"
    )
    assert next((note.identifier, note.text) for note in article.references) == ("moe", "Moe, p. 9.")
    assert "rusk" not in [note.identifier for note in article.references]


def test_the_typed_number_of_an_uncited_note_is_its_label_if_its_id_says_so() -> None:
    article = cleaned("<p>Keld.</p><div class=note id=n-7>7. Of slate.</div><div class=note id=n-8>9. Of wood.</div>")
    assert notes(article) == [("7", "Of slate."), (None, "9. Of wood.")]


def test_one_profile_knows_the_marker_and_a_pasted_one_the_note() -> None:
    pasted = EngineProfile(
        name="oil",
        title="Oil",
        pasted=True,
        references=ReferenceRules(markers=("sup.oil",), note_ids=("o-",), notes=("p.oil-note",)),
    )
    own = EngineProfile(
        name="lamp",
        title="Lamp Wiki",
        recognise=Recognition(any_of=("#lamp",)),
        content=ContentRules(root=("#lamp",)),
        references=ReferenceRules(markers=("a.mark",), note_ids=("n-",)),
    )
    page = "<div id=lamp><p>Keld<a class=mark href='#o-1'>1</a>.</p><p class=oil-note id=o-1>Of slate.</p></div>"
    assert notes(clean(f"<!doctype html><title>Keld</title>{page}", profiles=[own, pasted])) == [("1", "Of slate.")]


def test_notes_joined_by_links_alone_are_found_beside_a_profile_without_references() -> None:
    learned = EngineProfile(
        name="learned", title="Learned", recognise=Recognition(any_of=("#k",)), content=ContentRules(root=("#k",))
    )
    page = (
        "<div id=k><p>Keld is old.<a id=m1 href='#x1'><sup>1</sup></a> It burns.</p>"
        "<hr><p id=x1><a href='#m1'>1</a> Of slate.</p></div>"
    )
    assert notes(clean(f"<!doctype html><title>Keld</title>{page}", profiles=[learned])) == [("1", "Of slate.")]


def test_a_marker_of_several_notes_belongs_to_the_first() -> None:
    article = cleaned(
        "<p>Keld<a class=mark href='#n-1'>1</a> burns<a class=mark>[1-2]</a>, again<a class=mark>[7-8]</a>.</p>"
        "<ol class=notes><li id=n-1>Of slate.<li id=n-2>Of wood.</ol>"
    )
    assert [(c.label, c.reference) for c in article.citations][:2] == [("1", "n-1"), ("1-2", "n-1")]
    assert [note.label for note in article.references if not note.resolved] == ["7-8"]
