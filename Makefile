# make demo   everything set up, then the main job on corpora/articles
# make test   everything set up, then lint, types, import floors and tests
# make bench  the benchmarks; NAME=run runs one
# make lock   constraints.txt anew from the floors of pyproject.toml

VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= python3
STAMP  := $(VENV)/.installed

.PHONY: demo test lint types floors unit bench lock clean

demo: $(STAMP)
	$(BIN)/recoupe run corpora/articles --out out/demo

test: lint types floors unit

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

floors: $(STAMP)
	$(BIN)/lint-imports

unit: $(STAMP)
	$(BIN)/pytest -n 2

bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks $(NAME)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "recoupe needs Python 3.11 or newer: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

lock: $(STAMP)
	$(BIN)/python -m pip install --quiet --upgrade --editable '.[dev]'
	$(BIN)/python -m pip freeze --exclude-editable --disable-pip-version-check | grep -v ' @ ' > constraints.txt

clean:
	rm -rf $(VENV) out build dist *.egg-info
