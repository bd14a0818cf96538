# Every verb sets up .venv by itself; see tools/setup. Nothing is needed but python3, make and git.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test lint bench soak docs lock clean

CASE ?= aleppo-2016-11-04
OUT ?= out/$(CASE)
ARGS ?=

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

demo: ## run the main job on the built-in case and say where the brief is
	@tools/setup run
	@tools/demo $(CASE) $(OUT)

test: ## run every test; ARGS="-k words" picks some
	@tools/test $(ARGS)

lint: ## check style, types, the order of the rooms, and the web sources
	@tools/lint

bench: ## run every benchmark and put its table into out/bench
	@tools/setup dev
	@.venv/bin/python tools/bench.py $(ARGS)

soak: ## run what takes long: load, faults and attacks at full size, tables into out/soak
	@tools/setup dev
	@.venv/bin/python tools/bench.py --kind soak $(ARGS)

docs: ## build the docs site into out/docs; it opens with no connection
	@tools/setup docs
	@PATH=$$PWD/.venv/bin:$$PATH .venv/bin/python tools/docs_site.py

lock: ## write the lock files anew; UPGRADE=1 takes the newest versions
	@tools/setup dev
	@.venv/bin/python tools/lock.py $(if $(UPGRADE),--upgrade)

clean: ## remove everything the other verbs made, .venv included
	@rm -rf .venv out dist build src/safepassage/publish/bundle web/node_modules
	@rm -rf .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
