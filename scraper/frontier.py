"""The pages that a crawl has still to visit, and those it has met."""

from __future__ import annotations

from collections import deque

__all__ = ["Frontier"]


class Frontier:
    """A queue of URLs, first in first out, each URL once for ever. It lives in memory."""

    def __init__(self) -> None:
        """Nothing met, nothing to visit."""
        self._met: set[str] = set()
        self._visited: set[str] = set()
        self._queue: deque[tuple[str, int]] = deque()

    def __len__(self) -> int:
        """How many URLs wait."""
        return len(self._queue)

    def add(self, url: str, depth: int) -> bool:
        """Queues `url`, `depth` links away from the start; says whether it was new."""
        if url in self._met:
            return False
        self._met.add(url)
        self._queue.append((url, depth))
        return True

    def settle(self, url: str) -> None:
        """`url` need not be visited: it is the same as a page that was, or no page."""
        self._met.add(url)

    def met(self, url: str) -> bool:
        """Whether `url` was queued or settled before."""
        return url in self._met

    def visit(self, url: str) -> bool:
        """A redirect has led to `url`, which need not be visited any more; says whether it had not been."""
        new = url not in self._visited
        self._met.add(url)
        self._visited.add(url)
        return new

    def take(self) -> tuple[str, int] | None:
        """The next URL and its depth, `None` when all is done."""
        while self._queue:
            url, depth = self._queue.popleft()
            if self.visit(url):
                return url, depth
        return None
