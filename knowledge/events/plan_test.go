package events

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// obeys checks all that a plan may never break.
func obeys(t *testing.T, s Schedule) {
	t.Helper()
	people, seen := map[string]Participant{}, map[string]bool{}
	for _, p := range s.People {
		people[p.ID] = p
	}
	once := func(words ...any) {
		t.Helper()
		if key := sprint(words...); seen[key] {
			t.Errorf("twice: %s", key)
		} else {
			seen[key] = true
		}
	}
	for _, m := range s.Meetings {
		if m.Missed {
			continue
		}
		p, c := people[m.Parent], people[m.Childminder]
		once("the pair", m.Parent, m.Childminder)
		once("parent", m.Parent, "in round", m.Round)
		once("childminder", m.Childminder, "in round", m.Round)
		once("table", m.Table, "in round", m.Round)
		if p.Side != Parent || c.Side != Childminder || m.Score != Fit(p, c) || m.Start != s.Start(m.Round) {
			t.Errorf("wrong: %+v", m)
		}
		if m.Round < 1 || m.Round > s.Rounds || m.Table < 1 || m.Table > s.Tables || m.Table != s.Seats[m.Childminder] {
			t.Errorf("no such round or table, or not hers: %+v", m)
		}
		for _, who := range []Participant{p, c} {
			if m.Start < who.Room.From || who.Room.To != 0 && m.Start+Clock(s.Minutes) > who.Room.To {
				t.Errorf("%s is not in the room at %+v", who.ID, m)
			}
		}
	}
	if s.Total.Better(s.Bound) || s.Optimal != (s.Total == s.Bound) {
		t.Errorf("%+v under the bound %+v, optimal %v", s.Total, s.Bound, s.Optimal)
	}
}

func mustPlan(t testing.TB, people []Participant, o Options) Schedule {
	t.Helper()
	s, err := Plan(people, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestPlanIsOptimal compares the total with the best of all plans there are.
func TestPlanIsOptimal(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 5))
		o := DefaultOptions()
		o.Rounds, o.Tables, o.Minimum = 1+r.IntN(4), 1+r.IntN(4), r.IntN(4)
		people := crowd(r, 1+r.IntN(4), 1+r.IntN(3), seed%3 > 0, o)
		s := mustPlan(t, people, o)
		obeys(t, s)
		if want := exhaust(people, o); s.Total != want || !s.Optimal {
			t.Errorf("seed %d: %+v (bound %+v), the best of all plans is %+v", seed, s.Total, s.Bound, want)
		}
	}
}

// TestPlanObeys plays larger days, with and without windows and with too few
// tables. When everybody stays all day and has a table, the plan is the best.
func TestPlanObeys(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 6))
		o := DefaultOptions()
		o.Rounds, o.Tables, o.Minimum = 1+r.IntN(10), 1+r.IntN(14), r.IntN(5)
		people := crowd(r, r.IntN(24), r.IntN(16), seed%2 > 0, o)
		s := mustPlan(t, people, o)
		obeys(t, s)
		if seed%2 == 0 && len(s.Seats) <= o.Tables && !s.Optimal {
			t.Errorf("seed %d: all day and a table each, and yet %+v under %+v", seed, s.Total, s.Bound)
		}
	}
}

// TestPlanMinimum: 48 families and 33 childminders, 16 tables. In 8 rounds there
// are 128 meetings for 144 that the families should have, and a table has
// not three times three; in 12 rounds everybody has the minimum.
func TestPlanMinimum(t *testing.T) {
	for rounds, lack := range map[int]int{8: 17, 12: 0} {
		o := DefaultOptions()
		o.Rounds = rounds
		s := mustPlan(t, crowd(rand.New(rand.NewPCG(2, 2)), 48, 33, false, o), o)
		if obeys(t, s); s.Total.Missing != lack || len(s.Meetings) != 16*rounds {
			t.Errorf("%d rounds: %+v, %d meetings", rounds, s.Total, len(s.Meetings))
		}
	}
}

