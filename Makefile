# make demo: install, read the bundled reports, show the record.  make test: every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install install-test demo serve test fast lint types imports docs evaluate lock clean

install: $(VENV)/.installed
install-test: $(VENV)/.installed-test

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

demo: install
	rm -f demo.db demo.db-wal demo.db-shm
	$(BIN)/coranto demo --into demo.db

serve: install
	$(BIN)/coranto serve demo.db

lint: install-test
	$(BIN)/ruff check src tests tools training
	$(BIN)/ruff format --check src tests tools training

types: install-test
	$(BIN)/mypy

imports: install-test
	$(BIN)/lint-imports --no-cache

docs: install-test
	$(BIN)/python tools/check_docs.py

evaluate: install-test
	$(BIN)/python tools/check_floors.py

test: install-test lint types imports
	$(BIN)/pytest
	$(MAKE) docs evaluate

lock:
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -c requirements.lock --extra test pyproject.toml -o requirements-test.lock

clean:
	rm -rf $(VENV) demo.db demo.db-wal demo.db-shm
