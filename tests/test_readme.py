"""What the documents show is run."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from wikiglean import Article
from wikiglean.cleaners import clean, load_profile


def code_blocks(file: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", file.read_text(encoding="utf-8"), re.S | re.M)


@pytest.mark.parametrize("number", [0, 1])
def test_python_of_the_readme(root: Path, number: int) -> None:
    exec(compile(code_blocks(root / "README.md", "python")[number], "README.md", "exec"), {})


def test_the_profile_of_the_docs(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "tidewiki.toml"
    file.write_text(code_blocks(root / "docs" / "profiles.md", "toml")[0], encoding="utf-8")
    page = (
        '<body class="tidewiki"><h1 class="tide-title">Tide</h1><div id="tide-page"><div class="tide-toc">1 Ebb</div>'
        '<p>Water<sup class="tide-note"><a href="#note-1">1</a></sup> comes.</p><ol class="tide-notes"><li id="note-1">'
        '<a href="#mark-1">^</a> Seen.</li></ol></div>'
    )
    article = clean(page, profiles=[load_profile(file)])
    assert (article.title, article.text) == ("Tide", "Water comes.")
    assert [note.text for note in article.references] == ["Seen."]


def test_every_flag_is_explained(root: Path) -> None:
    flags: set[str] = set()
    for file in (root / "cleaners").glob("*.py"):
        flags |= set(re.findall(r"flag(?:s\.append)?\(\"([a-z-]+)\"\)", file.read_text(encoding="utf-8")))
    assert flags
    explained = (root / "docs" / "quality.md").read_text(encoding="utf-8")
    assert [flag for flag in sorted(flags) if f"`{flag}`" not in explained] == []


def test_python_of_the_article_page(root: Path) -> None:
    exec(compile(code_blocks(root / "docs" / "article.md", "python")[0], "article.md", "exec"), {})


def test_every_field_is_explained(root: Path) -> None:
    explained = (root / "docs" / "article.md").read_text(encoding="utf-8")
    assert [field for field in Article.__struct_fields__ if f"`{field}`" not in explained] == []


def test_json_of_the_readme(root: Path) -> None:
    shown = json.loads(code_blocks(root / "README.md", "json")[0])
    page = root / "tests" / "fixtures" / "seed" / "ottoman-history.html"
    found = clean(page.read_bytes()).to_dict()
    assert shown["title"] == found["title"]
    assert shown["citations"][0].items() <= found["citations"][0].items()
    assert shown["references"][0].items() <= found["references"][0].items()
    assert shown["quality"].items() <= found["quality"].items()


def test_commands_of_the_exports_page(root: Path) -> None:
    blocks = "".join(code_blocks(root / "docs" / "exports.md", "console"))
    commands = re.findall(r"^\$ wikiglean (.+)\n((?:(?!\$ ).*\n)*)", blocks, re.M)
    assert len(commands) == 3
    for command, shown in commands:
        run = subprocess.run(
            [sys.executable, "-m", "wikiglean", *shlex.split(command)], cwd=root, capture_output=True, check=True
        )
        # a line of three dots stands for lines that are left out
        expected = "".join(
            "(?:.*\n)*" if line == "…\n" else re.escape(line) for line in shown.splitlines(keepends=True)
        )
        assert re.fullmatch(expected, run.stdout.decode()), command


def test_python_of_the_exports_page(root: Path) -> None:
    exec(compile(code_blocks(root / "docs" / "exports.md", "python")[0], "exports.md", "exec"), {})
