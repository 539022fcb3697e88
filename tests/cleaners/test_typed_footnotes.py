"""Footnotes typed as plain characters, in the forms that programs and people write them, and what only looks so."""

from __future__ import annotations

import pytest

from wikiglean.article import Article
from wikiglean.cleaners import clean

FIRST = "The salt lantern of Orvell was built by fishermen from the northern coast"
SECOND = "Its light could be seen from three villages, and the keeper slept beside the oil."


def flat(first: str, second: str, *end: str) -> Article:
    """A flattened page whose two sentences carry these markers, with these lines at the end."""
    return clean(
        "\n".join(["The lantern", "", f"{FIRST}{first}. {SECOND}{second}", "", *end]), content_type="text/plain"
    )


def joined(article: Article) -> list[tuple[str, str | None]]:
    """The markers' labels, each with the words of its note."""
    notes = {note.identifier: note.text for note in article.references}
    return [(citation.label, notes[citation.reference or ""]) for citation in article.citations]


NOTES = [("1", "Brenn 1987."), ("2", "Harl 1990.")]


@pytest.mark.parametrize(
    "lines",
    [
        ["References", "1. ^ Brenn 1987.", "2. ^ Harl 1990."],
        ["References", "^ Brenn 1987.", "^ a b Harl 1990."],
        ["References", "^ Jump up to: a b c Brenn 1987.", "Jump up ^ Harl 1990."],
        ["Références", "↑ a et b Brenn 1987.", "↑ Harl 1990."],
        ["Note", "1. ↑ 1,0 1,1 Brenn 1987.", "2. ↑ Harl 1990."],
        ["Примечания", "↑ Перейти обратно: 1 2 Brenn 1987.", "↑ Harl 1990."],
        ["منابع", "↑ الف ب Brenn 1987.", "↑ Harl 1990."],
        ["각주", "↑ 가 나 Brenn 1987.", "↑ Harl 1990."],
        ["தொலைந்த", "↑ Brenn 1987.", "↑ Harl 1990."],
        ["References", "1 ↑ Brenn 1987.", "2 ↑ Harl 1990."],
        ["References", "↑1 Brenn 1987.", "↑2 Harl 1990."],
        ["References", "1.^ Brenn 1987.", "2.^ Harl 1990."],
        ["References", "1) Brenn 1987.", "2) Harl 1990."],
        ["References", "(1) Brenn 1987.", "(2) Harl 1990."],
        ["References", "¹ Brenn 1987.", "² Harl 1990."],
        ["References", "[1] Brenn 1987.", "[2] Harl 1990."],
        ["References", "[1]: Brenn 1987.", "[2]: Harl 1990."],
        ["References", "* ^ Brenn 1987.", "* ^ Harl 1990."],
        ["References", "Brenn 1987.", "Harl 1990."],
        ["References", "", "1. Brenn 1987.", "", "2. Harl 1990."],
        ["1. Brenn 1987.", "2. Harl 1990."],
        ["1. Brenn 1987. ↩", "2. Harl 1990. ↩︎"],
        ["References", "[1] Brenn 1987. [2] Harl 1990."],
        ["[1] Brenn 1987. [2] Harl 1990."],
        ["References", "1. ^ Brenn 1987. 2. ^ Harl 1990."],
        ["References", "^", "Brenn 1987.", "^", "a", "b", "Harl 1990."],
        ["References", "↑", "1.0", "1.1", "Brenn 1987.", "↑", "Harl 1990."],
        ["सन्दर्भ[संपादित करें]", "↑ 1.0 1.1 Brenn 1987.", "↑ Harl 1990.", "श्रेणियाँ: दीप | तट"],
    ],
)
def test_lists_of_notes(lines: list[str]) -> None:
    article = flat("[1]", "[2]", *lines)
    assert joined(article) == NOTES
    assert article.text == f"{FIRST}. {SECOND}"


