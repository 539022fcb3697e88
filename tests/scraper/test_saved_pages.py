"""Saved pages as people have them: odd names, damaged files, links in a circle."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from wikiglean.capture import Capture
from wikiglean.errors import ConfigurationError, PageTooLarge, SourceError, SourceUnavailable
from wikiglean.scraper import SourceOptions, open_source


def names(folder: Path, options: SourceOptions | None = None) -> list[str]:
    """The paths below `folder` of what comes out, errors with an exclamation mark."""
    found: list[str] = []
    for page in open_source(str(folder), options or SourceOptions()):
        path = page.source.path if isinstance(page, Capture) else page.url
        assert path is not None
        found.append(Path(path).relative_to(folder).as_posix() + ("!" if isinstance(page, SourceError) else ""))
    return found


def write(folder: Path, *paths: str, body: bytes = b"<p>page") -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)


def test_pages_at_any_depth_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, "b.html", "a/z.txt", "a/deep/er/x.HTM", "c", "B.xhtml")
    assert names(tmp_path) == ["B.xhtml", "a/deep/er/x.HTM", "a/z.txt", "b.html", "c"]


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.html", "a_files/ad.html", ".hidden/x.html", ".x.html", "b.png", "c.css", "d.gz")
    os.mkfifo(tmp_path / "pipe.html")
    assert names(tmp_path) == ["a.html"]


def test_a_dot_in_a_title_is_no_ending(tmp_path: Path) -> None:
    write(tmp_path, "St._Petersburg", "index.php?title=Main_Page", "1. Fall")
    assert names(tmp_path) == ["1. Fall", "St._Petersburg", "index.php?title=Main_Page"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, "a/b/page.html")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a")
    assert names(tmp_path) == ["a/b/page.html"]


def test_a_damaged_file_costs_one_page(tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>word" * 1000)
    write(tmp_path, "a.html.gz", body=packed[:-9])
    write(tmp_path, "b.html.gz", body=b"no gzip")
    write(tmp_path, "c.html.gz", body=gzip.compress(bytes(10_000_000)))
    write(tmp_path, "d.html.gz", body=packed)
    (tmp_path / "e.html").symlink_to(tmp_path / "nowhere")
    found = list(open_source(str(tmp_path), SourceOptions(max_bytes=1_000_000)))
    kinds = [type(page) for page in found]
    assert kinds == [SourceUnavailable, SourceUnavailable, PageTooLarge, Capture, SourceUnavailable]
    page = found[3]
    assert isinstance(page, Capture)
    assert page.body == b"<p>word" * 1000


def test_a_file_says_when_and_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "page.txt")
    os.utime(tmp_path / "page.txt", (1_000_000_000, 1_000_000_000.9))
    monkeypatch.chdir(tmp_path)
    page = next(open_source("page.txt"))
    assert isinstance(page, Capture)
    assert (page.url, page.content_type, page.status) == (None, "text/plain", 200)
    assert page.captured_at == "2001-09-09T01:46:40Z"
    assert (page.source.kind, page.source.path) == ("file", "page.txt")


def test_addresses_of_a_saved_folder(tmp_path: Path) -> None:
    write(tmp_path, "wiki/\u00dc b.html")
    page = next(open_source(str(tmp_path), SourceOptions(base_url="https://w.example/x/")))
    assert isinstance(page, Capture)
    assert page.url == "https://w.example/x/wiki/%C3%9C%20b.html"


@pytest.mark.parametrize("spec", ["", "http://", "https://[bad"])
def test_names_that_can_not_be_meant(spec: str) -> None:
    with pytest.raises(ConfigurationError):
        list(open_source(spec))


@pytest.mark.parametrize("spec", ["x.warc.gz", "x.wacz", "x.zim", "dump.xml", "wayback:http://a/", "ftp://a/b"])
def test_kinds_that_are_not_read_yet_say_so(spec: str) -> None:
    with pytest.raises(SourceError, match="not read"):
        list(open_source(spec))


def test_a_web_address_without_its_scheme_gets_a_hint() -> None:
    with pytest.raises(SourceUnavailable, match="https://"):
        list(open_source("wiki.example.org/wiki/Main_Page"))
