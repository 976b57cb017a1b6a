# Every target sets up .venv by itself, once: again only when pyproject.toml or constraints.txt changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: publish test explore check dev bench clean

publish: $(READY)
	@$(BIN)/bloemlezing publish

# One process a core; each takes a gigabyte. Whoever is idle takes over half of what another has left.
test: $(READY)
	@$(BIN)/pytest -n logical --maxprocesses 8 --dist worksteal

# Property tests with new examples, and twenty times as many.
explore: $(READY)
	@EXPLORE=20 $(BIN)/pytest -m hypothesis -n logical --maxprocesses 8 --dist worksteal tests/unit

check: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m docs.check
	@$(BIN)/dagster definitions validate --workspace workspace.yaml
	@$(MAKE) --no-print-directory test

dev: $(READY)
	@$(BIN)/bloemlezing dev

bench: $(READY)
	@$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis outputs/.dagster

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "bloemlezing needs Python 3.11, 3.12 or 3.13 as $(PYTHON); name another one with: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV) (once, two minutes at most) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)
