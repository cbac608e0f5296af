package locales

import (
	"strings"
	"testing"
)

// TestEveryTextCanBeWritten writes every text of every language in every style,
// as a family would get it: once proved here, none can fail at night.
func TestEveryTextCanBeWritten(t *testing.T) {
	for name, read := range map[string]func() (*Catalog, error){"active": Default, "desk": Desk} {
		c, err := read()
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Languages()) < 2 {
			t.Fatalf("%s: only %q", name, c.Languages())
		}
		for _, lang := range c.Languages() {
			for _, key := range c.Keys(lang) {
				writeAll(t, c, lang, key)
			}
		}
	}
}

func writeAll(t *testing.T, c *Catalog, lang, key string) {
	t.Helper()
	line := Line{Key: key, Count: "PluralCount", Args: map[string]Arg{}}
	for _, slot := range c.Slots(lang, key) {
		line.Args[slot] = Arg{Kind: "text", Text: "VALUE"}
	}
	for _, n := range []string{"0", "1", "2", "3", "11", "100"} {
		line.Args["PluralCount"] = count(n)
		for _, style := range []Style{{}, {SMS: true}, {Isolate: true}} {
			text, err := c.Text(lang, style, line, func(string) (Arg, bool) { return Arg{Kind: "date", Text: "2027-01-31"}, true })
			switch {
			case err != nil:
				t.Errorf("%s: %v", lang, err)
			case strings.Contains(text, "{{") || strings.Contains(text, "<no value>"):
				t.Errorf("%s %q is written as %q", lang, key, text)
			case style.SMS && strings.ContainsRune(text, '\u2068'):
				t.Errorf("%s %q has isolates by SMS", lang, key)
			}
		}
	}
}

// TestFactsHaveAWayAround finds texts that fall silent when a fact goes out of
// date.
func TestFactsHaveAWayAround(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range c.Languages() {
		for _, key := range c.Keys(lang) {
			base := strings.TrimSuffix(key, ".sms")
			if facts := c.Facts(lang, key); len(facts) > 0 && !c.Has(lang, base+".nofact") {
				t.Errorf("%s %q quotes %q and has no .nofact form", lang, key, facts)
			}
		}
	}
}
