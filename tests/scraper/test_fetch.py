"""One page over HTTP, from servers that mean well and others that don't."""

from __future__ import annotations

import gzip
import itertools
import zlib
from email.utils import formatdate
from typing import Any

import pytest

from wikiglean.errors import (
    ConfigurationError,
    NotAllowed,
    PageMissing,
    PageTooLarge,
    SourceUnavailable,
    TooManyRequests,
)
from wikiglean.scraper.fetch import Fetcher
from wikiglean.scraper.options import SourceOptions

HERE = frozenset({"127.0.0.1"})


def fetcher(clock: Any = None, **options: Any) -> Fetcher:
    settings: dict[str, Any] = {"rate": None, "deadline": 20.0, **options}
    return Fetcher(SourceOptions(**settings), named_hosts=HERE, clock=clock)


def test_a_page_comes_with_its_circumstances(server: Any) -> None:
    server.text("/a", b"\xe9t\xe9", "text/html; charset=utf-8", ETag='"1"')
    with fetcher(contact="me@example.org") as get:
        page = get.fetch(server.url + "/a#part")
    assert (page.url, page.body, page.content_type) == (server.url + "/a", b"\xe9t\xe9", "text/html; charset=utf-8")
    assert (page.header("ETag"), page.source.kind, page.status) == ('"1"', "http", 200)
    agent = server.seen[-1][1]["User-Agent"]
    assert agent.startswith("wikiglean/")
    assert agent.endswith(" (+me@example.org)")


