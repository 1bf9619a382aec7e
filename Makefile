# Storebot. `make run` and `make test` do everything on a fresh machine.

ADDR ?= 127.0.0.1:8080

.PHONY: help run test build deps generate lint clean

help: ## what can be made here
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: deps build ## install what is missing, build, and run with a demo shop until Ctrl-C (ADDR=host:port)
	@exec bin/storebot demo --addr '$(ADDR)'

test: ## install what tests need and run all of them
	@bash scripts/test.sh

build: ## build bin/storebot with the console and the widget in it
	@bash scripts/build.sh

deps: ## install what running needs: Postgres with pgvector
	@bash scripts/postgres.sh

generate: ## make the generated code anew from the contract, and the encoder's file from the published weights
	@bash scripts/npm.sh
	@bash scripts/generate.sh
	@bash scripts/encoder.sh

lint: ## the checks without the tests
	@bash scripts/lint.sh

clean: ## remove what was built; the data under .storebot stays
	rm -rf bin console/dist/app console/dist/app.json console/dist/widget test-results
