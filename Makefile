# make test   everything, with real Redis and PostgreSQL, race detector on, then the desk in a real browser
# make soak   the faults for half an hour: the program killed 200 times on each store
# make bench  the figures of the README
# make check  the dialog trees and their words
# make run    the service with sample data, no setting needed

SHELL := /bin/bash
.PHONY: test inside unit soak bench check run build vet

test: vet
	@DOUDOU_TEST_FSYNC=off ./bot/bottest/with-servers.sh $(MAKE) -s inside

# What runs between the servers: the browser comes last and alone, because it
# measures what a person would wait for.
inside:
	@env -u DOUDOU_TEST_BROWSER go test -race -timeout 30m ./...
	@if [ -n "$$DOUDOU_TEST_BROWSER" ]; then echo go test -run TestBrowser ./cmd/doudou; go test -timeout 15m -run TestBrowser ./cmd/doudou; fi

# Without servers: the suites that need one are left out, and named.
unit:
	@set -o pipefail; go test -v ./... | grep -E '^(ok|FAIL|panic|---)|^ *--- (FAIL|SKIP)|left out|^\S+\.go' | grep -v -- '--- PASS'

soak:
	@./bot/bottest/with-servers.sh go test -timeout 90m -run TestCrash -v ./cmd/doudou -kills 200

vet:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "gofmt differs:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...

bench:
	@./bot/bottest/with-servers.sh go test -run '^$$' -bench . -benchmem ./dialogs ./dialogs/nlu ./locales ./bot/...

check:
	go run ./cmd/doudou check

run:
	go run ./cmd/doudou serve

build:
	CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o doudou ./cmd/doudou
