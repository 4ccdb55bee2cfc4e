# Sprint: set-up and commands. Needs make and Python >= 3.11 with pip; everything else is fetched into .venv and node_modules.

PORT ?= 8000
PYTHON ?= python3
# Test processes; and what else to tell pytest, e.g. make test ARGS="-k agenda -x"
JOBS ?= 2
ARGS ?=

STARTED := $(shell date +%s)
PY := .venv/bin/python
PIP_INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --no-input --require-hashes
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

# The caller's own Python settings stay out, and French stays readable under LANG=C.
export PYTHONPATH :=
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test proof check fmt lock upgrade assets bench screenshots clean chromium

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile
	@echo "  .venv/bin/python -m sprint --help lists the site's own commands"

run: .venv/.stamp-run assets ## Run the site with its demonstration data (PORT=8000)
	@exec $(PY) -m sprint run --demo --port $(PORT)

test: .venv/.stamp-test assets chromium ## Run the tests
	@$(call timed,$(PY) -m pytest -n $(JOBS) $(ARGS))

proof: .venv/.stamp-test assets chromium ## Run the tests and the long proofs: races, restarts, load
	@$(call timed,$(PY) -m pytest -n $(JOBS) -m "proof or not proof" $(ARGS))

check: .venv/.stamp-check ## Check style, types, templates and catalogues
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/ty check --no-progress --error-on-warning
	.venv/bin/djlint --lint --quiet templates
	$(PY) -m sprint messages --check

fmt: .venv/.stamp-check ## Put code and templates in shape
	.venv/bin/ruff check --fix --quiet . || true
	.venv/bin/ruff format --quiet .
	.venv/bin/djlint --reformat --quiet templates || true

bench: .venv/.stamp-test assets ## Measure
	@$(PY) -m benchmarks $(ARGS)

screenshots: .venv/.stamp-test assets chromium ## Take the pictures of the README from the demonstration
	@$(PY) -m tests.chromium.take_screenshots

assets: .venv/.stamp-run node_modules/.stamp ## Copy the front-end files into static/vendor
	@$(PY) -m sprint.assets

lock: .venv/.stamp-venv ## Write requirements/*.txt and package-lock.json anew from what the .in files allow
	@$(PY) -m pip install -qq --disable-pip-version-check uv
	@for name in run test check node; do $(LOCK) $(UPGRADE) requirements/$$name.in -o requirements/$$name.txt || exit 1; done
	@! grep -nE '://|^--' requirements/*.txt || { echo "a lock file names a host" >&2; exit 1; }
	@$(call with_npm,npm install --package-lock-only --ignore-scripts --silent)
	@! grep -n '"resolved"' package-lock.json || { echo "package-lock.json names a host" >&2; exit 1; }

upgrade: ## The same, with the newest versions that the .in files allow
	@$(MAKE) --no-print-directory lock UPGRADE=--upgrade

clean: ## Remove everything that can be made again
	rm -rf .venv node_modules static/vendor .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path "./.git/*" -prune -exec rm -rf {} +

# --- Python -------------------------------------------------------------------------------------------------------

# Debian may ship Python without `ensurepip`: then its own pip puts a pip into the environment.
.venv/.stamp-venv:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Sprint needs Python 3.11 or later, not " + sys.version.split()[0] + ": make PYTHON=python3.12 …")'
	@echo "Installing into .venv (once, half a minute) …"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv && $(PYTHON) -m venv --without-pip .venv \
		&& $(PYTHON) -m pip --python .venv/bin/python install -qq pip; }
	@touch $@

# Each list holds the ones before it, so a wider installation stands for the narrower.
.venv/.stamp-run: .venv/.stamp-venv requirements/run.txt
	@$(PIP_INSTALL) -r requirements/run.txt
	@touch $@

.venv/.stamp-test: .venv/.stamp-venv requirements/test.txt
	@$(PIP_INSTALL) -r requirements/test.txt
	@touch .venv/.stamp-run $@

.venv/.stamp-check: .venv/.stamp-venv requirements/check.txt
	@$(PIP_INSTALL) -r requirements/check.txt
	@touch .venv/.stamp-run .venv/.stamp-test $@

# --- Front end ----------------------------------------------------------------------------------------------------

# The licence of the design system is accepted in .dsfr.yml; no package's script runs here all the same.
node_modules/.stamp: package-lock.json .npmrc | .venv/.stamp-venv
	@$(call with_npm,npm ci --ignore-scripts --silent --no-progress)
	@touch $@

# The machine's npm, or one from a Python package on machines that have none or one that cannot read our lock file.
define with_npm
major=$$(npm --version 2>/dev/null | cut -d. -f1); \
if [ "$${major:-0}" -lt 8 ]; then \
	[ -x .venv/bin/npm ] || { echo "No npm here: fetching one into .venv …"; $(PIP_INSTALL) -r requirements/node.txt; } || exit 1; \
	PATH="$$PWD/.venv/bin:$$PATH"; export PATH; \
fi; \
$(1) || { echo "npm failed: see the lines above, or run: $(1) --loglevel=verbose" >&2; exit 1; }
endef

# --- Browser tests ------------------------------------------------------------------------------------------------

chromium:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo="sudo -n"; \
	if command -v apt-get >/dev/null && { [ -z "$$sudo" ] || $$sudo true 2>/dev/null; }; then \
		echo "Installing chromium for the browser tests (once) …"; \
		export DEBIAN_FRONTEND=noninteractive; \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	fi; \
	command -v chromium >/dev/null || { \
		echo "=========================================================================="; \
		echo "  No chromium here and none could be installed:"; \
		echo "  THE BROWSER TESTS (accessibility, JavaScript, printing) WILL NOT RUN."; \
		echo "=========================================================================="; }

# The whole time, set-up included, with the command's own exit status.
define timed
$(1); status=$$?; echo "$@: $$(( $$(date +%s) - $(STARTED) )) s in all"; exit $$status
endef
