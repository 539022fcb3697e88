"""Servers that hang, lie, refuse and cut off: each costs one page, with an error that says what happened."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from wikiglean.errors import (
    ConfigurationError,
    NotAllowed,
    PageMissing,
    PageTooLarge,
    SourceUnavailable,
    TooManyRequests,
)
from wikiglean.scraper import SourceOptions
from wikiglean.scraper.fetch import Fetcher

Behaviour = Callable[[BaseHTTPRequestHandler], None]


class Site(ThreadingHTTPServer):
    """A server on loopback that does with each path what a test tells it; without a rule it answers 404."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.rules: dict[str, list[Behaviour]] = {}
        self.asked: list[str] = []
        self.agents: list[str] = []
        self.logins: list[str | None] = []
        self.ended = threading.Event()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"

    def on(self, path: str, *behaviours: Behaviour) -> str:
        """The first request gets the first behaviour, and so on; the last one stays."""
        self.rules[path] = list(behaviours)
        return self.url(path)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site = self.server
        assert isinstance(site, Site)
        site.asked.append(self.path)
        site.agents.append(self.headers["User-Agent"])
        site.logins.append(self.headers["Authorization"])
        rules = site.rules.get(self.path, [answer(404)])
        (rules.pop(0) if len(rules) > 1 else rules[0])(self)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def answer(status: int = 200, body: bytes = b"<p>page</p>", **headers: str) -> Behaviour:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        sent = {"content-type": "text/html", "content-length": str(len(body))}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in sent.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def raw(head: bytes, *, drip: bytes = b"", hang: bool = False) -> Behaviour:
    """Sends `head` as it is, then `drip` again and again, or nothing at all, until the test ends."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        site = handler.server
        assert isinstance(site, Site)
        handler.close_connection = True
        handler.wfile.write(head)
        handler.wfile.flush()
        while (drip or hang) and not site.ended.wait(0.02):
            handler.wfile.write(drip)

    return behave


class Clock:
    """Time that passes only when somebody sleeps, so that a test knows every pause and waits for none."""

    def __init__(self) -> None:
        self.time = 1_000_000_000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.time

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        assert len(self.slept) < 100, "sleeps without end"
        self.slept.append(seconds)
        # A sleeper of one nanosecond must come forward too, where 1e9 + 1e-9 is 1e9.
        self.time = max(self.time + seconds, self.time + 1e-6)


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.ended.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Iterator[Fetcher]:
    options = SourceOptions(rate=None, max_bytes=100_000)
    with Fetcher(options, named_hosts=frozenset({"127.0.0.1"}), clock=clock) as fetcher:
        yield fetcher


@pytest.fixture
def hasty() -> Iterator[Fetcher]:
    """With the machine's own clock and a short deadline."""
    options = SourceOptions(rate=None, deadline=0.4)
    with Fetcher(options, named_hosts=frozenset({"127.0.0.1"})) as fetcher:
        yield fetcher


def test_a_page_comes_as_it_was_sent(site: Site, fetcher: Fetcher) -> None:
    body = "<meta charset=utf-8>ü".encode("latin-1")
    url = site.on("/wiki/A", answer(body=body, content_type="text/html; charset=koi8-r", etag='"1"'))
    page = fetcher.fetch(url)
    assert (page.url, page.body, page.status) == (url, body, 200)
    assert page.content_type == "text/html; charset=koi8-r", "a charset that lies is the cleaner's business"
    assert page.header("ETag") == '"1"'
    assert page.captured_at == "2001-09-09T01:46:40Z"
    assert site.asked == ["/robots.txt", "/wiki/A"]


def test_the_user_agent_names_the_contact(site: Site) -> None:
    options = SourceOptions(rate=None, contact="me@example.org")
    with Fetcher(options, named_hosts=frozenset({"127.0.0.1"})) as fetcher:
        fetcher.fetch(site.on("/a", answer()))
    assert all(agent.startswith("wikiglean/") and agent.endswith(" (+me@example.org)") for agent in site.agents)


