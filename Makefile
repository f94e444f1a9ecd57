# One command per intent, the same locally and in CI. Every target installs what it needs.
SHELL := /bin/bash
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
STAMP := node_modules/.installed

.DEFAULT_GOAL := help
.PHONY: help setup fmt lint types test scenarios scenarios-quick fuzz fuzz-service mutants mutation mutation-changed sweep sweep-faults torture serve bench check

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

setup: $(STAMP) ## install exactly what package-lock.json pins (Node 24 included)

$(STAMP): package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

fmt: $(STAMP) ## format the code
	oxfmt

lint: $(STAMP) ## formatting, type-aware lint, dead code
	oxfmt --check
	oxlint --type-aware --deny-warnings
	knip

types: $(STAMP) ## type-check everything
	tsc -p .

test: $(STAMP) ## unit, contract, architecture and end-to-end tests
	vitest run

scenarios: $(STAMP) ## the main job: generated days of a PC's life, judged by the oracle
	node bin/azukeru-sim.js scenarios

scenarios-quick: $(STAMP) ## what is kept, each aim once and some random ones, while one works: under half a minute
	node bin/azukeru-sim.js scenarios --runs 400

FUZZ_TIME ?= 1h
fuzz: $(STAMP) ## an hour of guided search on all cores, from where the last one ended; FUZZ_TIME=8h for a night
	node bin/azukeru-sim.js fuzz --time $(FUZZ_TIME)

mutants: $(STAMP) ## apply each mutant and see that the scenarios or the sweep notice it
	node bin/azukeru-sim.js mutants

HOURS ?= 9
mutation: $(STAMP) ## of small mistakes put into agent and service, how many the scenarios notice; HOURS=1 for a slice
	node test/mutation/mutation.ts --hours $(HOURS)

SINCE ?= HEAD~1
mutation-changed: $(STAMP) ## the same for the lines changed since a commit; SINCE=HEAD~1
	node test/mutation/mutation.ts --since $(SINCE) --by scenarios --survivors

sweep: $(STAMP) ## a kill and a power loss at every single I/O point of a simulated night
	node bin/azukeru-sim.js sweep

sweep-faults: $(STAMP) ## every kind of fault at every I/O point of 21 small scenarios; goes on where it ended
	node bin/azukeru-sim.js sweep-faults --resume out/sweep-faults.jsonl --pairs 1000

torture: $(STAMP) ## kill -9 at 200 moments of real commands on real files; thirty days of a real tree, and back
	node test/torture/torture.ts
	node test/torture/thirty-days/thirty-days.ts

fuzz-service: $(STAMP) ## 300,000 requests that make little sense to the served service, its control interface and its mail server
	node test/fuzz/fuzz.ts

serve: $(STAMP) ## the simulated service on real ports
	node bin/azukeru-sim.js serve

bench: $(STAMP) ## measurements as JSON lines, beside restic and rclone when installed
	node bench/bench.ts

check: lint types test scenarios ## everything CI holds
