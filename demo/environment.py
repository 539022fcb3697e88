"""The project's own virtual environment, for machines on which nothing is installed but Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def prepared_python(extra: str = "") -> str:
    """The Python of `.venv`, made and filled if need be; `extra` is an extra of pyproject.toml."""
    folder = ROOT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(folder)], check=False)
        if made.returncode:
            sys.exit("Python can't make a virtual environment here. On Debian and Ubuntu: apt install python3-venv")
    wanted = f".[{extra}]" if extra else "."
    stamp = folder / f"installed-{extra or 'wikiglean'}"
    if not stamp.exists() or stamp.stat().st_mtime < (ROOT / "pyproject.toml").stat().st_mtime:
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", wanted]
        if subprocess.run(install, cwd=ROOT, check=False).returncode:
            sys.exit("The packages that wikiglean needs could not be installed; see the lines above.")
        stamp.touch()
    return str(python)
