"""Time as the scraper sees it: a small thing, so that a test can hand in another."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol

__all__ = ["Clock", "SystemClock", "rfc3339"]


class Clock(Protocol):
    """Tells the time and lets it pass."""

    def monotonic(self) -> float:
        """Seconds from some fixed moment; never goes back."""
        ...

    def now(self) -> float:
        """Seconds of Unix time."""
        ...

    def sleep(self, seconds: float) -> None:
        """Comes back after `seconds`."""
        ...


class SystemClock:
    """The machine's own clock."""

    def monotonic(self) -> float:
        """Seconds from some fixed moment."""
        return time.monotonic()

    def now(self) -> float:
        """Seconds of Unix time."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Comes back after `seconds`."""
        time.sleep(seconds)


def rfc3339(timestamp: float) -> str:
    """Unix time as an RFC 3339 date and time in UTC, to the second."""
    return datetime.fromtimestamp(int(timestamp), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
