# make test   everything, with real Redis and PostgreSQL, race detector on
# make bench  the figures of the README
# make check  the dialog trees and their words
# make run    the service with sample data, no setting needed

SHELL := /bin/bash
.PHONY: test unit bench check run build vet

test: vet
	@./bot/bottest/with-servers.sh go test -race -timeout 30m ./...

# Without servers: the suites that need one are left out, and named.
unit:
	@set -o pipefail; go test -v ./... | grep -E '^(ok|FAIL|panic|---)|^ *--- (FAIL|SKIP)|left out|^\S+\.go' | grep -v -- '--- PASS'

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
