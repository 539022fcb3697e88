from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from wikiglean import Corpus

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def crawl(run: Run) -> Run:
    """`wikiglean crawl`, as fast as a server on loopback may be asked."""

    def crawl(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return run("crawl", *arguments, "--out", "corpus", "--rate", "1000")

    return crawl


def titles(folder: Path) -> list[str]:
    return sorted(article.title or "" for article in Corpus(folder))


def snapshot(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.glob("articles/*/*")}


def last_words(result: subprocess.CompletedProcess[str]) -> list[str]:
    return result.stderr.splitlines()


def test_a_wiki_becomes_a_corpus(crawl: Run, wiki: Any, tmp_path: Path) -> None:
    wiki.page("Main", "Ankara", "Bursa", "Gone")
    wiki.page("Ankara", "Main")
    wiki.page("Bursa", "Private")
    wiki.page("Private")
    result = crawl(f"{wiki.url}/wiki/Main")
    assert result.returncode == 0, result.stderr
    assert last_words(result)[0] == "5 pages: 3 written, 0 unchanged, 2 skipped, 0 failed"
    assert last_words(result)[1] == "skipped: missing (404) 1, not allowed 1"
    assert titles(tmp_path / "corpus") == ["Ankara", "Bursa", "Main"]
    assert "/wiki/Private" not in wiki.requests


def test_a_second_run_without_changes_writes_nothing(crawl: Run, wiki: Any, tmp_path: Path) -> None:
    wiki.page("Main", "Ankara")
    wiki.page("Ankara")
    crawl(f"{wiki.url}/wiki/Main")
    before = snapshot(tmp_path / "corpus")
    log = (tmp_path / "corpus" / "changes.jsonl").read_bytes()
    result = crawl(f"{wiki.url}/wiki/Main")
    assert last_words(result) == ["2 pages: 0 written, 2 unchanged, 0 skipped, 0 failed"]
    assert snapshot(tmp_path / "corpus") == before
    assert len(before) == 2
    assert (tmp_path / "corpus" / "changes.jsonl").read_bytes() == log


def test_a_changed_page_is_the_only_one_written(crawl: Run, wiki: Any, tmp_path: Path) -> None:
    wiki.page("Main", "Ankara")
    wiki.page("Ankara")
    crawl(f"{wiki.url}/wiki/Main")
    wiki.page("Ankara", text="Ankara has been the capital since 1923, and has grown ever since.")
    assert last_words(crawl(f"{wiki.url}/wiki/Main"))[0].startswith("2 pages: 1 written, 1 unchanged")
    lines = (tmp_path / "corpus" / "changes.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["change"] for line in lines] == ["created", "created", "updated"]


def test_an_error_of_the_server_is_a_failed_page(crawl: Run, wiki: Any, run: Run) -> None:
    wiki.page("Main", "Broken", "Ankara")
    wiki.page("Ankara")
    wiki.pages["/wiki/Broken"] = 500
    result = crawl(f"{wiki.url}/wiki/Main", "--quiet")
    assert result.returncode == 1
    assert last_words(result)[0] == "3 pages: 2 written, 0 unchanged, 0 skipped, 1 failed"
    assert "/wiki/Broken" in last_words(result)[1]
    status = run("status", "corpus")
    assert "/wiki/Broken" in status.stdout
    assert status.stderr == ""


def test_quiet_says_nothing_when_all_is_well(crawl: Run, wiki: Any) -> None:
    wiki.page("Main")
    result = crawl(f"{wiki.url}/wiki/Main", "--quiet")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_a_missing_page_that_was_named_has_failed(crawl: Run, wiki: Any) -> None:
    wiki.page("Main")
    result = crawl(f"{wiki.url}/wiki/Main", f"{wiki.url}/wiki/Missing")
    assert result.returncode == 1
    assert last_words(result)[0] == "2 pages: 1 written, 0 unchanged, 0 skipped, 1 failed"
    assert crawl(f"{wiki.url}/wiki/Missing").returncode == 69


@pytest.mark.parametrize("spelling", ["/wiki/%4dissing", "/wiki/Missing#History", "/wiki/Größe"])
def test_a_named_page_is_known_however_it_was_spelled(crawl: Run, wiki: Any, spelling: str) -> None:
    result = crawl(wiki.url.upper().replace("HTTP", "http") + spelling)
    assert result.returncode == 69
    assert "1 failed" in last_words(result)[0]


def test_a_source_that_is_blocked(crawl: Run, wiki: Any) -> None:
    result = crawl(f"{wiki.url}/wiki/Private")
    assert result.returncode == 69
    assert last_words(result)[1] == "skipped: not allowed 1"


def test_the_same_article_twice_is_a_duplicate(crawl: Run, wiki: Any, tmp_path: Path) -> None:
    wiki.page("Main", "Ankara")
    wiki.page("Ankara")
    result = crawl(f"{wiki.url}/wiki/Main", f"{wiki.url}/wiki/Ankara")
    assert result.returncode == 0
    assert "duplicate" in last_words(result)[1]
    assert len(Corpus(tmp_path / "corpus")) == 2


def test_a_folder_of_pages(crawl: Run, page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_bytes(page.read_bytes())
    (folder / "empty.html").write_text("<title>x</title><body></body>", encoding="utf-8")
    result = crawl("pages")
    assert result.returncode == 0, result.stderr
    assert last_words(result)[:2] == ["2 pages: 1 written, 0 unchanged, 1 skipped, 0 failed", "skipped: no text 1"]


def test_what_is_no_page_has_failed_where_it_was_named(crawl: Run, page: Path, tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    (tmp_path / "picture.html").write_bytes(picture)
    result = crawl("picture.html", page)
    assert result.returncode == 1
    assert "picture.html: not a page" in result.stderr


def test_a_missing_file(crawl: Run) -> None:
    result = crawl("missing.html")
    assert result.returncode not in (0, 1)
    assert "missing.html" in result.stderr


def test_the_corpus_remembers_how_it_was_made(crawl: Run, wiki: Any, tmp_path: Path) -> None:
    wiki.page("Main", "Ankara")
    crawl(f"{wiki.url}/wiki/Main", "--contact", "me@example.org", "--limit", "1", "--exclude", "Talk:")
    settings = tomllib.loads((tmp_path / "corpus" / "corpus.toml").read_text(encoding="utf-8"))
    assert settings["sources"] == [f"{wiki.url}/wiki/Main"]
    assert settings["fetching"] == {"contact": "me@example.org", "rate": 1000.0}
    assert (settings["scope"]["limit"], settings["scope"]["exclude"]) == (1, ["Talk:"])
    assert len(Corpus(tmp_path / "corpus")) == 1
    crawl(f"{wiki.url}/wiki/Main")
    assert Corpus(tmp_path / "corpus").manifest.fetching.contact == "me@example.org"


def test_no_contact_no_crawl(crawl: Run, tmp_path: Path) -> None:
    result = crawl("https://wiki.example.org/wiki/Main")
    assert result.returncode == 78
    assert "--contact" in result.stderr


def test_json_for_machines(crawl: Run, wiki: Any) -> None:
    wiki.page("Main", "Missing")
    result = crawl(f"{wiki.url}/wiki/Main", "--log-format", "json")
    lines = [json.loads(line) for line in last_words(result)]
    assert [line["event"] for line in lines] == ["page", "page", "run"]
    assert [line["outcome"]["kind"] for line in lines[:2]] == ["written", "skipped"]
    assert lines[2]["counts"] == {"written": 1, "unchanged": 0, "skipped": 1, "failed": 0}
    assert result.stdout == ""


def test_errors_are_json_too(crawl: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus").write_text("", encoding="utf-8")
    result = crawl("page.html", "--log-format", "json")
    assert result.returncode == 74
    (line,) = [json.loads(line) for line in last_words(result)]
    assert (line["level"], line["event"]) == ("error", "message")


def test_status_of_what_is_no_corpus(run: Run) -> None:
    result = run("status", "nothing")
    assert (result.returncode, result.stdout) == (74, "")
    assert "no corpus here" in result.stderr


def test_status_as_json(crawl: Run, run: Run, wiki: Any) -> None:
    wiki.page("Main")
    crawl(f"{wiki.url}/wiki/Main")
    status = json.loads(run("status", "corpus", "--json").stdout)
    assert (status["articles"], status["runs"], status["failures"]) == (1, 1, [])
    assert status["last_run"]["counts"]["written"] == 1


def test_two_crawls_of_one_corpus(crawl: Run, wiki: Any, tmp_path: Path) -> None:
    wiki.page("Main")
    with Corpus(tmp_path / "corpus") as corpus:
        corpus.begin()
        result = crawl(f"{wiki.url}/wiki/Main")
    assert result.returncode == 75
    assert "is at work on this corpus" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.fixture
def long_crawl(wiki: Any, tmp_path: Path) -> Iterator[Callable[[int], subprocess.Popen[str]]]:
    """Starts a crawl of 60 slow pages and waits until some were asked for."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # a shell starts its background jobs so, and the processes that they start inherit it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    names = [f"Page{number}" for number in range(60)]
    wiki.page("Main", *names)
    for name in names:
        wiki.page(name)
    processes: list[subprocess.Popen[str]] = []

    def start(pages: int) -> subprocess.Popen[str]:
        wiki.seconds = 0.05
        command = ["crawl", f"{wiki.url}/wiki/Main", "--out", "corpus", "--rate", "1000"]
        process = subprocess.Popen(
            [sys.executable, "-m", "wikiglean", *command], cwd=tmp_path, stderr=subprocess.PIPE, text=True
        )
        processes.append(process)
        goal = len(wiki.requests) + pages
        while len(wiki.requests) < goal and process.poll() is None:
            time.sleep(0.005)
        return process

    yield start
    for process in processes:
        if process.poll() is None:
            process.kill()
        if process.stderr is not None:
            process.stderr.close()
        process.wait()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_crawl_in_good_order(
    long_crawl: Callable[[int], subprocess.Popen[str]], tmp_path: Path, number: int, code: int
) -> None:
    process = long_crawl(12)
    process.send_signal(number)
    words = process.communicate(timeout=60)[1]
    assert process.returncode == code, words
    assert "Traceback" not in words
    assert "stopped by a signal" in words
    assert not (tmp_path / "corpus" / "corpus.db-wal").exists(), "everything is in the database itself"
    status = Corpus(tmp_path / "corpus").status()
    assert status.last_run is not None
    assert status.last_run.finished is not None
    assert 0 < status.articles == status.last_run.counts.written < 61


def test_a_killed_crawl_loses_nothing(
    long_crawl: Callable[[int], subprocess.Popen[str]], crawl: Run, wiki: Any, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    for pages in (6, 11, 17):
        process = long_crawl(pages)
        process.kill()
        process.wait()
        found = titles(corpus)
        assert len(found) == len(set(found)) > 0
    before = snapshot(corpus)
    wiki.seconds = 0.0
    result = crawl(f"{wiki.url}/wiki/Main")
    assert result.returncode == 0, result.stderr
    assert len(Corpus(corpus)) == 61
    kept = {path: modified for path, modified in snapshot(corpus).items() if path in before}
    # Only the pages in hand when the process died, one for each kill, may have been written again.
    assert sum(kept[path] != before[path] for path in before) <= 3
    lines = [json.loads(line) for line in (corpus / "changes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len({line["identifier"] for line in lines}) == 61
    assert not [
        name for folder in corpus.glob("articles/*") for name in os.listdir(folder) if not name.endswith(".json")
    ]
