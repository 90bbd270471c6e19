# Every target uses the environment in .venv, made from the hash-locked requirements files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help install app demo test check lock clean browser

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

app: install ## Open the page at http://127.0.0.1:7860 (fetches the model and takes the samples in while it is in use)
	$(BIN)/assistant serve --open

demo: install ## Fetch the model, ingest the sample archive, draft the sample report into out/
	$(BIN)/assistant demo

browser: # A browser for the tests of the page: installed where that is possible, else told; never an error
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null 2>&1; } || \
	echo "No Chromium: the tests of the page in a browser are skipped. On Debian: apt install chromium fonts-noto-cjk"

test: $(VENV)/.tested check browser ## Static checks and all tests, with the real embedded model
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
