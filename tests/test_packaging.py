"""A package or a data file that is not listed works in the checkout and is silently missing from the wheel."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDERS = {"scraper": "wikiglean.scraper", "cleaners": "wikiglean.cleaners", "output": "wikiglean.output"}


def setuptools_of(root: Path) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    return table


def test_every_package_is_listed(root: Path) -> None:
    found: set[str] = set()
    for folder, name in {"wikiglean": "wikiglean", **FOLDERS}.items():
        for file in (root / folder).rglob("__init__.py"):
            found.add(".".join([name, *file.parent.relative_to(root / folder).parts]))
    assert set(setuptools_of(root)["packages"]) == found


def test_every_data_file_is_listed(root: Path) -> None:
    listed: set[Path] = set()
    for package, patterns in setuptools_of(root)["package-data"].items():
        folder = root / setuptools_of(root)["package-dir"][package]
        for pattern in patterns:
            matches = set(folder.glob(pattern))
            assert matches, f"{package}: {pattern} matches nothing"
            listed |= matches
    found = {
        file
        for folder in (*FOLDERS, "wikiglean")
        for file in (root / folder).rglob("*")
        if file.is_file() and file.suffix not in (".py", ".pyc") and "__pycache__" not in file.parts
    }
    # the links in wikiglean/ show the same files a second time
    found = {file for file in found if not any(parent.is_symlink() for parent in file.parents)}
    assert found == listed


def test_the_links_lead_to_the_folders(root: Path) -> None:
    for folder in FOLDERS:
        link = root / "wikiglean" / folder
        assert link.is_symlink()
        assert link.resolve() == root / folder
