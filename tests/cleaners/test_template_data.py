"""Citation templates of the big wikis, as Parsoid tells of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikiglean.cleaners.works.template_data import works_of


def template(name: str, **parameters: str) -> str:
    """The value of a `data-mw` attribute."""
    values = {key: {"wt": value} for key, value in parameters.items()}
    return json.dumps({"parts": [{"template": {"target": {"wt": name}, "params": values, "i": 0}}]})


@pytest.mark.parametrize(
    ("language", "data", "expected"),
    [
        (
            "de",
            template(
                "Literatur", Autor="Eva Berg", Titel="Netze", Verlag="Keld Verlag", Ort="Keld", Datum="Mai 2001",
                ISBN="0-306-40615-2", Seiten="12–15", Online="[http://nets.example/n online]", Abruf="2020-05-03",
            ),
            {
                "type": "book", "title": "Netze", "author": [{"literal": "Eva Berg"}], "publisher": "Keld Verlag",
                "publisher-place": "Keld", "issued": {"date-parts": [[2001, 5]]}, "ISBN": "0306406152", "page": "12-15",
                "URL": "http://nets.example/n", "accessed": {"date-parts": [[2020, 5, 3]]},
            },
        ),
        (
            "de",
            template("Internetquelle", titel="Netze", hrsg="Hafen Keld", werk="Netz-Blatt", url="http://nets.example/n"),
            {
                "type": "webpage", "title": "Netze", "container-title": "Netz-Blatt", "publisher": "Hafen Keld",
                "URL": "http://nets.example/n",
            },
        ),
        (
            "fr",
            template(
                "Ouvrage", prénom1="Anne", nom1="Dupont", prénom2="Luc", nom2="Roy", titre="Les [[filet]]s",
                éditeur="Mer", lieu="Keld", jour="3", mois="mai", année="1999", passage="4", **{"pages totales": "200"},
            ),
            {
                "type": "book", "title": "Les filets", "publisher": "Mer", "publisher-place": "Keld", "page": "4",
                "author": [{"family": "Dupont", "given": "Anne"}, {"family": "Roy", "given": "Luc"}],
                "issued": {"date-parts": [[1999, 5, 3]]}, "number-of-pages": "200",
            },
        ),
        (
            "ru",
            template(
                "Статья", автор="Иванов И. И.", заглавие="Сети", издание="Журнал сетей", год="1980", том="3",
                номер="2", страницы="10—12", doi="10.1000/5",
            ),
            {
                "type": "article-journal", "title": "Сети", "container-title": "Журнал сетей", "volume": "3",
                "author": [{"literal": "Иванов И. И."}], "issued": {"date-parts": [[1980]]}, "issue": "2",
                "page": "10-12", "DOI": "10.1000/5",
            },
        ),
        (
            "es",
            template("Cita libro", apellidos="Berg", nombre="Eva", título="Redes", año="2001", editorial="Mar"),
            {
                "type": "book", "title": "Redes", "author": [{"family": "Berg", "given": "Eva"}],
                "issued": {"date-parts": [[2001]]}, "publisher": "Mar",
            },
        ),
        (
            "it",
            template("Cita pubblicazione", nome="Eva", cognome="Berg", titolo="Reti", rivista="Mare", numero="2"),
            {
                "type": "article-journal", "title": "Reti", "container-title": "Mare", "issue": "2",
                "author": [{"family": "Berg", "given": "Eva"}],
            },
        ),
        (
            "ja",
            template("Cite book", author="北野 結", title="網", publisher="海", year="2001", ISBN="0306406152"),
            {
                "type": "book", "title": "網", "author": [{"literal": "北野 結"}], "publisher": "海",
                "issued": {"date-parts": [[2001]]}, "ISBN": "0306406152",
            },
        ),
        (
            "zh",
            template("cite web", 标题="网", 作者="王结", 网址="http://nets.example/w", 访问日期="2020年5月3日"),
            {
                "type": "webpage", "title": "网", "author": [{"literal": "王结"}], "URL": "http://nets.example/w",
                "accessed": {"date-parts": [[2020, 5, 3]]},
            },
        ),
    ],
)  # fmt: skip
def test_templates_in_many_languages(language: str, data: str, expected: dict[str, Any]) -> None:
    (work,) = works_of(data, language)
    assert {**work.csl, **work.identifiers, **({"URL": work.url} if work.url else {})} == expected


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({"last": "Berg", "first": "Eva", "last2": "Lund", "first2": "Per"}, [("Berg", "Eva"), ("Lund", "Per")]),
        ({"author1-last": "Berg", "author1-first": "Eva", "author2": "Lund, Per"}, [("Berg", "Eva"), ("Lund", "Per")]),
        ({"author": "Berg, Eva; Lund, Per"}, [("Berg", "Eva"), ("Lund", "Per")]),
        ({"vauthors": "Berg E, Le Roux AM, et al."}, [("Berg", "E"), ("Le Roux", "AM")]),
        ({"author": "[[Guild of Keld|Guild]]"}, ["Guild"]),
        ({"author": "Eva Berg, Per Lund"}, ["Eva Berg, Per Lund"]),
        ({"last10": "Ro", "first10": "Lin", "last2": "Berg", "first2": "Eva"}, [("Berg", "Eva"), ("Ro", "Lin")]),
    ],
)
def test_names(parameters: dict[str, str], names: list[Any]) -> None:
    (work,) = works_of(template("cite book", title="Nets", **parameters))
    assert work.csl["author"] == [
        {"literal": name} if isinstance(name, str) else {"family": name[0], "given": name[1]} for name in names
    ]


@pytest.mark.parametrize(
    ("name", "parameters", "kind"),
    [
        ("Cite book", {"title": "A"}, "book"),
        ("cite_book ", {"title": "A", "chapter": "B"}, "chapter"),
        ("Template:Cite news", {"title": "A"}, "article-newspaper"),
        ("Citation", {"title": "A", "journal": "J"}, "article-journal"),
        ("Citation", {"title": "A", "publisher": "P"}, "book"),
        ("Citation", {"title": "A", "url": "http://nets.example/"}, "webpage"),
        ("Literatur", {"Titel": "A", "Sammelwerk": "B", "Nummer": "3"}, "article-journal"),
        ("Literatur", {"Titel": "A", "Sammelwerk": "B", "Verlag": "V"}, "chapter"),
        ("cite encyclopedia", {"title": "A", "encyclopedia": "E"}, "entry-encyclopedia"),
        ("cite AV media", {"title": "A"}, "motion_picture"),
    ],
)
def test_types(name: str, parameters: dict[str, str], kind: str) -> None:
    (work,) = works_of(template(name, **parameters))
    assert work.csl["type"] == kind


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[]",
        '{"parts":null}',
        '{"parts":["text",{"template":null},{"template":{"target":{"wt":"cite book"}}}]}',
        '{"parts":[{"template":{"target":{"wt":"cite book"},"params":{"title":{"wt":null},"last":"Berg"}}}]}',
        '{"parts":[{"template":{"target":{"wt":"cite book"},"params":[]}}]}',
        template("lang", **{"1": "fr", "2": "filet"}),
        template("cite book", last="Berg"),
        template("cite book", title=" <!-- none --> "),
    ],
)
def test_what_is_no_work(data: str) -> None:
    assert works_of(data) == ()


@given(st.text() | st.from_regex(r'\{"parts":\[\{"template":\{.*\}\}\]\}'))
def test_any_data_gives_works_or_none(data: str) -> None:
    works_of(data, "de")


@given(st.text(), st.text())
def test_any_value_gives_a_work(title: str, author: str) -> None:
    for work in works_of(template("cite book", title=title, author=author, date=author, isbn=author), "fr"):
        assert work.csl["title"]
