"""Floors for the figures on the labelled real pages. Raised when a figure rises; lowered only with a reason."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.shared, pytest.mark.slow]

EXACT = ("title", "with", "without", "accounted", "tables", "references", "citations", "samples", "places")
FLOORS = {
    "mediawiki": {**dict.fromkeys(EXACT, 0.999), "sections": 0.998, "worst_engine": 0.999},
    "drupal": {**dict.fromkeys(EXACT, 0.999), "sections": 0.999, "worst_engine": 0.999},
}
CEILINGS = {
    "mediawiki": {"doubled": 0.001, "invented": 0.0, "strange": 0.002},
    "drupal": {"doubled": 0.0, "invented": 0.0, "strange": 0.0},
}


@pytest.mark.parametrize("engine", FLOORS)
def test_figures_do_not_fall(shared: Path, engine: str) -> None:
    command = [sys.executable, str(shared / "tools" / "score.py"), "--engine", engine, "--json"]
    run = subprocess.run(command, cwd=shared, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert figures["pages"] > 0
    assert figures["raised"] == 0
    fallen = {name: (figures[name], floor) for name, floor in FLOORS[engine].items() if figures[name] < floor}
    assert fallen == {}
    risen = {name: (figures[name], limit) for name, limit in CEILINGS[engine].items() if figures[name] > limit}
    assert risen == {}
