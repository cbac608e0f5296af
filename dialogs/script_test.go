package dialogs

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestScript prints the dialogs of the small book; testdata/script.md is what a
// coordinator would read.
func TestScript(t *testing.T) {
	trees, words, _ := soundBook(t)
	trees["cmg.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(string(trees["cmg.yaml"].Data), "free: {next: offer}", "free: {next: offer, was: gratis}", 1))}
	trees["events.yaml"].Data = []byte(strings.NewReplacer(
		"start: pick", "prompts: {seat: [event], done: []}\nreads: {quarter: event}\nstart: pick", "next: done", "next: kept",
		"nodes:\n", "nodes:\n  kept: {record: seat.taken, with: [event, title], next: done}\n",
	).Replace(string(trees["events.yaml"].Data)))
	book, problems := Read(trees)
	for _, p := range problems {
		t.Fatal(p)
	}
	var out strings.Builder
	for _, dialog := range book.Dialogs() {
		if err := book.Script(&out, dialog, func(key string) string { return words["fr"][key] }); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join("testdata", "script.md")
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("the script reads otherwise now:\n%s", out.String())
	}
}

func TestScriptShowsWhatHasNoWords(t *testing.T) {
	b, _ := relais(t)
	var out strings.Builder
	if err := b.Script(&out, "forget", func(string) string { return "" }); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "?? forget.confirm") {
		t.Error("a missing text is not shown")
	}
}

func TestScriptSaysWhatItCannotPrint(t *testing.T) {
	b, _ := relais(t)
	if err := b.Script(&strings.Builder{}, "nothing", nil); err == nil || !strings.Contains(err.Error(), "cmg") {
		t.Errorf("got %v", err)
	}
	if err := b.Script(full{}, "forget", func(string) string { return "" }); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

var errFull = errors.New("the disk is full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
