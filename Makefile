# Needs make and Python 3.11 or newer; everything else comes into .venv and goes with it.
.DEFAULT_GOAL := setup
.PHONY: setup demo test test-all check types imports bench chaos compose docs pins
.SUFFIXES:

# the machine's own python3 where that is new enough, else any that is; `make PYTHON=…` overrides
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
	done)

PY := .venv/bin/python
# a dozen processes import the same thousand files: compiled once, kept in __pycache__
unexport PYTHONDONTWRITEBYTECODE
PINS := requirements/setup.txt requirements/run.txt requirements/dev.txt
# uv for speed; pip where uv does not reach what this machine's pip is set up for
INSTALL = sh -c '$(PY) -m uv pip install --quiet --python $(PY) "$$@" || $(PY) -m pip install --quiet "$$@"' -

setup: .venv/.packages .venv/.project
	@$(PY) -m deploy.local.setup

# The stamp goes first and comes last: after a kill in between everything is installed anew.
.venv/.packages: $(PINS)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found; name one with make PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11" >&2; exit 1; }
	@echo "Installing the packages into .venv"
	@test -e $@ || rm -rf .venv
	@rm -f $@
	@test -x $(PY) || $(PYTHON) -m venv .venv || { rm -rf .venv; echo "$(PYTHON) cannot make virtual environments (Debian: install python3-venv)" >&2; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.project: .venv/.packages pyproject.toml
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup
	@$(PY) -m demo

# words for pytest: make test TEST="tests/intake -k accept", or in one process TEST="-n 0 tests/intake";
# three workers, as they wait for real systems about as long as they compute
test: setup
	@$(PY) -m pytest -n 3 $(TEST)

# the same with many more examples of what Hypothesis and schemathesis make up
test-all: setup
	@CONCORD_TESTS=thorough $(PY) -m pytest -n 3 $(TEST)

check: setup
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(MAKE) --no-print-directory -j 2 types imports
	@CONCORD_TESTS=brief $(PY) -m pytest -q -n 2 -m "not parts and not slow" \
		--ignore tests/attack --ignore tests/flow

types:
	@$(PY) -m mypy

imports:
	@.venv/bin/lint-imports

# words for it: make bench BENCH="fold --quick"
bench: setup
	@$(PY) -m tests.bench $(BENCH)

# words for it: make chaos CHAOS="--seed 7", CHAOS=--help
chaos: setup
	@$(PY) -m tests.chaos $(CHAOS)

# docker-compose.yml run for real in containers (root, podman); words for it: make compose COMPOSE=--help
compose: setup
	@$(PY) -m tests.compose $(COMPOSE)

# the pages and dashboards that are written from the code
docs: setup
	@$(PY) -m shared.contracts.document docs
	@$(PY) -m services.stats.measure_catalogue docs
	@$(PY) -m services.intake.state_table docs
	@$(PY) -m services.intake.post_state_table docs
	@$(PY) -m services.intake.accusation_state_table docs
	@$(PY) -m services.grid.state_table docs
	@$(PY) -m services.grid.signal_state_table docs
	@$(PY) -m services.grid.warning_state_table docs
	@$(PY) -m services.mediation.state_table docs
	@$(PY) -m deploy.grafana.document deploy/grafana/dashboards

# hashed pins that name no registry, from the ranges in pyproject.toml
PIN = $(PY) -m uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --universal --python-version 3.11
pins: setup
	@$(PIN) pyproject.toml --extra local -o requirements/run.txt
	@$(PIN) pyproject.toml --extra local --extra dev -o requirements/dev.txt
	@$(PIN) pyproject.toml -c requirements/run.txt -o requirements/image.txt
