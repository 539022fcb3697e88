"""The one process that changes a corpus: its lock, its run, and the order in which a page gets on the disk."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

from wikiglean.article import Article
from wikiglean.errors import CorpusError
from wikiglean.output.atomic import PARTIAL_NAME, explained, make_folder, write_atomically
from wikiglean.output.changes import CHANGES_NAME, ChangeLog
from wikiglean.output.database import DATABASE_NAME, Database, PageRow
from wikiglean.output.filenames import article_path
from wikiglean.output.lock import LOCK_NAME, CorpusLock
from wikiglean.output.manifest import MANIFEST_NAME, Manifest, load_manifest, save_manifest
from wikiglean.output.outcome import Change, ChangeKind, Outcome, OutcomeKind

__all__ = ["ARTICLES_FOLDER", "CorpusWriter", "content_digest", "identifier_of"]

ARTICLES_FOLDER = "articles"

# What a power cut may cost, in seconds of work. A checkpoint syncs two files, about what one article costs.
_CHECKPOINT_SECONDS = 5.0

_OURS = frozenset({LOCK_NAME, MANIFEST_NAME, DATABASE_NAME, CHANGES_NAME, ARTICLES_FOLDER, PARTIAL_NAME, "captures"})


def identifier_of(article: Article) -> str:
    """What tells the article from all others of a corpus: its identifier, else where it was read from.

    That is its URL, the path of its file as given, or `sha256:` and the digest of the bytes it was made of.
    """
    known = article.identifier or article.url or article.provenance.source_path
    return known or f"sha256:{article.provenance.sha256 or content_digest(article)}"


def content_digest(article: Article) -> str:
    """SHA-256, in hexadecimal, of the article's JSON without `provenance`, which changes with every fetch."""
    fields = article.to_dict()
    del fields["provenance"]
    return hashlib.sha256(msgspec.json.encode(fields)).hexdigest()


class CorpusWriter:
    """A run at work on the corpus in `folder`. All methods raise `CorpusError` where the disk doesn't let them."""

    def __init__(self, folder: Path, manifest: Manifest | None = None) -> None:
        """Make the corpus where there is none, lock it, undo what a killed run left half done, start a run."""
        self._folder = folder
        with explained(folder):
            _check_is_corpus(folder)
            make_folder(folder / ARTICLES_FOLDER)
            self._lock = CorpusLock(folder)
            try:
                self._open(manifest)
            except BaseException:
                self._lock.release()
                raise
        self._checkpointed = time.monotonic()

    def _open(self, manifest: Manifest | None) -> None:
        _settle_manifest(self._folder, manifest)
        for partial in self._folder.glob(f"{ARTICLES_FOLDER}/*/{PARTIAL_NAME}"):
            partial.unlink()
        self.database = Database(self._folder, writable=True)
        self._changes = ChangeLog(self._folder, self.database.length(CHANGES_NAME) or 0)
        with self.database.transaction():
            self.run = self.database.start_run(_now(), version("wikiglean"))

    def write(self, article: Article) -> Outcome:
        """Puts the article into the corpus, unless the very same is there already."""
        identifier, digest, now = identifier_of(article), content_digest(article), _now()
        url = article.url or article.provenance.source_path or identifier
        known = self.database.page(identifier)
        path = (known and known.path) or article_path(identifier, article.title, article.url)
        there = known is not None and known.digest == digest and (self._folder / path).exists()
        kind: OutcomeKind = "unchanged" if there else "written"
        outcome = Outcome(kind=kind, url=url, identifier=identifier, path=path)
        with self._page():
            if not there:
                self._write_file(path, article)
                self._log(_change(known, digest), outcome, digest=digest, at=now)
            self.database.put_article(outcome, digest=digest, at=now, run=self.run)
        return outcome

    def reject(self, outcome: Outcome) -> Outcome:
        """Takes down that a page was skipped or failed; an article that it had before stays in the corpus."""
        now = _now()
        with self._page():
            if outcome.kind == "failed":
                self._log("failed", outcome, digest=None, at=now)
            self.database.put_rejection(outcome, at=now, run=self.run)
        return outcome

    def written_now(self, identifier: str) -> PageRow | None:
        """The page with this identifier, if this run has already been there."""
        with explained(self._folder):
            known = self.database.page(identifier)
        return known if known and known.written_in == self.run else None

    @contextmanager
    def _page(self) -> Generator[None]:
        """One page, one commit: the file first, its line of the changes next, the row that vouches for both last."""
        start = self._changes.length
        with explained(self._folder):
            try:
                with self.database.transaction():
                    yield
                    self.database.put_length(CHANGES_NAME, self._changes.length)
            except BaseException:
                self._changes.cut(start)
                raise
            if time.monotonic() - self._checkpointed >= _CHECKPOINT_SECONDS:
                self.checkpoint()

    def _write_file(self, path: str, article: Article) -> None:
        target = self._folder / path
        make_folder(target.parent)
        write_atomically(target, article.to_json().encode() + b"\n")

    def _log(self, change: ChangeKind, outcome: Outcome, *, digest: str | None, at: str) -> None:
        self._changes.append(
            Change(
                run=self.run,
                at=at,
                change=change,
                identifier=outcome.identifier,
                url=outcome.url,
                path=outcome.path,
                digest=digest,
                reason=outcome.reason,
            )
        )

    def checkpoint(self) -> None:
        """Makes all pages so far outlive a power cut. Happens by itself every few seconds."""
        # In this order: the database must never vouch for lines that are not on the disk.
        self._changes.sync()
        self.database.checkpoint()
        self._checkpointed = time.monotonic()

    def close(self) -> None:
        """Ends the run, makes all of it outlive a power cut, and lets go of the corpus."""
        try:
            with explained(self._folder):
                with self.database.transaction():
                    self.database.finish_run(self.run, _now())
                self.checkpoint()
        finally:
            self._changes.close()
            self.database.close()
            self._lock.release()


def _check_is_corpus(folder: Path) -> None:
    """Refuses to spread a corpus over somebody's home folder. Raises `CorpusError`."""
    if not folder.is_dir():
        return
    names = {entry.name for entry in folder.iterdir()}
    if names and not names & _OURS:
        raise CorpusError("this folder has other things in it; name a new folder, or an empty one", path=str(folder))


def _settle_manifest(folder: Path, manifest: Manifest | None) -> None:
    """Writes `corpus.toml` where what it says has changed. A file that says the same keeps its author's comments."""
    older = load_manifest(folder)
    if manifest is None and older is not None:
        return
    settled = msgspec.structs.replace(manifest or Manifest(), tool_version=version("wikiglean"))
    settled = settled.with_sources_of(older) if older else settled
    if settled != older:
        save_manifest(folder, settled)


def _change(known: PageRow | None, digest: str) -> ChangeKind:
    if known is None or known.digest is None:
        return "created"
    return "restored" if known.digest == digest else "updated"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
