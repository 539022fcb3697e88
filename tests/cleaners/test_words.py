"""The phrase tables: how lines are compared, and that each file says what it should."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from wikiglean.cleaners import words
from wikiglean.cleaners.words import Phrase, PhraseFile, Templates, fold, is_note_heading, section_kind, tables, width

FOLDER = Path(words.__file__).resolve().parent / "phrases"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("??.toml"))
BIG = frozenset(
    ("ar", "cs", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nl", "pl", "pt")
) | {"ro", "ru", "sv", "tr", "uk", "vi", "zh"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("E-Mail", "e‑mail"),
        ("KAYNAĞI DEĞİŞTİR", "kaynağı değiştir"),
        ("l’article", "l'article"),
        ("«Adı»", '"adi"'),
        ("a\u00a0b", "a  b"),
        ("\u200fعدل\u200e", "عدل"),
        ("ﾛｸﾞｲﾝ", "ログイン"),
        ("می‌شود", "میشود"),
    ],
)
def test_lines_are_compared_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_gaps_and_numbers() -> None:
    templates: Templates[str] = Templates()
    templates.add("Submitted by … on …\n# comments\nAverage: #… (# votes)\nPlain words", "found")
    for line in (
        "Submitted by X on Fri, 01/02/2009 - 10:11",
        "12 comments",
        "Average: 4.2 (5 votes)",
        "plain words: *",
    ):
        assert templates.find(line) == "found"
    for line in ("Submitted by X", "some comments", "Average: good (5 votes)", "plain words and more"):
        assert templates.find(line) is None


def test_a_short_phrase_is_no_sentence() -> None:
    templates: Templates[str] = Templates()
    templates.add("Retrieved from …", "found")
    assert templates.find("Retrieved from https://wiki.example/index.php?title=Velmora&oldid=12345678901234567890")
    assert templates.find("Retrieved from the wreck, the bell was hung in the church of Skarn.") is None


def test_width_counts_columns() -> None:
    assert (width("abc"), width("雾钟"), width("안개 북")) == (3, 4, 7)


def test_there_are_all_big_languages() -> None:
    assert set(LANGUAGES) >= BIG


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_each_table(language: str) -> None:
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    assert set(PhraseFile.__struct_fields__) - table.keys() <= {
        "languages",
        "jump_up",
        "attribution",
        "groups",
        "backlinks",
        "cite_error",
    }
    assert {"page", "form", "captcha", "cookies", "share", "rating"} <= table["certain"].keys()
    assert {"form", "captcha", "login", "navigation"} <= table["possible"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_certain_lines_say_enough(language: str) -> None:
    """A single word of a language with spaces may be a heading of any article."""
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    lines = [line for text in table["certain"].values() for line in text.splitlines() if line]
    alone = [line for line in lines if " " not in line and "…" not in line and "#" not in line]
    assert [line for line in alone if width(line) < 10] == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("The content of this field is kept private and will not be shown publicly.", "form"),
        ("Allowed HTML tags: <a> <em> <strong>", "form"),
        ("Zulässige HTML-Tags: <a>", "form"),
        ("Les lignes et les paragraphes vont à la ligne automatiquement.", "form"),
        ("3 + 4 =", "captcha"),
        ("What is 3 + 4?", "captcha"),
        ("Verify you are human", "captcha"),
        ("Stop spam. Read books.", "captcha"),
        ("我不是机器人", "captcha"),
        ("try another fontsize: 60% 70% 80% 90%", "widget"),
        ("Average: 4.2 (5 votes)", "rating"),
        ("Your rating: None", "rating"),
        ("Wir verwenden Cookies, um die Seite zu verbessern.", "cookies"),
        ("Partager sur Facebook", "share"),
        ("Request new password", "login"),
        ("Bu sayfa en son 3 Mart 2019 tarihinde değiştirildi.", "page"),
        ("最終更新 2019年3月3日 (日) 10:11 （日時は個人設定で未設定ならばUTC）。", "page"),
    ],
)
def test_lines_that_only_machines_print(line: str, kind: str) -> None:
    assert tables().lines.find(line) == Phrase(kind, certain=True)


@pytest.mark.parametrize("line", ["Home", "Search", "Name:", "Username: *", "CAPTCHA", "Startseite", "Поиск", "検索"])
def test_words_that_articles_have_too_are_not_certain(line: str) -> None:
    phrase = tables().lines.find(line)
    assert phrase is not None
    assert not phrase.certain


@pytest.mark.parametrize(
    "sentence",
    [
        "He says that the bell was cast in 1904 and that nobody heard it.",
        "This question is as old as the town, and no priest has answered it.",
        "Die Frage, ob die Glocke je geläutet hat, ist offen.",
        "Cette question divise les historiens depuis un siècle.",
        "この質問は哲学者の間で長く議論されてきた。",
        "Bu soru, kasabanın kuruluşundan beri tartışılır.",
        "The average was 4.2 in all five years.",
        "Powered by the river, the mill ran for two centuries.",
        "Last modified in the seventeenth century, the façade is plain.",
        "From the tower, the free city could see its enemies.",
        "Text is carved under the bell.",
    ],
)
def test_sentences_of_articles_are_no_phrases(sentence: str) -> None:
    assert tables().lines.find(sentence) is None
    assert tables().notes.find(sentence) is None


def test_headings() -> None:
    assert is_note_heading("EINZELNACHWEISE")
    assert is_note_heading("Notes et références :")
    assert [section_kind(title) for title in ("Kaynakça", "Véase también", "外部リンク", "Литература", "History")] == [
        "references",
        "see_also",
        "external_links",
        "bibliography",
        "body",
    ]
