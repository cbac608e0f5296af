package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/store"
)

// Who is erased is in no file of the data folder any more, free pages and log
// included.
func TestErasedFromTheFolder(t *testing.T) {
	const word = "grenouilleverte"
	o := store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")}
	s := open(t, o)
	id := planted(t, s)
	for range 50 {
		known(t, s, time.Now().String())
		w, err := s.Next(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Commit(t.Context(), bot.Turn{
			Contact: id, Inbox: w.Inbox, From: w.Stamp, To: bot.Stamp{Version: w.Stamp.Version + 1, Tag: 7}, At: time.Now(),
			Open: &bot.Case{ID: "K7Q2", Team: "relais", Topic: "person.call"}, Notes: map[string]string{"speaks": word},
			Session: []byte(`{"x":"` + word + `"}`), Lines: []bot.Line{{Speaker: bot.Family, Text: strings.Repeat(word+" ", 40)}},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	if !inFolder(t, o.Path, word) {
		t.Fatal("the word is not looked for where it is kept")
	}
	s = open(t, o)
	if err := s.Erase(t.Context(), bot.Erasure{Contact: id, Once: "form"}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	for _, trace := range []string{word, sealedNumber, sealedName} {
		if inFolder(t, o.Path, trace) {
			t.Errorf("%q is still in a file", trace)
		}
	}
}

// inFolder tells whether a text stands in a file beside the store's.
func inFolder(t *testing.T, path, text string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), text) {
			return true
		}
	}
	return false
}
