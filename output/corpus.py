"""`Corpus`: articles in a folder, one file each, with a database of what became of every page."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import msgspec

from wikiglean.article import Article
from wikiglean.errors import CorpusError
from wikiglean.output.atomic import explained
from wikiglean.output.database import DATABASE_NAME, Database, PageRow
from wikiglean.output.manifest import Manifest, load_manifest
from wikiglean.output.outcome import CorpusStatus, Outcome
from wikiglean.output.writer import CorpusWriter

__all__ = ["Corpus"]


class Corpus:
    """The corpus in a folder; docs/corpus.md says what is in there, and what survives which mishap.

    Iterating gives its articles, sorted by path; `len` their number. Reading takes no lock and disturbs nobody.
    The first `begin`, `write` or `reject` makes the folder where there is none, takes the lock and starts a run,
    which `close` (or the end of a `with` block) ends:

        with Corpus("my-corpus") as corpus:
            corpus.write(clean(body, url))

    Methods raise `CorpusError` where the folder is no corpus or can't be used, and `CorpusLocked` where another
    process is writing to it.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Name the folder; nothing is opened yet."""
        self.path = Path(path)
        self._writer: CorpusWriter | None = None

    def __enter__(self) -> Corpus:
        """The corpus itself; leaving the block closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close, whatever happened."""
        self.close()

    def close(self) -> None:
        """End the run, if one was started, and let go of the corpus."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()

    def begin(self, manifest: Manifest | None = None) -> int:
        """Starts a run and gives its number. `manifest` goes to `corpus.toml`, its sources beside those of old."""
        if self._writer is not None:
            raise CorpusError("a run is at work already; close the corpus first", path=str(self.path))
        self._writer = CorpusWriter(self.path, manifest)
        return self._writer.run

    def write(self, article: Article) -> Outcome:
        """Puts the article into the corpus. The outcome is `written`, or `unchanged` if the very same was there.

        An article without `identifier` is known by its URL, else by the path it was read from as given, else by the
        digest of its bytes.
        """
        return self._writing().write(article)

    def reject(self, outcome: Outcome) -> Outcome:
        """Takes down that a page was skipped or failed. Gives `outcome` back."""
        return self._writing().reject(outcome)

    def written_now(self, identifier: str) -> PageRow | None:
        """The page with this identifier, if the run at work has already written it or found it unchanged."""
        return self._writing().written_now(identifier)

    def checkpoint(self) -> None:
        """Makes all pages so far outlive a power cut."""
        with explained(self.path):
            self._writing().checkpoint()

    def _writing(self) -> CorpusWriter:
        if self._writer is None:
            self.begin()
        assert self._writer is not None
        return self._writer

    def __len__(self) -> int:
        """How many articles there are."""
        with self._reading() as database:
            return database.article_count()

    def __iter__(self) -> Iterator[Article]:
        """All articles, sorted by the path of their file."""
        with self._reading() as database:
            for path in database.article_paths():
                yield self._load(path)

    def get(self, identifier: str) -> Article | None:
        """The article with this identifier, or `None` if the corpus has none."""
        with self._reading() as database:
            page = database.page(identifier)
        return self._load(page.path) if page and page.path else None

    def _load(self, path: str) -> Article:
        file = self.path / path
        try:
            with explained(file):
                return Article.from_json(file.read_bytes())
        except msgspec.MsgspecError as error:
            raise CorpusError(f"not an article ({error}); delete it and crawl again", path=str(file)) from error

    @property
    def manifest(self) -> Manifest:
        """What `corpus.toml` says. Raises `ConfigurationError` where a value in it is wrong."""
        with explained(self.path):
            return load_manifest(self.path) or Manifest()

    def status(self) -> CorpusStatus:
        """How the corpus stands."""
        with self._reading() as database:
            last_run = database.last_run()
            return CorpusStatus(
                path=str(self.path),
                sources=self.manifest.sources,
                articles=database.article_count(),
                pages=database.page_counts(),
                skipped=database.skip_reasons(),
                failures=database.failures(),
                runs=last_run.run if last_run else 0,
                last_run=last_run,
            )

    def failures(self, run: int) -> tuple[Outcome, ...]:
        """The pages that failed in this run, by URL; the first 1,000 of them."""
        with self._reading() as database:
            return database.failures(run=run)

    @contextmanager
    def _reading(self) -> Generator[Database]:
        """The writer's own connection while a run is at work, else one that only reads."""
        with explained(self.path):
            if self._writer is not None:
                yield self._writer.database
                return
            if not (self.path / DATABASE_NAME).exists():
                raise CorpusError(
                    "no corpus here; 'wikiglean crawl SOURCE --out FOLDER' makes one", path=f"{self.path}"
                )
            database = Database(self.path)
            try:
                yield database
            finally:
                database.close()
