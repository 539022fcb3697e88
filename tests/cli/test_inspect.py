"""`wikiglean inspect --html`: where the web page goes, and what is said where there is none."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_the_web_page_goes_to_standard_output(run: Run, page: Path) -> None:
    result = run("inspect", "--html", page)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("<!doctype html>\n")
    assert result.stdout.endswith("</html>\n")
    assert '<del class="k ' in result.stdout
    assert run("inspect", "--html", page).stdout == result.stdout


def test_or_to_a_file(run: Run, page: Path, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    result = run("inspect", "--html", "--out", "seen.html", page)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert set(tmp_path.iterdir()) - before == {tmp_path / "seen.html"}
    assert (tmp_path / "seen.html").read_text(encoding="utf-8") == run("inspect", "--html", page).stdout


def test_what_is_no_file_is_not_replaced(run: Run, page: Path) -> None:
    result = run("inspect", "--html", "--out", "/dev/stdout", page)
    assert result.stdout.startswith("<!doctype html>\n")


def test_the_options_of_a_page_hold(run: Run, page: Path) -> None:
    url = "https://wiki.example.org/wiki/Hovde"
    written = run("inspect", "--html", "--url", url, "-", stdin=page.read_bytes()).stdout
    assert 'href="https://wiki.example.org/wiki/Town"' in written
    written = run("inspect", "--html", "--without-profile", "mediawiki", page).stdout
    assert "unknown-engine" in written


@pytest.mark.parametrize("arguments", [["--out", "x.html"], ["--html", "--out"], ["--html"]])
def test_a_wrong_command_line(run: Run, page: Path, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "second.html").write_bytes(page.read_bytes())
    result = run("inspect", *arguments, tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_what_went_wrong_is_said(run: Run, page: Path, tmp_path: Path) -> None:
    result = run("inspect", "--html", "--out", "missing/seen.html", page)
    assert (result.returncode, result.stderr.count("\n")) == (74, 1)
    assert "missing: there is no such folder" in result.stderr
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    result = run("inspect", "--html", "--out", "seen.html", "picture.html")
    assert (result.returncode, (tmp_path / "seen.html").exists()) == (1, False)
    assert "picture.html: " in result.stderr
