# `make demo` shows the main job on bundled pages, `make test` runs the tests. Both make their own virtual environment.
PYTHON ?= python3

.PHONY: demo test lint types golden clean
demo:
	$(PYTHON) demo/run.py

test:
	$(PYTHON) tests/run.py

lint: .venv/dev
	.venv/bin/ruff check .
	.venv/bin/lint-imports

types: .venv/dev
	.venv/bin/mypy
	.venv/bin/pyright

golden: .venv/dev
	.venv/bin/python tests/golden.py --write

.venv/dev: pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --editable '.[dev]'
	touch .venv/dev

clean:
	rm -rf .venv build dist demo-corpus *.egg-info
