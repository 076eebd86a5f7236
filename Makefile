# Everything a person does with this house. `make demo` and `make test` need Python 3.11 or newer, make, and nothing else.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
BIN := .venv/bin
WORKERS ?= 2

.PHONY: setup demo test lint types arch bench docs lock clean format help

setup: ## make .venv from the locked, hashed requirements
	@sh scripts/setup.sh dev

demo: ## the main job, end to end, on an invented cloud provider
	@sh scripts/setup.sh core
	@sh scripts/demo.sh

test: arch lint types ## everything that must hold: arch, lint, types, tests
	@$(BIN)/python -m tests.servers
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

arch: setup ## imports go one way through the house
	@$(BIN)/lint-imports --no-logo

lint: setup ## ruff, rules and format
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: setup ## mypy, strict, on source and tests
	@$(BIN)/mypy

bench: ## the figures of docs, measured on this machine
	@sh scripts/setup.sh bench
	@sh scripts/bench.sh

docs: setup ## the pages as HTML in site/; a dead link fails
	@$(BIN)/python scripts/pages.py

lock: setup ## resolve the dependencies again into requirements/
	@sh scripts/lock.sh

clean: ## remove everything that can be made again
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage dist build site
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

format: setup ## let ruff put the code in order
	@$(BIN)/ruff check --fix --quiet; $(BIN)/ruff format

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 10
