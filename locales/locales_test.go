package locales

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode"
)

const sampleFrench = `
"cmg.children" = "Combien d'enfants, {{.name}} ?"
"cmg.children.sms" = "Combien d'enfants?"
"cmg.result" = "Il reste {{.rest}} par mois.\nLe SMIC est à {{.fact.smic_hourly}}."
"cmg.result.nofact" = "Il reste {{.rest}} par mois."
"cmg.law" = "Le plafond est de {{.fact.cap}}."
"cmg.care" = "Mode : {{.care}}"
"cmg.care.home" = "à domicile"
"cmg.care.home.sms" = "domicile"
["cmg.many"]
one = "{{.PluralCount}} enfant gardé."
other = "{{.PluralCount}} enfants gardés."
`

const sampleEnglish = `
"cmg.children" = "How many children, {{.name}}?"
["cmg.many"]
one = "{{.PluralCount}} child."
other = "{{.PluralCount}} children."
`

const sampleArabic = `
"cmg.children" = "كم عدد الأطفال، {{.name}}؟\n{{.name}} CMG\nCMG"
["cmg.many"]
zero = "zero {{.PluralCount}}"
one = "one {{.PluralCount}}"
two = "two {{.PluralCount}}"
few = "few {{.PluralCount}}"
many = "many {{.PluralCount}}"
other = "other {{.PluralCount}}"
`

