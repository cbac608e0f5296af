package nlu

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// here is what is known before the messages of the tables are read.
var here = Context{Now: "2026-11-23", Quarters: []string{"Orgemont", "La Source", "Centre-ville", "Les Presles"}}

// TestValuesTable measures what is read exactly: all that a message gives, and
// nothing else. The blind half is measured and never adjusted to. A value that
// is wrong is worse than one that is missing: it has its own ceiling.
func TestValuesTable(t *testing.T) {
	for _, c := range []struct {
		file         string
		floor, wrong float64 // percent
	}{
		{"values.tsv", 95, 2},
		{"values_blind.tsv", 90, 4},
	} {
		t.Run(c.file, func(t *testing.T) {
			n, exact, wrong := 0, 0, 0
			langs := map[string][2]int{}
			err := table(os.DirFS("testdata"), c.file, 3, func(cells []string) error {
				n++
				want := valuesOf(cells[2])
				got := model(t).Read(cells[1], here).Values
				of := langs[cells[0]]
				of[1]++
				if maps.Equal(got, want) {
					exact++
					of[0]++
				} else if c.file == "values.tsv" || os.Getenv("BLIND") != "" {
					t.Logf("%s: %q gives %v, not %v", cells[0], cells[1], got, want)
				}
				langs[cells[0]] = of
				wrong += one(invents(got, want))
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			percent := func(k int) float64 { return 100 * float64(k) / float64(n) }
			t.Logf("%d messages: %.1f %% exact, %.1f %% with a value that is wrong", n, percent(exact), percent(wrong))
			for _, lang := range slices.Sorted(maps.Keys(langs)) {
				t.Logf("%-8s %2d of %2d", lang, langs[lang][0], langs[lang][1])
			}
			if percent(exact) < c.floor || percent(wrong) > c.wrong {
				t.Errorf("less than %.0f %% exact or more than %.0f %% wrong", c.floor, c.wrong)
			}
		})
	}
}

// valuesOf reads "name=value;name=value", nil for "-".
func valuesOf(cell string) map[string]string {
	if cell == "-" {
		return nil
	}
	out := map[string]string{}
	for _, pair := range strings.Split(cell, ";") {
		name, value, _ := strings.Cut(pair, "=")
		out[name] = value
	}
	return out
}

// invents says whether a value is read that the message does not give.
func invents(got, want map[string]string) bool {
	for name, value := range got {
		if want[name] != value {
			return true
		}
	}
	return false
}