@pytest.mark.parametrize(
    ("first", "second", "lines", "labels"),
    [
        ("[note 1]", "[note 2]", ["Notes", "1. ^ Brenn 1987.", "2. ^ Harl 1990."], ["note 1", "note 2"]),
        ("[yyy 1]", "[yyy 2]", ["Yyy", "1. ^ Brenn 1987.", "2. ^ Harl 1990."], ["yyy 1", "yyy 2"]),
        ("[Anm. 1]", "[Anm. 2]", ["Anmerkungen", "↑ Brenn 1987.", "↑ Harl 1990."], ["Anm. 1", "Anm. 2"]),
        ("[注 1]", "[注 2]", ["脚注", "^ Brenn 1987.", "^ Harl 1990."], ["注 1", "注 2"]),
        ("[টীকা ১]", "[টীকা ২]", ["টীকা", "↑ Brenn 1987.", "↑ Harl 1990."], ["টীকা ১", "টীকা ২"]),
        ("[a]", "[b]", ["Notes", "a. ^ Brenn 1987.", "b. ^ Harl 1990."], ["a", "b"]),
        ("[i]", "[ii]", ["Notes", "i. ^ Brenn 1987.", "ii. ^ Harl 1990."], ["i", "ii"]),
        ("[α]", "[β]", ["Notes", "α. ^ Brenn 1987.", "β. ^ Harl 1990."], ["α", "β"]),
        ("[*]", "[†]", ["Notes", "[*] Brenn 1987.", "[†] Harl 1990."], ["*", "†"]),
        ("[۱]", "[۲]", ["منابع", "↑ Brenn 1987.", "↑ Harl 1990."], ["۱", "۲"]),
        ("[١]", "[٢]", ["مراجع", "1. ^ Brenn 1987.", "2. ^ Harl 1990."], ["١", "٢"]),
        ("[१]", "[२]", ["सन्दर्भ", "↑ Brenn 1987.", "↑ Harl 1990."], ["१", "२"]),
        ("【1】", "【2】", ["参考文献", "【1】 Brenn 1987.", "【2】 Harl 1990."], ["1", "2"]),
        ("［1］", "［2］", ["脚注", "1. ↑ Brenn 1987.", "2. ↑ Harl 1990."], ["1", "2"]),
        ("\\[1\\]", "\\[2\\]", ["References", "1. Brenn 1987.", "2. Harl 1990."], ["1", "2"]),
        ("&#91;1&#93;", "&#91;2&#93;", ["References", "1. Brenn 1987.", "2. Harl 1990."], ["1", "2"]),
        ("^[1]", "^[2]", ["References", "1. ^ Brenn 1987.", "2. ^ Harl 1990."], ["1", "2"]),
        ("^([1])", "^([2])", ["References", "1.  ^ Brenn 1987.", "2.  ^ Harl 1990."], ["1", "2"]),
        ("[^1]", "[^harl]", ["[^1]: Brenn 1987.", "[^harl]: Harl 1990."], ["1", "harl"]),
        (
            "[[1]](#cite_note-1)",
            "[[2]](#cite_note-2)",
            ["References", "1. [^](#cite_ref-1) Brenn 1987.", "2. **[^](#cite_ref-2)** Harl 1990."],
            ["1", "2"],
        ),
        (
            "[\\[1\\]](#cite_note-1)",
            "[\\[2\\]](#cite_note-2)",
            ["References", "1.  [↑](#cite_ref-1) Brenn 1987.", "2.  [↑](#cite_ref-2) Harl 1990."],
            ["1", "2"],
        ),
        ("¹", "²", ["¹ Brenn 1987.", "² Harl 1990."], ["1", "2"]),
        ("1)", "2)", ["1)", "Brenn 1987.", "2)", "Harl 1990."], ["1", "2"]),
        ("*1", "*2", ["*1 Brenn 1987.", "*2 Harl 1990."], ["1", "2"]),
        ("\n[\n1\n]\n", "\n[\n2\n]\n", ["References", "1. ^ Brenn 1987.", "2. ^ Harl 1990."], ["1", "2"]),
        ("1", "2", ["1. Brenn 1987. (1)", "2. Harl 1990. (2)"], ["1", "2"]),
        ("1", "2", ["Brenn 1987. (1)", "Harl 1990. (2)"], ["1", "2"]),
        ("[1]:15", "[2]: 15–17", ["References", "1. ^ Brenn 1987.", "2. ^ Harl 1990."], ["1", "2"]),
    ],
)  # fmt: skip
def test_forms_of_markers(first: str, second: str, lines: list[str], labels: list[str]) -> None:
    article = flat(first, second, *lines)
    assert joined(article) == [(labels[0], "Brenn 1987."), (labels[1], "Harl 1990.")]
    assert article.text == f"{FIRST}. {SECOND}"


@pytest.mark.parametrize("first", ["[1]", "[1]: 15", "[1, 2]", "[1–3]", "[1][2]", " [1]", "\\[1\\]", "[note 1]"])
def test_markers_go_back_to_their_places(first: str) -> None:
    article = flat(first, "[2]")
    text = article.text
    for citation in reversed(article.citations):
        assert citation.start is not None
        text = text[: citation.start] + citation.whitespace_removed + citation.shown + text[citation.start :]
    assert text == f"{FIRST}{first}. {SECOND}[2]"


