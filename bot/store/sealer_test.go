package store_test

import (
	"strings"
	"testing"

	"doudou/bot/store"
)

func sealer(t testing.TB, key store.Key) *store.Sealer {
	t.Helper()
	s, err := store.NewSealer(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSealer(t *testing.T) {
	s := sealer(t, store.Key{1})
	for _, text := range []string{"+33611223344", "Leïla", "தமிழ்", strings.Repeat("long ", 900)} {
		a, b := s.Seal("name", text), s.Seal("name", text)
		if a == b || strings.Contains(a, text) {
			t.Errorf("sealed twice: %q and %q", a, b)
		}
		if got, err := s.Open("name", a); got != text || err != nil {
			t.Errorf("opened: %q %v, want %q", got, err, text)
		}
		if s.Lookup(text) != s.Lookup(text) || s.Lookup(text) == s.Lookup(text+"0") {
			t.Error("a lookup names one text")
		}
	}
	if got, err := s.Open("name", s.Seal("name", "")); got != "" || err != nil || s.Seal("name", "") != "" {
		t.Errorf("nothing stays nothing: %q %v", got, err)
	}
}

func TestSealerRefuses(t *testing.T) {
	s := sealer(t, store.Key{1})
	sealed := s.Seal("name", "Leïla")
	for what, open := range map[string]func() (string, error){
		"another kind":  func() (string, error) { return s.Open("phone", sealed) },
		"another key":   func() (string, error) { return sealer(t, store.Key{2}).Open("name", sealed) },
		"a cut value":   func() (string, error) { return s.Open("name", sealed[:len(sealed)-2]) },
		"a clear value": func() (string, error) { return s.Open("name", "Leïla") },
		"a long value":  func() (string, error) { return s.Open("name", sealed+"AAAA") },
	} {
		if got, err := open(); err == nil || got != "" || strings.Contains(err.Error(), "Le") {
			t.Errorf("%s: %q %v", what, got, err)
		}
	}
	if sealer(t, store.Key{1}).Lookup("x") == sealer(t, store.Key{2}).Lookup("x") {
		t.Error("two keys look up by the same")
	}
}

func TestParseKey(t *testing.T) {
	for text, want := range map[string]bool{
		strings.Repeat("a1", 32): true, "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=": true,
		"": false, "secret": false, strings.Repeat("a1", 31): false, strings.Repeat("a1", 33): false,
	} {
		if _, err := store.ParseKey(text); (err == nil) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// testKey is the key of the databases of the tests.
var testKey = &store.Key{7}
