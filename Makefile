# On a fresh machine: Python 3.11 or newer and make. `make demo` sets everything up in .venv and shows the program.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off
READY := $(VENV)/.ready
READY_TO_TEST := $(VENV)/.ready-to-test
# one more than there are processors: tests in a browser wait for much of their time
WORKERS = $(shell $(PYTHON) -c 'import os; print(min(8, (os.cpu_count() or 1) + 1))')

.DEFAULT_GOAL := help
.PHONY: help demo demo-large test fuzz check docs faults clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(READY) ## Set up, link 400 invented reports and open the dashboard
	$(BIN)/linkage demo

demo-large: $(READY) ## The same with 3,000 invented reports
	$(BIN)/linkage demo --large

# one thread for each worker: more threads than there are processors would wait for each other
# whole files to a worker, in the order of tests/conftest.py: what the tests of a file share is made once
# byte code is written even where Python is told not to: each worker would compile all tests again in every run
test: $(READY_TO_TEST) ## Run the tests
	PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# hours, with other draws each time; what is found is kept as a line of tests/intake/fuzz/found.jsonl
fuzz: $(READY_TO_TEST) ## Read invented hostile files and texts for hours
	LINKAGE_FUZZ_EXAMPLES=$${LINKAGE_FUZZ_EXAMPLES:-20000} OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 tests/intake/fuzz

check: $(READY_TO_TEST) ## Check style, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy

docs: $(READY_TO_TEST) ## Build the documentation into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

faults: requirements.lock requirements-test.lock ## Ask the package index for known faults of what is pinned (needs the network)
	$(PYTHON) -m venv build/faults
	build/faults/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	build/faults/bin/pip-audit --no-deps --disable-pip --strict --requirement requirements-test.lock

clean: ## Take away the environment and everything that was built
	rm -rf $(VENV) build dist site *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# what pip prints is shown: it takes minutes, and a silent program looks as if it hung
# compileall: where Python is told to write no byte code, every start of the program would compile it all again
# --no-build-isolation: the build tools are pinned in the lock file too, so nothing unpinned is fetched
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing $$(grep -c == requirements.lock) packages into $(VENV): a few minutes, the first time only."
	$(PIP) -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q linkage dashboard
	touch $@

$(READY_TO_TEST): $(READY) requirements-test.lock
	@echo "Installing what the tests need: $$(grep -c == requirements-test.lock) packages more."
	$(PIP) -r requirements-test.lock
	touch $@
