# The two commands are `make report` and `make test`; both install what they need.

PREFIX ?= /usr/local
ZSH ?= zsh/site-functions
VEKT ?= .build/release/vekt
REPORT = build/report/integration-indicators-2024.html
# Tests run optimized: unoptimized, parsing a command line takes a second, and the suite takes forty minutes instead of five.
TESTS = .build/tests/release
FOR_TESTS = --configuration release --scratch-path .build/tests -Xswiftc -enable-testing
SWIFT_SOURCES = Sources Tests Package.swift $(wildcard Benchmarks)

.PHONY: help report test libraries command lint format checks docs contract fuzz benchmark install put deb clean
.DEFAULT_GOAL := help

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

report: libraries command ## Tabulate the sample survey into build/report
	@mkdir -p build/report
	@$(VEKT) run Notebooks/integration-indicators-2024.md --output $(REPORT) --tables build/report
	@echo
	@echo "The report:  $(REPORT)"
	@echo "Its tables:  build/report/*.csv ($$(ls build/report/*.csv | wc -l) files)"

test: libraries lint checks ## Check the sources, then run all tests
	swift build $(FOR_TESTS) --build-tests
	@.ci/build-docs $(TESTS)
	@$(MAKE) --no-print-directory contract
	$(TESTS)/VektPackageTests.xctest --testing-library swift-testing
	@VEKT=$(TESTS)/vekt $(MAKE) --no-print-directory fuzz
	@.ci/test-kernel $(TESTS)/vekt

libraries:
	@.ci/install-system-libraries

command: # with Swift's own libraries in it, so that it runs where there is no Swift, and no name of this folder
	@swift build -c release --product vekt --static-swift-stdlib --disable-local-rpath \
	  -Xcc -ffile-prefix-map=$(CURDIR)=.

lint:
	@if command -v swift-format >/dev/null; then \
	  swift format lint --strict --parallel --recursive $(SWIFT_SOURCES) && echo "lint: clean"; \
	else echo "lint: skipped, this toolchain has no swift-format"; fi

format: ## Lay out all Swift sources
	swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

checks:
	@.ci/check-imports && echo "imports: each module has only its own"
	@.ci/check-folders && echo "folders: none needs another in a circle"
	@.ci/check-sizes && echo "sizes: no Swift file above 400 lines"

contract: # the command against R's numbers, where those lie beside the project
	@if [ ! -x ../shared/checks/contract ]; then echo "contract: skipped, no ../shared/checks"; \
	elif ! command -v python3 >/dev/null; then echo "contract: skipped, it needs python3"; \
	else $(MAKE) --no-print-directory command && ../shared/checks/contract; fi

fuzz: # damaged inputs of every kind for a minute
	@if command -v python3 >/dev/null; then .ci/fuzz; else echo "fuzz: skipped, it needs python3"; fi

docs: libraries ## Write the library's documentation to build/docs
	swift build $(FOR_TESTS) --target Vekt
	@.ci/build-docs $(TESTS)

benchmark: libraries command ## Time Vekt beside R survey and haven, svy, polars, duckdb and pyreadstat
	@Benchmarks/run $(ROWS)

install: libraries command ## Install the command, its completions and manual pages under PREFIX (/usr/local)
	@$(MAKE) --no-print-directory put

put: # what `install` and `deb` put in place
	@install -D -m 755 $(VEKT) $(DESTDIR)$(PREFIX)/bin/vekt
	@for shell in bash-completion/completions/vekt:bash $(ZSH)/_vekt:zsh fish/vendor_completions.d/vekt.fish:fish; do \
	  file=$(DESTDIR)$(PREFIX)/share/$${shell%%:*}; mkdir -p $$(dirname $$file); \
	  $(VEKT) --generate-completion-script $${shell##*:} >$$file; done
	@$(VEKT) manual $(DESTDIR)$(PREFIX)/share/man/man1

deb: libraries command ## Make a Debian package, build/vekt_VERSION_ARCHITECTURE.deb
	@.ci/build-deb $(VEKT)

clean: ## Remove everything that was made
	rm -rf build .build Benchmarks/.build