def test_nobody_logs_in(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    options = SourceOptions(rate=None, use_environment_proxies=True)
    with Fetcher(options, named_hosts=frozenset({"127.0.0.1"})) as fetcher:
        fetcher.fetch(site.on("/a", answer()))
    assert site.logins == [None, None]


def test_no_contact_no_request_to_a_public_host() -> None:
    with Fetcher(SourceOptions(), named_hosts=frozenset({"203.0.114.1"})) as fetcher, pytest.raises(ConfigurationError):
        fetcher.fetch("http://203.0.114.1/")


@pytest.mark.parametrize(
    "behaviour",
    [
        raw(b"", hang=True),
        raw(b"HTTP/1.1 200 OK\r\n", drip=b"a"),
        raw(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 99999\r\n\r\n", drip=b"a"),
        raw(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n", drip=b"a"),
        raw(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n", drip=b"1\r\na\r\n"),
        raw(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n", drip=b"0"),
    ],
    ids=["silence", "head drips", "body drips", "body without length drips", "chunks drip", "chunk head drips"],
)
def test_the_deadline_ends_what_never_ends(site: Site, hasty: Fetcher, behaviour: Behaviour) -> None:
    url = site.on("/slow", behaviour)
    with pytest.raises(SourceUnavailable, match=r"within 0\.4 seconds"):
        hasty.fetch(url)
    assert hasty.fetch(site.on("/next", answer())).body == b"<p>page</p>", "the next page has its own time"


def test_nobody_listens(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotAllowed, match=r"robots\.txt"):
        fetcher.fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 1000\r\n\r\nhalf a page",
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n64\r\nhalf a chunk",
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-ty",
        b"",
        b"\x00\x01\x02 is this HTTP?\r\n\r\n",
    ],
    ids=["shorter than told", "inside a chunk", "a chunk of nonsense", "inside the head", "at once", "no HTTP"],
)
def test_a_cut_connection_is_no_page(site: Site, fetcher: Fetcher, head: bytes) -> None:
    with pytest.raises(SourceUnavailable):
        fetcher.fetch(site.on("/cut", raw(head)))


@pytest.mark.parametrize(("status", "gone"), [(404, False), (410, True)])
def test_missing_pages(site: Site, fetcher: Fetcher, status: int, gone: bool) -> None:
    with pytest.raises(PageMissing) as caught:
        fetcher.fetch(site.on("/a", answer(status)))
    assert caught.value.gone is gone


@pytest.mark.parametrize("status", [401, 403, 418, 500, 502, 304, 300])
def test_other_failures_name_the_status(site: Site, fetcher: Fetcher, status: int) -> None:
    with pytest.raises(SourceUnavailable, match=str(status)):
        fetcher.fetch(site.on("/a", answer(status, b"")))


def test_a_picture_is_not_downloaded(site: Site, fetcher: Fetcher) -> None:
    url = site.on("/a", raw(b"HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 99999\r\n\r\n", hang=True))
    with pytest.raises(NotAllowed) as caught:
        fetcher.fetch(url)
    assert caught.value.rule == "not a page: image/png"


def test_a_missing_type_may_be_a_page(site: Site, fetcher: Fetcher) -> None:
    page = fetcher.fetch(site.on("/a", raw(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc")))
    assert (page.body, page.content_type) == (b"abc", None)


# Size


def test_a_length_beyond_the_limit(site: Site, fetcher: Fetcher) -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 100001\r\n\r\n"
    with pytest.raises(PageTooLarge):
        fetcher.fetch(site.on("/a", raw(head, hang=True)))


def test_a_body_without_end(site: Site, fetcher: Fetcher) -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n"
    with pytest.raises(PageTooLarge):
        fetcher.fetch(site.on("/a", raw(head, drip=b"a" * 50_000)))


def test_a_gzip_bomb(site: Site, fetcher: Fetcher) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 100_000, "the limit before decompression must let it through"
    with pytest.raises(PageTooLarge):
        fetcher.fetch(site.on("/a", answer(body=bomb, content_encoding="gzip")))


def test_gzip(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(b"<p>one") + gzip.compress(b" two</p>")
    assert fetcher.fetch(site.on("/a", answer(body=packed, content_encoding="gzip"))).body == b"<p>one two</p>"


def test_a_truncated_gzip_is_no_page(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(b"<p>word</p>" * 1000)[:-9]
    with pytest.raises(SourceUnavailable):
        fetcher.fetch(site.on("/a", answer(body=packed, content_encoding="gzip")))


def test_an_encoding_that_nobody_asked_for(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(SourceUnavailable, match="br"):
        fetcher.fetch(site.on("/a", answer(content_encoding="br")))


# Pauses


def test_retry_after_in_seconds(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    url = site.on("/a", answer(429, retry_after="17"), answer())
    assert fetcher.fetch(url).status == 200
    assert sum(clock.slept) == pytest.approx(17)


def test_retry_after_as_a_date(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    later = formatdate(clock.time + 30, usegmt=True)
    assert fetcher.fetch(site.on("/a", answer(503, retry_after=later), answer())).status == 200
    assert sum(clock.slept) == pytest.approx(30)


def test_a_pause_holds_for_the_whole_host(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(TooManyRequests) as caught:
        fetcher.fetch(site.on("/a", answer(429, retry_after="86400")))
    assert caught.value.retry_after == pytest.approx(86400)
    other = site.on("/b", answer())
    with pytest.raises(TooManyRequests):
        fetcher.fetch(other)
    assert "/b" not in site.asked


@pytest.mark.parametrize("value", ["", "soon", "-5", "Mon, 99 Foo 2001 00:00:00 GMT", "9" * 400])
def test_a_retry_after_of_nonsense(site: Site, fetcher: Fetcher, value: str) -> None:
    with pytest.raises(TooManyRequests) as caught:
        fetcher.fetch(site.on("/a", answer(429, retry_after=value)))
    assert caught.value.retry_after > 0


def test_a_host_that_goes_on_refusing_is_left_alone(site: Site, fetcher: Fetcher, clock: Clock) -> None:
    with pytest.raises(TooManyRequests):
        fetcher.fetch(site.on("/a", answer(503)))
    assert 1 < site.asked.count("/a") <= 5
    assert clock.slept == sorted(clock.slept)
    assert min(clock.slept) > 0


# Redirects


def test_redirects_are_recorded(site: Site, fetcher: Fetcher) -> None:
    site.on("/b", answer(302, b"", location="c?x=%C3%BC"))
    target = site.on("/c?x=%C3%BC", answer())
    page = fetcher.fetch(site.on("/a", answer(301, b"", location="/b#part")))
    assert page.url == target
    assert page.redirects == (site.url("/a"), site.url("/b"))
    assert page.source.requested_url == site.url("/a")


@pytest.mark.parametrize("location", ["/a", "/b"])
def test_a_circle(site: Site, fetcher: Fetcher, location: str) -> None:
    site.on("/b", answer(302, b"", location="/a"))
    with pytest.raises(SourceUnavailable, match="redirects"):
        fetcher.fetch(site.on("/a", answer(302, b"", location=location)))


def test_redirects_without_end(site: Site, fetcher: Fetcher) -> None:
    for number in range(20):
        site.on(f"/{number}", answer(302, b"", location=f"/{number + 1}"))
    with pytest.raises(SourceUnavailable, match="redirects"):
        fetcher.fetch(site.url("/0"))
    assert len(site.asked) == 1 + 11, "robots.txt, the page and ten redirects"


@pytest.mark.parametrize(
    "location", ["ftp://127.0.0.1/x", "file:///etc/passwd", "javascript:alert(1)", "http://u:p@127.0.0.1/"]
)
def test_redirects_to_what_may_not_be_asked(site: Site, fetcher: Fetcher, location: str) -> None:
    with pytest.raises((NotAllowed, SourceUnavailable)):
        fetcher.fetch(site.on("/a", answer(302, b"", location=location)))
    assert site.asked == ["/robots.txt", "/a"]


@pytest.mark.parametrize("location", ["", "http://[", "http://x:99999999/"])
def test_redirects_to_nowhere(site: Site, fetcher: Fetcher, location: str) -> None:
    with pytest.raises(SourceUnavailable):
        fetcher.fetch(site.on("/a", answer(302, b"", location=location)))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0"])
def test_private_hosts_that_nobody_named_are_refused_after_a_redirect(site: Site, host: str) -> None:
    secret = site.url("/secret", host)
    url = site.on("/a", answer(302, b"", location=secret))
    site.on("/secret", answer())
    options = SourceOptions(contact="me@example.org", rate=1000)
    with (
        Fetcher(options, named_hosts=frozenset({"127.0.0.1"})) as fetcher,
        pytest.raises((NotAllowed, ConfigurationError)),
    ):
        fetcher.fetch(url)
    assert site.asked == ["/robots.txt", "/a"]


# robots.txt


def test_robots_txt_is_believed_and_asked_for_once(site: Site, fetcher: Fetcher) -> None:
    site.on("/robots.txt", answer(body=b"User-agent: *\nDisallow: /private\n", content_type="text/plain"))
    site.on("/a", answer())
    with pytest.raises(NotAllowed, match="Disallow: /private") as caught:
        fetcher.fetch(site.url("/private/x"))
    assert "/private" in caught.value.rule
    fetcher.fetch(site.url("/a"))
    assert site.asked == ["/robots.txt", "/a"]


def test_our_own_group_counts_before_all_others(site: Site, fetcher: Fetcher) -> None:
    site.on("/robots.txt", answer(body=b"User-agent: *\nDisallow: /\n\nUser-agent: Wikiglean\nDisallow: /b\n"))
    site.on("/a", answer())
    assert fetcher.fetch(site.url("/a")).status == 200
    with pytest.raises(NotAllowed):
        fetcher.fetch(site.url("/b"))


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_txt_that_fails_forbids_all(site: Site, fetcher: Fetcher, status: int) -> None:
    site.on("/robots.txt", answer(status))
    with pytest.raises((NotAllowed, TooManyRequests)):
        fetcher.fetch(site.on("/a", answer()))
    assert "/a" not in site.asked


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_txt_allows_all(site: Site, fetcher: Fetcher, status: int) -> None:
    site.on("/robots.txt", answer(status))
    assert fetcher.fetch(site.on("/a", answer())).status == 200


def test_a_redirected_robots_txt_counts(site: Site, fetcher: Fetcher) -> None:
    site.on("/robots.txt", answer(301, b"", location="/r"))
    site.on("/r", answer(body=b"User-agent: *\nDisallow: /\n"))
    with pytest.raises(NotAllowed):
        fetcher.fetch(site.on("/a", answer()))


def test_a_huge_robots_txt_is_read_as_far_as_the_standard_says(site: Site, fetcher: Fetcher) -> None:
    text = b"User-agent: *\nDisallow: /early\n" + b"#" * 79 + b"\n" * 1_000_000 + b"Disallow: /late\n"
    site.on("/robots.txt", answer(body=text))
    assert fetcher.fetch(site.on("/late", answer())).status == 200
    with pytest.raises(NotAllowed):
        fetcher.fetch(site.url("/early"))


def test_redirects_ask_robots_txt_too(site: Site, fetcher: Fetcher) -> None:
    site.on("/robots.txt", answer(body=b"User-agent: *\nDisallow: /private\n"))
    with pytest.raises(NotAllowed):
        fetcher.fetch(site.on("/a", answer(302, b"", location="/private/x")))
    assert "/private/x" not in site.asked


def test_a_crawl_delay_is_a_minimum(site: Site, clock: Clock) -> None:
    site.on("/robots.txt", answer(body=b"User-agent: *\nCrawl-delay: 12\n"))
    site.on("/a", answer())
    with Fetcher(SourceOptions(rate=1.0), named_hosts=frozenset({"127.0.0.1"}), clock=clock) as fetcher:
        fetcher.fetch(site.url("/a"))
        before = clock.time
        fetcher.fetch(site.url("/a"))
    assert clock.time - before == pytest.approx(12, abs=0.01)


def test_the_rate_holds_for_every_request(site: Site, clock: Clock) -> None:
    site.on("/a", answer())
    begun = clock.time
    with Fetcher(SourceOptions(rate=0.5), named_hosts=frozenset({"127.0.0.1"}), clock=clock) as fetcher:
        for _ in range(3):
            fetcher.fetch(site.url("/a"))
    assert clock.time - begun >= 2 * 2.0


def test_many_slow_pages_in_a_row_do_not_spend_one_deadline(site: Site, hasty: Fetcher) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.15)
        answer()(handler)

    url = site.on("/a", slow)
    assert [hasty.fetch(url).status for _ in range(4)] == [200] * 4