def test_numbers_in_one_pair_of_brackets_are_markers_each() -> None:
    article = flat("[1]", "[1–3]", "References", "[1] Brenn.", "[2] Harl.", "[3] Moe.", "[4] Nobody.")
    assert [citation.label for citation in article.citations] == ["1", "1", "2", "3"]
    assert [citation.shown for citation in article.citations] == ["[1]", "[1", "–", "3]"]
    assert [note.label for note in article.references] == ["1", "2", "3", "4"]


def test_lists_belong_to_the_markers_that_are_as_many() -> None:
    article = flat("[1][note 1]", "[2][3]", "Zzz", "^ It was not.", "Qqq", "^ Brenn.", "^ Harl.", "^ Moe.")
    assert joined(article) == [("1", "Brenn."), ("note 1", "It was not."), ("2", "Harl."), ("3", "Moe.")]
    assert article.text == f"{FIRST}. {SECOND}"


def test_notes_of_two_groups_in_one_list_are_told_by_how_often_they_are_cited() -> None:
    article = flat("[1][注 1]", "[2][2]", "脚注", "^ それは違う。", "^ ブレン。", "^ a b ハール。")
    assert joined(article) == [("1", "ブレン。"), ("注 1", "それは違う。"), ("2", "ハール。"), ("2", "ハール。")]


def test_marker_in_a_note_stands_in_the_note() -> None:
    article = flat("[note 1]", "[1]", "Notes", "1. ^ It was not.[1] So they say.", "References", "1. ^ Brenn.")
    assert [(note.label, note.text) for note in article.references] == [
        ("note 1", "It was not. So they say."),
        ("1", "Brenn."),
    ]
    assert [(c.label, c.place, c.within) for c in article.citations[2:]] == [("1", "reference", "/references/0/text")]


@pytest.mark.parametrize(
    ("lines", "notes", "text"),
    [
        (["1. ^ Brenn,", "the second edition.", "2. ^ Harl."], ["Brenn, the second edition.", "Harl."], ""),
        (["1. ^ Brenn.", "2. ^ Harl.", "This page was last edited on 3 May 2010."], ["Brenn.", "Harl."], ""),
        (["1. ^ Brenn.", "2. ^ Harl.", "", "Moe, A. (1987). Lights."], ["Brenn.", "Harl."], "Moe, A. (1987). Lights."),
        (["1. ^ Brenn.", "2. ^ Harl.", "Moe, A. (1987). Lights."], ["Brenn.", "Harl."], "Moe, A. (1987). Lights."),
        (["1. ^ Brenn.", "2. ^ Harl.", "* Moe, A. Lights."], ["Brenn.", "Harl."], "Moe, A. Lights."),
        (["1. ^ Brenn.", "2. ^ Harl.", "Categories: Lights | Towers"], ["Brenn.", "Harl."], ""),
    ],
)
def test_the_last_note_ends_where_it_ends(lines: list[str], notes: list[str], text: str) -> None:
    article = flat("[1]", "[2]", "References", *lines)
    assert [" ".join((note.text or "").split()) for note in article.references] == notes
    assert article.text.endswith(text or SECOND)


def test_what_is_missing_on_either_side_is_reported() -> None:
    article = flat("[1]", "[2]", "References", "1. ^ Brenn.", "3. ^ Moe.")
    assert [(note.label, note.text, note.resolved) for note in article.references] == [
        ("1", "Brenn.", True),
        ("3", "Moe.", True),
        ("2", None, False),
    ]
    assert [citation.label for citation in article.citations] == ["1", "2"]


NO_MARKERS = [
    "In [1984] it burnt, in [1985] again.",
    "She said [sic] so [...] and […] left [edit].",
    "Set a[1] to x[2] and row_count[3].",
    "The interval [0, 1] and the pair [1, 2] are closed.",
    "The interval [a, b] is open, the matrix [1 2; 3 4] is not.",
    "The complex [Fe(CN)6] has [2] ligands.",
    "He saw [the king] and [t]he queen.",
    "The vowel [a] and the vowel [i] are long.",
    "Press [A], then [B].",
    "[1] In the beginning was the sea.\n[2] And the sea was grey.\n[3] And it was cold.",
    "[1] yes [2] no [3] perhaps",
    "Choose: [1] Play\n[2] Save\n[3] Quit",
    "Play [1. e4] and [2. d4].",
    "On [2 May] it sank.",
    "argv[0] is the name, argv[1] the first, argv[2] the second.",
    "The [2]catenane and the [3]rotaxane.",
    "He ran to [12] and [13] and [14] of the list.",
    'Type "[1]" and "[2]" to mark notes.',
    "3 m² and 4 km², x² + y² = z², 1ᵉʳ, ²³⁵U",
    "See [figure 1] and [figure 2] and [table 3].",
    "The man [page 12] went.\nThe woman [page 13] ran.",
    "At [476] the empire fell.",
    "John [3]:16 says so.",
    "The sets {[1], [2]} and foo([1]) are finite.",
    "- [x] done\n- [ ] open",
    "A list (see below): 1) bread 2) salt",
    "In that language 'rope'[1] is 'o'.",
    'The value of "rope"[1] is "o", that of "rope"[2] is "p".',
    "Then rows()[1] is the second, m[0][1] the first row's, and m[1][2] another.",
    "The first song. (1)\nThe second song. (2)",
]


