"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The labelled real pages, which stand beside some checkouts and never in the repository."""
    folder = ROOT.parent / "shared"
    if not (folder / "tools" / "score.py").exists():
        pytest.skip("the labelled real pages (../shared) are not on this machine")
    return folder
