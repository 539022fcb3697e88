"""One page over HTTP, politely: robots.txt, pace, deadline, size limit, redirects by hand, addresses checked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urljoin, urlsplit

from wikiglean.capture import Capture, SourceRecord
from wikiglean.errors import (
    ConfigurationError,
    NotAllowed,
    PageMissing,
    PageTooLarge,
    SourceError,
    SourceUnavailable,
    TooManyRequests,
)
from wikiglean.scraper.address import host_of, is_public
from wikiglean.scraper.clock import Clock, SystemClock, rfc3339
from wikiglean.scraper.inflate import ACCEPT_ENCODING, joined
from wikiglean.scraper.options import SourceOptions
from wikiglean.scraper.pace import LONGEST_PAUSE, Pace, back_off, retry_after
from wikiglean.scraper.robots import MAX_ROBOTS_BYTES, Robots, RobotsAnswer, RobotsRules
from wikiglean.scraper.transport import Answer, RequestsTransport, Transport
from wikiglean.scraper.urls import normalized

__all__ = ["PAGE_TYPES", "Fetcher"]

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
"""The media types that a page can have; a body of another one is not downloaded."""

_ATTEMPTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_REDIRECTS = 5

Admit = Callable[[str], None]


@dataclass
class _Budget:
    """The seconds that are left of a page's deadline."""

    seconds: float


class Fetcher:
    """Fetches pages. Use it in a `with` statement; it holds connections."""

    def __init__(
        self,
        options: SourceOptions,
        *,
        named_hosts: frozenset[str],
        transport: Transport | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`named_hosts` are those the user named: only they may be private ones. Raises `ConfigurationError`."""
        _check(options)
        self._options = options
        self._named = frozenset(map(host_of, named_hosts))
        self._clock = clock or SystemClock()
        self._transport = transport or RequestsTransport(
            named_hosts=self._named, use_environment_proxies=options.use_environment_proxies
        )
        self._pace = Pace(options.rate, self._clock)
        self._robots = Robots(self._ask_robots, self._clock)
        self._cleared: set[str] = set()
        self._user_agent = _user_agent(options.contact)

    def __enter__(self) -> Fetcher:
        """The fetcher itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Closes the connections."""
        self._transport.close()

    def fetch(self, url: str, *, admit: Admit | None = None) -> Capture:
        """The page at `url`, or where it redirects to. `admit` is called with each redirect's target and may raise.

        Raises `PageMissing` (404, 410), `NotAllowed`, `TooManyRequests`, `PageTooLarge`, `SourceUnavailable`; and
        `ConfigurationError` where the host is a public one and no contact is known.
        """
        trail: list[str] = []
        budget = _Budget(self._options.deadline)
        here = normalized(url)
        while True:
            found = self._hop(here, url, tuple(trail), budget)
            if isinstance(found, Capture):
                return found
            trail.append(here)
            if found in trail:
                raise SourceUnavailable(f"redirects in a circle, back to {found}", url=url)
            if len(trail) > self._options.max_redirects:
                raise SourceUnavailable(f"more than {self._options.max_redirects} redirects", url=url)
            if admit is not None:
                admit(found)
            here = found

    def rules(self, url: str) -> RobotsRules:
        """What robots.txt of the host of `url` says; asked for where it is not known yet."""
        self.clear(url)
        return self._robots.rules(url)

    def waiting(self, url: str) -> float:
        """Seconds until the host of `url` may be asked again."""
        return self._pace.waiting(_host(url), self.rules(url).crawl_delay)

    def clear(self, url: str) -> None:
        """Whether `url` is one that may be asked at all, before anything is sent.

        Raises `NotAllowed` and `ConfigurationError`.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise NotAllowed("is no http or https address", url=url, rule="scheme")
        if parts.username is not None or parts.password is not None:
            raise NotAllowed("has a user name or password in the address", url=url, rule="credentials")
        host = _host(url)
        if host in self._cleared or (self._options.contact and self._options.rate is not None):
            return
        if host in self._named and self._is_private(host):
            self._cleared.add(host)
            return
        if not self._options.contact:
            raise ConfigurationError(
                f"{host}: no contact is set, and a public host is only asked with one, so that its operator can reach "
                "you; give an e-mail address or URL with --contact"
            )
        raise ConfigurationError(f"{host}: only private hosts may be asked without a rate limit; set a rate")

    def _is_private(self, host: str) -> bool:
        """Whether all addresses of `host` are private ones; an unknown name is a public host's."""
        addresses = self._transport.addresses(host, self._options.deadline)
        return bool(addresses) and not any(map(is_public, addresses))

    def _hop(self, here: str, asked: str, trail: tuple[str, ...], budget: _Budget) -> Capture | str:
        """The page at `here`, or the address it redirects to."""
        rules = self.rules(here)
        if (rule := rules.forbids(here)) is not None:
            raise NotAllowed(rule, url=here, rule=rule)
        answer = self._ask(here, rules.crawl_delay, budget)
        try:
            if answer.status in _REDIRECTS:
                return _target(answer, here)
            _check_status(answer, here)
            _check_type(answer, here)
            return self._capture(answer, here, asked, trail, budget)
        finally:
            answer.close()

    def _ask(self, url: str, crawl_delay: float, budget: _Budget) -> Answer:
        """The answer, after the pauses that the host asked for. Raises `TooManyRequests` if it goes on asking."""
        host = _host(url)
        attempt = 0
        while True:
            self._pace.take(host, crawl_delay, url=url)
            answer = self._send(url, budget)
            if answer.status not in (429, 503):
                return answer
            answer.close()
            if _header(answer, "memento-datetime"):
                raise SourceUnavailable(f"the archived answer has status {answer.status}", url=url)
            pause = self._pause(host, answer, attempt)
            attempt += 1
            if attempt == _ATTEMPTS or pause > LONGEST_PAUSE:
                raise TooManyRequests(
                    f"answers with status {answer.status}; come back in {pause:.0f} seconds",
                    url=url,
                    retry_after=pause,
                )

    def _pause(self, host: str, answer: Answer, attempt: int) -> float:
        """Pauses the whole host as it asked, or for a while; returns the seconds."""
        wanted = retry_after(_header(answer, "retry-after"), self._clock.now())
        pause = back_off(attempt) if wanted is None else wanted
        self._pace.pause(host, pause)
        return pause

    def _send(self, url: str, budget: _Budget) -> Answer:
        """One request, whose time is taken off the budget."""
        if budget.seconds <= 0:
            raise SourceUnavailable(f"no complete answer within {self._options.deadline:g} seconds", url=url)
        headers = {
            "User-Agent": self._user_agent,
            "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1",
            "Accept-Encoding": ACCEPT_ENCODING,
        }
        begun = self._clock.monotonic()
        try:
            return self._transport.send(url, headers, budget.seconds)
        finally:
            budget.seconds -= self._clock.monotonic() - begun

    def _capture(self, answer: Answer, here: str, asked: str, trail: tuple[str, ...], budget: _Budget) -> Capture:
        return Capture(
            url=here,
            body=_body(answer, self._options.max_bytes, here),
            source=SourceRecord(kind="http", requested_url=asked if asked != here else None),
            content_type=_header(answer, "content-type"),
            status=answer.status,
            headers=answer.headers,
            captured_at=rfc3339(self._clock.now()),
            redirects=trail,
        )

    def _ask_robots(self, url: str) -> RobotsAnswer:
        """The robots.txt at `url`, at most five redirects away (RFC 9309, 2.3.1.2)."""
        budget = _Budget(self._options.deadline)
        try:
            for _ in range(_ROBOTS_REDIRECTS + 1):
                self.clear(url)
                self._pace.take(_host(url), url=url)
                answer = self._send(url, budget)
                try:
                    if answer.status not in _REDIRECTS:
                        return self._robots_answer(answer, url)
                    url = _target(answer, url)
                finally:
                    answer.close()
        except SourceError as error:
            return RobotsAnswer(None, problem=error.message)
        return RobotsAnswer(None, problem=f"more than {_ROBOTS_REDIRECTS} redirects")

    def _robots_answer(self, answer: Answer, url: str) -> RobotsAnswer:
        if answer.status in (429, 503):
            self._pause(_host(url), answer, 0)
        if not 200 <= answer.status < 300:
            return RobotsAnswer(answer.status)
        return RobotsAnswer(answer.status, _head(answer, url))


def _check(options: SourceOptions) -> None:
    """Refuses settings that make no sense."""
    if options.rate is not None and not options.rate > 0:
        raise ConfigurationError(f"rate: {options.rate} is no number of requests a second; give one above 0")
    if not options.deadline > 0:
        raise ConfigurationError(f"deadline: {options.deadline} is no number of seconds; give one above 0")
    if options.max_bytes < 1:
        raise ConfigurationError(f"max_bytes: {options.max_bytes} is no size; give one above 0")
    if options.contact is not None and not options.contact.isprintable():
        raise ConfigurationError("contact: has characters that a header can't hold; give an e-mail address or URL")


def _user_agent(contact: str | None) -> str:
    from importlib.metadata import version

    name = f"wikiglean/{version('wikiglean')}"
    return f"{name} (+{contact})" if contact else name


def _host(url: str) -> str:
    return host_of(urlsplit(url).hostname or "")


def _header(answer: Answer, name: str) -> str | None:
    return next((value for key, value in answer.headers if key == name), None)


def _target(answer: Answer, here: str) -> str:
    """Where a redirect leads to."""
    location = _header(answer, "location")
    if not location:
        raise SourceUnavailable(f"redirects (status {answer.status}) to nowhere", url=here)
    # `requests` hands headers on as Latin-1, servers send addresses in UTF-8.
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return normalized(urljoin(here, location.strip()))
    except ValueError as error:
        raise SourceUnavailable(f"redirects to {location!r}, which is no address", url=here) from error


def _check_status(answer: Answer, url: str) -> None:
    """Raises the error that a status means; 2xx means none."""
    status = answer.status
    if status in (404, 410):
        raise PageMissing(f"no such page (status {status})", url=url, gone=status == 410)
    if not 200 <= status < 300:
        raise SourceUnavailable(f"answers with status {status}", url=url)


def _check_type(answer: Answer, url: str) -> None:
    """Raises `NotAllowed` for what is no page; a missing type may be one."""
    media = (_header(answer, "content-type") or "").partition(";")[0].strip().lower()
    if media and media not in PAGE_TYPES:
        raise NotAllowed(f"not a page: {media}", url=url, rule=f"not a page: {media}")


def _body(answer: Answer, limit: int, url: str) -> bytes:
    """The whole body, decoded. Raises `PageTooLarge`, before a byte of it is read where its length is told."""
    length = _header(answer, "content-length") or ""
    if length.isascii() and length.isdigit() and int(length[:18]) > limit:
        raise PageTooLarge(
            f"{int(length[:18]):,} bytes, more than {limit:,}; raise the size limit if the page is worth it", url=url
        )
    body = joined(answer.chunks(), _header(answer, "content-encoding"), limit, url=url)
    if not body and not length and not _header(answer, "transfer-encoding"):
        # Cut inside its head, an answer looks complete to `http.client`; an empty page would tell its length.
        raise SourceUnavailable("the connection was cut off before the page came", url=url)
    return body


def _head(answer: Answer, url: str) -> bytes:
    """As much of a robots.txt as is to be read; the rest of a longer one stays on the wire."""
    if _header(answer, "content-encoding"):
        return joined(answer.chunks(), _header(answer, "content-encoding"), 4 * MAX_ROBOTS_BYTES, url=url)
    parts: list[bytes] = []
    size = 0
    for chunk in answer.chunks():
        parts.append(chunk)
        size += len(chunk)
        if size >= MAX_ROBOTS_BYTES:
            break
    return b"".join(parts)[:MAX_ROBOTS_BYTES]
