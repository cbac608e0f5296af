package dialogs

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestRules breaks a small correct book once per rule. Each file of
// testdata/lint/rules.txtar is one break:
//
//	edit cmg.yaml old => new     in the tree
//	word fr cmg.offer new text   in a catalog; "-" removes it
//	team -caf, today, intents, released, budget, fact: in the surroundings
//
// followed by the problems that it must give, and no others.
func TestRules(t *testing.T) {
	file := filepath.Join("testdata", "lint", "rules.txtar")
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i, f := range archive.Files {
		t.Run(f.Name, func(t *testing.T) {
			got := breakIt(t, string(f.Data))
			if *update {
				archive.Files[i].Data = []byte(got)
			} else if got != string(f.Data) {
				t.Errorf("now:\n%s", got)
			}
			code, _, _ := strings.Cut(f.Name, " ")
			if code != "sound" && !strings.Contains(got, ": "+code+" ") {
				t.Errorf("%s was not found out:\n%s", code, got)
			}
			seen[code] = true
		})
	}
	for _, rule := range Rules() {
		if !seen[rule.Code] {
			t.Errorf("no test breaks %s", rule.Code)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// breakIt applies the edits and returns them with the problems that follow.
func breakIt(t *testing.T, script string) string {
	trees, words, around := soundBook(t)
	var out strings.Builder
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		verb, rest, _ := strings.Cut(line, " ")
		switch verb {
		case "edit":
			name, change, _ := strings.Cut(rest, " ")
			old, with, _ := strings.Cut(strings.ReplaceAll(change, `\n`, "\n"), " => ")
			text := ""
			if trees[name] != nil {
				text = string(trees[name].Data)
			}
			if old != "" && strings.Count(text, old) != 1 {
				t.Fatalf("%q stands %d times in %s", old, strings.Count(text, old), name)
			}
			trees[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, with, 1))}
		case "word":
			lang, change, _ := strings.Cut(rest, " ")
			key, text, _ := strings.Cut(change, " ")
			words[lang][key] = text
			if text == "-" {
				delete(words[lang], key)
			}
		case "set":
			setAround(t, &around, rest)
		default:
			continue
		}
		fmt.Fprintln(&out, line)
	}
	book, problems := Read(trees)
	if book != nil {
		problems = book.Check(around)
	}
	for _, p := range problems {
		fmt.Fprintln(&out, p)
	}
	return out.String()
}

func setAround(t *testing.T, s *Surroundings, rest string) {
	name, value, _ := strings.Cut(rest, " ")
	switch name {
	case "today":
		s.Today = value
	case "teams":
		s.Teams = strings.Fields(value)
	case "intents":
		s.Intents = strings.Fields(value)
	case "subjects":
		s.Subjects = strings.Fields(value)
	case "unanswered":
		s.Unanswered = strings.Fields(value)
	case "released":
		s.Released = strings.Fields(value)
	case "nofacts":
		s.FactInForce = func(string) bool { return false }
	case "optional": // of the look-up
		s.Functions[0].Optional = strings.Fields(value)
	case "waits": // the list does
		s.Functions[1].With = map[string]Kind{value: KindCount}
	case "nofunctions":
		s.Functions = nil
	default:
		t.Fatalf("what is %s?", name)
	}
}

