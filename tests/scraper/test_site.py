"""The crawl over links, and which links it follows."""

from __future__ import annotations

from typing import Any

import pytest

from wikiglean.capture import Capture
from wikiglean.errors import ConfigurationError, NotAllowed, PageMissing, SourceUnavailable, TooManyRequests
from wikiglean.scraper import SourceOptions, open_source
from wikiglean.scraper.scope import Patterns, Scope
from wikiglean.scraper.urls import normalized


def crawl(server: Any, path: str, **options: Any) -> list[Any]:
    settings: dict[str, Any] = {"rate": None, "deadline": 20.0, **options}
    return list(open_source(server.url + path, SourceOptions(**settings)))


def test_links_are_followed_breadth_first_each_once(server: Any) -> None:
    server.html("/wiki/A", "/wiki/B", "C", "/wiki/B#part", "/about", "https://example.org/wiki/X", "mailto:x@y.z")
    server.html("/wiki/B", "/wiki/D", "/wiki/A")
    server.html("/wiki/C", "/wiki/B")
    server.html("/wiki/D")
    found = crawl(server, "/wiki/A")
    assert [page.url.removeprefix(server.url) for page in found] == ["/wiki/A", "/wiki/B", "/wiki/C", "/wiki/D"]
    assert server.paths == ["/wiki/A", "/wiki/B", "/wiki/C", "/wiki/D"]


def test_a_single_page_stays_single(server: Any) -> None:
    server.html("/a", "/b")
    assert len(crawl(server, "/a", follow_links=False)) == 1
    assert server.paths == ["/a"]


@pytest.mark.parametrize(("options", "pages"), [({"depth": 0}, 1), ({"depth": 1}, 2), ({"limit": 3}, 3)])
def test_depth_and_limit_end_an_endless_site(server: Any, options: Any, pages: int) -> None:
    server.text("/robots.txt", b"", status=404)

    def more(exchange: Any) -> None:
        exchange.give(f'<a href="{exchange.path}1">more</a>'.encode())

    server.pages["*"] = more
    assert len(crawl(server, "/x", **options)) == pages


def test_include_and_exclude(server: Any) -> None:
    server.html("/wiki/A", "/blog/1", "/blog/2", "/wiki/B")
    server.html("/blog/1")
    crawl(server, "/wiki/A", include=("/blog/",), exclude=("2$",))
    assert server.paths == ["/wiki/A", "/blog/1"]


def test_a_wrong_pattern_is_a_wrong_setting(server: Any) -> None:
    with pytest.raises(ConfigurationError, match="include"):
        crawl(server, "/", include=("(",))


def test_what_could_not_be_had_is_given_as_its_error(server: Any) -> None:
    server.text("/robots.txt", b"User-agent: *\nDisallow: /no")
    server.html("/", "/gone", "/no", "/picture", "/no", "/moved", "/b")
    server.text("/picture", b"x", "image/png")
    server.text("/moved", b"", status=301, Location="/b")
    server.html("/b")
    found = crawl(server, "/")
    assert [type(item) for item in found] == [Capture, PageMissing, NotAllowed, NotAllowed, Capture]
    assert server.paths.count("/b") == 1


def test_redirects_to_a_page_that_is_there_already_are_named(server: Any) -> None:
    server.html("/", "/b", "/moved")
    server.text("/moved", b"", status=301, Location="/b")
    server.html("/b")
    found = crawl(server, "/")
    assert [type(item) for item in found] == [Capture, Capture, NotAllowed]
    assert found[2].rule == "redirect"


def test_redirects_out_of_scope_are_not_followed(server: Any) -> None:
    server.html("/wiki/A", "/wiki/B")
    server.text("/wiki/B", b"", status=302, Location="/login")
    found = crawl(server, "/wiki/A")
    assert isinstance(found[1], NotAllowed)
    assert found[1].rule == "scope"
    assert server.paths == ["/wiki/A", "/wiki/B"]


def test_links_of_a_page_that_says_nofollow_are_left_alone(server: Any) -> None:
    server.text("/", b'<meta name="ROBOTS" content="noindex, nofollow"><a href="/a">x</a>', "text/html")
    assert len(crawl(server, "/")) == 1


