package events

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"
)

func TestMatches(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 10, 0, 0, 0, time.UTC) }
	need := Profile{Participant: Participant{ID: "p", Side: Parent, Days: Monday | Monday<<1, Hours: []Span{{8 * 60, 18 * 60}},
		Quarters: []string{"orgemont"}, Start: NewMonth(2027, 1), Ages: []Ages{{10, 10}}, Places: 1}}
	offer := func(id string, since int, change func(*Profile)) Profile {
		p := Profile{Participant: Participant{ID: id, Side: Childminder, Days: Monday*32 - 1, Hours: []Span{{7 * 60, 19 * 60}},
			Quarters: []string{"orgemont"}, Start: NewMonth(2027, 1), Places: 2}, Since: day(since)}
		if change != nil {
			change(&p)
		}
		return p
	}
	elsewhere := func(p *Profile) { p.Quarters = []string{"cygnes"} }
	for _, c := range []struct {
		name   string
		offers []Profile
		n      int
		want   string
	}{
		{"nobody", nil, 3, ""},
		{"who waits longest comes first", []Profile{offer("a", 9, nil), offer("b", 3, nil)}, 3, "b a"},
		{"who fits better comes before who waits longer", []Profile{offer("a", 1, elsewhere), offer("b", 9, nil)}, 3, "b a"},
		{"a little better is no better", []Profile{offer("a", 9, nil), offer("b", 3, func(p *Profile) { p.Hours = []Span{{8 * 60, 17*60 + 45}}; p.Start++ })}, 3, "a b"},
		{"within ten points who waits longest", []Profile{offer("a", 9, func(p *Profile) { p.Start++ }), offer("b", 3, func(p *Profile) { p.Hours = []Span{{8*60 + 30, 18 * 60}} })}, 3, "b a"},
		{"who was proposed waits again", []Profile{offer("a", 1, func(p *Profile) { p.Asked = day(20) }), offer("b", 9, nil)}, 3, "b a"},
		{"who was proposed long ago", []Profile{offer("a", 5, func(p *Profile) { p.Asked = day(2) }), offer("b", 4, nil)}, 3, "b a"},
		{"the same day: the id", []Profile{offer("b", 3, nil), offer("a", 3, nil)}, 3, "a b"},
		{"no common day", []Profile{offer("a", 1, func(p *Profile) { p.Days = Monday << 5 })}, 3, ""},
		{"no common hour", []Profile{offer("a", 1, func(p *Profile) { p.Hours = []Span{{18 * 60, 22 * 60}} })}, 3, ""},
		{"too old", []Profile{offer("a", 1, func(p *Profile) { p.Ages = []Ages{{12, 36}} })}, 3, ""},
		{"too few places", []Profile{offer("a", 1, func(p *Profile) { p.Places = 1 })}, 3, "a"},
		{"another family", []Profile{offer("a", 1, func(p *Profile) { p.Side = Parent })}, 3, ""},
		{"the first two", []Profile{offer("a", 3, nil), offer("b", 2, nil), offer("c", 1, nil)}, 2, "c b"},
		{"all", []Profile{offer("a", 3, nil), offer("b", 2, nil), offer("c", 1, nil)}, -1, "c b a"},
	} {
		got := ""
		for i, m := range Matches(need, c.offers, c.n) {
			if i > 0 {
				got += " "
			}
			got += m.ID
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	twins := need
	twins.Places = 2
	if got := Matches(twins, []Profile{offer("a", 1, func(p *Profile) { p.Places = 1 })}, 3); len(got) != 0 {
		t.Errorf("one place was proposed for two children: %+v", got)
	}
}

// TestMatchesAlways: whoever proposes, the order of the list changes nothing;
// nobody is proposed without a day and an hour in common; a step that is higher
// comes first; and a childminder finds the families that find her.
func TestMatchesAlways(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var families, offers []Profile
	for i, p := range crowd(r, 40, 60, false, DefaultOptions()) {
		profile := Profile{Participant: p, Since: time.Date(2026, 11, 1+i%7, 0, 0, 0, 0, time.UTC)}
		if p.Side == Parent {
			families = append(families, profile)
		} else {
			offers = append(offers, profile)
		}
	}
	found := map[string]bool{}
	for _, f := range families {
		list := Matches(f, offers, -1)
		for i, m := range list {
			found[f.ID+" "+m.ID] = true
			if f.Days != 0 && m.Days != 0 && f.Days&m.Days == 0 || hoursFit(f.Hours, m.Hours) < 0 {
				t.Fatalf("%+v was proposed to %+v", m, f)
			}
			if i > 0 && list[i-1].Points/alike < m.Points/alike {
				t.Fatalf("%d points came before %d", list[i-1].Points, m.Points)
			}
		}
		r.Shuffle(len(offers), func(i, j int) { offers[i], offers[j] = offers[j], offers[i] })
		if again := Matches(f, offers, -1); !reflect.DeepEqual(list, again) {
			t.Fatal("the order of the list decides who is proposed")
		}
	}
	back := map[string]bool{}
	for _, o := range offers {
		for _, m := range Matches(o, families, -1) {
			back[m.ID+" "+o.ID] = true
		}
	}
	if fmt.Sprint(found) != fmt.Sprint(back) || len(found) == 0 {
		t.Errorf("families find %d pairs, childminders %d", len(found), len(back))
	}
}