// soundBook returns the trees of a correct book, words for all of it, and what
// else it relies on.
func soundBook(t testing.TB) (fstest.MapFS, phrases, Surroundings) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "lint", "sound.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	trees := fstest.MapFS{}
	for _, f := range archive.Files {
		trees[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	book, problems := Read(trees)
	for _, p := range problems {
		t.Fatal(p)
	}
	words := phrases{"fr": {}, "ar": {}}
	for lang := range words {
		for _, key := range book.spoken() {
			words[lang][key] = lang + " " + key
		}
		words[lang]["cmg.result"] = "{rest} {children} <smic>"
		words[lang]["cmg.result.nofact"] = "{rest}"
		words[lang]["cmg.result.sms"] = "{rest}"
		words[lang]["events.pick.item"] = "{title} {start}"
		words[lang]["language.fr"] = "Français"
		words[lang]["bot.stopped"] = "d'une autre pièce"
	}
	return trees, words, Surroundings{
		Words: words, Teams: []string{"relais", "caf"}, Today: "2026-11-23",
		Intents:       []string{"cmg_amount", "cmg_what", "events", "talk_to_human", "urgent_danger"},
		FactInForce:   func(string) bool { return true },
		SegmentBudget: func(lang string) int { return map[string]int{"fr": 2, "ar": 3}[lang] },
		Functions: []Function{
			{
				Name: "cmg.estimate", With: map[string]Kind{"children": KindCount, "resources": KindEuros},
				Sets: map[string]Kind{"rest": KindEuros, "open": KindYesNo},
			},
			{Name: "events.upcoming", Item: map[string]Kind{"title": KindText, "start": KindMoment}},
		},
		Records: []Function{{Name: "seat.taken", With: map[string]Kind{"event": KindChoice, "title": KindText}}},
	}
}

// spoken returns the ids of all texts that a book needs.
func (b *Book) spoken() []string {
	keys := EngineKeys()
	for _, t := range b.trees {
		for _, n := range t.nodes {
			for _, k := range n.texts() {
				keys = append(keys, k.key)
			}
		}
		for _, e := range t.intents {
			keys = append(keys, "intent."+e.intent)
		}
	}
	return keys
}

// phrases are catalogs of the tests: {slot} and <fact> in a text.
type phrases map[string]map[string]string

func (p phrases) Languages() []string { return []string{"fr", "ar"} }

func (p phrases) Has(lang, key string) bool { _, ok := p[lang][key]; return ok }

func (p phrases) Slots(lang, key string) []string { return p.between(lang, key, "{", "}") }

func (p phrases) Facts(lang, key string) []string { return p.between(lang, key, "<", ">") }

func (p phrases) between(lang, key, open, end string) []string {
	var found []string
	for _, form := range []string{"", ".sms", ".nofact"} {
		for _, part := range strings.Split(p[lang][key+form], open)[1:] {
			name, _, _ := strings.Cut(part, end)
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Segments counts forty characters a segment.
func (p phrases) Segments(lang, key string, choices []string) int {
	n := len(p[lang][key])
	if short, ok := p[lang][key+".sms"]; ok {
		n = len(short)
	}
	for _, c := range choices {
		n += len(p[lang][c]) / 4
	}
	return n/40 + 1
}

func (p phrases) Keys(lang string) []string { return slices.Sorted(maps.Keys(p[lang])) }

func TestProblemsAreSaidByFileAndLine(t *testing.T) {
	p := Problem{File: "trees/cmg.yaml", Line: 32, Code: "D01", Text: "offer: there is no node \"expain\""}
	if got, want := p.String(), "trees/cmg.yaml:32: D01 offer: there is no node \"expain\""; got != want {
		t.Errorf("got %s", got)
	}
	if p.Warning() || !(Problem{Code: "D15"}).Warning() {
		t.Error("only D15 is a warning")
	}
}

func TestReadRefusesAnEmptyFolder(t *testing.T) {
	if b, problems := Read(fstest.MapFS{}); b != nil || len(problems) != 1 {
		t.Errorf("got %v, %v", b, problems)
	}
}

func TestRulesAreInOrder(t *testing.T) {
	for i, r := range Rules() {
		if want := fmt.Sprintf("D%02d", i); r.Code != want || r.Text == "" {
			t.Errorf("rule %d is %s", i, r.Code)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	book, _ := relais(b)
	for b.Loop() {
		book.Check(Surroundings{})
	}
}

// FuzzRead reads anything as a tree: a book or problems with a line, no panic.
func FuzzRead(f *testing.F) {
	trees, _, _ := soundBook(f)
	for name := range trees {
		f.Add(trees[name].Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		book, problems := Read(fstest.MapFS{"cmg.yaml": &fstest.MapFile{Data: data}})
		if (book == nil) == (len(problems) == 0) {
			t.Fatalf("%v, %v", book, problems)
		}
		for _, p := range problems {
			if p.Line < 1 || p.Code == "" || p.File == "" {
				t.Fatalf("%+v", p)
			}
		}
		if book != nil {
			book.Check(Surroundings{})
		}
	})
}
