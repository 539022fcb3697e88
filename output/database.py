"""`corpus.db`: which pages there are, what became of them, and how much of the other files is true."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from wikiglean.errors import CorpusError
from wikiglean.output.outcome import Counts, Outcome, OutcomeKind, RunRecord

__all__ = ["DATABASE_NAME", "MIGRATIONS", "Database", "PageRow"]

DATABASE_NAME = "corpus.db"

# One script a version; PRAGMA user_version counts how many a database has been through. Never change one, add one.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE pages (
        identifier TEXT PRIMARY KEY,
        url TEXT,
        path TEXT UNIQUE,
        digest TEXT,
        outcome TEXT NOT NULL CHECK (outcome IN ('written', 'unchanged', 'skipped', 'failed')),
        reason TEXT,
        error TEXT,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        last_changed TEXT,
        run INTEGER NOT NULL REFERENCES runs (run)
    );
    CREATE INDEX pages_url ON pages (url);
    CREATE TABLE runs (
        run INTEGER PRIMARY KEY,
        started TEXT NOT NULL,
        finished TEXT,
        tool_version TEXT NOT NULL,
        written INTEGER NOT NULL DEFAULT 0,
        unchanged INTEGER NOT NULL DEFAULT 0,
        skipped INTEGER NOT NULL DEFAULT 0,
        failed INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE lengths (file TEXT PRIMARY KEY, length INTEGER NOT NULL);
    """,
)


class PageRow(msgspec.Struct, frozen=True):
    """What the corpus knows of a page; `path` and `digest` are `None` where no article was ever written."""

    identifier: str
    url: str | None
    path: str | None
    digest: str | None
    outcome: OutcomeKind
    run: int

    @property
    def written_in(self) -> int | None:
        """The run that last saw the article, or `None` where that run rejected the page."""
        return self.run if self.outcome in ("written", "unchanged") else None


_PAGE = "SELECT identifier, url, path, digest, outcome, run FROM pages"


