package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// figures are the texts that may hold a digit which is no fact: what to type, and
// names that are written so.
func figures() map[string]string {
	return map[string]string{
		"bot.zero":          "the digit to send for a person",
		"reply.choose_time": "the digits to answer with",
		"reply.teach_back":  "the digits to answer with",
		"writing.first":     "the first day of a month, as French writes it",
		"writing.months":    "the names of the months, which Chinese counts",
	}
}

// quoted is what stands in a text for a slot or a fact.
var quoted = regexp.MustCompile(`\{\{[^}]*\}\}`)

// TestEveryNumberIsAFact scans the catalogs of all languages: a digit, in any
// script, that no fact and no slot gives is a number that nobody would correct
// when it changes.
func TestEveryNumberIsAFact(t *testing.T) {
	files, err := filepath.Glob("../../locales/active.*.toml")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	excused := map[string]bool{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range texts(string(src)) {
			if !strings.ContainsFunc(quoted.ReplaceAllString(unquote(line.text), ""), unicode.IsNumber) {
				continue
			}
			if figures()[line.id] == "" {
				t.Errorf("%s: %s holds a number that is no fact: %s", filepath.Base(file), line.id, line.text)
			}
			excused[line.id] = true
		}
	}
	for id, reason := range figures() {
		if !excused[id] {
			t.Errorf("%s holds no number any more, take it off the list (%s)", id, reason)
		}
	}
}

// unquote reads a text as the catalog means it: a space may be written "\u202f".
func unquote(text string) string {
	if said, err := strconv.Unquote(text); err == nil {
		return said
	}
	return text
}

// texts reads the lines of a catalog: an id and its text, or a table that is
// named by its id and has the forms of a plural.
func texts(src string) []statement {
	var list []statement
	table := ""
	for line := range strings.Lines(src) {
		line = strings.TrimSpace(line)
		switch key, text, ok := strings.Cut(line, " = "); {
		case strings.HasPrefix(line, "["):
			table = strings.Trim(line, `[]"`)
		case !ok || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(key, `"`):
			list, table = append(list, statement{strings.TrimSuffix(strings.Trim(key, `"`), ".sms"), text}), ""
		default:
			list = append(list, statement{table, text})
		}
	}
	return list
}

func TestTextsOfACatalog(t *testing.T) {
	got := texts("# 9\n\"a.b\" = \"1\"\n\"a.b.sms\" = \"2\"\n[\"a.c\"]\none = \"3\"\nother = \"{{.n}}\"\n")
	want := []statement{{"a.b", `"1"`}, {"a.b", `"2"`}, {"a.c", `"3"`}, {"a.c", `"{{.n}}"`}}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got[i], want[i])
		}
	}
}
