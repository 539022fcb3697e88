"""Runs the tests in the project's own virtual environment: `python3 tests/run.py [pytest's arguments]`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "demo"))

from environment import prepared_python  # type: ignore[import-not-found]  # noqa: E402


def main() -> int:
    """pytest's exit code."""
    python = prepared_python("test")
    return subprocess.run([python, "-m", "pytest", *sys.argv[1:]], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