@pytest.mark.parametrize(("coding", "packed"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_compression_is_undone(server: Any, coding: str, packed: Any) -> None:
    server.text("/a", packed(b"words " * 1000), "text/html", Content_Encoding=coding)
    with fetcher() as get:
        assert get.fetch(server.url + "/a").body == b"words " * 1000


def test_a_bare_deflate_stream_is_undone_too(server: Any) -> None:
    packer = zlib.compressobj(wbits=-15)
    server.text("/a", packer.compress(b"words") + packer.flush(), "text/html", Content_Encoding="deflate")
    with fetcher() as get:
        assert get.fetch(server.url + "/a").body == b"words"


@pytest.mark.parametrize("status", [404, 410])
def test_missing_pages_are_missing(server: Any, status: int) -> None:
    server.text("/a", b"", status=status)
    with fetcher() as get, pytest.raises(PageMissing) as caught:
        get.fetch(server.url + "/a")
    assert caught.value.gone is (status == 410)


@pytest.mark.parametrize("status", [400, 403, 500, 502])
def test_other_statuses_are_told(server: Any, status: int) -> None:
    server.text("/a", b"", status=status)
    with fetcher() as get, pytest.raises(SourceUnavailable, match=str(status)):
        get.fetch(server.url + "/a")


def test_what_is_no_page_is_not_downloaded(server: Any) -> None:
    def endless(exchange: Any) -> None:
        exchange.give(b"", "image/png", Content_Length="1000000000")
        server.over.wait(30)

    server.pages["/a"] = endless
    with fetcher() as get, pytest.raises(NotAllowed) as caught:
        get.fetch(server.url + "/a")
    assert caught.value.rule == "not a page: image/png"


def test_a_missing_type_may_be_a_page(server: Any) -> None:
    server.text("/a", b"<p>x", None)
    with fetcher() as get:
        assert get.fetch(server.url + "/a").content_type is None


# -- sizes and time -------------------------------------------------------------------------------------------------


def test_an_announced_size_is_believed(server: Any) -> None:
    server.text("/a", b"x" * 2000)
    with fetcher(max_bytes=1000) as get, pytest.raises(PageTooLarge, match="2,000"):
        get.fetch(server.url + "/a")


def test_endless_bodies_end_at_the_limit(server: Any) -> None:
    def endless(exchange: Any) -> None:
        exchange.send_response(200)
        exchange.send_header("Connection", "close")
        exchange.end_headers()
        while not server.over.is_set():
            exchange.wfile.write(b"x" * 10_000)

    server.pages["/a"] = endless
    with fetcher(max_bytes=100_000) as get, pytest.raises(PageTooLarge):
        get.fetch(server.url + "/a")


@pytest.mark.parametrize(("coding", "packed"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_bombs_do_not_go_off(server: Any, coding: str, packed: Any) -> None:
    server.text("/a", packed(bytes(50_000_000)), "text/html", Content_Encoding=coding)
    with fetcher(max_bytes=100_000) as get, pytest.raises(PageTooLarge, match="decompresses"):
        get.fetch(server.url + "/a")


@pytest.mark.parametrize(
    ("coding", "body"),
    [("gzip", gzip.compress(b"words " * 99)[:-12]), ("gzip", b"no gzip at all"), ("br", b"x"), ("gzip, gzip", b"x")],
)
def test_damaged_compression_is_told(server: Any, coding: str, body: bytes) -> None:
    server.text("/a", body, "text/html", Content_Encoding=coding)
    with fetcher() as get, pytest.raises(SourceUnavailable):
        get.fetch(server.url + "/a")


def test_a_cut_connection_is_no_page(server: Any) -> None:
    def cut(exchange: Any) -> None:
        exchange.give(b"only this", Content_Length="1000")
        exchange.close_connection = True

    server.pages["/a"] = cut
    with fetcher() as get, pytest.raises(SourceUnavailable, match="connection failed"):
        get.fetch(server.url + "/a")


def hang(exchange: Any) -> None:
    exchange.server.over.wait(30)


def drip_head(exchange: Any) -> None:
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not exchange.server.over.wait(0.05):
        exchange.wfile.write(b"X-More: 1\r\n")


def drip_body(exchange: Any) -> None:
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
    while not exchange.server.over.wait(0.05):
        exchange.wfile.write(b"x")


@pytest.mark.parametrize("page", [hang, drip_head, drip_body])
def test_the_deadline_holds_wherever_the_server_dawdles(server: Any, page: Any) -> None:
    server.pages["/a"] = page
    with fetcher(deadline=0.6) as get, pytest.raises(SourceUnavailable, match="within"):
        get.fetch(server.url + "/a")


def test_a_server_that_is_not_there_is_unavailable(server: Any) -> None:
    with fetcher() as get, pytest.raises(NotAllowed, match=r"robots\.txt could not be had"):
        get.fetch("http://127.0.0.1:1/a")


# -- redirects and addresses ----------------------------------------------------------------------------------------


def test_redirects_are_followed_and_recorded(server: Any) -> None:
    server.text("/a", b"", status=301, Location="b")
    server.text("/b", b"", status=302, Location="/c?x=1#y")
    server.text("/c?x=1", b"here", "text/html")
    with fetcher() as get:
        page = get.fetch(server.url + "/a")
    assert (page.url, page.redirects) == (server.url + "/c?x=1", (server.url + "/a", server.url + "/b"))
    assert page.source.requested_url == server.url + "/a"


def test_circles_and_endless_redirects_end(server: Any) -> None:
    server.text("/a", b"", status=301, Location="/b")
    server.text("/b", b"", status=301, Location="/a")

    def further(exchange: Any) -> None:
        exchange.give(b"", status=302, Location=exchange.path + "x")

    server.pages["*"] = further
    server.text("/robots.txt", b"", status=404)
    with fetcher() as get:
        with pytest.raises(SourceUnavailable, match="circle"):
            get.fetch(server.url + "/a")
        with pytest.raises(SourceUnavailable, match="more than 10"):
            get.fetch(server.url + "/x")


@pytest.mark.parametrize("target", ["ftp://127.0.0.1/x", "file:///etc/passwd", "http://me:pw@127.0.0.1/"])
def test_redirects_to_other_schemes_are_refused(server: Any, target: str) -> None:
    server.text("/a", b"", status=301, Location=target)
    with fetcher() as get, pytest.raises(NotAllowed):
        get.fetch(server.url + "/a")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "[::ffff:127.0.0.1]", "0.0.0.0"])
def test_private_addresses_that_nobody_named_are_refused(server: Any, host: str) -> None:
    server.text("/a", b"", status=301, Location=f"http://{host}:{server.server_port}/b")
    server.html("/b")
    with fetcher(contact="me@example.org", rate=1000.0) as get, pytest.raises(NotAllowed, match="not a public address"):
        get.fetch(server.url + "/a")
    assert server.paths == ["/a"]


def test_robots_redirected_to_a_private_address_are_not_asked_there(server: Any) -> None:
    server.text("/robots.txt", b"", status=301, Location=f"http://localhost:{server.server_port}/secret")
    with fetcher(contact="me@example.org", rate=1000.0) as get, pytest.raises(NotAllowed):
        get.fetch(server.url + "/a")
    assert [path for path, _ in server.seen] == ["/robots.txt"]


@pytest.mark.parametrize("options", [{"rate": 1.0}, {"rate": None, "contact": "me@example.org"}])
def test_public_hosts_need_a_contact_and_a_rate(options: Any) -> None:
    with fetcher(**options) as get, pytest.raises(ConfigurationError):
        get.fetch("http://203.0.113.7/")


@pytest.mark.parametrize("options", [{"rate": 0.0}, {"rate": -1.0}, {"deadline": 0.0}, {"max_bytes": 0}])
def test_settings_without_sense_are_refused(options: Any) -> None:
    with pytest.raises(ConfigurationError):
        fetcher(**options)


def test_the_environment_proxy_is_not_asked(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.html("/a")
    with fetcher() as get:
        assert get.fetch(server.url + "/a").status == 200


# -- pauses and robots.txt ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_pauses_the_whole_host(server: Any, clock: Any, status: int, form: str) -> None:
    answers = iter([status, 200])
    value = "40" if form == "seconds" else formatdate(clock.now() + 40, usegmt=True)

    def page(exchange: Any) -> None:
        exchange.give(b"x", status=next(answers), Retry_After=value)

    server.pages["/a"] = page
    with fetcher(clock) as get:
        assert get.fetch(server.url + "/a").body == b"x"
    assert clock.slept == [40.0]


def test_a_host_that_goes_on_asking_for_pauses_is_left(server: Any, clock: Any) -> None:
    server.text("/a", b"", status=429)
    with fetcher(clock) as get, pytest.raises(TooManyRequests):
        get.fetch(server.url + "/a")
    assert len(server.paths) == 3
    assert clock.slept == sorted(clock.slept)


def test_a_long_pause_is_told_and_kept_for_other_pages(server: Any, clock: Any) -> None:
    server.text("/a", b"", status=503, Retry_After="86400")
    server.html("/b")
    with fetcher(clock) as get:
        for path in ("/a", "/b"):
            with pytest.raises(TooManyRequests) as caught:
                get.fetch(server.url + path)
            assert caught.value.retry_after == 86400
    assert server.paths == ["/a"]


def test_an_archived_refusal_is_no_refusal_of_today(server: Any, clock: Any) -> None:
    server.text("/a", b"", status=429, Retry_After="9", Memento_Datetime="Mon, 01 Jun 2015 00:00:00 GMT")
    with fetcher(clock) as get, pytest.raises(SourceUnavailable, match="archived"):
        get.fetch(server.url + "/a")
    assert clock.slept == []


def test_the_rate_holds_from_the_first_request(server: Any, clock: Any) -> None:
    server.html("/a")
    with fetcher(clock, rate=0.5) as get:
        get.fetch(server.url + "/a")
        get.fetch(server.url + "/a")
    assert clock.slept == pytest.approx([2.0, 2.0])


@pytest.mark.parametrize(("rate", "delay"), [(1.0, 7.0), (0.1, 10.0)])
def test_crawl_delay_is_a_minimum(server: Any, clock: Any, rate: float, delay: float) -> None:
    server.text("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    server.html("/a")
    with fetcher(clock, rate=rate) as get:
        get.fetch(server.url + "/a")
    assert clock.slept == pytest.approx([delay])


def test_robots_txt_is_asked_once_and_believed(server: Any) -> None:
    server.text("/robots.txt", b"User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /no\nAllow: /no/but\n")
    server.html("/no/but")
    with fetcher() as get:
        assert get.fetch(server.url + "/no/but").status == 200
        with pytest.raises(NotAllowed) as caught:
            get.fetch(server.url + "/no/way")
    assert caught.value.rule == "robots.txt: Disallow: /no"
    assert [path for path, _ in server.seen] == ["/robots.txt", "/no/but"]


def test_our_own_group_counts_before_the_one_for_all(server: Any) -> None:
    server.text("/robots.txt", b"User-agent: *\nDisallow: /\n\nUser-agent: WikiGlean\nDisallow: /x\n")
    server.html("/a")
    with fetcher() as get:
        assert get.fetch(server.url + "/a").status == 200


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_robots_that_are_not_there_allow_all(server: Any, status: int) -> None:
    server.text("/robots.txt", b"User-agent: *\nDisallow: /", status=status)
    server.html("/a")
    with fetcher() as get:
        assert get.fetch(server.url + "/a").status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_robots_that_fail_forbid_all(server: Any, clock: Any, status: int) -> None:
    server.text("/robots.txt", b"", status=status)
    server.html("/a")
    with fetcher(clock) as get, pytest.raises(NotAllowed, match=f"status {status}"):
        get.fetch(server.url + "/a")
    assert server.paths == []


@pytest.mark.parametrize(("redirects", "allowed"), [(5, True), (6, False)])
def test_robots_are_followed_five_redirects_far(server: Any, redirects: int, allowed: bool) -> None:
    chain = ["/robots.txt", *(f"/r{number}" for number in range(redirects))]
    for here, there in itertools.pairwise(chain):
        server.text(here, b"", status=301, Location=there)
    server.text(chain[-1], b"User-agent: *\nDisallow: /b")
    server.html("/a")
    with fetcher() as get:
        if allowed:
            assert get.fetch(server.url + "/a").status == 200
        else:
            with pytest.raises(NotAllowed, match="redirects"):
                get.fetch(server.url + "/a")


def test_a_redirect_does_not_lead_around_robots_txt(server: Any) -> None:
    server.text("/robots.txt", b"User-agent: *\nDisallow: /no")
    server.text("/a", b"", status=301, Location="/no")
    with fetcher() as get, pytest.raises(NotAllowed):
        get.fetch(server.url + "/a")
    assert server.paths == ["/a"]


def test_of_a_huge_robots_txt_the_first_part_is_read(server: Any) -> None:
    server.text("/robots.txt", b"User-agent: *\nDisallow: /no\n" + b"# words\n" * 200_000)
    server.html("/a")
    with fetcher() as get:
        assert get.fetch(server.url + "/a").status == 200
        with pytest.raises(NotAllowed):
            get.fetch(server.url + "/no")
