"""What became of a page, and the sums over many: the rows that a corpus keeps and reports."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["Change", "ChangeKind", "CorpusStatus", "Counts", "Outcome", "OutcomeKind", "RunRecord"]

OutcomeKind = Literal["written", "unchanged", "skipped", "failed"]
ChangeKind = Literal["created", "updated", "restored", "failed"]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one page, exactly one of the four kinds.

    `url` is the page's address, or its path where it has none. `path` is that of the article's file in the corpus.
    `reason` says why a page was skipped or failed; `error` is the name of the error's class.
    """

    kind: OutcomeKind
    url: str
    identifier: str | None = None
    path: str | None = None
    reason: str | None = None
    error: str | None = None


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many pages came to which end."""

    written: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0

    @property
    def seen(self) -> int:
        """All pages; each has exactly one outcome, so this is the sum of the four."""
        return self.written + self.unchanged + self.skipped + self.failed


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `changes.jsonl`: something that happened to the corpus at `at` (RFC 3339, UTC) in run `run`.

    `restored` is an article whose file had gone and whose content is what it was.
    """

    run: int
    at: str
    change: ChangeKind
    identifier: str | None
    url: str | None
    path: str | None = None
    digest: str | None = None
    reason: str | None = None


class RunRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A run as the corpus remembers it; `finished` is `None` for one at work now, or one that was killed."""

    run: int
    started: str
    finished: str | None
    tool_version: str
    counts: Counts


class CorpusStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How a corpus stands: its articles, what became of every page when it was last seen, and its last run.

    `skipped` and `failures` are of pages, not of runs: a page that failed and was written later is in neither.
    """

    path: str
    sources: tuple[str, ...]
    articles: int
    pages: Counts
    skipped: dict[str, int]
    failures: tuple[Outcome, ...]
    runs: int
    last_run: RunRecord | None
