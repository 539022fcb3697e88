from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikiglean.output.filenames import article_path, host_folder, slug

ANY_TEXT = st.text() | st.text(st.characters(categories=["Cs", "Cc", "Lo", "Mn", "So"]))
NASTY = st.sampled_from(
    [
        "",
        ".",
        "..",
        "../../etc/passwd",
        "CON",
        "nul.txt",
        "com1",
        "a/b\\c",
        "x" * 500,
        "ü" * 300,
        "🐧" * 90,
        "a. ",
        "\0",
    ]
)
HOSTS = st.sampled_from(
    ["http://aux.example.org/", "http://con/", "http://[::1]:80/", "http://[x", "http://COM¹/", "http://../", "//..//"]
)


@given(ANY_TEXT, ANY_TEXT | NASTY | st.none(), ANY_TEXT | HOSTS | st.none())
def test_names_are_safe_everywhere(identifier: str, title: str | None, url: str | None) -> None:
    parts = article_path(identifier, title, url).split("/")
    assert len(parts) == 3
    for part in parts:
        assert 0 < len(part.encode()) <= 143
        assert part not in (".", "..")
        assert not set(part) & set('<>:"/\\|?*\0')
        assert all(unicodedata.category(character)[0] not in "CZ" for character in part)
        assert part.strip(". ") == part
        assert part.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@given(ANY_TEXT, ANY_TEXT)
def test_other_identifiers_give_other_names_where_case_and_normal_form_are_ignored(one: str, other: str) -> None:
    if one != other:
        folded = {unicodedata.normalize("NFD", article_path(each, "Title", None)).casefold() for each in (one, other)}
        assert len(folded) == 2


@given(ANY_TEXT, ANY_TEXT)
def test_the_same_article_has_the_same_name(identifier: str, title: str) -> None:
    assert article_path(identifier, title, None) == article_path(identifier, title, None)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Soviet Union–Turkey relations", "Soviet-Union-Turkey-relations"),
        ("C++/CLI", "C-CLI"),
        ("हिन्दी", "हिन्दी"),
        ("日本語", "日本語"),
        ("🐧 penguin 🐧", "penguin"),
        ("🐧", ""),
        ("cafe\u0301", "café"),
        (None, ""),
    ],
)
def test_slugs_can_be_read(title: str | None, expected: str) -> None:
    assert slug(title) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://en.wikipedia.org/wiki/Ankara", "en.wikipedia.org"),
        ("http://user:secret@127.0.0.1:8080/x", "127.0.0.1_8080"),
        ("http://aux.example.org/", "_aux.example.org"),
        ("http://MÜLLER.example/", "müller.example"),
        ("file.html", "nohost"),
        (None, "nohost"),
    ],
)
def test_hosts_are_folders(url: str | None, expected: str) -> None:
    assert host_folder(url) == expected


def test_a_page_without_title_is_named_by_its_address() -> None:
    path = article_path("id", None, "https://wiki.example.org/wiki/%C3%84rzte")
    assert path.startswith("articles/wiki.example.org/Ärzte-")
