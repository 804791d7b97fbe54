# The two commands are `make run` and `make test`; both install first what is missing (scripts/setup.sh).
PYTHON_IN := .venv/bin/python
DB        ?= out/vanban.duckdb
WORKERS   ?= auto
# The papers alone: beside each lie its gold record and gold text, which are not to be read.
SAMPLES   := $(wildcard samples/*/scan.* samples/aside/*/scan.*)
export OMP_THREAD_LIMIT = 1

.DEFAULT_GOAL := help
.PHONY: help run test test-fast check lint format-check types lock setup setup-run clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

run: setup-run ## read samples/ into out/vanban.duckdb and show what was found
	@mkdir -p $(dir $(DB))
	@echo "reading $(words $(SAMPLES)) papers of samples/ into $(DB)"
	@$(PYTHON_IN) cli.py ingest $(SAMPLES) --db $(DB) --show

test: setup ## all tests
	$(PYTHON_IN) -m pytest -n $(WORKERS)

test-fast: setup ## the tests that need no Tesseract and little time
	$(PYTHON_IN) -m pytest -n $(WORKERS) -m "not slow"

check: lint format-check types ## formatting, rules and types

lint: setup
	$(PYTHON_IN) -m ruff check .

format-check: setup
	$(PYTHON_IN) -m ruff format --check .

types: setup
	$(PYTHON_IN) -m mypy --strict schemas normalizers extractors scripts
	$(PYTHON_IN) -m mypy

lock: ## pin the requirements anew from pyproject.toml
	@sh scripts/lock.sh

setup: # what testing needs, too
	@sh scripts/setup.sh test

setup-run:
	@sh scripts/setup.sh run

clean: ## remove what was made here: environment, caches, output
	rm -rf .venv .work out .pytest_cache .mypy_cache .ruff_cache .hypothesis
