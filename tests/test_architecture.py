"""Who knows whom: arrows point down only."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

STAGES = ("scraper", "cleaners", "output")
LEAVES = ("capture", "article", "inspection", "errors")


def imports_of(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("stage", STAGES)
def test_stages_know_only_themselves_and_the_leaves(root: Path, stage: str) -> None:
    allowed = (f"wikiglean.{stage}", *(f"wikiglean.{leaf}" for leaf in LEAVES))
    for file in (root / stage).rglob("*.py"):
        ours = {name for name in imports_of(file) if name.partition(".")[0] == "wikiglean"}
        assert [name for name in ours if not name.startswith(allowed)] == [], file


def test_leaves_need_only_the_standard_library_and_msgspec(root: Path) -> None:
    for leaf in LEAVES:
        for name in imports_of(root / "wikiglean" / f"{leaf}.py"):
            top = name.partition(".")[0]
            below = name in [f"wikiglean.{other}" for other in LEAVES]
            assert top in sys.stdlib_module_names or top == "msgspec" or below, (leaf, name)


def test_importing_wikiglean_imports_nothing_heavy() -> None:
    code = "import sys, wikiglean; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"trafilatura", "requests", "bs4", "lxml", "rich", "turbohtml"}.isdisjoint(loaded)
