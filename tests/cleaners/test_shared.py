"""Floors for the figures on the labelled real pages. Raised when a figure rises; lowered only with a reason."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.shared, pytest.mark.slow]

EXACT = ("title", "without", "accounted", "references", "citations", "samples", "places")
FLOORS = {
    # two labels want the words of a note in the text, one a heading over nothing but notes, one a table of one column
    "": {**dict.fromkeys(EXACT, 0.999), "with": 0.997, "sections": 0.998, "tables": 0.99, "worst_engine": 0.985},
    "mediawiki": {**dict.fromkeys(EXACT, 0.999), "with": 0.999, "sections": 0.998, "tables": 0.999},
    "drupal": {**dict.fromkeys(EXACT, 0.999), "with": 0.999, "sections": 0.999, "tables": 0.999},
}
CEILINGS = {
    "": {"doubled": 0.0005, "invented": 0.0001, "strange": 0.0006},
    # Parsoid's categories are known from the head alone
    "mediawiki": {"doubled": 0.001, "invented": 0.0, "strange": 0.002},
    "drupal": {"doubled": 0.0, "invented": 0.0, "strange": 0.0},
}
UNKNOWN = {"dokuwiki": 0.97, "moinmoin": 0.97, "trac": 0.97, "pmwiki": 0.97, "mediawiki": 0.94, "wikidot": 0.9}
"""The mean of title, sections, with and without where an engine's profile is switched off."""


def figures_of(shared: Path, *options: str) -> dict[str, float]:
    command = [sys.executable, str(shared / "tools" / "score.py"), *options, "--json"]
    run = subprocess.run(command, cwd=shared, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    figures: dict[str, float] = json.loads(run.stdout)
    assert figures["pages"] > 0
    assert figures["raised"] == 0
    return figures


@pytest.mark.parametrize("engine", FLOORS, ids=lambda engine: engine or "all")
def test_figures_do_not_fall(shared: Path, engine: str) -> None:
    figures = figures_of(shared, *(("--engine", engine) if engine else ()))
    fallen = {name: (figures[name], floor) for name, floor in FLOORS[engine].items() if figures[name] < floor}
    assert fallen == {}
    risen = {name: (figures[name], limit) for name, limit in CEILINGS[engine].items() if figures[name] > limit}
    assert risen == {}


@pytest.mark.parametrize("engine", UNKNOWN)
def test_pages_are_clean_without_their_profile(shared: Path, engine: str) -> None:
    figures = figures_of(shared, "--without-profile", engine)
    assert statistics.mean(figures[name] for name in ("title", "sections", "with", "without")) >= UNKNOWN[engine]
