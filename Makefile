# The only front door for commands. `make` prints this help.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DISTRIBUTIONS := contracts chassis services/identity services/consent services/registry services/messaging \
	services/scheduler services/workflow services/engagement gateway portal mesh

STORING := $(filter-out contracts mesh,$(DISTRIBUTIONS))

.DEFAULT_GOAL := help
.PHONY: help setup run demo status test test-servers on-servers lint reference load clean

help:  ## Show this help
	@awk 'BEGIN {FS = ":.*##"} /^[a-z-]+:.*##/ {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready  ## Make the virtual environment with everything that is needed

$(VENV)/.ready: constraints.txt requirements-dev.txt $(addsuffix /pyproject.toml,$(DISTRIBUTIONS))
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -c constraints.txt -r requirements-dev.txt \
		$(foreach dist,$(DISTRIBUTIONS),-e ./$(dist))
	@touch $@

run: setup  ## Start the whole mesh with a demo process: make run [DATABASE=postgresql] [EVENTS=kafka] [PROCESSES=each]
	$(BIN)/python -m mesh up --seed $(if $(DATABASE),--database $(DATABASE)) $(if $(EVENTS),--events $(EVENTS)) \
		$(if $(PROCESSES),--processes $(PROCESSES))

demo: setup  ## Play a whole process through the running mesh: make demo [DATA=folder]
	$(BIN)/python -m mesh demo $(if $(DATA),--data $(DATA))

status: setup  ## Show the health of the running mesh
	$(BIN)/python -m mesh status

test: setup  ## Run all tests that need nothing but this machine
	@for dist in $(DISTRIBUTIONS); do echo "== $$dist"; \
		$(BIN)/pytest -n auto --rootdir=$$dist $$dist/tests $(if $(REPORTS),--junitxml=$(REPORTS)/$$(basename $$dist).xml) \
		|| exit 1; done
	@echo "== tests/contract"
	@$(BIN)/pytest -n auto --rootdir=. tests/contract $(if $(REPORTS),--junitxml=$(REPORTS)/contract.xml)

test-servers: setup  ## Run the suites again on PostgreSQL and Apache Kafka, found or started here
	@$(BIN)/python -m chassis.local -- $(MAKE) --no-print-directory on-servers

on-servers:
	@for dist in $(STORING); do echo "== $$dist on servers"; \
		$(BIN)/pytest -n auto -m "not sqlite" --rootdir=$$dist $$dist/tests \
			$(if $(REPORTS),--junitxml=$(REPORTS)/servers-$$(basename $$dist).xml) || exit 1; done

lint: setup  ## Check style, types and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@for dist in $(DISTRIBUTIONS); do $(BIN)/mypy $$dist/src || exit 1; done
	$(BIN)/lint-imports
	$(BIN)/python -W ignore tools/reference.py --check

reference: setup  ## Write docs/reference from code and contracts
	$(BIN)/python -W ignore tools/reference.py

load: setup  ## Measure CPU milliseconds a request
	$(BIN)/python -m tests.load

clean:  ## Remove the environment and the state of the mesh
	rm -rf $(VENV) var
