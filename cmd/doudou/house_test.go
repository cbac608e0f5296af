package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"os"
)

// may says which rooms of the house each room may use, outside of tests. What
// is not listed is refused; reasons say what each wall protects.
var may = map[string][]string{
	"dialogs":            {},
	"dialogs/nlu":        {},
	"knowledge/cmg":      {},
	"knowledge/contract": {},
	"knowledge/events":   {},
	"locales":            {},
	"knowledge":          {"knowledge/cmg", "knowledge/contract", "knowledge/events"},
	"bot":                {"dialogs", "dialogs/nlu", "knowledge", "knowledge/events", "locales"},
	"bot/telegram":       {"bot"},
	"bot/sms":            {"bot"},
	"bot/desk":           {"bot", "knowledge", "knowledge/events", "locales"},
	"bot/store":          {"bot", "dialogs", "knowledge/events"},
	"bot/alert":          {"bot", "knowledge", "knowledge/events", "locales"},
	"bot/report":         {"bot", "knowledge", "knowledge/events"},
}

var reasons = map[string]string{
	"dialogs":            "the engine is pure: it declares what it looks up, and knows no channel, store, clock or words",
	"dialogs/nlu":        "understanding is pure: the same text gives the same reading, whoever asks",
	"knowledge/cmg":      "money is computed from figures alone, so that it can be checked line by line",
	"knowledge/contract": "what a contract comes to is reckoned from the figures it is handed, so that a number lives once",
	"knowledge/events":   "the calendar is pure, so that any day can be played in a test",
	"locales":            "words know nobody: whoever speaks hands them what to say",
	"knowledge":          "facts satisfy the engine's Library without knowing the engine",
	"bot":                "the service knows no provider and no database: data goes in at the channel and out at the sender",
	"bot/telegram":       "a channel only brings messages in and takes them out",
	"bot/sms":            "a channel only brings messages in and takes them out",
	"bot/desk":           "staff act through the service; the desk knows no channel and no database",
	"bot/store":          "the store keeps what it is given and decides nothing",
	"bot/alert":          "staff are told that somebody waits, never what was said; the store and the ways out are handed in",
	"bot/report":         "the report counts what it is handed; it opens no database and reads no family's words",
}

// anywhere are rooms that others may not use outside of tests, whatever the table says.
var testsOnly = "bot/bottest"

// TestHouse reads the sources, not the build, so that a new package cannot hide
// behind a cached result.
func TestHouse(t *testing.T) {
	root := os.DirFS("../..")
	seen := map[string]bool{}
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && file != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		room := path.Dir(file)
		seen[room] = true
		checkFile(t, root, room, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range may {
		if !seen[room] {
			t.Errorf("the table names room %s, which does not exist: has it moved?", room)
		}
		if reasons[room] == "" {
			t.Errorf("room %s has a wall without a reason", room)
		}
	}
}

func checkFile(t *testing.T, root fs.FS, room, file string) {
	t.Helper()
	src, err := fs.ReadFile(root, file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range f.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		target, ours := strings.CutPrefix(name, "doudou/")
		if !ours || strings.HasSuffix(file, "_test.go") || room == "cmd/doudou" || room == testsOnly {
			continue
		}
		allowed, known := may[room]
		if !known {
			t.Errorf("%s: there is no room %s in the design; draw it first", file, room)
			continue
		}
		if target == testsOnly || !slices.Contains(allowed, target) {
			t.Errorf("%s: %s may not use %s: %s", file, room, target, reasons[room])
		}
	}
}

// TestNoRegistry refuses init functions and rooms without a subject.
func TestNoRegistry(t *testing.T) {
	root := os.DirFS("../..")
	_ = fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "node_modules" { // of others
			return fs.SkipDir
		}
		if d.IsDir() && slices.Contains([]string{"utils", "util", "common", "models", "helpers"}, d.Name()) {
			t.Errorf("%s: a room is named for what it holds, not for being handy", file)
		}
		if strings.HasSuffix(file, ".go") {
			src, err := fs.ReadFile(root, file)
			if err != nil {
				return err
			}
			if strings.Contains(string(src), "\nfunc "+"init()") {
				t.Errorf("%s: no init registry: whoever needs a thing is handed it", file)
			}
		}
		return nil
	})
}
