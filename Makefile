# One command for each thing that is done with this package; `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo build test lint format golden clean

# A validator of JSON Schemas that Setup/prepare installed for this folder comes first.
export PATH := $(if $(wildcard .build/python/bin),$(CURDIR)/.build/python/bin:)$(PATH)

demo_capture := SampleCaptures/generated_many_failures.pcap
swift_files := Package.swift Sources Tests

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## Install what is missing, build, and analyse a sample capture
	.build/release/imstrace analyze $(demo_capture)

build: ## Build .build/release/imstrace
	@Setup/prepare build
	swift build -c release --product imstrace

test: ## Install what is missing and run all tests
	@Setup/prepare test
	@$(MAKE) --no-print-directory run-tests

# Apart from `test`, so that PATH has what was installed for it.
.PHONY: run-tests
run-tests:
	swift test --disable-xctest $(TEST_OPTIONS)

lint: ## Check the layout and style of the Swift files
	swift format lint --strict --recursive $(swift_files)

format: ## Lay the Swift files out anew
	swift format --in-place --recursive $(swift_files)

golden: ## Write the golden reports and the output shown in README anew; look at the difference
	@Setup/prepare test
	IMSTRACE_RENEW_GOLDEN=1 swift test --disable-xctest --filter 'GoldenReportTests|DocumentationTests'

clean: ## Remove everything that was built
	rm -rf .build
