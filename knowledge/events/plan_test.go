package events

import (
	"math/rand/v2"
	"testing"
)

func small(r *rand.Rand) Options {
	o := DefaultOptions()
	o.Rounds, o.Tables, o.Minimum = 1+r.IntN(4), 1+r.IntN(4), r.IntN(4)
	return o
}

// TestPlanIsOptimal compares the total with that of all plans there are.
func TestPlanIsOptimal(t *testing.T) {
	proved := 0
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 5))
		o := small(r)
		people := crowd(r, 1+r.IntN(4), 1+r.IntN(4), seed%3 > 0, o)
		s, err := Plan(people, o)
		if err != nil {
			t.Fatal(err)
		}
		want := exhaust(people, o)
		if s.Total != want {
			t.Errorf("seed %d, %d people, %+v: %+v (bound %+v), the best is %+v", seed, len(people), o, s.Total, s.Bound, want)
		}
		if s.Bound != want && want.Better(s.Bound) {
			t.Errorf("seed %d: the bound %+v is below the best, %+v", seed, s.Bound, want)
		}
		if s.Optimal {
			proved++
		}
	}
	t.Logf("%d proved optimal", proved)
}

func BenchmarkPlan(b *testing.B) {
	for _, c := range []struct {
		name             string
		parents, minders int
		tables, rounds   int
		late             bool
	}{
		{"48x33", 48, 33, 16, 8, false}, {"48x33/late", 48, 33, 16, 8, true},
		{"500x300", 500, 300, 300, 8, false}, {"500x300/late", 500, 300, 300, 8, true}, {"500x300/tables100", 500, 300, 100, 11, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			o := DefaultOptions()
			o.Tables, o.Rounds = c.tables, c.rounds
			people := crowd(rand.New(rand.NewPCG(1, 1)), c.parents, c.minders, c.late, o)
			for b.Loop() {
				s, err := Plan(people, o)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(s.Total.Score)/float64(max(1, s.Bound.Score)), "of-bound")
				b.ReportMetric(float64(s.Total.Missing-s.Bound.Missing), "missing-over")
			}
		})
	}
}
