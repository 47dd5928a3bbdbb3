# make run   start the service with the demonstration programme
# make test  every check, then every test
# make bench  how fast it is, as ratios to plain baselines in the same run

PYTHON ?= python3
BIN := .venv/bin
export SECONDMENTS_DATA ?= data
export SECONDMENTS_PORT ?= 8501

.PHONY: run test bench lock migration help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# make /make /p' Makefile

run: .venv/run.stamp
	@SECONDMENTS_DEMO=true $(BIN)/secondments up

test: .venv/test.stamp
	@.ci/gate

bench: .venv/test.stamp
	@$(BIN)/python -m tests.load.bench_ranking
	@$(BIN)/python -m tests.load.bench_catalogue
	@$(BIN)/python -m tests.load.bench_assignment

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed. Say which with: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 1; }
	@echo "Making the environment in .venv"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements.lock pyproject.toml
	@echo "Installing what the service needs (once)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements-dev.lock
	@echo "Installing what the tests need (once)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# make lock  choose the newest versions and write both lock files
lock: .venv/test.stamp
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --no-header --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --extra postgres -o requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --no-header --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --extra postgres --extra dev -c requirements.lock \
		-o requirements-dev.lock pyproject.toml

# make migration N=0003 M="what it does"  write the next migration from the models
migration: .venv/run.stamp
	@$(BIN)/python -c "from sys import argv; from db import engine, migrate; \
		e = engine.make_engine('sqlite://'); c = e.connect(); \
		migrate.upgrade(e); migrate.revise(e, argv[1], argv[2])" "$(N)" "$(M)"
