# make demo    a whole county on your own computer      make test    every test
# make check   what must hold before a commit           make help    all targets
#
# Needs Python 3.11 or later and make. Everything else is installed in .venv, by hash.

PYTHON ?= python3
BIN := .venv/bin
JOBS := $(shell nproc 2>/dev/null || echo 1)
SAMVERKA := $(BIN)/python -m samverka.config.command
DEMO_OPTIONS := $(if $(PEOPLE),--people $(PEOPLE)) $(if $(SEED),--seed $(SEED)) $(if $(PORT),--port $(PORT)) $(if $(PLAY),--play)
PAGES := samverka/*/templates

.DEFAULT_GOAL := help
.PHONY: help runtime dev spark demo demo-reset test check format formatted lint types walls templates \
        migrations docs documented messages translated requirements clients fuzz vendor clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

# ── run ──────────────────────────────────────────────────────────────────────
runtime:
	@$(PYTHON) tools/prepare.py runtime
dev:
	@$(PYTHON) tools/prepare.py dev
spark: dev ## what the warehouse needs to run on a Spark cluster (and Java 17)
	@$(PYTHON) tools/prepare.py spark

demo: runtime ## start the demo county; PEOPLE=20000, SEED=1, PORT=8001, PLAY=1
	@$(SAMVERKA) demo $(DEMO_OPTIONS)

demo-reset: runtime ## throw the demo county away and build it anew
	@$(SAMVERKA) reset --yes
	@$(SAMVERKA) demo $(DEMO_OPTIONS)

# ── hold ─────────────────────────────────────────────────────────────────────
test: dev ## every test; ARGS="tests/people -x" for some
	@$(BIN)/python -m pytest $(if $(ARGS),$(ARGS),--numprocesses=$(JOBS) --dist=loadfile --no-loadscope-reorder)

check: formatted lint types walls templates migrations documented translated ## all that must hold

formatted: dev
	@$(BIN)/ruff format --check .
lint: dev
	@$(BIN)/ruff check .
types: dev
	@$(BIN)/mypy
walls: dev
	@$(BIN)/lint-imports
templates: dev
	@$(BIN)/djlint --lint --quiet $(PAGES)
migrations: dev
	@SAMVERKA_DEMO=1 $(SAMVERKA) manage makemigrations --check --dry-run
documented: dev migrations # both start the built-in database, one at a time
	@$(BIN)/python tools/reference.py --check
translated: dev
	@$(BIN)/python tools/messages.py --check

# ── make anew ────────────────────────────────────────────────────────────────
format: dev ## format the code
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format .

docs: dev ## write the generated pages of docs/reference
	@$(BIN)/python tools/reference.py

messages: dev ## collect the sentences, compile the translations
	@$(BIN)/python tools/messages.py

requirements: ## lock the dependencies of pyproject.toml by hash (needs uv)
	@sh tools/lock.sh

clients: ## fetch other people's FHIR clients for tests/clients (needs Node)
	@cd tests/clients/js && npm ci --omit=optional --omit=peer --legacy-peer-deps --ignore-scripts --no-audit --no-fund

fuzz: dev ## send the FHIR server what nobody should, for MINUTES=12
	@$(PYTHON) tools/prepare.py fuzz
	@nice $(BIN)/python tools/fuzz_fhir.py $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED))

vendor: dev ## fetch the style sheets and scripts kept here (needs Node)
	@$(BIN)/python tools/vendor.py

clean: ## take away .venv and caches; the demo county stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
