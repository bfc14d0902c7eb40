# One command for each thing that is done with this package; `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo build install uninstall test lint format golden bench bench-layers gates fuzz damage sanitize endurance soak clean

# Packages of Python that Setup/prepare installed for this folder come first.
export PATH := $(if $(wildcard .build/python/bin),$(CURDIR)/.build/python/bin:)$(PATH)

demo_capture := SampleCaptures/generated_many_failures.pcap
swift_files := Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources Fuzzing/Package.swift \
  Fuzzing/Sources
BENCH_CAPTURES ?= SampleCaptures/17_cx_sctp.pcap

# Where `make install` puts things; a packager sets DESTDIR, and BINARY to install what was built elsewhere.
PREFIX ?= /usr/local
DESTDIR ?=
BINARY ?= .build/release/imstrace
installed_binary = $(DESTDIR)$(PREFIX)/bin/imstrace
installed_manual = $(DESTDIR)$(PREFIX)/share/man/man1/imstrace.1
installed_bash = $(DESTDIR)$(PREFIX)/share/bash-completion/completions/imstrace
installed_zsh = $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_imstrace
installed_fish = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/imstrace.fish

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## Install what is missing, build, and analyse a sample capture
	.build/release/imstrace analyze $(demo_capture)

# The Swift libraries are linked into the command: it starts a third faster, and runs where no toolchain is. Other
# libraries are looked for where the system has them, and not beside the command, where somebody may put others.
build: ## Build .build/release/imstrace
	@Setup/prepare build
	swift build -c release --static-swift-stdlib --disable-local-rpath --product imstrace

install: $(if $(filter .build/release/imstrace,$(BINARY)),build) ## Install command, manual page and completions (PREFIX, DESTDIR)
	install -d "$(dir $(installed_binary))" "$(dir $(installed_manual))" "$(dir $(installed_bash))" \
	  "$(dir $(installed_zsh))" "$(dir $(installed_fish))"
	install -m 755 "$(BINARY)" "$(installed_binary)"
	install -m 644 Documentation/imstrace.1 "$(installed_manual)"
	"$(BINARY)" --generate-completion-script bash > "$(installed_bash)"
	"$(BINARY)" --generate-completion-script zsh > "$(installed_zsh)"
	"$(BINARY)" --generate-completion-script fish > "$(installed_fish)"

uninstall: ## Remove what install put there
	rm -f "$(installed_binary)" "$(installed_manual)" "$(installed_bash)" "$(installed_zsh)" "$(installed_fish)"

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

golden: ## Write the golden reports, the manual page and the output shown in README anew; look at the difference
	@Setup/prepare test
	IMSTRACE_RENEW_GOLDEN=1 swift test --disable-xctest --filter 'GoldenReportTests|DocumentationTests|ManualTests|JoinMeasureTests'

bench: build ## Measure against tcpdump, tshark and sngrep, write Documentation/Comparison.md and Growth.md
	Benchmarks/measure
	Benchmarks/growth

bench-layers: ## Measure what each layer costs for a packet, a message, an AVP (BENCH_CAPTURES)
	@Setup/prepare build
	swift build -c release --package-path Benchmarks --product LayerCosts
	Benchmarks/.build/release/LayerCosts $(BENCH_CAPTURES)

gates: build ## Hold instructions and allocations against Benchmarks/Thresholds.txt
	Benchmarks/gates

endurance: build ## As root: capture live at full speed for SECONDS (600), with a ring, an interface that goes down
	Benchmarks/endurance $(or $(SECONDS),600)

soak: build ## A million registrations, and calls that never end, open at once: time and memory
	Benchmarks/growth --open 1000000 --runs 1 --packets 1000 --output .build/benchmarks
	tail -n +8 .build/benchmarks/Growth.md

# Not named SECONDS in the scripts, which is bash's own clock.
fuzz: ## Fuzz each entry point of hostile bytes for SECONDS (60), or those in ENTRIES alone
	@Setup/prepare build
	Fuzzing/run $(or $(SECONDS),60) $(ENTRIES)

damage: ## Analyse DAMAGES (1000) seeded damages of each capture
	@Setup/prepare build
	Fuzzing/damage $(or $(DAMAGES),1000)

sanitize: ## Run the tests with AddressSanitizer and with ThreadSanitizer (FILTER: some)
	@Setup/prepare test
	Fuzzing/sanitize $(FILTER)

clean: ## Remove everything that was built
	rm -rf .build Benchmarks/.build Fuzzing/.build
