package events

import (
	"math/rand/v2"
	"testing"
)

func TestFit(t *testing.T) {
	parent := Participant{ID: "p1", Side: Parent, Days: Monday | Monday<<1 | Monday<<3, Hours: []Span{{8 * 60, 18 * 60}}, Quarters: []string{"orgemont"},
		Start: NewMonth(2027, 1), Ages: []Ages{{10, 10}}, Places: 1, Languages: []string{"fr", "ta"}}
	minder := Participant{ID: "c1", Side: Childminder, Days: Monday*32 - 1, Hours: []Span{{7*60 + 30, 18*60 + 30}}, Quarters: []string{"orgemont", "centre"},
		Start: NewMonth(2027, 1), Places: 2, Languages: []string{"fr"}}
	for _, c := range []struct {
		name   string
		change func(p, m *Participant)
		want   int
	}{
		{"all", func(p, m *Participant) {}, 100},
		{"anything goes", func(p, m *Participant) { *p = Participant{Side: Parent} }, 100},
		{"one day of three", func(p, m *Participant) { m.Days = Monday }, 100 - 25 + 8},
		{"no day", func(p, m *Participant) { m.Days = Monday << 5 }, 0},
		{"half of the hours", func(p, m *Participant) { m.Hours = []Span{{8 * 60, 13 * 60}} }, 100 - 25 + 12},
		{"a quarter of an hour too few", func(p, m *Participant) { m.Hours = []Span{{8 * 60, 17*60 + 45}} }, 99},
		{"no hour", func(p, m *Participant) { m.Hours = []Span{{18 * 60, 22 * 60}} }, 0},
		{"two spans", func(p, m *Participant) { m.Hours = []Span{{8 * 60, 12 * 60}, {14 * 60, 18 * 60}} }, 100 - 25 + 20},
		{"another quarter", func(p, m *Participant) { m.Quarters = []string{"cygnes"} }, 85},
		{"a month later", func(p, m *Participant) { m.Start++ }, 95},
		{"a month earlier", func(p, m *Participant) { m.Start-- }, 95},
		{"half a year later", func(p, m *Participant) { m.Start += 6 }, 85},
		{"no language", func(p, m *Participant) { m.Languages = []string{"pt"} }, 90},
		{"too young", func(p, m *Participant) { m.Ages = []Ages{{12, 36}} }, 95},
		{"one of two too young", func(p, m *Participant) { m.Ages, p.Ages = []Ages{{12, 36}}, []Ages{{10, 10}, {24, 24}} }, 97},
		{"too few places", func(p, m *Participant) { p.Places = 3 }, 95},
		{"the same side", func(p, m *Participant) { m.Side = Parent }, 0},
	} {
		p, m := parent, minder
		c.change(&p, &m)
		if a, b := Fit(p, m), Fit(m, p); a != c.want || b != c.want {
			t.Errorf("%s: %d and %d, want %d", c.name, a, b, c.want)
		}
	}
}

// TestFitBounds: a pair has 0 points or 1 to FullFit, and 0 only without a
// common day or hour.
func TestFitBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, p := range crowd(r, 60, 0, false, DefaultOptions()) {
		for _, m := range crowd(r, 0, 60, false, DefaultOptions()) {
			fit, hours := Fit(p, m), p.Hours[0].From < m.Hours[0].To && m.Hours[0].From < p.Hours[0].To
			if fit < 0 || fit > FullFit || (fit == 0) == (p.Days&m.Days != 0 && hours) {
				t.Fatalf("%d: %+v %+v", fit, p, m)
			}
		}
	}
}
