package locales

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct{ name, lang, src, want string }{
		{"duplicate key", "fr", "\"a.b\" = \"x\"\n\"a.b\" = \"y\"\n", "active.fr.toml:2: "},
		{"broken TOML", "fr", "\"a.b\" = x\n", "active.fr.toml:1: "},
		{"broken template", "fr", "\n\"a.b\" = \"{{.x\"\n", `active.fr.toml:2: "a.b": does not parse`},
		{"computing", "fr", "\"a.b\" = \"{{len .x}}\"\n", "may only quote values"},
		{"condition", "fr", "\"a.b\" = \"{{if .x}}y{{end}}\"\n", "may only quote values"},
		{"the whole data", "fr", "\"a.b\" = \"{{.}}\"\n", "may only quote values"},
		{"variable", "fr", "\"a.b\" = \"{{$x := .y}}\"\n", "may only quote values"},
		{"deep value", "fr", "\"a.b\" = \"{{.x.y}}\"\n", "facts as {{.fact.smic_hourly}}"},
		{"all facts", "fr", "\"a.b\" = \"{{.fact}}\"\n", "facts as"},
		{"nested table", "fr", "[a]\nb = \"x\"\n", "write keys in quotes"},
		{"a number", "fr", "\"a.b\" = 3\n", "neither a text nor a table"},
		{"empty text", "fr", "\"a.b\" = \" \"\n", `form "other" is empty`},
		{"missing form", "ar", "[\"a.b\"]\none = \"x\"\nother = \"y\"\n", `plural form "zero" is missing; ar has zero, one, two`},
		{"strange form", "fr", "[\"a.b\"]\none = \"x\"\ntwo = \"z\"\nother = \"y\"\n", `plural form "two" is not one of fr`},
		{"no other", "fr", "[\"a.b\"]\none = \"x\"\n", `form "other" is missing`},
		{"number without forms", "fr", "\"a.b\" = \"{{.PluralCount}}\"\n", "has no plural forms"},
		{"fact where there must be none", "fr", "\"a.b.nofact\" = \"{{.fact.x}}\"\n", "must do without"},
		{"unknown language", "frr2", "\"a.b\" = \"x\"\n", "is not the code of a language"},
		{"how it writes", "fr", "\"a.b\" = \"x\"\n", `"writing.months" must be a list of 12 names`},
		{"a pattern without the number", "fr", "\"writing.euros\" = \"€\"\n", `"writing.euros" must hold {n}`},
		{"a writing that is not known", "fr", "\"writing.era\" = \"x\"\n", `"writing.era" is not known`},
		{"no French", "en", writingOf(t, "en") + "\"a.b\" = \"x\"\n", "there is no active.fr.toml"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := fstest.MapFS{"active." + tt.lang + ".toml": {Data: []byte(tt.src)}}
			c, err := Read(files)
			if err == nil || c != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Read = %v, %v; want an error with %q", c, err, tt.want)
			}
		})
	}
}

func TestReadListsAllThatIsWrong(t *testing.T) {
	_, err := Read(fstest.MapFS{"active.fr.toml": {Data: []byte("\"a\" = \"{{.x\"\n[\"b\"]\none = \"x\"\n")}})
	for _, want := range []string{"active.fr.toml:1:", "active.fr.toml:2:"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
}