// writingOf returns how the real catalog of a language writes numbers and dates.
func writingOf(t testing.TB, lang string) string {
	t.Helper()
	src, err := files.ReadFile("active." + lang + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, line := range strings.Split(string(src), "\n") {
		if strings.HasPrefix(line, `"`+writingPrefix) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

func sample(t testing.TB) *Catalog {
	t.Helper()
	c, err := Read(fstest.MapFS{
		"active.fr.toml": {Data: []byte(writingOf(t, "fr") + sampleFrench)},
		"active.en.toml": {Data: []byte(writingOf(t, "en") + sampleEnglish)},
		"active.ar.toml": {Data: []byte(writingOf(t, "ar") + sampleArabic)},
		"notes.toml":     {Data: []byte("not a catalog")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func count(n string) Arg { return Arg{Kind: "count", Text: n} }

func someFacts(id string) (Arg, bool) {
	return Arg{Kind: "euros", Text: "12.02"}, id == "smic_hourly"
}

func noFacts(string) (Arg, bool) { return Arg{}, false }

func TestText(t *testing.T) {
	c := sample(t)
	rest := map[string]Arg{"rest": {Kind: "euros", Text: "1034.5"}}
	many := func(n string) Line { return Line{"cmg.many", map[string]Arg{"children": count(n)}, "children"} }
	name := Line{Key: "cmg.children", Args: map[string]Arg{"name": {Kind: "text", Text: "Awa"}}}
	care := Line{Key: "cmg.care", Args: map[string]Arg{"care": {Kind: "choice", Text: "home", Key: "cmg.care.home"}}}
	for _, tt := range []struct {
		name, lang string
		style      Style
		line       Line
		facts      Facts
		want       string
	}{
		{"plain", "fr", Style{}, name, nil, "Combien d'enfants, Awa ?"},
		{"short form by SMS, needs no argument", "fr", Style{SMS: true}, Line{Key: "cmg.children"}, nil, "Combien d'enfants?"},
		{"no short form", "en", Style{SMS: true}, name, nil, "How many children, Awa?"},
		{"one, for nobody in French", "fr", Style{}, many("0"), nil, "0 enfant gardé."},
		{"one", "fr", Style{}, many("1"), nil, "1 enfant gardé."},
		{"other", "fr", Style{}, many("2"), nil, "2 enfants gardés."},
		{"million, a form of its own in CLDR", "fr", Style{SMS: true}, many("1000000"), nil, "1 000 000 enfants gardés."},
		{"other, for nobody in English", "en", Style{}, many("0"), nil, "0 children."},
		{"fact", "fr", Style{SMS: true}, Line{Key: "cmg.result", Args: rest}, someFacts, "Il reste 1 034,50 € par mois.\nLe SMIC est à 12,02 €."},
		{"fact out of date", "fr", Style{SMS: true}, Line{Key: "cmg.result", Args: rest}, noFacts, "Il reste 1 034,50 € par mois."},
		{"no facts at all", "fr", Style{SMS: true}, Line{Key: "cmg.result", Args: rest}, nil, "Il reste 1 034,50 € par mois."},
		{"choice", "fr", Style{}, care, nil, "Mode : à domicile"},
		{"choice by SMS", "fr", Style{SMS: true}, care, nil, "Mode : domicile"},
		{"right to left", "ar", Style{}, name, nil, "كم عدد الأطفال، Awa؟\nAwa CMG\nCMG"},
		{"isolated", "ar", Style{Isolate: true}, name, nil,
			"كم عدد الأطفال، \u2068Awa\u2069؟\n\u200f\u2068Awa\u2069 CMG\n\u200fCMG"},
		{"nothing to isolate", "fr", Style{Isolate: true}, name, nil, "Combien d'enfants, Awa ?"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := c.Text(tt.lang, tt.style, tt.line, tt.facts)
			if err != nil || got != tt.want {
				t.Errorf("got  %q, %v\nwant %q", got, err, tt.want)
			}
		})
	}
}

func TestArabicHasSixForms(t *testing.T) {
	c := sample(t)
	for n, form := range map[string]string{"0": "zero", "1": "one", "2": "two", "3": "few", "10": "few",
		"11": "many", "99": "many", "100": "other", "102": "other", "103": "few"} {
		got, err := c.Text("ar", Style{}, Line{"cmg.many", map[string]Arg{"n": count(n)}, "n"}, nil)
		if err != nil || got != form+" "+n {
			t.Errorf("%s: got %q, %v; want form %s", n, got, err, form)
		}
	}
}

// TestLanguageNeedsItsForms asks go-i18n which forms each language uses: a text
// that has those of pluralForms can be written for every number.
func TestLanguageNeedsItsForms(t *testing.T) {
	all, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range all.Languages() {
		src := writingOf(t, lang) + "[\"k\"]\n"
		for _, form := range pluralForms(lang) {
			src += form + ` = "x"` + "\n"
		}
		files := fstest.MapFS{"active.fr.toml": {Data: []byte(writingOf(t, "fr") + `"k" = "x"`)}}
		files["active."+lang+".toml"] = &fstest.MapFile{Data: []byte(src)}
		c, err := Read(files)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []string{"0", "1", "2", "3", "7", "10", "11", "20", "99", "100", "101", "1000", "1000000", "0.5", "1.5"} {
			if _, err := c.Text(lang, Style{}, Line{"k", map[string]Arg{"n": count(n)}, "n"}, nil); err != nil {
				t.Errorf("%s, %s: %v", lang, n, err)
			}
		}
	}
}

func TestTextRefusesHoles(t *testing.T) {
	c := sample(t)
	for _, tt := range []struct {
		name, lang string
		line       Line
		want       error
	}{
		{"missing argument", "fr", Line{Key: "cmg.children"}, ErrNoText},
		{"missing text", "en", Line{Key: "cmg.care"}, ErrNoText},
		{"missing language", "tr", Line{Key: "cmg.care.home"}, ErrNoText},
		{"missing plural number", "fr", Line{Key: "cmg.many"}, ErrNoText},
		{"plural of no number", "fr", Line{"cmg.many", map[string]Arg{"n": {Kind: "text", Text: "deux"}}, "n"}, ErrNoText},
		{"fact without a way around", "fr", Line{Key: "cmg.law"}, ErrNoFact},
		{"bad value", "fr", Line{Key: "cmg.children", Args: map[string]Arg{"name": {Kind: "count", Text: "x"}}}, ErrNoText},
	} {
		got, err := c.Text(tt.lang, Style{}, tt.line, noFacts)
		if !errors.Is(err, tt.want) || got != "" {
			t.Errorf("%s: %q, %v; want %v", tt.name, got, err, tt.want)
		}
	}
}

func TestErrorsDoNotQuoteFamilies(t *testing.T) {
	c := sample(t)
	line := Line{Key: "cmg.care", Args: map[string]Arg{"care": {Kind: "count", Text: "SECRET"}}}
	if _, err := c.Text("fr", Style{}, line, nil); err == nil || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("error %v", err)
	}
}

func TestWhatTextsUse(t *testing.T) {
	c := sample(t)
	for _, tt := range []struct {
		key          string
		slots, facts []string
	}{
		{"cmg.children", []string{"name"}, nil},
		{"cmg.result", []string{"rest"}, []string{"smic_hourly"}},
		{"cmg.result.nofact", []string{"rest"}, nil},
		{"cmg.many", nil, nil},
		{"cmg.none", nil, nil},
	} {
		if got := c.Slots("fr", tt.key); !slices.Equal(got, tt.slots) {
			t.Errorf("Slots(%s) = %q, want %q", tt.key, got, tt.slots)
		}
		if got := c.Facts("fr", tt.key); !slices.Equal(got, tt.facts) {
			t.Errorf("Facts(%s) = %q, want %q", tt.key, got, tt.facts)
		}
	}
	if got := c.Keys("en"); !slices.Equal(got, []string{"cmg.children", "cmg.many"}) {
		t.Errorf("Keys = %q", got)
	}
	if !c.Has("fr", "cmg.children.sms") || c.Has("en", "cmg.children.sms") || c.Has("xx", "cmg.children") {
		t.Error("Has is wrong")
	}
}

func TestBest(t *testing.T) {
	c := sample(t)
	if got := c.Languages(); !slices.Equal(got, []string{"fr", "ar", "en"}) {
		t.Errorf("Languages = %q", got)
	}
	for lang, want := range map[string]string{"ar-latn": "ar", "en-GB": "en", "EN_us": "en", "ary": "ar", "tr": "fr", "": "fr", "fr": "fr"} {
		if got := c.Best(lang); got != want {
			t.Errorf("Best(%q) = %q, want %q", lang, got, want)
		}
	}
}

func TestRightToLeft(t *testing.T) {
	for lang, want := range map[string]bool{"ar": true, "ar-MA": true, "ur": true, "ar-latn": false, "fr": false, "": false} {
		if RightToLeft(lang) != want {
			t.Errorf("RightToLeft(%q) = %v", lang, !want)
		}
	}
}

// TestManyAtOnce is for the race detector: all first uses of a text at once.
func TestManyAtOnce(t *testing.T) {
	c := sample(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, lang := range c.Languages() {
				_, err := c.Text(lang, Style{}, Line{"cmg.many", map[string]Arg{"n": count("3")}, "n"}, nil)
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// FuzzText puts hostile words into a text: they must come out as words.
func FuzzText(f *testing.F) {
	c := sample(f)
	for _, s := range []string{"Awa", "{{.name}}", "}}{{", "\u202eabc", "\u2066", "\u2069\u2069", "a\x00b", "<b>", "%s%n", "\xff", "\u200f", "👩‍👧"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := Line{Key: "cmg.children", Args: map[string]Arg{"name": {Kind: "text", Text: s}}}
		fr, err := c.Text("fr", Style{}, line, nil)
		if clean := Clean(s); clean == "" {
			if err == nil {
				t.Fatalf("%q left a hole: %q", s, fr)
			}
			return
		} else if err != nil || fr != "Combien d'enfants, "+clean+" ?" {
			t.Fatalf("%q gave %q, %v", s, fr, err)
		}
		for _, r := range fr {
			if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Fatalf("%q let %U through", s, r)
			}
		}
		ar, err := c.Text("ar", Style{Isolate: true}, line, nil)
		if err != nil || strings.Count(ar, firstStrong) != 2 || strings.Count(ar, popIsolate) != 2 {
			t.Fatalf("%q broke out of its isolate: %q, %v", s, ar, err)
		}
	})
}

func BenchmarkText(b *testing.B) {
	c := sample(b)
	for name, line := range map[string]Line{
		"plain":  {Key: "cmg.care.home"},
		"name":   {Key: "cmg.children", Args: map[string]Arg{"name": {Kind: "text", Text: "Awa"}}},
		"plural": {"cmg.many", map[string]Arg{"n": count("3")}, "n"},
		"fact":   {Key: "cmg.result", Args: map[string]Arg{"rest": {Kind: "euros", Text: "1034.5"}}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.Text("fr", Style{}, line, someFacts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
