from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from wikiglean import Article

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_a_page_becomes_a_line_of_json(run: Run, page: Path) -> None:
    result = run("clean", page)
    article = Article.from_json(result.stdout)
    assert (result.returncode, result.stderr, result.stdout.count("\n")) == (0, "", 1)
    assert (article.title, len(article.citations), article.provenance.source_path) == ("Hovde", 1, str(page))


def test_standard_input_has_no_address_but_can_be_given_one(run: Run, page: Path) -> None:
    body = page.read_bytes()
    assert json.loads(run("clean", "-", stdin=body).stdout)["url"] is None
    url = "https://wiki.example.org/wiki/Hovde"
    article = json.loads(run("clean", "-", "--url", url, stdin=body).stdout)
    assert article["url"] == url
    assert "https://wiki.example.org/wiki/Town" in [link["url"] for link in article["links"]]


def test_the_content_type_can_be_corrected(run: Run, tmp_path: Path) -> None:
    words = "Город стоит у моря, и в нём живут рыбаки."
    (tmp_path / "ru.html").write_bytes(f"<title>Город</title><p>{words}</p>".encode("koi8-r"))
    result = run("clean", "ru.html", "--content-type", "text/html; charset=koi8-r")
    assert words in json.loads(result.stdout)["text"]


def test_text_and_markdown(run: Run, page: Path) -> None:
    text = run("clean", "--format", "text", page, page).stdout
    assert text.startswith("Hovde\n\nHovde is a town by the sea.\n")
    assert text.count("\n\nHovde\n\n") == 1
    markdown = run("clean", "--format", "markdown", "--url", "https://wiki.example.org/wiki/Hovde", page).stdout
    assert markdown == (
        "# Hovde\n\nHovde is a [town](https://wiki.example.org/wiki/Town) by the sea.[^1]\n\n## History\n\n"
        "It burned in 1833, and was built again.\n\n[^1]: Ibe, K. Towns, 2009.\n"
    )


WORK = """<p>Sund is a bay.<sup id="r1"><a href="#n1">[1]</a></sup></p><ol><li id="n1"><a href="#r1">^</a> Ibe, K.
<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft_val_fmt=info:ofi/fmt:kev:mtx:book&amp;rft.btitle=Towns&amp;
rft.aulast=Ibe&amp;rft.aufirst=K.&amp;rft.date=2009"></span></li></ol>""".replace("\n", "")


def test_the_works_of_all_pages_are_one_library(run: Run, page: Path, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(WORK, encoding="utf-8")
    (tmp_path / "b.html").write_text(WORK.replace("Towns", "Bays"), encoding="utf-8")
    pages = ["a.html", page, "b.html", "a.html"]
    works = json.loads(run("clean", "--format", "csl-json", *pages).stdout)
    assert [(work["id"], work["title"]) for work in works] == [("Ibe2009", "Towns"), ("Ibe2009a", "Bays")]
    bibtex = run("clean", "--format", "bibtex", *pages).stdout
    assert [line for line in bibtex.splitlines() if "@" in line] == ["@book{Ibe2009,", "@book{Ibe2009a,"]


def test_pages_without_works(run: Run, page: Path) -> None:
    assert run("clean", "--format", "csl-json", page).stdout == "[]\n"
    assert run("clean", "--format", "bibtex", page).stdout == ""


def test_the_works_of_the_others_are_written_where_a_page_is_missing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(WORK, encoding="utf-8")
    result = run("clean", "--format", "csl-json", "missing.html", "a.html")
    assert (result.returncode, len(json.loads(result.stdout)), result.stderr.count("\n")) == (1, 1, 1)


def test_a_missing_page_does_not_stop_the_others(run: Run, page: Path) -> None:
    result = run("clean", "missing.html", page)
    assert result.returncode == 1
    assert json.loads(result.stdout)["title"] == "Hovde"
    assert result.stderr.count("\n") == 1
    assert "missing.html" in result.stderr


def test_what_is_no_page_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    result = run("clean", "picture.html")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("wikiglean: picture.html: ") or f"{tmp_path}/picture.html: " in result.stderr


def test_a_page_of_the_web(run: Run, wiki: Any) -> None:
    wiki.page("Ankara", "Bursa")
    url = f"{wiki.url}/wiki/Ankara"
    article = json.loads(run("clean", url).stdout)
    assert (article["title"], article["url"]) == ("Ankara", url)


def test_no_public_host_is_asked_without_a_contact(run: Run) -> None:
    result = run("clean", "https://wiki.example.org/wiki/Hovde", WIKIGLEAN_CONTACT="")
    assert result.returncode == 78
    assert "--contact" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["clean"],
        ["clean", "--format", "pdf", "x.html"],
        ["clean", "--profile", "missing.toml", "x.html"],
        ["crawl", "x.html"],
        ["crawl", "x.html", "--out", "c", "--limit", "0"],
        ["crawl", "x.html", "--out", "c", "--rate", "0"],
        ["glean"],
    ],
)
def test_a_wrong_command_line(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_a_wrong_profile_is_named(run: Run, page: Path, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("colour = 'red'\n", encoding="utf-8")
    result = run("clean", "--profile", "site.toml", page)
    assert result.returncode == 78
    assert "site.toml" in result.stderr
    assert result.stderr.count("\n") == 1


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"wikiglean {version('wikiglean')}\n"


def test_a_reader_who_leaves_is_no_error(page: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "wikiglean", "clean", *[str(page)] * 400]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_inspect_shows_what_was_kept_and_removed(run: Run, page: Path) -> None:
    result = run("inspect", page)
    assert (result.returncode, result.stderr) == (0, "")
    assert "\x1b" not in result.stdout, "no colours in a pipe"
    for words in [
        "Hovde is a town by the sea.[1]",
        "## History",
        "Ibe, K. Towns, 2009.",
        "[edit]",
        "visible characters",
    ]:
        assert words in result.stdout
    assert "unaccounted" not in result.stdout


def test_colours_are_for_those_who_want_them(run: Run, page: Path) -> None:
    assert "\x1b[" in run("inspect", page, FORCE_COLOR="1").stdout
    assert "\x1b[3" not in run("inspect", page, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_a_page_gives_the_terminal_no_orders(run: Run, tmp_path: Path) -> None:
    body = "<title>x</title><p>Evil &#27;]0;owned&#7; words &#x1b;[2J here.</p>"
    (tmp_path / "evil.html").write_text(body, encoding="utf-8")
    result = run("inspect", "evil.html")
    assert "\x1b" not in result.stdout
    assert "words" in result.stdout
