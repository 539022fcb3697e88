"""Which end a page comes to, asked of `wikiglean.crawl` itself."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from wikiglean import Article, Capture, Corpus
from wikiglean.cleaners import clean_capture
from wikiglean.cli import main
from wikiglean.crawl import RunReport, crawl
from wikiglean.errors import CorpusError, ProfileError, SourceError
from wikiglean.output import Cleaning, Outcome
from wikiglean.scraper import SourceOptions, open_source

DOCUMENT = Path(__file__).parents[2] / "docs" / "corpus.md"
PAGE = "<!doctype html><html><head><title>{0}</title></head><body><main><h1>{0}</h1><p>{1}</p></main></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pages: `a.html`, `b.html`, `c.html`."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in "abc":
        words = f"The page {name} has words of its own, and no other page has them."
        (folder / f"{name}.html").write_text(PAGE.format(name.upper(), words), encoding="utf-8")
    return folder


def run(source: Path, corpus: Path, **options: Any) -> tuple[RunReport, list[Outcome]]:
    outcomes: list[Outcome] = []
    report = crawl([str(source)], Corpus(corpus), SourceOptions(), on_outcome=outcomes.append, **options)
    assert report.counts.seen == len(outcomes)
    assert [getattr(report.counts, kind) for kind in ("written", "unchanged", "skipped", "failed")] == [
        sum(outcome.kind == kind for outcome in outcomes) for kind in ("written", "unchanged", "skipped", "failed")
    ]
    return report, outcomes


def failing(name: str, error: Exception) -> Any:
    """`clean_capture` with a mistake that one page alone brings out."""

    def clean(capture: Capture, **options: Any) -> Article:
        if name in str(capture.source.path):
            raise error
        return clean_capture(capture, **options)

    return clean


def test_a_mistake_of_ours_costs_one_page(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wikiglean.crawl.clean_capture", failing("b.html", IndexError("list index out of range")))
    report, outcomes = run(folder, tmp_path / "corpus")
    (failed,) = [outcome for outcome in outcomes if outcome.kind == "failed"]
    assert (report.counts.written, report.exit_code) == (2, 1)
    assert failed.url.endswith("b.html")
    assert failed.reason == "unexpected IndexError: list index out of range; please report this page"
    assert [failure.url for failure in report.failures] == [failed.url]


def test_a_mistake_in_a_source_costs_that_source(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(source: str, options: SourceOptions) -> Iterator[Capture | SourceError]:
        if source == "broken":
            raise ZeroDivisionError("division by zero")
        return open_source(source, options)

    monkeypatch.setattr("wikiglean.crawl.open_source", broken)
    report = crawl(["broken", str(folder)], Corpus(tmp_path / "corpus"), SourceOptions())
    assert (report.counts.written, report.counts.failed, report.exit_code) == (3, 1, 1)
    assert [failure.url for failure in report.failures] == ["broken"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "redirect"}, "redirect"),
        ({"text": " \n"}, "no text"),
    ],
)
def test_what_is_no_article_is_skipped(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], reason: str
) -> None:
    def clean(capture: Capture, **options: Any) -> Article:
        return msgspec.structs.replace(clean_capture(capture, **options), **changes)

    monkeypatch.setattr("wikiglean.crawl.clean_capture", clean)
    report, _ = run(folder, tmp_path / "corpus")
    assert (report.skipped, report.exit_code) == ({reason: 3}, 0)
    assert len(Corpus(tmp_path / "corpus")) == 0


def test_a_challenge_page_is_skipped(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def clean(capture: Capture, **options: Any) -> Article:
        article = clean_capture(capture, **options)
        return msgspec.structs.replace(
            article, quality=msgspec.structs.replace(article.quality, flags=("challenge-page",))
        )

    monkeypatch.setattr("wikiglean.crawl.clean_capture", clean)
    assert run(folder, tmp_path / "corpus")[0].skipped == {"challenge page": 3}


def test_a_source_without_pages_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    report, _ = run(tmp_path / "empty", tmp_path / "corpus")
    assert report.exit_code != 0


def test_a_wrong_profile_ends_the_run(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("colour = 'red'\n", encoding="utf-8")
    with pytest.raises(ProfileError):
        run(folder, tmp_path / "corpus", cleaning=Cleaning(profiles=(str(tmp_path / "site.toml"),)))
    assert run(folder, tmp_path / "corpus")[0].exit_code == 0, "the lock is free again"


def test_a_disk_that_fails_ends_the_run(folder: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    with Corpus(corpus) as made:
        made.begin()
    (corpus / "articles" / "nohost").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(CorpusError):
        run(folder, corpus)


def test_a_thread_may_crawl(folder: Path, tmp_path: Path) -> None:
    reports: list[RunReport] = []
    thread = threading.Thread(target=lambda: reports.append(run(folder, tmp_path / "corpus")[0]))
    thread.start()
    thread.join()
    assert [report.counts.written for report in reports] == [3]


def test_the_example_of_the_documentation_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    exec(example, {"body": PAGE.format("Ankara", "Ankara is the capital of a country, and a city.").encode()})
    assert capsys.readouterr().out.splitlines()[0].startswith("written articles/wiki.example.org/Ankara-")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_terminal_gets_a_bar_and_then_the_sum(folder: Path, tmp_path: Path) -> None:
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-m", "wikiglean", "crawl", str(folder), "--out", str(tmp_path / "corpus")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, env=os.environ | {"TERM": "xterm"})
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    stdout = process.communicate(timeout=60)[0]
    os.close(master)
    assert (process.returncode, stdout) == (0, b"")
    assert b"\x1b[" in shown
    assert shown.rstrip().endswith(b"3 pages: 3 written, 0 unchanged, 0 skipped, 0 failed")


def test_a_mistake_of_ours_does_not_stop_clean(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("wikiglean.cleaners.clean_capture", failing("b.html", IndexError("list index out of range")))
    with pytest.raises(SystemExit) as ended:
        main(["clean", *(str(folder / f"{name}.html") for name in "abc")])
    out, err = capfd.readouterr()
    assert ended.value.code == 1
    assert [json.loads(line)["title"] for line in out.splitlines()] == ["A", "C"]
    assert err.endswith("b.html: unexpected IndexError: list index out of range; please report this page\n")
    assert err.count("\n") == 1
