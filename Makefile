# Everything a person types. `make` prints this help from the comments behind the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8470
DATA ?= .platen
BIN := .venv/bin
PYTHON := $(shell for name in python3.11 python3.12 python3.13 python3.14 python3; do \
	command -v $$name >/dev/null && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)
# The person who runs `make` with a database of their own keeps it out of the tests: those read TEST_DATABASE_URL.
PYTEST := env -u DATABASE_URL -u DATABASE_OWNER_URL -u DATABASE_DIRECT_URL $(BIN)/pytest

.PHONY: help up doctor setup page test check fix contract rules breaks migration lock clean

help: ## print this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

up: setup page ## set everything up and run it: database, sandboxes, API, worker, page, demo data (PORT=8470, DATA=.platen)
	@exec $(BIN)/python -m api.cli up --port $(PORT) --data $(DATA)

doctor: .venv/ready ## examine what `make up` runs: what is wrong, and what to do
	@$(BIN)/python -m api.cli doctor --data $(DATA) --port $(PORT)

setup: .venv/ready ## the Python side: a virtual environment with pinned, hashed packages

page: frontend/dist/index.html ## the browser side: the built single-page app

test: .venv/ready-dev page ## every test, the browser's and the walk by curl included (TEST_DATABASE_URL uses a server of yours)
	@bash .ci/find-chromium >/dev/null
	@$(PYTEST) -q -n 2 --dist loadfile
	@cd frontend && npm run --silent test
	@bash .ci/e2e
	@bash .ci/walk

check: ## what CI runs: linters, types, contract, all tests on two PostgreSQL versions, the journey by curl; minutes per stage
	@bash .ci/check

fix: .venv/ready-dev ## format, and fix what can be fixed
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix . && cd frontend && npm run --silent fix

contract: .venv/ready-dev ## write openapi/openapi.json from the code, and the page's client from it
	@$(BIN)/python -m api.cli openapi && cd frontend && npm run --silent client

rules: .venv/ready-dev ## write docs/rules.md: each rule, its tests, and the break that turns them red
	@$(BIN)/python -m tests.make.rules

breaks: .venv/ready-dev ## plant each break of tests/house/breaks.toml in a copy, and see its tests turn red
	@$(BIN)/python -m tests.make.breaks $(RULES)

migration: .venv/ready-dev ## a new migration: make migration m="orders add version"
	@test -n "$(m)" || { echo 'Say what it does: make migration m="orders add version"'; exit 1; }
	@$(BIN)/alembic revision --autogenerate -m "$(m)"

lock: .venv/ready-dev ## compile the requirements from pyproject.toml, with hashes
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 --universal pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 --universal pyproject.toml --extra demo -c requirements.txt -o requirements-demo.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 --universal pyproject.toml --extra demo --extra dev -c requirements-demo.txt -o requirements-dev.txt

clean: ## remove what was built (the demo's data stays in .platen)
	@rm -rf .venv frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Platen needs Python 3.11 or newer, with its venv module. Install it (Debian: apt-get install python3 python3-venv) and run make again."; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python's venv module is missing. Install it (Debian: apt-get install python3-venv) and run make again."; exit 1; }

.venv/ready: requirements-demo.txt | .venv/bin/python
	@echo "Installing the Python packages ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --root-user-action=ignore --require-hashes -r requirements-demo.txt
	@touch $@

.venv/ready-dev: requirements-dev.txt .venv/ready
	@echo "Installing the packages of the tests ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --root-user-action=ignore --require-hashes -r requirements-dev.txt
	@touch $@

frontend/node_modules/.ready: frontend/package-lock.json
	@bash .ci/need-node
	@echo "Installing the page's packages ..."
	@cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/index.html: frontend/node_modules/.ready openapi/openapi.json $(shell find frontend/src frontend/public frontend/index.html frontend/*.ts -type f 2>/dev/null)
	@bash .ci/need-node
	@echo "Building the page ..."
	@cd frontend && npm run --silent build
	@touch $@
