# Two commands are enough for most: make demo, make test. Both set up everything they need.
# Written for GNU make 3.81 (macOS) and later.

.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
UV_VERSION := 0.13.9
JOBS ?= 2
# Tools that read the settings get a home of their own, so that they never touch real data.
SCRATCH := NEARER_HOME=$(CURDIR)/var/check PYTHONPATH=$(CURDIR)

TEMPLATES = find src -name '*.html' -path '*/templates/*' -print0 | xargs -0 $(BIN)/djade --target-version 5.2

.PHONY: help demo test check format lint types contracts chromium requirements clean

help: ## Show what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

demo: $(VENV)/base.stamp ## Set up everything, build a demo network, serve it and say where
	@exec $(BIN)/nearer demo $(DEMO)

test: $(VENV)/dev.stamp chromium check ## Set up everything, check everything, run all the tests
	@echo "Running the tests, a real browser included"
	@$(BIN)/python -m pytest -n $(JOBS) $(TESTS)

check: lint types contracts ## Lint, format, types and the doors between rooms

lint: $(VENV)/dev.stamp
	@echo "Checking style and format"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check --quiet || { echo "Some files are not formatted: run make format." >&2; exit 1; }
	@$(TEMPLATES) --check || { echo "Some templates are not formatted: run make format." >&2; exit 1; }

format: $(VENV)/dev.stamp ## Format code and templates
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format --quiet
	@$(TEMPLATES) || true

types: $(VENV)/dev.stamp
	@echo "Checking types"
	@$(SCRATCH) $(BIN)/mypy

contracts: $(VENV)/dev.stamp
	@echo "Checking the doors between rooms"
	@PYTHONPATH=$(CURDIR) $(BIN)/lint-imports --no-logo

chromium: $(VENV)/dev.stamp
	@sh tools/chromium.sh

$(VENV)/python.stamp:
	@sh tools/venv.sh $(VENV) "$(PYTHON)"
	@touch $@

$(VENV)/base.stamp: requirements/base.txt pyproject.toml | $(VENV)/python.stamp
	@echo "Installing what Nearer needs (about half a minute, longer when it has to be fetched)"
	@sh tools/install.sh $(VENV) requirements/base.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/base.stamp
	@echo "Installing what the tests need"
	@sh tools/install.sh $(VENV) requirements/dev.txt
	@touch $@

requirements: $(VENV)/uv-$(UV_VERSION).stamp ## Pin the newest allowed versions, hashed, without addresses
	@for set in base dev; do \
		extra=""; test $$set = base || extra="--extra dev -c requirements/base.txt"; \
		$(VENV)/uv/bin/uv pip compile pyproject.toml $$extra --quiet --generate-hashes --no-emit-index-url \
			--universal --python-version 3.11 $(UPGRADE) -o requirements/$$set.txt || exit 1; \
	done

# uv has an environment of its own: nothing of Nearer runs with it.
$(VENV)/uv-$(UV_VERSION).stamp: | $(VENV)/python.stamp
	@$(BIN)/python -m venv $(VENV)/uv
	@$(VENV)/uv/bin/python -m pip --disable-pip-version-check install --quiet uv==$(UV_VERSION)
	@touch $@

clean: ## Remove the environment; the data in var/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis var/check
