"""Every fixture page against its golden file. `python tests/golden.py --write` writes them again."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

from wikiglean.output.schema import SCHEMA_PATH


def _load() -> ModuleType:
    # tests are no package, so the script that writes the files is loaded by its path
    path = Path(__file__).resolve().parent.parent / "golden.py"
    spec = importlib.util.spec_from_file_location("golden", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


golden = _load()
PAGES: list[Path] = golden.pages()


def test_there_are_pages_and_no_golden_file_without_one() -> None:
    assert len(PAGES) >= 50
    assert golden.leftover() == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_page_is_cleaned_as_its_golden_file_says(page: Path) -> None:
    file: Path = golden.golden_of(page)
    assert file.exists(), f"no golden file for {page.name}: run `python tests/golden.py --write`"
    assert golden.golden_text(page) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_article_fits_the_published_schema(page: Path) -> None:
    schema = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(golden.article_of(page).to_dict())
