"""Manners: robots.txt, one token bucket a host, pauses that a host asks for.

RFC 9309 (robots.txt), RFC 9110 section 10.2.3 (`Retry-After`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["Clock", "HostManners", "Robots", "SystemClock", "retry_after"]

ROBOTS_LIMIT = 500 * 1024
"""Bytes of robots.txt that are read; RFC 9309 section 2.5 asks for 500 KiB at least."""
LONGEST_PAUSE = 3600.0
"""Seconds. A host that asks for more is given up for this run."""


class Clock(Protocol):
    """The time, and waiting; tests bring their own."""

    def now(self) -> float:
        """Seconds that never go back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Waits."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Waits."""
        time.sleep(seconds)


@dataclass(slots=True)
class Robots:
    """A host's robots.txt as read: `rules` is `None` where all is allowed, or where nothing is (`closed`)."""

    rules: Protego | None = None
    closed: str | None = None

    def allows(self, url: str, agent: str) -> bool:
        """Whether the URL may be fetched."""
        if self.closed is not None:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """Seconds between requests that the file asks for; 0 where it asks for none."""
        return float(self.rules.crawl_delay(agent) or 0) if self.rules is not None else 0.0


@dataclass(slots=True)
class HostManners:
    """One host's token bucket of one token, and the pause that it asked for."""

    clock: Clock
    interval: float
    free_at: float = field(default=0.0)
    robots: Robots | None = None

    def wait(self) -> None:
        """Waits for the turn of the next request, and takes it."""
        now = self.clock.now()
        if self.free_at > now:
            self.clock.sleep(self.free_at - now)
        self.free_at = max(now, self.free_at) + self.interval

    def pause(self, seconds: float) -> None:
        """The whole host rests."""
        self.free_at = max(self.free_at, self.clock.now() + seconds)


def retry_after(value: str | None, wall_clock: Callable[[], float] = time.time) -> float | None:
    """Seconds that a `Retry-After` header asks for, written as seconds or as a date; `None` where it can't be read."""
    if not value:
        return None
    value = value.strip()
    if value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - wall_clock())
    except (ValueError, TypeError, OverflowError):
        return None
