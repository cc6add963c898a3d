# Every target sets up what it needs. PYTHON, TORCH and DATA can be given: make test TORCH="torch==2.13.0"
PYTHON ?= python3
TORCH  ?= torch==2.13.0
DATA   ?= data
BASE   ?= base
RUN    ?= runs/default

BIN     := .venv/bin
STAMP   := .venv/.installed
OFFLINE := HF_HUB_OFFLINE=1
DEMO    := check fixtures/stories/harbour-bridge/original.txt fixtures/stories/harbour-bridge/copy-corrupted-number.txt fixtures/stories/harbour-bridge/copy-reworded.txt --fail-on never
PAGE    := check fixtures/stories --fail-on never --quiet --format html --output build/demo.html

.PHONY: help install demo check test cost bench gate package results train readme schema docs golden clean

help:
	@echo "make install   a virtual environment in .venv with everything that the other targets need"
	@echo "make demo      set up, run the main job on a story under fixtures/stories, and write build/demo.html of all"
	@echo "make test      set up and run the tests"
	@echo "make check     set up and run the linter, the formatter and the type checker"
	@echo "make cost      set up and count what the checks do on an article of 1 MB"
	@echo "make bench     measure speed against plain transformers and write docs/performance.md (DATA=FOLDER, QUICK=--quick)"
	@echo "make gate      set up and hold the floors under the quality (with DATA=FOLDER the development sets too)"
	@echo "make package   build the wheel, install it in an empty environment and run the main job there"
	@echo "make results   measure everything on DATA=FOLDER and write docs/results.md (QUICK=--quick for small samples)"
	@echo "make train     make the embedded model anew from DATA=FOLDER and the base encoder in BASE=FOLDER"
	@echo "make readme    paste the demo's real output into README.md"
	@echo "make schema    write the JSON Schema of the report anew"
	@echo "make docs      write the pages of checks, settings and commands anew"
	@echo "make golden    write the golden files of the report formats anew"
	@echo "make clean     remove .venv, build and caches"

install: $(STAMP)

$(STAMP): pyproject.toml
	@echo "setting up .venv: $(TORCH) first, then the rest (a few minutes)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet "$(TORCH)"
	@$(BIN)/pip install --quiet --editable ".[dev,eval]"
	@touch $@

demo: $(STAMP)
	@echo 'consistency $(DEMO)'
	@$(OFFLINE) $(BIN)/consistency $(DEMO)
	@mkdir -p build
	@echo
	@echo 'consistency $(PAGE)'
	@$(OFFLINE) $(BIN)/consistency $(PAGE)
	@echo 'all shipped stories as a page for reviewers: open build/demo.html in a browser'

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: $(STAMP)
	$(OFFLINE) $(BIN)/python -m pytest --numprocesses auto --dist loadfile

cost: $(STAMP)
	COST_CHARACTERS=100000 $(BIN)/python -m pytest tests/test_cost.py

bench: $(STAMP)
	@$(BIN)/pip install --quiet --editable ".[bench]"
	$(OFFLINE) $(BIN)/python -m eval bench $(if $(filter command environment,$(origin DATA)),--data-dir $(DATA)) $(QUICK)

gate: $(STAMP)
	$(OFFLINE) $(BIN)/python -m eval gate $(if $(filter command environment,$(origin DATA)),--data-dir $(DATA))

results: $(STAMP)
	$(OFFLINE) $(BIN)/python -m eval results --data-dir $(DATA) $(QUICK)

package: $(STAMP)
	@rm -rf build dist
	$(BIN)/python -m build --quiet --wheel --no-isolation
	@empty=$$(mktemp -d) && trap 'rm -rf "$$empty"' EXIT \
	&& $(PYTHON) -m venv "$$empty/venv" \
	&& "$$empty/venv/bin/pip" install --quiet "$(TORCH)" dist/*.whl \
	&& cp -r fixtures/stories "$$empty" && cd "$$empty" \
	&& $(OFFLINE) venv/bin/consistency $(subst fixtures/stories,stories,$(DEMO))

train: $(STAMP)
	@$(BIN)/pip install --quiet --editable ".[train]"
	$(BIN)/python -m consistency.training --data $(DATA) --base $(BASE) --out $(RUN)

readme: $(STAMP)
	@$(OFFLINE) COLUMNS=100 $(BIN)/consistency $(DEMO) | $(BIN)/python -m tests.demo

schema: $(STAMP)
	@$(BIN)/python -c "from consistency.report._wire import ship; ship()"

docs: $(STAMP)
	@$(BIN)/python -m tests.pages

golden: $(STAMP)
	@$(BIN)/python -c "from tests.golden import write; write()"

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