// TestPlanNearTheBound measures what the package says of days that are too
// large to be proved.
func TestPlanNearTheBound(t *testing.T) {
	least := map[bool]float64{}
	for seed := range uint64(8) {
		o := DefaultOptions()
		few := seed%2 == 0
		if !few {
			o.Tables = 33
		}
		s := mustPlan(t, crowd(rand.New(rand.NewPCG(seed, 7)), 48, 33, true, o), o)
		obeys(t, s)
		share := float64(s.Total.Score) / float64(s.Bound.Score)
		if least[few] == 0 || share < least[few] {
			least[few] = share
		}
		if few && (share < 0.97 || s.Total.Missing > s.Bound.Missing+4) || !few && (share < 0.999 || s.Total.Missing > s.Bound.Missing) {
			t.Errorf("seed %d, %d tables: %+v under %+v", seed, o.Tables, s.Total, s.Bound)
		}
	}
	t.Logf("least part of the bound: %.4f on 16 tables, %.4f with a table each", least[true], least[false])
}

// TestPlanOrder: the order of the rows changes nothing.
func TestPlanOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	o := DefaultOptions()
	people := crowd(r, 20, 14, true, o)
	want := mustPlan(t, people, o)
	r.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	if got := mustPlan(t, people, o); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestPlanUnfit: two who have no day in common meet only when the minimum
// cannot be kept without.
func TestPlanUnfit(t *testing.T) {
	people := []Participant{{ID: "p1", Side: Parent, Days: Monday}, {ID: "p2", Side: Parent, Days: Monday << 1},
		{ID: "c1", Side: Childminder, Days: Monday}, {ID: "c2", Side: Childminder, Days: Monday << 2}}
	for minimum, want := range map[int]Total{0: {0, 0, 100}, 1: {0, 1, 100}, 2: {0, 3, 100}} {
		o := DefaultOptions()
		o.Minimum = minimum
		if s := mustPlan(t, people, o); s.Total != want || !s.Optimal {
			t.Errorf("minimum %d: %+v, want %+v", minimum, s.Total, want)
		}
	}
}

func TestPlanRefused(t *testing.T) {
	o := DefaultOptions()
	o.Rounds = 65
	_, err := Plan([]Participant{{ID: "a", Side: Parent}, {ID: "a", Side: Childminder}, {Side: Parent}, {ID: "b", Side: "mother"}}, o)
	for _, said := range []string{"rounds must be 1 to 64", "two participants have the id a", "no id", `b is a "mother"`} {
		if err == nil || !strings.Contains(err.Error(), said) {
			t.Errorf("%v, want %s", err, said)
		}
	}
}

// TestPlanCounts says of each person why they lack the minimum.
func TestPlanCounts(t *testing.T) {
	o := Options{Begin: 600, Rounds: 4, Tables: 1, Minutes: 7, Pause: 1, Minimum: 2}
	people := []Participant{{ID: "early", Side: Parent, Room: Span{540, 600}}, {ID: "one", Side: Parent, Room: Span{600, 607}},
		{ID: "late", Side: Parent, Room: Span{624, 700}}, {ID: "c", Side: Childminder, Room: Span{600, 623}}}
	want := []string{"no round lies wholly", "no childminders are in the room", "only 1 of the rounds", "only 1 of the parents"}
	for i, c := range mustPlan(t, people, o).Counts() {
		if !strings.Contains(c.Why, want[i]) {
			t.Errorf("%+v, want %s", c, want[i])
		}
	}
	more := slices.Concat(people[1:2], []Participant{{ID: "p", Side: Parent}, {ID: "c", Side: Childminder, Room: Span{600, 607}}})
	if c := mustPlan(t, more, o).Counts(); c[1].Meetings+c[0].Meetings != 1 || !strings.Contains(c[0].Why+c[1].Why, "no free round left") {
		t.Errorf("%+v", c)
	}
}

func BenchmarkPlan(b *testing.B) {
	for _, c := range []struct {
		name             string
		parents, minders int
		tables, rounds   int
		windows          bool
	}{
		{"48x33", 48, 33, 16, 8, false}, {"48x33/windows", 48, 33, 16, 8, true},
		{"500x300", 500, 300, 300, 8, false}, {"500x300/windows", 500, 300, 300, 8, true},
		{"500x300/tables100", 500, 300, 100, 11, false}, {"500x300/tables100/windows", 500, 300, 100, 11, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			o := DefaultOptions()
			o.Tables, o.Rounds = c.tables, c.rounds
			people := crowd(rand.New(rand.NewPCG(1, 1)), c.parents, c.minders, c.windows, o)
			for b.Loop() {
				s := mustPlan(b, people, o)
				b.ReportMetric(100*float64(s.Total.Score)/float64(max(1, s.Bound.Score)), "%of-bound")
				b.ReportMetric(float64(s.Total.Missing-s.Bound.Missing), "missing-above-bound")
			}
		})
	}
}
