# Every target uses the environment in .venv, made from the hash-locked requirements files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help install demo test check lock clean

help: ## Show the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v=sys.version_info[:2]; sys.exit(0 if (3,10)<=v<=(3,13) else "Python 3.10 to 3.13 is needed, this is %d.%d" % v)'
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is missing; on Debian: apt install python3-venv"; exit 1; }
	@echo "Installing the locked requirements into $(VENV) (about two minutes the first time) …"
	@$(PIP) install -q --require-hashes -r requirements.txt
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed requirements-dev.txt
	@$(PIP) install -q --require-hashes -r requirements-dev.txt
	@touch $@

install: $(VENV)/.installed ## Make the environment in .venv

demo: install ## Fetch the model, ingest the sample archive, draft the sample report into out/
	$(BIN)/assistant demo

test: $(VENV)/.tested check ## Static checks and all tests, with the real embedded model
	$(BIN)/python -m pytest

check: $(VENV)/.tested ## Formatting, lint, types, layer contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: ## Resolve the requirements files anew (needs uv)
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.10 pyproject.toml requirements-build.in -o requirements.txt
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.10 --extra dev pyproject.toml requirements-build.in -c requirements.txt -o requirements-dev.txt

clean: ## Remove what was made here, but not the archive or the model
	rm -rf $(VENV) out dist build .pytest_cache .mypy_cache .ruff_cache
