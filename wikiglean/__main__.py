"""`python -m wikiglean` is the `wikiglean` command."""

from __future__ import annotations

from wikiglean.cli import main

if __name__ == "__main__":
    main()