def test_the_canonical_spelling_is_not_fetched_again(server: Any) -> None:
    server.text("/x?id=1", b'<link rel="canonical" href="/x"><a href="/x">x</a><a href="/y">y</a>', "text/html")
    server.html("/y")
    crawl(server, "/x?id=1")
    assert server.paths == ["/x?id=1", "/y"]


def test_a_paused_host_ends_the_crawl(server: Any) -> None:
    server.html("/", "/a", "/b", "/c")
    server.text("/a", b"", status=429, Retry_After="7200")
    found = crawl(server, "/")
    assert [type(item) for item in found] == [Capture, TooManyRequests, SourceUnavailable]
    assert "2 pages" in str(found[2])


@pytest.mark.parametrize("spec", ["http://", "https:///x", "http://[::1/"])
def test_what_is_no_address_is_refused(spec: str) -> None:
    with pytest.raises(ConfigurationError):
        list(open_source(spec))


@pytest.mark.parametrize(
    ("start", "link", "wanted"),
    [
        ("/wiki/A", "/wiki/B", True),
        ("/wiki/A", "/wiki/File:X.jpg", True),
        ("/wiki/A", "/other", False),
        ("/", "/anything/at/all", True),
        ("/docs/x", "/docs/y/z", True),
        ("/docs/x", "/doc", False),
        ("/wiki/A", "/wiki/B?oldid=3", False),
        ("/wiki/A", "/wiki/B?action=edit", False),
        ("/wiki/A", "/wiki/B?action=view", True),
        ("/wiki/A", "/wiki/Special:Random", False),
        ("/wiki/A", "/wiki/Spezial:Letzte_%C3%84nderungen", False),
        ("/wiki/A", "/wiki/%E7%89%B9%E5%88%A5:X", False),
        ("/wiki/A", "/wiki/Specialist", True),
        ("/w/index.php?title=A", "/w/index.php?title=B", True),
        ("/w/index.php?title=A", "/w/index.php?title=Special:X", False),
        ("/w/index.php?title=A", "/w/index.php?title=B&redlink=1", False),
        ("/doku.php?id=a", "/doku.php?id=b", True),
        ("/doku.php?id=a", "/doku.php?id=special:b", True),
        ("/doku.php?id=a", "/doku.php?id=b&do=edit", False),
        ("/doku.php?id=a", "/doku.php?id=b&rev=12", False),
        ("/", "/wiki?n=Main.Page", True),
        ("/", "/user/login", False),
        ("/", "/en/user/register", False),
        ("/", "/comment/reply/12", False),
        ("/", "/node/12", True),
        ("/", "/node/12/edit", False),
        ("/", "/picture.JPG", False),
        ("/", "/page.html", True),
        ("/", "/a/b/a/b/a/b", False),
        ("/", "/x?PHPSESSID=abc", False),
        ("/", "/" + "x" * 2100, False),
    ],
)
def test_scope(start: str, link: str, wanted: bool) -> None:
    host = "http://wiki.example.org"
    scope = Scope(normalized(host + start), Patterns((), ()))
    assert (scope.refusal(normalized(host + link)) is None) is wanted


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Ex.org:80/a/./b/../c#d", "http://ex.org/a/c"),
        ("http://ex.org", "http://ex.org/"),
        ("http://ex.org/..", "http://ex.org/"),
        ("http://ex.org/wiki/Ü (x)", "http://ex.org/wiki/%C3%9C%20(x)"),
        ("http://ex.org/%7ea%c3%bc%2f", "http://ex.org/~a%C3%BC%2F"),
        ("http://ex.org/?q=node/12&b=1&a=2", "http://ex.org/?q=node/12&b=1&a=2"),
        ("http://ex.org/?title=X&utm_source=y", "http://ex.org/?title=X"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("http://ex.org/100%", "http://ex.org/100%25"),
    ],
)
def test_one_spelling(url: str, expected: str) -> None:
    assert normalized(url) == expected
    assert normalized(expected) == expected
