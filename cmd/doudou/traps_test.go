package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"doudou/bot"
	"doudou/locales"
)

// A trap is an old rule or a false belief, and how it is kept out.
type trap struct {
	never        []*regexp.Regexp
	but          *regexp.Regexp
	says, lacks  []*regexp.Regexp
	facts        map[string]string
	silent, asks []string
}

// TestTraps keeps old rules and false beliefs out (testdata/traps.txt): no text
// and no fact states them, and whoever brings one up is told what is true.
func TestTraps(t *testing.T) {
	w := worldOf(t, demoWorld)
	texts := w.written(t, "fr", "en")
	archive, err := txtar.ParseFile("testdata/traps.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) != 18+16 {
		t.Errorf("%d traps", len(archive.Files))
	}
	for _, f := range archive.Files {
		t.Run(f.Name, func(t *testing.T) {
			trap := readTrap(t, string(f.Data))
			trap.unwritten(t, texts)
			trap.factual(t, w)
			trap.asked(t, w)
		})
	}
}

func readTrap(t *testing.T, src string) trap {
	t.Helper()
	k := trap{facts: map[string]string{}}
	for line := range strings.Lines(src) {
		word, rest, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			t.Fatalf("not a line of a trap: %s", line)
		}
		switch word {
		case "never":
			k.never = append(k.never, pattern(t, rest))
		case "but":
			k.but = pattern(t, rest)
		case "says":
			k.says = append(k.says, pattern(t, rest))
		case "lacks":
			k.lacks = append(k.lacks, pattern(t, rest))
		case "ask", "then":
			k.asks = append(k.asks, rest)
		case "fact":
			id, value, _ := strings.Cut(rest, " = ")
			k.facts[id] = value
		case "silent":
			k.silent = append(k.silent, rest)
		default:
			t.Fatalf("a trap has no %q", word)
		}
	}
	return k
}

// pattern reads a regular expression; small and capital letters are the same.
func pattern(t *testing.T, src string) *regexp.Regexp {
	t.Helper()
	r, err := regexp.Compile("(?is)" + src)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A statement is a text or a fact as it may be said.
type statement struct{ id, text string }

// written writes all texts of these languages, in both forms, with today's
// facts, and all facts that may be said.
func (w *world) written(t *testing.T, langs ...string) []statement {
	t.Helper()
	var list []statement
	for _, f := range w.knowledge.Facts() {
		if f.Spoken(checkDay()) {
			list = append(list, statement{"fact " + f.ID, f.About + " : " + f.Value + " " + f.Unit})
		}
	}
	for _, lang := range langs {
		for _, key := range w.words.Keys(lang) {
			if strings.HasSuffix(key, ".sms") {
				continue // written with its text
			}
			for _, style := range []locales.Style{{}, {SMS: true}} {
				list = append(list, statement{lang + " " + key, w.write(t, lang, key, style)})
			}
		}
	}
	return list
}

// write writes one text; what it quotes stands as its name.
func (w *world) write(t *testing.T, lang, key string, style locales.Style) string {
	t.Helper()
	args := map[string]locales.Arg{"PluralOf": {Kind: "count", Text: "2"}}
	for _, slot := range w.words.Slots(lang, key) {
		args[slot] = locales.Arg{Kind: "text", Text: "[" + slot + "]"}
	}
	text, err := w.words.Text(lang, style, locales.Line{Key: key, Args: args, Count: "PluralOf"}, w.fact(checkDay()))
	if err != nil {
		t.Errorf("%s %s: %v", lang, key, err)
	}
	return plainSpaces(text)
}

// plainSpaces writes the spaces that no line may break as others.
func plainSpaces(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}

// unwritten checks that nothing that may be said states the trap.
func (k trap) unwritten(t *testing.T, texts []statement) {
	for _, r := range k.never {
		for _, s := range texts {
			_, key, _ := strings.Cut(s.id, " ")
			excused := k.but != nil && (k.but.MatchString(key) || k.but.MatchString(s.text))
			if r.MatchString(s.text) && !excused {
				t.Errorf("%s states it: %q (%s)", s.id, s.text, r)
			}
		}
	}
}

// factual checks the facts that the truth rests on.
func (k trap) factual(t *testing.T, w *world) {
	for id, want := range k.facts {
		if f, ok := w.knowledge.Fact(id, checkDay()); !ok || f.Value != want {
			t.Errorf("fact %s is %q, may be said: %v; want %q", id, f.Value, ok, want)
		}
	}
	for _, id := range k.silent {
		if f, ok := w.knowledge.Fact(id, checkDay()); ok {
			t.Errorf("fact %s may be said: %q", id, f.Value)
		}
	}
}

// asked brings the trap up, by Telegram, where texts are whole.
func (k trap) asked(t *testing.T, w *world) {
	conversation := w.talk(t, bot.Telegram, "fr")
	var last heard
	for _, text := range k.asks {
		last = conversation.say(text)
	}
	got := plainSpaces(last.text())
	if slices.Contains(last.keys(), "global.lost") || got == "" {
		t.Errorf("%q is not answered: %q", k.asks, got)
	}
	for _, r := range k.says {
		if !r.MatchString(got) {
			t.Errorf("%q is answered without %s: %q", k.asks, r, got)
		}
	}
	for _, r := range k.lacks {
		if r.MatchString(got) {
			t.Errorf("%q is answered with %s: %q", k.asks, r, got)
		}
	}
}