class Database:
    """A connection to `corpus.db`. Methods that change it belong inside `transaction`."""

    def __init__(self, folder: Path, *, writable: bool = False) -> None:
        """Open the database of the corpus in `folder`; a writer makes it, or brings it up to date."""
        self.path = folder / DATABASE_NAME
        self._connection = self._open_writable() if writable else self._open_readable()
        known, found = len(MIGRATIONS), self._version()
        if found > known:
            self.close()
            raise CorpusError(
                f"this corpus was written by a newer wikiglean (database version {found}, known here: {known}); "
                "upgrade wikiglean",
                path=str(folder),
            )

    def _open_writable(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        # Checkpoints are ours to time: changes.jsonl has to be on the disk before the rows that vouch for it.
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        done = int(connection.execute("PRAGMA user_version").fetchone()[0])
        for version, script in enumerate(MIGRATIONS[done:], done + 1):
            connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {version}; COMMIT;")
        return connection

    def _open_readable(self) -> sqlite3.Connection:
        """A reader needs to write beside the database (WAL), except where nobody can: on a read-only disk."""
        address = f"{self.path.resolve().as_uri()}?mode=ro"
        connection = sqlite3.connect(address, uri=True, isolation_level=None)
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            log = self.path.with_name(self.path.name + "-wal")
            if log.exists() and log.stat().st_size:
                raise
            connection = sqlite3.connect(f"{address}&immutable=1", uri=True, isolation_level=None)
        return connection

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All that happens inside, or none of it."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            # A full disk makes SQLite roll back on its own.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def checkpoint(self) -> None:
        """Moves what was committed into the database itself, on the disk; as far as readers let it."""
        self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def page(self, identifier: str) -> PageRow | None:
        """The page with this identifier."""
        row = self._connection.execute(f"{_PAGE} WHERE identifier = ?", (identifier,)).fetchone()
        return PageRow(*row) if row else None

    def page_at(self, url: str) -> PageRow | None:
        """The page at this address; one with an article, where there are several."""
        row = self._connection.execute(f"{_PAGE} WHERE url = ? ORDER BY path IS NULL LIMIT 1", (url,)).fetchone()
        return PageRow(*row) if row else None

    def article_paths(self) -> Iterator[str]:
        """The paths of all articles, sorted; what is written meanwhile is not among them."""
        for (path,) in self._connection.execute("SELECT path FROM pages WHERE path IS NOT NULL ORDER BY path"):
            yield path

    def article_count(self) -> int:
        """How many articles there are."""
        return int(self._connection.execute("SELECT count(path) FROM pages").fetchone()[0])

    def put_article(self, outcome: Outcome, *, digest: str, at: str, run: int) -> None:
        """The row of a page with an article; forgets that its address had ended without one before."""
        self._connection.execute("DELETE FROM pages WHERE url = ? AND path IS NULL", (outcome.url,))
        changed = at if outcome.kind == "written" else None
        self._connection.execute(
            "INSERT INTO pages (identifier, url, path, digest, outcome, first_seen, last_seen, last_changed, run)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (identifier) DO UPDATE SET url = excluded.url,"
            " path = excluded.path, digest = excluded.digest, outcome = excluded.outcome, reason = NULL, error = NULL,"
            " last_seen = excluded.last_seen, last_changed = coalesce(excluded.last_changed, last_changed),"
            " run = excluded.run",
            (outcome.identifier, outcome.url, outcome.path, digest, outcome.kind, at, at, changed, run),
        )
        self._count(outcome.kind, run)

    def put_rejection(self, outcome: Outcome, *, at: str, run: int) -> None:
        """The row of a page that was skipped or failed; an article that it had before stays."""
        known = self.page_at(outcome.url)
        if not (known and known.written_in == run):
            self._connection.execute(
                "INSERT INTO pages (identifier, url, outcome, reason, error, first_seen, last_seen, run)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (identifier) DO UPDATE SET outcome = excluded.outcome,"
                " reason = excluded.reason, error = excluded.error, last_seen = excluded.last_seen, run = excluded.run",
                (
                    known.identifier if known else outcome.url,
                    outcome.url,
                    outcome.kind,
                    outcome.reason,
                    outcome.error,
                    at,
                    at,
                    run,
                ),
            )
        self._count(outcome.kind, run)

    def _count(self, kind: OutcomeKind, run: int) -> None:
        self._connection.execute(f"UPDATE runs SET {kind} = {kind} + 1 WHERE run = ?", (run,))

    def start_run(self, at: str, tool_version: str) -> int:
        """A new run's number."""
        sql = "INSERT INTO runs (started, tool_version) VALUES (?, ?)"
        return self._connection.execute(sql, (at, tool_version)).lastrowid or 0

    def finish_run(self, run: int, at: str) -> None:
        """Marks the run as ended in good order."""
        self._connection.execute("UPDATE runs SET finished = ? WHERE run = ?", (at, run))

    def last_run(self) -> RunRecord | None:
        """The newest run; its number is also the number of runs, since none is ever deleted."""
        sql = "SELECT run, started, finished, tool_version, written, unchanged, skipped, failed FROM runs"
        row = self._connection.execute(f"{sql} ORDER BY run DESC LIMIT 1").fetchone()
        if row is None:
            return None
        counts = Counts(written=row[4], unchanged=row[5], skipped=row[6], failed=row[7])
        return RunRecord(run=row[0], started=row[1], finished=row[2], tool_version=row[3], counts=counts)

    def page_counts(self) -> Counts:
        """How many pages came to which end when they were last seen."""
        found: dict[str, int] = dict(self._connection.execute("SELECT outcome, count(*) FROM pages GROUP BY outcome"))
        return Counts(**found)

    def skip_reasons(self) -> dict[str, int]:
        """How many pages were skipped for what, most frequent first; details behind a colon are left out."""
        sql = (
            "SELECT CASE instr(reason, ': ') WHEN 0 THEN reason ELSE substr(reason, 1, instr(reason, ': ') - 1) END,"
            " count(*) FROM pages WHERE outcome = 'skipped' GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return dict(self._connection.execute(sql))

    def failures(self, *, run: int | None = None, limit: int = 1000) -> tuple[Outcome, ...]:
        """The pages that failed when they were last seen, or those of them that failed in `run`."""
        sql = "SELECT identifier, url, path, reason, error FROM pages WHERE outcome = 'failed'"
        rows = self._connection.execute(f"{sql} AND run = ifnull(?, run) ORDER BY url LIMIT ?", (run, limit))
        return tuple(
            Outcome(kind="failed", identifier=row[0], url=row[1], path=row[2], reason=row[3], error=row[4])
            for row in rows
        )

    def length(self, file: str) -> int | None:
        """How many bytes of `file` are true, or `None` where it was never written."""
        row = self._connection.execute("SELECT length FROM lengths WHERE file = ?", (file,)).fetchone()
        return int(row[0]) if row else None

    def put_length(self, file: str, length: int) -> None:
        """Vouches for the first `length` bytes of `file`."""
        sql = "INSERT INTO lengths VALUES (?, ?) ON CONFLICT (file) DO UPDATE SET length = excluded.length"
        self._connection.execute(sql, (file, length))
