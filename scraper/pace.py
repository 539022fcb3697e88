"""How often a host is asked: one token bucket per host, and pauses that the host itself asks for."""

from __future__ import annotations

import random
from email.utils import parsedate_to_datetime

from wikiglean.errors import TooManyRequests
from wikiglean.scraper.clock import Clock

__all__ = ["LONGEST_PAUSE", "Pace", "back_off", "retry_after"]

LONGEST_PAUSE = 300.0
"""Seconds that a run sleeps through because a host asks for a pause; for longer ones, come back another time."""

_FIRST_BACK_OFF = 5.0
_TICK = 0.001
"""Seconds. Sleeping for less may not move a clock at all, and the loop would never end."""
_LONGEST_RETRY_AFTER = 7 * 24 * 3600.0


class Pace:
    """When each host may be asked again.

    The buckets hold one token: a wiki's server is often a small one, and nobody is in a hurry.
    """

    def __init__(self, rate: float | None, clock: Clock) -> None:
        """`rate` in requests a second and host; `None` for no limit but the host's own."""
        self._interval = 1 / rate if rate else 0.0
        self._clock = clock
        self._next: dict[str, float] = {}
        self._paused: dict[str, float] = {}

    def waiting(self, host: str, crawl_delay: float = 0.0) -> float:
        """Seconds until `host` may be asked; `crawl_delay` is the least number of seconds between two requests."""
        wanted = max(self._interval, crawl_delay)
        # The bucket was last filled for our own interval; a longer delay counts from the same request.
        ready = self._next[host] - self._interval + wanted if host in self._next else 0.0
        return max(ready - self._clock.monotonic(), self.paused(host), 0.0)

    def paused(self, host: str) -> float:
        """Seconds that are left of the pause `host` asked for."""
        return max(self._paused.get(host, 0.0) - self._clock.monotonic(), 0.0)

    def take(self, host: str, crawl_delay: float = 0.0, *, url: str) -> None:
        """Waits until `host` may be asked, and takes the token. Raises `TooManyRequests` for pauses too long."""
        if (pause := self.paused(host)) > LONGEST_PAUSE:
            raise TooManyRequests(
                f"{host} asked for a pause; come back in {pause:.0f} seconds", url=url, retry_after=pause
            )
        while (seconds := self.waiting(host, crawl_delay)) > _TICK:
            self._clock.sleep(seconds)
        self._next[host] = self._clock.monotonic() + self._interval

    def pause(self, host: str, seconds: float) -> None:
        """Nobody asks `host` for `seconds`."""
        self._paused[host] = max(self._paused.get(host, 0.0), self._clock.monotonic() + seconds)


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds from a `Retry-After` header, which is a number of them or a date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), _LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return min(max(moment - now, 0.0), _LONGEST_RETRY_AFTER)


def back_off(attempt: int) -> float:
    """Seconds to wait after the failed `attempt` (from 0), with jitter, so that several runs don't come in step."""
    return _FIRST_BACK_OFF * float(1 << attempt) * random.uniform(1.0, 1.5)
