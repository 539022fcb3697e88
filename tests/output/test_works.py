"""Which works an article cites, in which order, under which keys, and how BibTeX writes them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from wikiglean.article import Article, BibliographyEntry, Citation, Reference
from wikiglean.output import to_bibtex, to_csl_json, works_of


def note(identifier: str, csl: dict[str, Any] | None = None, **fields: Any) -> Reference:
    csl = csl and {"id": identifier, **csl}
    return Reference(identifier=identifier, label=None, text=f"Note {identifier}.", resolved=True, csl=csl, **fields)


def book(title: str, **fields: Any) -> dict[str, Any]:
    return {"type": "book", "title": title, **fields}


def cited(*notes: str) -> tuple[Citation, ...]:
    return tuple(Citation(reference=n, label="1", shown="[1]", start=0, end=0, place="text") for n in notes)


def titles(*articles: Article) -> list[str]:
    return [str(work.get("title")) for work in works_of(articles)]


def test_works_come_in_the_order_of_their_first_citation() -> None:
    article = Article(
        citations=cited("2", "short", "1", "2"),
        references=(
            note("1", book("One")),
            note("2", book("Two"), further_works=(book("Further"),)),
            note("3", book("Uncited")),
            note("short"),
        ),
        bibliography=(
            BibliographyEntry(identifier="a", start=0, end=0, csl=book("Nobody")),
            BibliographyEntry(identifier="b", start=0, end=0, csl=book("Entry"), cited_by=("short",)),
            BibliographyEntry(identifier="c", start=0, end=0),
        ),
    )
    assert titles(article) == ["Two", "Further", "Entry", "One", "Uncited", "Nobody"]


def test_a_note_without_a_work_counts_where_it_names_an_identifier() -> None:
    doi = {"DOI": "10.1000/1", "JSTOR": "7"}
    article = Article(references=(note("1"), note("2", url="http://x.example/"), note("3", identifiers=doi)))
    assert works_of([article]) == [
        {"id": "work", "type": "document", "DOI": "10.1000/1", "note": "Note 3.\nJSTOR: 7"},
    ]


def test_identifiers_without_a_variable_are_lines_of_the_note() -> None:
    work = book("One", note="Signed.\nOCLC: 5")
    article = Article(references=(note("1", work, identifiers={"OCLC": "5", "arXiv": "1512.01655"}),))
    assert works_of([article])[0]["note"] == "Signed.\nOCLC: 5\narXiv: 1512.01655"


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (book("One", DOI="10.1000/AB"), {"type": "article", "title": "ONE!", "DOI": "10.1000/ab"}),
        (book("One", ISBN="978-0-306-40615-7"), book("One", ISBN="9780306406157", volume="2")),
        (book("One", PMID="7"), {"type": "document", "PMID": "7"}),
        ({"type": "document", "PMID": "7", "title": "One"}, book("One", PMID="7")),
        (book("One", URL="http://x.example/1"), book("One", URL="http://x.example/1", language="en")),
        (book("One", volume="2", page="7"), book("One", volume="2", page="8")),
        (book("One"), book("One", accessed={"date-parts": [[2020]]})),
    ],
)
def test_the_same_work(first: dict[str, Any], again: dict[str, Any]) -> None:
    assert titles(Article(references=(note("1", first), note("2", again)))) == ["One"]
    assert titles(Article(references=(note("1", first),)), Article(references=(note("1", again),))) == ["One"]


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (book("One", ISBN="9780306406157"), {"type": "chapter", "title": "Two", "ISBN": "9780306406157"}),
        (book("One", volume="1"), book("One", volume="2")),
        (book("One", DOI="10.1000/1"), book("One", DOI="10.1000/2")),
        (book("One", URL="http://x.example/1"), book("Two", URL="http://x.example/1")),
        (book("One"), book("One", author=[{"family": "Ask"}])),
    ],
)
def test_another_work(first: dict[str, Any], other: dict[str, Any]) -> None:
    assert len(titles(Article(references=(note("1", first), note("2", other))))) == 2


def test_later_citations_add_what_the_first_one_lacks() -> None:
    first = book("One", DOI="10.1000/1", page="7", publisher="First")
    again = book("One", DOI="10.1000/1", page="9", publisher="Second", volume="3", ISBN="9780306406157")
    third = book("One", ISBN="9780306406157", edition="2")
    article = Article(references=(note("1", first), note("2", again), note("3", third)))
    merged = book("One", DOI="10.1000/1", publisher="First", volume="3", ISBN="9780306406157", edition="2")
    assert works_of([article]) == [{"id": "One", **merged}]


@pytest.mark.parametrize(
    ("work", "key"),
    [
        ({"author": [{"family": "Smith"}], "issued": {"date-parts": [[2001, 2]]}}, "Smith2001"),
        ({"author": [{"family": "Æsøe-Łódź"}], "issued": {"literal": "about 1900"}}, "Aesoe-Lodz1900"),
        ({"author": [{"literal": "Salt & Brine, Inc."}]}, "SaltBrineInc"),
        ({"editor": [{"family": "O'Hara", "given": "J."}], "issued": {"date-parts": [[-43]]}}, "OHara43BC"),
        ({"author": [{"family": "Иванов"}], "title": "Соль и Salt", "issued": {"date-parts": [[1999]]}}, "Salt1999"),
        ({"author": [{"family": "毛"}], "title": "盐", "issued": {"date-parts": [[1999]]}}, "work1999"),
        ({"title": "On the salt of Sarn"}, "salt"),
        ({}, "work"),
    ],
)
def test_citation_keys(work: dict[str, Any], key: str) -> None:
    article = Article(references=(note("1", {"type": "book", **work}),))
    assert [work["id"] for work in works_of([article])] == [key]


def test_citation_keys_are_unique_whatever_their_case() -> None:
    family = ["Smith", "smith", "Smith", "SMITH2001A"]
    dates = [{"date-parts": [[2001]]}] * 3 + [{}]
    references = tuple(
        note(str(n), book(str(n), author=[{"family": name}], issued=date))
        for n, (name, date) in enumerate(zip(family, dates, strict=True))
    )
    keys = [work["id"] for work in works_of([Article(references=references)])]
    assert keys == ["Smith2001", "smith2001a", "Smith2001b", "SMITH2001Aa"]


def test_more_works_of_one_year_than_letters() -> None:
    references = tuple(note(str(n), book(str(n), author=[{"family": "Ask"}])) for n in range(60))
    keys = [work["id"] for work in works_of([Article(references=references)])]
    assert (keys[0], keys[1], keys[26], keys[27], keys[53], keys[59]) == (
        *("Ask", "Aska", "Askz", "Askaa", "Askba", "Askbg"),
    )


def test_csl_json_is_one_array() -> None:
    article = Article(references=(note("1", book("Sølv")),))
    assert (
        to_csl_json([article, article])
        == '[\n  {\n    "id": "Solv",\n    "type": "book",\n    "title": "Sølv"\n  }\n]\n'
    )
    assert json.loads(to_csl_json([])) == []


def test_bibtex() -> None:
    report = {
        "type": "report",
        "title": "Salt & Brine: {a} 50 % more",
        "author": [{"family": "Ask", "given": "B."}, {"literal": "Office for Salt and Brine"}],
        "issued": {"date-parts": [[2001, 3, 5]]},
        "page": "1–2, 7",
        "publisher": "Office",
        "number": "7",
        "DOI": "10.1000/a_b",
        "note": "arXiv: 1512.01655\nSigned",
    }
    span = book("Lone } brace", issued={"date-parts": [[1999], [2001]]})
    assert to_bibtex([Article(references=(note("1", report), note("2", span)))]) == (
        "@techreport{Ask2001,\n"
        "  author = {Ask, B. and {Office for Salt and Brine}},\n"
        r"  title = {{Salt \& Brine: \{a\} 50 \% more}}," + "\n"
        "  institution = {Office},\n"
        "  number = {7},\n"
        "  year = {2001},\n"
        "  month = mar,\n"
        "  day = {5},\n"
        "  pages = {1--2, 7},\n"
        "  doi = {10.1000/a_b},\n"
        "  eprint = {1512.01655},\n"
        "  archiveprefix = {arXiv},\n"
        "  note = {Signed},\n"
        "}\n"
        "\n"
        "@book{Lone1999,\n"
        r"  title = {{Lone \textbraceright{} brace}}," + "\n"
        "  year = {1999--2001},\n"
        "  date = {1999/2001},\n"
        "}\n"
    )
    assert to_bibtex([Article()]) == ""
