from __future__ import annotations

import json

import jsonschema
import msgspec
import pytest

from wikiglean.article import Article
from wikiglean.output.schema import SCHEMA_PATH, article_schema, schema_json


def problems(article_json: str) -> list[str]:
    """What the schema has against an article."""
    validator = jsonschema.Draft202012Validator(article_schema())
    errors = validator.iter_errors(json.loads(article_json))  # pyright: ignore[reportUnknownMemberType]
    return [error.message for error in errors]


def test_the_published_schema_is_the_one_of_the_types() -> None:
    assert SCHEMA_PATH.read_text(encoding="utf-8") == schema_json(), "run: python -m wikiglean.output.schema"


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(article_schema())


def test_articles_are_valid(full_article: Article) -> None:
    assert problems(full_article.to_json()) == []
    assert problems(Article().to_json()) == []


@pytest.mark.parametrize("name", Article.__struct_fields__)
def test_every_field_is_required(name: str) -> None:
    data = json.loads(Article().to_json())
    del data[name]
    assert len(problems(json.dumps(data))) == 1


def test_no_other_field_is_allowed(full_article: Article) -> None:
    data = json.loads(full_article.to_json())
    data["blocks"][0]["colour"] = "red"
    assert len(problems(json.dumps(data))) == 1


def test_free_form_fields_stay_open(full_article: Article) -> None:
    reference = msgspec.structs.replace(
        full_article.references[0],
        csl={"type": "book", "issued": {"date-parts": [[1999]]}},
        identifiers={"DOI": "10/x"},
    )
    article = msgspec.structs.replace(full_article, references=(reference,))
    assert problems(article.to_json()) == []


def test_every_object_says_what_it_is() -> None:
    definitions = json.loads(schema_json())["$defs"]
    assert [name for name, definition in definitions.items() if not definition.get("description")] == []
