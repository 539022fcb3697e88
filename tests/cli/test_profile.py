"""`wikiglean profile` as a process of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wikiglean.cleaners.profiles import load_profile

Run = Callable[..., subprocess.CompletedProcess[str]]

SITE = Path(__file__).resolve().parent.parent / "fixtures" / "unknown-museum"


def test_a_folder_gives_a_profile_and_words_about_it(run: Run, tmp_path: Path) -> None:
    result = run("profile", SITE)
    assert result.returncode == 0
    assert "characters kept" in result.stderr
    (tmp_path / "site.toml").write_text(result.stdout, encoding="utf-8")
    assert load_profile(tmp_path / "site.toml").content.root == ("#mitte",)
    cleaned = run("clean", SITE / "boot.html", "--profile", "site.toml", "--format", "text")
    assert "beim Bäcker gegenüber" not in cleaned.stdout
    assert "sieben Knöpfen aus Horn" in cleaned.stdout


def test_a_file_is_not_replaced_unasked(run: Run, tmp_path: Path) -> None:
    assert run("profile", SITE, "--out", "site.toml", "--name", "museum").returncode == 0
    written = (tmp_path / "site.toml").read_text(encoding="utf-8")
    assert 'name = "museum"' in written
    (tmp_path / "site.toml").write_text("mine", encoding="utf-8")
    refused = run("profile", SITE, "--out", "site.toml")
    assert (refused.returncode, (tmp_path / "site.toml").read_text(encoding="utf-8")) == (2, "mine")
    assert run("profile", SITE, "--out", "site.toml", "--name", "museum", "--force").returncode == 0
    assert (tmp_path / "site.toml").read_text(encoding="utf-8") == written
    assert [file.name for file in tmp_path.iterdir()] == ["site.toml"]


def test_too_few_pages_and_a_corpus_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "page.html").write_text("<p>alone</p>", encoding="utf-8")
    few = run("profile", "one")
    assert (few.returncode, few.stdout) == (78, "")
    assert "too few" in few.stderr
    (tmp_path / "one" / "corpus.toml").touch()
    assert "keeps no raw pages" in run("profile", "one").stderr
    assert run("profile", "nowhere").returncode == 69


def test_a_live_site_is_asked_for_a_handful(run: Run, wiki: Any) -> None:
    names = [f"Weir{n}" for n in range(8)]
    for name in names:
        wiki.page(name, *names)
    result = run("profile", f"{wiki.url}/wiki/Weir0", "--pages", "4", "--contact", "me@example.org")
    assert result.returncode == 0, result.stderr
    assert "What 4 pages of one site" in result.stdout
    assert sum(path.startswith("/wiki/") for path in wiki.requests) == 4
