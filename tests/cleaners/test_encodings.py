"""Charsets: declared, wrongly declared, undeclared, marked, mistyped, damaged."""

from __future__ import annotations

import codecs

import pytest

from wikiglean.cleaners import clean
from wikiglean.cleaners.decoding import decoded

RUSSIAN = "Деревня Велмора стоит на северном берегу озера, у подножия лесистых холмов. Первые дома построили рыбаки."
TURKISH = "Velmora köyü gölün kuzey kıyısında, ormanlık tepelerin eteğinde yer alır. İlk evleri balıkçılar yaptı."
JAPANESE = "ヴェルモラ村は湖の北岸、森に覆われた丘のふもとにある。最初の家々は漁師たちが建てたものである。"
CHINESE = "维尔莫拉村位于湖的北岸，坐落在林木葱郁的山丘脚下。最早的房屋是渔民建造的，他们在大洪水之后在此过冬。"
TAIWANESE = "維爾莫拉村位於湖的北岸，坐落在林木蔥鬱的山丘腳下。最早的房屋是漁民建造的，他們在此過冬。"
KOREAN = "벨모라 마을은 호수의 북쪽 기슭, 숲이 우거진 언덕 아래에 있다. 처음의 집들은 어부들이 지었다."
HEBREW = "הכפר ולמורה שוכן על גדתו הצפונית של האגם, למרגלות גבעות מיוערות. את הבתים הראשונים בנו דייגים."
ARABIC = "تقع قرية ولمورا على الضفة الشمالية للبحيرة عند سفح تلال مكسوة بالأشجار. بنى البيوت الأولى صيادون."
GREEK = "Το χωριό Βελμόρα βρίσκεται στη βόρεια όχθη της λίμνης, στους πρόποδες δασωμένων λόφων."
FRENCH = "Le village de Velmora se trouve sur la rive nord du lac – « à cet endroit précis », écrivait-on déjà à l’été."
CHARSETS = [
    ("windows-1251", RUSSIAN, "windows-1251"),
    ("koi8-r", RUSSIAN, "KOI8-R"),
    ("iso-8859-5", RUSSIAN, "ISO-8859-5"),
    ("windows-1254", TURKISH, "windows-1254"),
    ("iso-8859-9", TURKISH, "windows-1254"),
    ("shift_jis", JAPANESE, "Shift_JIS"),
    ("euc-jp", JAPANESE, "EUC-JP"),
    ("iso-2022-jp", JAPANESE, "ISO-2022-JP"),
    ("gbk", CHINESE, "GBK"),
    ("gb18030", CHINESE, "gb18030"),
    ("big5", TAIWANESE, "Big5"),
    ("euc-kr", KOREAN, "EUC-KR"),
    ("windows-1255", HEBREW, "windows-1255"),
    ("windows-1256", ARABIC, "windows-1256"),
    ("windows-1253", GREEK, "windows-1253"),
    ("windows-1252", FRENCH, "windows-1252"),
    ("utf-8", JAPANESE, "UTF-8"),
]
DETECTED = [case for case in CHARSETS if case[0] not in ("gb18030", "utf-8")]


def page(words: str, head: str = "") -> str:
    return f"<html><head>{head}<title>T</title></head><body><p>{words}</p></body></html>"


@pytest.mark.parametrize(("codec", "words", "name"), CHARSETS, ids=[case[0] for case in CHARSETS])
def test_declared_in_the_page(codec: str, words: str, name: str) -> None:
    article = clean(page(words, f"<meta charset={codec}>").encode(codec))
    assert (article.text, article.provenance.charset, article.provenance.charset_source) == (words, name, "declared")
    assert "charset-not-as-declared" not in article.quality.flags


@pytest.mark.parametrize(("codec", "words", "name"), CHARSETS, ids=[case[0] for case in CHARSETS])
def test_declared_by_the_server(codec: str, words: str, name: str) -> None:
    article = clean(page(words).encode(codec), content_type=f"text/html; charset={codec}")
    assert (article.text, article.provenance.charset, article.provenance.charset_source) == (words, name, "http")


@pytest.mark.parametrize(("codec", "words", "name"), DETECTED, ids=[case[0] for case in DETECTED])
def test_declared_nowhere(codec: str, words: str, name: str) -> None:
    article = clean(page(words * 3).encode(codec))
    assert (article.text, article.provenance.charset_source) == (words * 3, "detected")


@pytest.mark.parametrize(("codec", "words", "name"), DETECTED, ids=[case[0] for case in DETECTED])
def test_plain_text_is_decoded_the_same_way(codec: str, words: str, name: str) -> None:
    article = clean((words * 3).encode(codec), content_type="text/plain")
    assert (article.title or "") + article.text == words * 3


@pytest.mark.parametrize(
    "label",
    ["utf8", "utf-8;", "UTF_8", "'utf-8'", '"utf-8', " utf-8 ", "unicode", "utf-16", "x-unknown", "utf-8, text/html"],
)
def test_mistyped_labels_of_utf8(label: str) -> None:
    markup = page(TURKISH, f"<meta http-equiv='Content-Type' content=\"text/html; charset={label}\">")
    assert clean(markup.encode()).text == TURKISH


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("windows1254", "cp1254"),
        ("cp-1254", "cp1254"),
        ("WIN-1254", "cp1254"),
        ("iso8859-9", "iso8859-9"),
        ("ISO_8859_9", "iso8859-9"),
        ("x-sjis", "cp932"),
        ("SJIS", "cp932"),
        ("windows-31j", "cp932"),
    ],
)
def test_mistyped_labels_of_other_charsets(label: str, codec: str) -> None:
    words = JAPANESE if codec == "cp932" else TURKISH
    found = decoded(page(words, f'<meta charset="{label}">').encode(codec), None)
    assert words in found.text
    assert found.source == "declared"


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16LE"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16BE"),
    ],
)
def test_a_mark_is_believed_before_all_else(mark: bytes, codec: str, name: str) -> None:
    data = mark + page(TURKISH, "<meta charset=windows-1251>").encode(codec)
    article = clean(data, content_type="text/html; charset=iso-8859-1")
    assert (article.text, article.provenance.charset, article.provenance.charset_source) == (TURKISH, name, "mark")


