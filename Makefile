# make lab · make test · make fuzz · make notebooks · make site · make lint · make bench · make package
#
# Every target first sets up what it needs in .venv; the next call finds it there.

PYTHON ?= python3
CHOSEN := $(if $(filter file,$(origin PYTHON)),,--chosen)
BIN := .venv/bin
SITE := build/site
# nbgrader calls helpers by name, so the environment's programs must be on the path. An environment
# that is active in the terminal, and what it says about Python's modules, must not get in between.
export OUTSIDE := $(PATH)
export PATH := $(CURDIR)/$(BIN):$(PATH)
export VIRTUAL_ENV := $(CURDIR)/.venv
unexport PYTHONHOME PYTHONPATH
# Jupyter needs a home folder that it can write to. Users in containers may have none.
ifeq ($(shell test -d "$$HOME" && test -w "$$HOME" && echo yes),)
export HOME := $(CURDIR)/.venv/home
endif

.PHONY: help lab test fuzz notebooks site lint bench package publish environment \
    environment-site environment-test
.NOTPARALLEL:

help:
	@sed -n '1s/# //p' Makefile

lab: environment
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/lessons/00_start_here.ipynb $(ARGS)

# Each process takes whole files and notebooks; one of them takes all browser tests. Side by side,
# with as many threads each as there are cores, they would wait for each other.
test fuzz: export OMP_NUM_THREADS = 1
test: environment-test
	$(BIN)/pytest -n auto --maxprocesses 4 $(ARGS)

# Ten thousand damaged messages, notebooks and folders, new ones each time; 200 draws of each
# exercise's hidden inputs; all attacks in all modes, all right and wrong answers, ten draws of each
# listed mistake, all exercises beside stock nbgrader, axe on all pages of the site, and each cell of
# all notebooks twice: run it overnight. `make test` holds some of each kind; each file says which.
fuzz: environment-test
	CNNEDU_FUZZ=10000 $(BIN)/pytest tests/grading/test_fuzz*.py tests/grading/test_words.py $(ARGS)
	CNNEDU_DRAWS=200 CNNEDU_THOROUGH=1 $(BIN)/pytest -n auto --maxprocesses 4 \
	    tests/exercises/test_draws.py tests/exercises/test_answers.py \
	    tests/checks/test_listed_mistakes.py tests/grading/test_attacks.py \
	    tests/grading/test_honest_notebooks.py tests/browser/test_site_pages.py \
	    lessons solutions $(ARGS)

# All notebooks, or those of one number: make notebooks L=01
notebooks: environment
	$(BIN)/cnnedu notebooks $(L)

# The course as static pages in build/site, from the stored notebooks; nothing is run.
site: environment-site
	$(BIN)/cnnedu site --out $(SITE)

# The package as a file in dist/, for `pip install`; not while the public address is a placeholder.
package: environment
	$(BIN)/cnnedu address
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

# The site, with notebooks that open alone in Colab, to the branch gh-pages of `origin`.
publish: environment
	$(BIN)/cnnedu address
	$(MAKE) site
	tools/push_site.sh $(SITE) gh-pages

lint: environment-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# What each benchmark measures and which sizes it takes: .venv/bin/python benchmarks/NAME.py --help
bench: environment-test
	@for file in benchmarks/*.py; do echo; echo $$file; $(BIN)/python $$file || exit 1; done

# Kept when it fits, made again when it doesn't (see the file): this takes 0.1 s.
environment environment-site environment-test:
	@export PATH="$$OUTSIDE"; command -v $(firstword $(PYTHON)) >/dev/null || { \
	    echo "There is no $(PYTHON) here: install Python, or add PYTHON=... to the command." >&2; \
	    exit 1; }; \
	$(PYTHON) tools/environment.py $(CHOSEN) $(patsubst environment%,%,$(@:environment-%=%))
