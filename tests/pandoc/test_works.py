"""The works of articles, read by pandoc: CSL-JSON as it is, and BibTeX as far as BibTeX has the fields."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from wikiglean.article import Article, Reference
from wikiglean.output import to_bibtex, to_csl_json, works_of

pytestmark = pytest.mark.pandoc

GOLDEN = sorted((Path(__file__).resolve().parent.parent / "fixtures").glob("*/*.article.json"))
LATEX = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "\N{NO-BREAK SPACE}": " "})

WORKS: list[dict[str, Any]] = [
    {
        "type": "article-journal",
        "title": "On Salt & 50% of {braces}: $5 #1 a_b ~x ^y \\z <q>",
        "author": [
            {"family": "Sørensen", "given": "Ida K."},
            {"family": "Berg", "given": "Jo", "non-dropping-particle": "van"},
            {"family": "King", "given": "Martin", "suffix": "Jr."},
            {"literal": "Society of Salt and Brine, Inc."},
            {"family": "Plato"},
        ],
        "issued": {"date-parts": [[2001, 3, 5]]},
        "accessed": {"date-parts": [[2020, 12, 31]]},
        "container-title": "Journal of Salt & Brine",
        "volume": "3",
        "issue": "2",
        "page": "10-20, 25",
        "DOI": "10.1000/x_y(1)<2>",
        "ISSN": "2049-3630",
        "PMID": "123",
        "PMCID": "PMC12",
        "URL": "http://salt.example/a_b?c=1&d=%20~x#y",
        "language": "en",
        "publisher": "Brine Press",
        "publisher-place": "Hovde & Sarn",
        "abstract": "Salt.",
        "keyword": "salt, brine",
    },
    {
        "type": "book",
        "title": "Соль",
        "editor": [{"family": "Иванов", "given": "А."}],
        "translator": [{"family": "Óskarsdóttir", "given": "Þóra"}],
        "issued": {"date-parts": [[1999], [2001]]},
        "ISBN": "978-0-306-40615-7",
        "edition": "2",
        "volume": "7",
        "collection-title": "Library of Salt",
        "collection-number": "4",
        "number-of-pages": "300",
        "note": "Signed copy",
    },
    {
        "type": "chapter",
        "title": "The Pans",
        "author": [{"family": "Ask", "given": "B."}],
        "container-title": "A Book of Salt",
        "container-author": [{"family": "Ask", "given": "C."}],
        "editor": [{"family": "Barnes and Noble", "given": "D."}],
        "issued": {"date-parts": [[2001, 11]]},
        "page": "1-2",
        "chapter-number": "4",
        "publisher": "Brine Press",
    },
    {
        "type": "paper-conference",
        "title": "Brine",
        "container-title": "Proceedings of Salt Days",
        "author": [{"family": "Ask", "given": "B."}],
        "issued": {"date-parts": [[1900]], "circa": True},
    },
    {
        "type": "thesis",
        "title": "Salt",
        "genre": "Diploma thesis",
        "publisher": "University of Sarn",
        "author": [{"family": "Ask", "given": "B."}],
        "issued": {"date-parts": [[2001]]},
    },
    {"type": "thesis", "title": "More Salt", "publisher": "University of Sarn"},
    {"type": "webpage", "title": "Salt today", "container-title": "Sarn News", "URL": "http://x.example/a"},
    {"type": "article-newspaper", "title": "Salt is dear", "container-title": "The Sarn Times", "page": "B3"},
    {"type": "article-magazine", "title": "Salt is cheap", "container-title": "Brine"},
    {"type": "report", "title": "Salt", "number": "7", "genre": "Memo", "publisher": "Salt Office"},
    {"type": "patent", "title": "A Pan", "number": "US123"},
    {"type": "motion_picture", "title": "Salt", "issued": {"date-parts": [[-43]]}},
    {"type": "manuscript", "title": "Salt"},
    {"type": "dataset", "title": "Salt", "version": "2"},
]


def article_of(works: list[dict[str, Any]]) -> Article:
    """An article with a note for each work."""
    return Article(
        references=tuple(
            Reference(identifier=str(n), label=None, text="x", csl={"id": str(n), **work}, resolved=True)
            for n, work in enumerate(works)
        )
    )


def plain(value: Any) -> Any:
    """A value of CSL as pandoc's LaTeX reader gives it: quotation marks and dashes are typography, spaces fold."""
    match value:
        case {**fields}:
            return {key: plain(item) for key, item in fields.items()}
        case [*items]:
            return [plain(item) for item in items]
        case bool():
            return value
        case _:
            return re.sub("-+", "-", " ".join(str(value).translate(LATEX).split()))


def comparable(work: dict[str, Any]) -> dict[str, Any]:
    """A work with its names as BibTeX has them: a particle is the small letters before a name."""
    work = dict(work)
    for role in ("author", "editor", "translator", "container-author"):
        for name in work.get(role, ()):
            parts = [name.pop("dropping-particle", ""), name.pop("non-dropping-particle", ""), name.get("family", "")]
            if "family" in name:
                name["family"] = " ".join(filter(None, parts))
    # a name in one piece is a name to BibTeX, whether of a person or of a body
    return json.loads(json.dumps(plain(work)).replace('{"family": ', '{"literal": '))  # type: ignore[no-any-return]


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_bibtex_says_what_csl_said(pandoc: Any, dialect: str) -> None:
    article = article_of(WORKS)
    read = json.loads(pandoc.convert(to_bibtex([article]), dialect, "csljson"))
    assert [comparable(work) for work in read] == [comparable(work) for work in works_of([article])]


def test_works_of_fixtures(pandoc: Any) -> None:
    articles = [Article.from_json(file.read_bytes()) for file in GOLDEN]
    read = json.loads(pandoc.convert(to_bibtex(articles), "bibtex", "csljson"))
    # BibTeX has no field for copies in archives; @misc is no type to pandoc; semicolons are put between lines of a note
    lost = {"archive_location", "note"}
    for work, again in zip(works_of(articles), read, strict=True):
        kept = {name: value for name, value in comparable(work).items() if name not in lost}
        kind = "" if kept["type"] in ("document", "article") else kept["type"]
        assert {**kept, "type": kind} == {name: value for name, value in comparable(again).items() if name not in lost}


def test_csl_json_is_read_as_it_is(pandoc: Any) -> None:
    written = to_csl_json([article_of(WORKS)])
    read = json.loads(pandoc.convert(written, "csljson", "csljson"))
    assert [comparable(work) for work in read] == [comparable(work) for work in json.loads(written)]
