"""robots.txt after RFC 9309: asked for once a host, kept for a day, and believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wikiglean.scraper.clock import Clock

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["MAX_ROBOTS_BYTES", "PRODUCT_TOKEN", "Robots", "RobotsAnswer", "RobotsRules"]

PRODUCT_TOKEN = "wikiglean"
"""What robots.txt calls us."""

MAX_ROBOTS_BYTES = 500 * 1024
"""RFC 9309, 2.5: a parser reads at least that much; what stands behind is not read."""

_KEEP = 24 * 3600.0
_KEEP_FAILURE = 600.0


@dataclass(frozen=True)
class RobotsAnswer:
    """What came of asking for a robots.txt: its text, or why there is none.

    `status` is that of the last answer, `None` without one.
    """

    status: int | None
    body: bytes = b""
    problem: str = ""


class RobotsRules:
    """What one host's robots.txt says to us."""

    def __init__(self, answer: RobotsAnswer) -> None:
        """Reads `answer`: 2xx by its text, 4xx allows all but 429, anything else forbids all."""
        self._parser: Protego | None = None
        self._text = ""
        self._forbidden: str | None = None
        status = answer.status
        if status is not None and 200 <= status < 300:
            from protego import Protego

            self._text = answer.body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", "replace")
            self._parser = Protego.parse(self._text)
        elif status is None or status == 429 or not 400 <= status < 500:
            # 429 says nothing about pages, only that the host wants to be left alone now.
            reason = answer.problem or f"it answered with status {status}"
            self._forbidden = f"robots.txt could not be had ({reason}), which forbids everything"

    @property
    def failed(self) -> bool:
        """Whether the answer was a failure of the moment."""
        return self._forbidden is not None

    @property
    def crawl_delay(self) -> float:
        """Seconds that robots.txt wants between two requests, 0 where it says nothing."""
        return (self._parser.crawl_delay(PRODUCT_TOKEN) or 0.0) if self._parser else 0.0

    def forbids(self, url: str) -> str | None:
        """The rule that forbids `url` to us, or `None`."""
        if self._forbidden is not None:
            return self._forbidden
        if self._parser is None or self._parser.can_fetch(url, PRODUCT_TOKEN):
            return None
        return f"robots.txt: {self._line(url)}"

    def _line(self, url: str) -> str:
        """The most specific `Disallow` line of our group that matches `url`; the parser does not tell which it was."""
        from protego import Protego

        lines = sorted(_disallowed(self._text), key=len, reverse=True)
        for path in lines:
            if not Protego.parse(f"User-agent: *\nDisallow: {path}").can_fetch(url, PRODUCT_TOKEN):
                return f"Disallow: {path}"
        return "Disallow"


class Robots:
    """The rules of all hosts met so far."""

    def __init__(self, get: Callable[[str], RobotsAnswer], clock: Clock) -> None:
        """`get` asks for the robots.txt at a URL."""
        self._get = get
        self._clock = clock
        self._known: dict[str, tuple[float, RobotsRules]] = {}

    def rules(self, url: str) -> RobotsRules:
        """The rules of the host of `url`, asked for where they are not known or old."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        until, rules = self._known.get(origin, (0.0, None))
        if rules is None or self._clock.monotonic() >= until:
            rules = RobotsRules(self._get(f"{origin}/robots.txt"))
            keep = _KEEP_FAILURE if rules.failed else _KEEP
            self._known[origin] = (self._clock.monotonic() + keep, rules)
        return rules


def _disallowed(text: str) -> list[str]:
    """The paths of the `Disallow` lines in the groups that name us, or else everybody."""
    groups: dict[str, list[str]] = {}
    agents: list[str] = []
    naming = False
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            agents = [*agents, value.lower()] if naming else [value.lower()]
            naming = True
            continue
        naming = False
        if key == "disallow" and value:
            for agent in agents:
                groups.setdefault(agent, []).append(value)
    return groups.get(PRODUCT_TOKEN) or groups.get("*") or []
