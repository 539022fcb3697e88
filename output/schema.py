"""The JSON Schema of an article, made from the types of `wikiglean.article` (draft 2020-12).

`python -m wikiglean.output.schema` writes it beside this module, as `article.schema.json`; a test keeps the two equal.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import msgspec

from wikiglean.article import SCHEMA_VERSION, Article

__all__ = ["SCHEMA_PATH", "article_schema", "schema_json"]

SCHEMA_PATH = Path(__file__).with_name("article.schema.json")
"""The published schema, as it is installed with the package."""


def article_schema() -> dict[str, object]:
    """The schema as plain data. Every field is required and no other is allowed, in every object of ours."""
    (root,), definitions = msgspec.json.schema_components([Article], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        _close(cast("dict[str, object]", definition))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:x-wikiglean:article:{SCHEMA_VERSION}",
        "title": "wikiglean article",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _close(definition: dict[str, object]) -> None:
    """Makes the fields of one object the only ones, and all of them required.

    msgspec calls a field with a default optional, because it may be missing when one is read; we always write it.
    """
    properties = cast("dict[str, dict[str, object]]", definition.get("properties", {}))
    for field in properties.values():
        field.pop("default", None)
    definition["required"] = list(properties)
    definition["additionalProperties"] = False


def schema_json() -> str:
    """The schema as it stands in `article.schema.json`."""
    return json.dumps(article_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_PATH.write_text(schema_json(), encoding="utf-8", newline="\n")
