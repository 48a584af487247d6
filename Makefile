# make lab · make test · make fuzz · make notebooks · make lint · make bench
#
# Every target first sets up what it needs in .venv; the next call finds it there.

PYTHON ?= python3
BIN := .venv/bin
# nbgrader calls helpers by name, so the environment's programs must be on the path.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help lab test fuzz notebooks lint bench

help:
	@sed -n '1s/# //p' Makefile

lab: .venv/installed
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/lessons/00_start_here.ipynb $(ARGS)

# Each process takes whole files and notebooks; one of them takes all browser tests.
test: .venv/installed-test
	$(BIN)/pytest -n auto --maxprocesses 4 $(ARGS)

# Ten thousand damaged messages, notebooks and folders, new ones each time: run it overnight.
fuzz: .venv/installed-test
	CNNEDU_FUZZ=10000 $(BIN)/pytest tests/grading/test_fuzz*.py tests/grading/test_words.py $(ARGS)

# All notebooks, or those of one number: make notebooks L=01
notebooks: .venv/installed
	$(BIN)/cnnedu notebooks $(L)

lint: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# What each benchmark measures and which sizes it takes: .venv/bin/python benchmarks/NAME.py --help
bench: .venv/installed-test
	@for file in benchmarks/*.py; do echo; echo $$file; $(BIN)/python $$file || exit 1; done

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The course needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv

.venv/installed .venv/installed-test: .venv/bin/python pyproject.toml constraints.txt tools/install.py
	@echo "Installing the course into .venv (once; a few minutes) …"
	@$(BIN)/python tools/install.py $(patsubst .venv/installed%,%,$(subst installed-,installed,$@))
	@touch $@