@pytest.mark.parametrize("words", NO_MARKERS)
def test_brackets_that_mean_something_else(words: str) -> None:
    page = f"The lantern\n\n{FIRST}.\n\n{words}\n\n{SECOND}"
    assert clean(page, content_type="text/plain").citations == ()
    blocks = "".join(f"<p>{line}</p>" for line in page.replace("&", "&amp;").replace("<", "&lt;").split("\n") if line)
    assert clean(f"<!doctype html><html><body>{blocks}</body></html>").citations == ()


@pytest.mark.parametrize(
    ("lines", "citations"),
    [
        (["Links:", "------", "[1] http://a.example/x", "[2] http://b.example/y"], 0),
        (["References", "[1] http://a.example/x", "[2] http://b.example/y"], 2),
        (["References", "1. http://a.example/x", "2. http://b.example/y"], 2),
    ],
)
def test_numbers_of_links_are_no_markers(lines: list[str], citations: int) -> None:
    article = flat(" [1]", " [2]", *lines)
    assert len(article.citations) == citations
    assert "[1]" not in article.text


def test_numbers_before_links_are_no_markers() -> None:
    page = f"The lantern\n\n{FIRST.replace('Orvell', '[1]Orvell')}. {SECOND.replace('three', '[2]three')}"
    article = clean(
        f"{page}\n\nReferences:\n\n[1] http://a.example/x\n[2] http://b.example/y", content_type="text/plain"
    )
    assert article.citations == ()
    assert article.text == f"{FIRST}. {SECOND}"


@pytest.mark.parametrize("line", ["↑ Top", "^ is the sign of powers", "↑"])
def test_an_arrow_alone_is_no_note(line: str) -> None:
    article = flat("", "", line)
    assert article.references == ()
    assert article.text.endswith(line)


def test_extract_from_the_midst_of_an_article() -> None:
    assert [citation.label for citation in flat("[12][13]", "[14]").citations] == ["12", "13", "14"]


RAISED = (
    f"<p>{FIRST}<sup>1</sup>. {SECOND}<sup>2</sup> A sail of 10 m<sup>2</sup>, 10<sup>3</sup> knots, x<sup>1</sup>.</p>"
)
TEXT = f"{FIRST}. {SECOND} A sail of 10 m², 10³ knots, x¹."


@pytest.mark.parametrize(
    "notes",
    [
        "<h2>References</h2><ol><li>Brenn 1987.</li><li>Harl 1990.</li></ol>",
        "<h2>Notes</h2><p>1. Brenn 1987.</p><p>2. Harl 1990.</p>",
        "<h2>Notes</h2><p><sup>1</sup>Brenn 1987.</p><p><sup>2</sup> Harl 1990.</p>",
        "<hr><p>1. Brenn 1987.<br>2. Harl 1990.</p>",
        "<p><sup>1</sup> Brenn 1987.</p><p><sup>2</sup> Harl 1990.</p>",
    ],
)
def test_raised_numbers_without_links(notes: str) -> None:
    article = clean(f"<!doctype html><title>Lantern</title><h1>Lantern</h1>{RAISED}{notes}")
    assert joined(article) == NOTES
    assert article.text.strip() == TEXT


def test_raised_numbers_without_notes_are_markers_if_they_count_up() -> None:
    page = f"<!doctype html><title>Lantern</title><h1>Lantern</h1>{RAISED}"
    assert clean(page).citations == ()
    more = clean(f"{page}<p>{SECOND}<sup>3</sup></p>")
    assert [citation.label for citation in more.citations] == ["1", "2", "3"]
    verses = "".join(f"<sup>{n}</sup>{SECOND} " for n in range(1, 5))
    assert clean(f"<!doctype html><title>Lantern</title><h1>Lantern</h1><p>{verses}</p>").citations == ()
