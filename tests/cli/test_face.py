"""What `import wikiglean` and `wikiglean --help` load, and that every option is documented."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

import wikiglean
from wikiglean.cli import cli

DOCUMENT = Path(__file__).parents[2] / "docs" / "cli.md"
HEAVY = {"requests", "urllib3", "lxml", "bs4", "trafilatura", "rich", "warcio", "turbohtml", "sqlite3"}


@pytest.mark.parametrize("statement", ["import wikiglean", "import wikiglean.cli", "import wikiglean; dir(wikiglean)"])
def test_the_face_is_light(statement: str) -> None:
    script = f"import sys; {statement}; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("name", wikiglean.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(wikiglean, name) is not None
    assert name in dir(wikiglean)


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'glean'"):
        getattr(wikiglean, "glean")  # noqa: B009


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_and_option_is_documented(name: str) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert f"## `wikiglean {name} " in document
    section = document.split(f"## `wikiglean {name} ")[1].split("\n## ")[0]
    options = [option for parameter in cli.commands[name].params for option in parameter.opts if option.startswith("-")]
    assert [option for option in options if f"`{option}" not in section] == []


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_option_has_help(name: str) -> None:
    options = [parameter for parameter in cli.commands[name].params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []
