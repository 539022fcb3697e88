"""The one module that opens sockets: `Fetcher.fetch` gets one page, politely, within its deadline and limits."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from wikiglean.capture import Capture, SourceRecord
from wikiglean.errors import (
    ConfigurationError,
    NotAllowed,
    PageMissing,
    PageTooLarge,
    SourceUnavailable,
    TooManyRequests,
)
from wikiglean.scraper.addresses import guarded_session, is_private_host
from wikiglean.scraper.options import SourceOptions
from wikiglean.scraper.politeness import LONGEST_PAUSE, ROBOTS_LIMIT, Clock, HostManners, Robots, SystemClock, retry_after

if TYPE_CHECKING:
    import requests

__all__ = ["PRODUCT", "Fetcher"]

PRODUCT = "wikiglean"
"""Our product token, as robots.txt may name it."""
TRIES = 4
"""Requests for one page, when the host says that it is busy."""
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml", "")
_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 64 * 1024


class Fetcher:
    """Fetches pages over HTTP(S). A context manager; one for a run, for it remembers each host's manners.

    `named_hosts` are the hosts that the user named: only these may lead to private addresses.
    """

    def __init__(self, options: SourceOptions, *, named_hosts: frozenset[str], clock: Clock | None = None) -> None:
        """Sends nothing yet."""
        self._options = options
        self._named = frozenset(host.lower() for host in named_hosts)
        self._clock: Clock = clock or SystemClock()
        self._hosts: dict[str, HostManners] = {}
        self._session = guarded_session(self._named, trust_environment=options.use_environment_proxies)
        contact = f" (+{options.contact})" if options.contact else ""
        self._session.headers.clear()
        self._session.headers.update(
            {
                "User-Agent": f"{PRODUCT}/{version('wikiglean')}{contact}",
                "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
                "Accept-Encoding": "gzip, deflate",
            }
        )

    def __enter__(self) -> Fetcher:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the connections."""
        self._session.close()

    def fetch(self, url: str) -> Capture:
        """The page at a URL, redirects followed by hand and each one checked.

        Raises `PageMissing`, `NotAllowed`, `TooManyRequests`, `PageTooLarge`, `SourceUnavailable`, and
        `ConfigurationError` where a public host is asked for without a contact.
        """
        redirects: list[str] = []
        here = url
        while True:
            if len(redirects) > self._options.max_redirects or here in redirects:
                raise SourceUnavailable(f"redirects in circles ({len(redirects)} of them)", url=url)
            answer, body = self._polite_get(here)
            target = answer.headers.get("Location")
            if answer.status_code not in _REDIRECTS or not target:
                break
            redirects.append(here)
            here = urljoin(here, target).partition("#")[0]
        return Capture(
            url=here,
            body=body,
            source=SourceRecord(kind="http", requested_url=url if redirects else None),
            content_type=answer.headers.get("Content-Type"),
            status=answer.status_code,
            headers=tuple((name.lower(), value) for name, value in answer.headers.items()),
            captured_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            redirects=tuple(redirects),
        )

    # -- one request ---------------------------------------------------------------------------------------------

    def _polite_get(self, url: str) -> tuple[requests.Response, bytes]:
        manners = self._manners(url)
        robots = manners.robots or Robots()
        if not robots.allows(url, PRODUCT):
            raise NotAllowed(robots.closed or "robots.txt disallows it", url=url, rule="robots.txt")
        pause = 0.0
        for attempt in range(TRIES):
            manners.wait()
            answer, body = self._get(url, self._options.max_bytes)
            if answer.status_code not in (429, 503):
                self._check_status(answer, url)
                return answer, body
            asked = retry_after(answer.headers.get("Retry-After"))
            # an archive's copy of a refusal is no refusal
            if answer.headers.get("Memento-Datetime"):
                raise SourceUnavailable(f"the archived answer is {answer.status_code}", url=url)
            pause = asked if asked is not None else 5.0 * 2**attempt * random.uniform(0.8, 1.2)
            manners.pause(pause)
            if pause > LONGEST_PAUSE:
                break
        raise TooManyRequests(f"answers {answer.status_code}; it asks for {pause:.0f} s", url=url, retry_after=pause)

    def _check_status(self, answer: requests.Response, url: str) -> None:
        status = answer.status_code
        if status in (404, 410):
            raise PageMissing("410 gone" if status == 410 else "404 not found", url=url, gone=status == 410)
        if status >= 400:
            raise SourceUnavailable(f"the server answers {status} {answer.reason}", url=url)
        kind = (answer.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        if status < 300 and kind not in PAGE_TYPES:
            raise NotAllowed(f"is {kind}, not a page", url=url, rule=f"not a page: {kind}")

    def _get(self, url: str, limit: int) -> tuple[requests.Response, bytes]:
        """One request without manners; the body whole, or an error."""
        import requests
        import urllib3

        ends = self._clock.now() + self._options.deadline
        patience = min(self._options.deadline, 30.0)
        try:
            with self._session.get(url, stream=True, allow_redirects=False, timeout=(patience, patience)) as answer:
                kind = (answer.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
                if answer.status_code != 200 or kind not in PAGE_TYPES:
                    return answer, b""
                return answer, self._body(answer, url, limit, ends)
        except NotAllowed as error:
            raise NotAllowed(error.message, url=url, rule=error.rule) from None
        except requests.exceptions.InvalidURL as error:
            raise SourceUnavailable(f"is no URL: {error}", url=url) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise SourceUnavailable(f"no answer: {_reason(error)}", url=url) from error

    def _body(self, answer: requests.Response, url: str, limit: int, ends: float) -> bytes:
        """The body, decoded as it arrives, so that neither size nor a decompression bomb nor slowness passes a limit."""
        announced = answer.headers.get("Content-Length", "")
        if announced.isdigit() and int(announced) > limit:
            raise PageTooLarge(f"{announced} bytes, the limit is {limit}", url=url)
        parts: list[bytes] = []
        size = 0
        for part in answer.raw.stream(_CHUNK, decode_content=True):
            size += len(part)
            if size > limit:
                raise PageTooLarge(f"more than {limit} bytes", url=url)
            if self._clock.now() > ends:
                raise SourceUnavailable(f"not complete after {self._options.deadline:.0f} s", url=url)
            parts.append(part)
        return b"".join(parts)

    # -- hosts ---------------------------------------------------------------------------------------------------

    def _manners(self, url: str) -> HostManners:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if parts.scheme not in ("http", "https") or not host:
            raise NotAllowed("only http and https are fetched", url=url, rule="scheme")
        origin = f"{parts.scheme}://{parts.netloc}"
        manners = self._hosts.get(origin)
        if manners is None:
            private = host in self._named and is_private_host(host)
            if not private and not self._options.contact:
                raise ConfigurationError(
                    f"{origin}: no contact given; public hosts are asked only with one: --contact you@example.org"
                )
            rate = self._options.rate
            if rate is None and not private:
                rate = 1.0
            manners = self._hosts[origin] = HostManners(self._clock, 1.0 / rate if rate else 0.0)
            manners.robots = self._read_robots(origin, manners)
            manners.interval = max(manners.interval, manners.robots.delay(PRODUCT))
        return manners

    def _read_robots(self, origin: str, manners: HostManners) -> Robots:
        """RFC 9309 section 2.3.1: 4xx allows all, 5xx and no answer disallow all, five redirects are followed."""
        from protego import Protego

        url = origin + "/robots.txt"
        try:
            for _ in range(6):
                manners.wait()
                answer, body = self._get(url, ROBOTS_LIMIT)
                target = answer.headers.get("Location")
                if answer.status_code not in _REDIRECTS or not target:
                    break
                url = urljoin(url, target)
        except PageTooLarge:
            return Robots(closed="robots.txt is larger than 500 KiB, so it can't be known what it allows")
        except (SourceUnavailable, NotAllowed) as error:
            return Robots(closed=f"robots.txt can't be read ({error.message}), so nothing may be fetched")
        if answer.status_code >= 500 or answer.status_code == 429:
            return Robots(closed=f"robots.txt answers {answer.status_code}, so nothing may be fetched")
        if answer.status_code != 200:
            return Robots()
        return Robots(rules=Protego.parse(body.decode("utf-8", "replace")))


def _reason(error: BaseException) -> str:
    """The innermost message of an error chain: what happened, not where in the library."""
    while error.args and isinstance(error.args[-1], BaseException):
        error = error.args[-1]
    reason = getattr(error, "reason", None)
    return str(reason or error).partition("(Caused by")[0].strip() or type(error).__name__
