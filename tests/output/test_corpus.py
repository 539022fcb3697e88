from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from wikiglean.article import Article, Provenance
from wikiglean.errors import ConfigurationError, CorpusError, CorpusLocked
from wikiglean.output import Corpus, Manifest, Outcome, Scope, content_digest
from wikiglean.output.database import MIGRATIONS

MakeArticle = Callable[..., Article]


def files(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in folder.glob("articles/*/*")}


def changes(folder: Path) -> list[tuple[str, str]]:
    lines = (folder / "changes.jsonl").read_text(encoding="utf-8").splitlines()
    return [(line["change"], line["url"]) for line in map(json.loads, lines)]


def run_python(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_what_is_written_can_be_read(tmp_path: Path, make_article: MakeArticle, full_article: Article) -> None:
    with Corpus(tmp_path / "c") as corpus:
        kinds = [corpus.write(article).kind for article in (make_article("B"), make_article("A"), full_article)]
    assert kinds == ["written"] * 3
    corpus = Corpus(tmp_path / "c")
    assert len(corpus) == 3
    assert [article.title for article in corpus] == ["A", "B", "Water *(H2O)*"]
    assert corpus.get("https://wiki.example.org/Water") == full_article
    assert corpus.get("https://wiki.example.org/Nothing") is None


def test_a_file_is_one_line_of_json(tmp_path: Path, full_article: Article) -> None:
    with Corpus(tmp_path) as corpus:
        outcome = corpus.write(full_article)
    assert outcome.path is not None
    assert (tmp_path / outcome.path).read_text(encoding="utf-8") == full_article.to_json() + "\n"


def test_an_unchanged_article_is_not_written_again(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        corpus.write(make_article())
    before, log = files(tmp_path), (tmp_path / "changes.jsonl").read_bytes()
    with Corpus(tmp_path) as corpus:
        outcome = corpus.write(make_article(provenance=Provenance(captured_at="2025-05-05T00:00:00Z")))
    assert outcome.kind == "unchanged"
    assert files(tmp_path) == before
    assert (tmp_path / "changes.jsonl").read_bytes() == log


def test_a_changed_article_keeps_its_file(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        first = corpus.write(make_article())
        second = corpus.write(make_article(title="Angora", text="Angora was a city."))
    assert (first.path, first.kind, second.kind) == (second.path, "written", "written")
    assert [article.title for article in Corpus(tmp_path)] == ["Angora"]
    assert [change for change, _ in changes(tmp_path)] == ["created", "updated"]


def test_a_lost_file_is_restored(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        outcome = corpus.write(make_article())
        (tmp_path / str(outcome.path)).unlink()
        assert corpus.write(make_article()).kind == "written"
    assert [change for change, _ in changes(tmp_path)] == ["created", "restored"]


def test_the_digest_is_of_the_json_without_provenance(make_article: MakeArticle) -> None:
    assert content_digest(make_article()) == content_digest(make_article(provenance=Provenance(etag="x")))
    assert content_digest(make_article()) != content_digest(make_article(text="Ankara is the capital."))


@pytest.mark.parametrize(
    ("provenance", "expected"),
    [
        (Provenance(source_path="pages/a.html", sha256="ff"), "pages/a.html"),
        (Provenance(sha256="ff"), "sha256:ff"),
    ],
)
def test_an_article_without_address_is_known_by_where_it_came_from(
    tmp_path: Path, make_article: MakeArticle, provenance: Provenance, expected: str
) -> None:
    with Corpus(tmp_path) as corpus:
        outcome = corpus.write(make_article(identifier=None, url=None, provenance=provenance))
    assert outcome.identifier == expected
    assert str(outcome.path).startswith("articles/nohost/Ankara-")


def test_status_tells_pages_from_runs(tmp_path: Path, make_article: MakeArticle) -> None:
    url = "https://wiki.example.org/Ankara"
    with Corpus(tmp_path) as corpus:
        corpus.reject(Outcome(kind="failed", url=url, reason="no answer", error="SourceUnavailable"))
        corpus.reject(Outcome(kind="skipped", url=url + "?a", reason="not allowed: Disallow: /a"))
        corpus.reject(Outcome(kind="skipped", url=url + "?b", reason="not allowed: Disallow: /b"))
        corpus.write(make_article("Bursa"))
    status = Corpus(tmp_path).status()
    assert (status.articles, status.runs, status.skipped) == (1, 1, {"not allowed": 2})
    assert [failure.reason for failure in status.failures] == ["no answer"]
    with Corpus(tmp_path) as corpus:
        corpus.write(make_article())
    status = Corpus(tmp_path).status()
    assert (status.articles, status.runs, status.failures) == (2, 2, ())
    assert status.last_run is not None
    assert (status.last_run.counts.written, status.last_run.counts.seen) == (1, 1)
    assert status.last_run.finished is not None


def test_a_rejected_page_keeps_the_article_it_had(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        written = corpus.write(make_article())
    with Corpus(tmp_path) as corpus:
        corpus.reject(Outcome(kind="failed", url=written.url, reason="no answer"))
    assert [article.title for article in Corpus(tmp_path)] == ["Ankara"]
    assert [failure.path for failure in Corpus(tmp_path).status().failures] == [written.path]
    with Corpus(tmp_path) as corpus:
        assert corpus.write(make_article()).kind == "unchanged"
    assert Corpus(tmp_path).status().failures == ()


def test_a_duplicate_does_not_hide_the_article_of_the_same_address(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        written = corpus.write(make_article())
        known = corpus.written_now(str(written.identifier))
        assert known is not None
        assert known.url == written.url
        corpus.reject(Outcome(kind="skipped", url=written.url, reason="duplicate"))
        assert corpus.written_now(str(written.identifier)) is not None
    status = Corpus(tmp_path).status()
    assert (status.pages.written, status.pages.skipped) == (1, 0)
    with Corpus(tmp_path) as corpus:
        assert corpus.written_now(str(written.identifier)) is None


def test_the_manifest_is_kept_and_its_sources_add_up(tmp_path: Path) -> None:
    with Corpus(tmp_path) as corpus:
        corpus.begin(Manifest(sources=("a.html",), scope=Scope(limit=5, include=("/wiki/",))))
    with Corpus(tmp_path) as corpus:
        corpus.begin(Manifest(sources=("b/", "a.html")))
    written = tomllib.loads((tmp_path / "corpus.toml").read_text(encoding="utf-8"))
    assert written["sources"] == ["a.html", "b/"]
    assert Corpus(tmp_path).manifest.scope == Scope()
    with Corpus(tmp_path) as corpus:
        corpus.begin()
    assert Corpus(tmp_path).manifest.sources == ("a.html", "b/")


def test_comments_in_the_manifest_survive_a_run_that_changes_nothing(tmp_path: Path) -> None:
    manifest = Manifest(sources=("a.html",))
    with Corpus(tmp_path) as corpus:
        corpus.begin(manifest)
    path = tmp_path / "corpus.toml"
    path.write_text("# mine\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with Corpus(tmp_path) as corpus:
        corpus.begin(manifest)
    assert path.read_text(encoding="utf-8").startswith("# mine\n")


@pytest.mark.parametrize("text", ["sources = 5\n", "sauces = []\n", "sources = [\n", "[scope]\nlimit = 'x'\n"])
def test_a_wrong_manifest_is_named(tmp_path: Path, text: str) -> None:
    with Corpus(tmp_path) as corpus:
        corpus.begin()
    (tmp_path / "corpus.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"corpus\.toml"):
        Corpus(tmp_path).begin()
    # And the lock is free again.
    (tmp_path / "corpus.toml").unlink()
    with Corpus(tmp_path) as corpus:
        corpus.begin()


def test_a_second_process_is_told_at_once(tmp_path: Path, make_article: MakeArticle) -> None:
    script = (
        "import sys; from wikiglean.output import Corpus; from wikiglean.errors import CorpusLocked\n"
        "print(len(Corpus(sys.argv[1])))\n"
        "try: Corpus(sys.argv[1]).begin()\n"
        "except CorpusLocked as error: print(error)"
    )
    with Corpus(tmp_path) as corpus:
        corpus.write(make_article())
        second = run_python(script, tmp_path)
    number, message = second.stdout.splitlines()
    assert number == "1", "reading takes no lock"
    assert f"process {os.getpid()} is at work" in message
    with Corpus(tmp_path) as corpus:
        corpus.begin()


def test_two_in_one_process_are_told_too(tmp_path: Path) -> None:
    with Corpus(tmp_path) as corpus:
        corpus.begin()
        with pytest.raises(CorpusLocked):
            Corpus(tmp_path).begin()
        with pytest.raises(CorpusError, match="at work already"):
            corpus.begin()


def test_a_torn_line_of_changes_does_not_stay(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        corpus.write(make_article())
    whole = (tmp_path / "changes.jsonl").read_bytes()
    (tmp_path / "changes.jsonl").write_bytes(whole + b'{"run":1,"at":"20')
    with Corpus(tmp_path) as corpus:
        corpus.begin()
    assert (tmp_path / "changes.jsonl").read_bytes() == whole


def test_changes_that_lost_their_end_go_back_to_a_whole_line(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        corpus.write(make_article("A"))
        corpus.write(make_article("B"))
    path = tmp_path / "changes.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    with Corpus(tmp_path) as corpus:
        corpus.write(make_article("C"))
    assert [url[-1] for _, url in changes(tmp_path)] == ["A", "C"]


def test_a_page_that_can_not_be_committed_leaves_no_line(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        corpus.write(make_article("A"))
        (tmp_path / "articles" / "other.example").write_text("a file where a folder should be", encoding="utf-8")
        with pytest.raises(CorpusError, match="not a folder"):
            corpus.write(make_article("B", url="https://other.example/B"))
        corpus.write(make_article("C"))
    assert [url[-1] for _, url in changes(tmp_path)] == ["A", "C"]
    assert len(Corpus(tmp_path)) == 2


def test_what_a_killed_run_left_half_written_is_cleared(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        corpus.write(make_article())
    folder = tmp_path / "articles" / "wiki.example.org"
    (folder / ".wikiglean-partial").write_text("{", encoding="utf-8")
    with Corpus(tmp_path) as corpus:
        corpus.begin()
    assert [path.suffix for path in folder.iterdir()] == [".json"]


@pytest.mark.parametrize("operation", [len, list, Corpus.status])
def test_a_folder_that_is_no_corpus_can_not_be_read(tmp_path: Path, operation: Callable[[Corpus], object]) -> None:
    with pytest.raises(CorpusError, match="no corpus here"):
        operation(Corpus(tmp_path / "nothing"))
    assert not (tmp_path / "nothing").exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("mine", encoding="utf-8")
    with pytest.raises(CorpusError, match="other things"):
        Corpus(tmp_path).begin()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "corpus").write_text("", encoding="utf-8")
    with pytest.raises(CorpusError, match="a file and not a folder"):
        Corpus(tmp_path / "corpus").begin()


def test_a_newer_corpus_is_left_alone(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        corpus.write(make_article())
    with sqlite3.connect(tmp_path / "corpus.db") as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    for operation in (len, Corpus.begin):
        with pytest.raises(CorpusError, match="upgrade wikiglean"):
            operation(Corpus(tmp_path))


def test_a_damaged_database_is_named(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        corpus.write(make_article())
    (tmp_path / "corpus.db").write_bytes(b"no database" * 1000)
    with pytest.raises(CorpusError, match="damaged"):
        len(Corpus(tmp_path))


def test_a_damaged_article_is_named(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        path = corpus.write(make_article()).path
    (tmp_path / str(path)).write_text("{}[", encoding="utf-8")
    with pytest.raises(CorpusError, match="not an article"):
        list(Corpus(tmp_path))


WRITE_MANY = """
import sys
from wikiglean.article import Article
from wikiglean.errors import WikigleanError
from wikiglean.output import Corpus
try:
    with Corpus(sys.argv[1]) as corpus:
        for number in range(int(sys.argv[2])):
            url = f"http://wiki.example.org/{number}"
            corpus.write(Article(identifier=url, url=url, title=str(number), text="word " * int(sys.argv[3])))
            print(number, flush=True)
except WikigleanError as error:
    print(error, file=sys.stderr)
    sys.exit(error.exit_code)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root on Linux can make a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_said_and_costs_nothing(small_disk: Path) -> None:
    full = run_python(WRITE_MANY, small_disk / "corpus", "40", "10000")
    assert full.returncode == 74
    assert "the disk is full" in full.stderr
    assert full.stderr.count("\n") == 1
    assert len(Corpus(small_disk / "corpus")) == len(full.stdout.split()) > 3
    subprocess.run(["mount", "-o", "remount,size=10m", str(small_disk)], check=True)
    assert run_python(WRITE_MANY, small_disk / "corpus", "40", "10000").returncode == 0
    assert len(list(Corpus(small_disk / "corpus"))) == 40


def test_a_file_size_limit_is_said(tmp_path: Path) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300000, 300000))"
    limited = run_python(f"{limit}\n{WRITE_MANY}", tmp_path / "corpus", "1", "100000")
    assert limited.returncode == 74
    assert "raise the limit" in limited.stderr


# Root may write anywhere, so it has to become somebody else once all modules are loaded.
AS_NOBODY = """
import os, sys, tomli_w, wikiglean.output
if os.geteuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
"""


@pytest.fixture
def open_to_all(tmp_path: Path) -> Path:
    """A folder that everybody can read and only its owner can write, where pytest's own are for the owner alone."""
    for folder in [tmp_path, *tmp_path.parents[:2]]:
        folder.chmod(0o755)
    return tmp_path


def test_a_folder_that_can_not_be_written_is_said(open_to_all: Path) -> None:
    folder = open_to_all / "locked"
    folder.mkdir(mode=0o555)
    refused = run_python(AS_NOBODY + WRITE_MANY, folder / "corpus", "1", "100000")
    assert "no permission" in refused.stderr
    assert refused.returncode == 74


def test_a_corpus_that_can_not_be_written_can_be_read(open_to_all: Path, make_article: MakeArticle) -> None:
    folder = open_to_all / "corpus"
    with Corpus(folder) as corpus:
        corpus.write(make_article())
    for path in [folder, *folder.iterdir()]:
        path.chmod(path.stat().st_mode & 0o555)
    script = "from wikiglean.output import Corpus; print([a.title for a in Corpus(sys.argv[1])])"
    result = run_python(AS_NOBODY + script, folder)
    folder.chmod(0o755)
    assert (result.stdout, result.stderr) == ("['Ankara']\n", "")


def test_killed_at_any_moment_and_run_again(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    for pages in (1, 4, 9):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITE_MANY, corpus, "5000", "1000"], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        done = [next(process.stdout) for _ in range(pages)]
        process.kill()
        process.communicate()
        assert len(list(Corpus(corpus))) >= len(done)
        lines = (corpus / "changes.jsonl").read_bytes()
        with Corpus(corpus) as resumed:
            resumed.begin()
        assert lines.startswith((corpus / "changes.jsonl").read_bytes())
    assert run_python(WRITE_MANY, corpus, "30", "1000").returncode == 0
    articles = [article.identifier for article in Corpus(corpus)]
    created = [url for change, url in changes(corpus) if change == "created"]
    assert sorted(created) == sorted(map(str, articles)), "every article was created once, in the log as on the disk"
    assert Corpus(corpus).status().runs == 7


def test_readers_see_a_corpus_while_it_is_written(tmp_path: Path, make_article: MakeArticle) -> None:
    with Corpus(tmp_path) as corpus:
        corpus.write(make_article("A"))
        reader = iter(Corpus(tmp_path))
        assert next(reader).title == "A"
        corpus.write(make_article("B"))
        corpus.checkpoint()
        assert len(Corpus(tmp_path)) == 2
        reader.close()  # type: ignore[attr-defined]


def test_a_change_in_any_field_but_provenance_counts(make_article: MakeArticle) -> None:
    article = make_article()
    changed = msgspec.structs.replace(article, categories=(), description="A city")
    assert content_digest(changed) != content_digest(article)
