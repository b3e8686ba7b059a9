# Everything that a newcomer types. `make help` lists it.

# The newest Python that the project was tried with first; any from 3.11 on will do (PYTHON=… chooses another).
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
VENDOR := services/gateway/static/vendor/licences.txt
UV := $(shell command -v uv 2>/dev/null)
# Some thirty processes read the same modules: what the first one compiles is kept, also where a shell says no.
export PYTHONDONTWRITEBYTECODE =
# Extra words for the command behind a target: make test ARGS="tests/cli -x"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check format lock clean bench hostile fuzz chaos security install install-dev

##@ The platform

run: $(VENV)/.installed ## Set up and start everything on this machine, in the foreground (Ctrl-C stops it)
	@exec $(BIN)/juxian up --tied $(ARGS)

##@ Quality

test: $(VENV)/.installed-dev ## Set up and run all tests
	$(BIN)/python -m pytest -n 2 $(ARGS)

check: $(VENV)/.installed-dev ## Style, types and the order of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.installed-dev ## Mend what a machine can mend
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-dev ## Benchmarks, side by side with their floors
	$(BIN)/python -m bench $(ARGS)

hostile: $(VENV)/.installed-dev ## A thousand bad files through a running platform, and what became of them
	$(BIN)/python -m bench.hostile $(ARGS)

fuzz: $(VENV)/.installed-dev ## Every public operation with good, bad and hostile values
	$(BIN)/python -m bench.fuzz $(ARGS)

chaos: $(VENV)/.installed-dev ## Random kills under load, then the count of what was lost
	$(BIN)/python -m bench.chaos $(ARGS)

security: $(VENV)/.installed-dev ## Weak places, secrets, advisories, and the list of parts
	$(BIN)/python -m bench.security $(ARGS)

##@ The house

install: $(VENV)/.installed ## Only set up (what `make run` needs)

install-dev: $(VENV)/.installed-dev ## Only set up (what `make test` needs)

lock: $(VENV)/.installed-dev ## Pin the newest versions of what pyproject.toml names, with hashes
	$(BIN)/uv pip compile pyproject.toml --upgrade $(LOCKING) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --upgrade --extra dev -c requirements.lock $(LOCKING) -o requirements-dev.lock

clean: ## Remove the virtual environment and caches (the data in .data stay)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# No address of a registry may enter the locks: uv writes none with these words.
LOCKING := --universal --generate-hashes --python-version 3.11 --no-header --quiet

# ---- The virtual environment ----------------------------------------------------------------------------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; found none. (make PYTHON=/path/to/python …)" >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV) || { test -n "$(UV)" && "$(UV)" venv --clear --seed --python "$(PYTHON)" $(VENV); } || \
		{ echo "Could not make $(VENV). On Debian: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }

# uv where it is there: faster. Plain pip where it is not, or where only pip knows the way to the packages.
define fetch
	@echo "Installing $(1) (the first time: about 500 MB on disk, one to two minutes with pip)"
	@{ test -n "$(UV)" && "$(UV)" pip install --python $(BIN)/python --require-hashes --compile-bytecode -r $(1); } || \
		$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r $(1)
endef

# What browsers are sent: libraries of the portal, by the system's npm or one out of a wheel.
$(VENDOR): ops/portal/package-lock.json ops/portal/icons.txt ops/portal/vendor.py | $(BIN)/python
	@echo "Fetching the portal's front-end libraries"
	@$(BIN)/python ops/portal/vendor.py

# The command `juxian`, and the checkout on the path of whatever runs in the environment.
$(VENV)/.installed: requirements.lock ops/juxian $(VENDOR) | $(BIN)/python
	$(call fetch,requirements.lock)
	@$(BIN)/python -c 'import pathlib, sysconfig; \
		pathlib.Path(sysconfig.get_path("purelib"), "juxian.pth").write_text(str(pathlib.Path.cwd()) + "\n")'
	@cp ops/juxian $(BIN)/juxian && chmod 755 $(BIN)/juxian
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(call fetch,requirements-dev.lock)
	@touch $@