def test_a_mark_of_utf8_before_text_that_is_none() -> None:
    assert clean(codecs.BOM_UTF8 + page(RUSSIAN).encode("cp1251")).text == RUSSIAN


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(codec: str) -> None:
    article = clean(page(RUSSIAN).encode(codec))
    assert (article.text, article.provenance.charset_source) == (RUSSIAN, "detected")


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "shift_jis", "big5"])
@pytest.mark.parametrize("by_server", [True, False])
def test_utf8_under_another_label(label: str, *, by_server: bool) -> None:
    data = page(TURKISH, "" if by_server else f"<meta charset={label}>").encode()
    article = clean(data, content_type=f"text/html; charset={label}" if by_server else None)
    assert article.text == TURKISH
    assert (article.provenance.charset, article.provenance.charset_source) == ("UTF-8", "valid")
    assert "charset-not-as-declared" in article.quality.flags


@pytest.mark.parametrize(("codec", "words", "name"), DETECTED[:3] + DETECTED[9:])
def test_what_says_it_is_utf8_and_is_not(codec: str, words: str, name: str) -> None:
    article = clean(page(words, "<meta charset=utf-8>").encode(codec))
    assert article.text == words
    assert "charset-not-as-declared" in article.quality.flags


def test_one_bad_byte_spoils_nothing_else() -> None:
    data = page(TURKISH + " X " + TURKISH, "<meta charset=utf-8>").encode().replace(b" X ", b" \x92 ")
    article = clean(data)
    assert article.text == f"{TURKISH} \ufffd {TURKISH}"
    assert article.provenance.charset_source == "declared"
    assert article.quality.flags[0] == "bad-bytes"
    mislabelled = clean(data.replace(b"charset=utf-8", b"charset=iso-8859-1"))
    assert mislabelled.text == article.text


def test_a_byte_that_the_charset_does_not_have() -> None:
    data = page(HEBREW, "<meta charset=windows-1255>").encode("cp1255").replace("האגם".encode("cp1255"), b"\xff")
    article = clean(data)
    assert article.text == HEBREW.replace("האגם", "\ufffd")
    assert "bad-bytes" in article.quality.flags


def test_the_servers_default_against_what_the_page_says() -> None:
    data = page(RUSSIAN, "<meta charset=windows-1251>").encode("cp1251")
    article = clean(data, content_type="text/html; charset=iso-8859-1")
    assert (article.text, article.provenance.charset_source) == (RUSSIAN, "declared")


def test_western_label_over_another_alphabet() -> None:
    article = clean(page(RUSSIAN, "<meta charset=iso-8859-1>").encode("cp1251"))
    assert (article.text, article.provenance.charset) == (RUSSIAN, "windows-1251")
    assert "charset-not-as-declared" in article.quality.flags


def test_western_text_keeps_its_label() -> None:
    article = clean(page(FRENCH * 4, "<meta charset=iso-8859-1>").encode("cp1252"))
    assert (article.text, article.provenance.charset_source) == (FRENCH * 4, "declared")


@pytest.mark.parametrize(
    "head",
    [
        "<!--" + "x" * 3000 + "--><meta charset=koi8-r>",
        "<!-- <meta charset=windows-1251> --><meta charset=koi8-r>",
        "<meta name=description content='charset=windows-1251'><meta charset=koi8-r>",
        "<meta charset=no-such-thing><meta charset=koi8-r>",
        "<META HTTP-EQUIV=Content-Type CONTENT='text/html; CHARSET=KOI8-R'>",
    ],
)
def test_where_a_declaration_counts(head: str) -> None:
    article = clean(page("Год", head).encode("koi8-r"))
    assert (article.text, article.provenance.charset) == ("Год", "KOI8-R")


def test_xml_declaration() -> None:
    data = f'<?xml version="1.0" encoding="windows-1251"?>{page("Год")}'.encode("cp1251")
    assert clean(data, content_type="application/xhtml+xml").text == "Год"


def test_declared_twice_the_first_counts() -> None:
    data = page("Год", "<meta charset=koi8-r><meta charset=windows-1251>").encode("koi8-r")
    assert clean(data).text == "Год"


def test_charsets_that_browsers_refuse() -> None:
    assert clean(page(CHINESE, "<meta charset=hz-gb-2312>").encode("hz")).text == CHINESE
    assert clean(page(KOREAN, "<meta charset=iso-2022-kr>").encode("iso2022_kr")).text == KOREAN


def test_zero_bytes_and_ascii() -> None:
    assert clean(b"<p>one\x00two</p>").text == "onetwo"
    assert clean(b"<p>plain</p>").provenance.charset == "UTF-8"
    assert clean(b"<meta charset=big5><p>plain</p>").provenance.charset == "Big5"


def test_few_characters_of_a_charset_that_looks_like_utf8_by_chance() -> None:
    # the two characters of "联通" are valid UTF-8 when written in GBK
    assert clean(page("联通", "<meta charset=gbk>").encode("gbk")).text == "联通"


def test_any_half_of_a_page_decodes() -> None:
    data = page(JAPANESE, "<meta charset=utf-8>").encode()
    for cut in range(0, len(data), 7):
        decoded(data[:cut])
