"""Real pandoc, as Debian has it and as the package `pypandoc_binary` brings it along; each where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

_BLOCKS = frozenset({"Para", "Plain", "Header", "CodeBlock"})


class NoteRead(NamedTuple):
    """The words of a note, and all words before it."""

    text: str
    before: str


class Words:
    """The plain words of a document that pandoc has read, and the notes among them in their order.

    https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html
    """

    def __init__(self, blocks: Any) -> None:
        self._pieces: list[str] = []
        self.notes: list[NoteRead] = []
        self._read(blocks)

    @property
    def text(self) -> str:
        """All words but those of notes."""
        return "".join(self._pieces)

    def _read(self, part: Any) -> None:
        match part:
            case {"t": str(kind), **content}:
                self._element(kind, content.get("c"))
            case [*items]:
                for item in items:
                    self._read(item)
            case _:
                pass

    def _element(self, kind: str, content: Any) -> None:
        match kind:
            case "Str":
                self._pieces.append(content)
            case "Space" | "SoftBreak" | "LineBreak":
                self._pieces.append(" ")
            case "Code" | "CodeBlock":
                self._pieces.append(content[1])
            case "Math":
                self._pieces.append(f"${content[1]}$")
            case "Quoted":
                mark = "'" if content[0]["t"] == "SingleQuote" else '"'
                self._read([{"t": "Str", "c": mark}, content[1], {"t": "Str", "c": mark}])
            case "Note":
                self.notes.append(NoteRead(Words(content).text, self.text))
            case "RawInline" | "RawBlock":
                raise AssertionError(f"words were taken for markup: {content}")
            case _:
                self._read(content)
        if kind in _BLOCKS:
            self._pieces.append("\n")


class Pandoc:
    """A pandoc, and its version: `(3, 9)`."""

    def __init__(self, program: str) -> None:
        self._program = program
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        self.version = tuple(int(part) for part in said.split()[1].split("."))

    def convert(self, text: str, source: str, target: str) -> str:
        """What it makes of `text`. Whatever it complains of is a mistake, but notes that nothing cites."""
        command = [self._program, "--from", source, "--to", target]
        run = subprocess.run(command, input=text.encode(), capture_output=True, timeout=120, check=False)
        said = [line for line in run.stderr.decode().splitlines() if line and "but not used" not in line]
        assert (run.returncode, said) == (0, [])
        return run.stdout.decode()

    def read(self, markdown: str, dialect: str) -> Words:
        """The words and notes of a document in Markdown."""
        return Words(json.loads(self.convert(markdown, dialect, "json"))["blocks"])


def _bundled() -> str | None:
    """The pandoc of `pypandoc_binary`."""
    found = find_spec("pypandoc")
    return shutil.which("pandoc", path=str(Path(found.origin).parent / "files")) if found and found.origin else None


@pytest.fixture(scope="session", params=["installed", "bundled"])
def pandoc(request: pytest.FixtureRequest) -> Pandoc:
    """A real pandoc."""
    program = shutil.which("pandoc") if request.param == "installed" else _bundled()
    if program is None:
        pytest.skip(f"no {request.param} pandoc: install Debian's pandoc, or pypandoc_binary")
    return Pandoc(program)
