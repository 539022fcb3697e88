"""The corpus on disk, the JSON Schema of an article, the article as text or Markdown, and the works that it cites."""

from __future__ import annotations

from wikiglean.output.bibtex import to_bibtex
from wikiglean.output.corpus import Corpus
from wikiglean.output.manifest import Cleaning, Fetching, Manifest, Scope
from wikiglean.output.outcome import Change, CorpusStatus, Counts, Outcome, OutcomeKind, RunRecord
from wikiglean.output.render import to_markdown, to_text
from wikiglean.output.works import to_csl_json, works_of
from wikiglean.output.writer import content_digest, identifier_of

__all__ = [
    "Change",
    "Cleaning",
    "Corpus",
    "CorpusStatus",
    "Counts",
    "Fetching",
    "Manifest",
    "Outcome",
    "OutcomeKind",
    "RunRecord",
    "Scope",
    "content_digest",
    "identifier_of",
    "to_bibtex",
    "to_csl_json",
    "to_markdown",
    "to_text",
    "works_of",
]
