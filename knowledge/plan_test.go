package knowledge

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

// situated reads "age=18 when=soon" as what a family said.
func situated(text string) map[string]string {
	args := map[string]string{}
	for _, word := range strings.Fields(text) {
		name, value, _ := strings.Cut(word, "=")
		args[name] = value
	}
	return args
}

func TestCarePlan(t *testing.T) {
	l := library(t, "parent")
	for _, c := range []struct{ said, want string }{
		// Nothing known, or a parent at work: both at a time, and the relais.
		{"", "creche childminder relais"},
		{"age=6 when=soon days=5 hours=day need=no work=work", "creche childminder relais"},
		{"age=0 when=later days=4 hours=day need=no work=work", "creche childminder relais"},
		{"age=6 when=now days=5 hours=day need=no work=work", "childminder creche relais"},
		// A child who needs more: a named person first, always.
		{"age=18 when=soon days=3 hours=day need=yes work=work", "inclusion creche childminder"},
		{"age=18 when=now days=3 hours=odd need=yes work=search", "inclusion insertion odd"},
		{"age=32 when=soon days=2 hours=part need=yes work=none", "inclusion hours school"},
		// A parent who looks for work.
		{"age=12 when=now days=5 hours=day need=no work=search", "insertion childminder creche"},
		{"age=12 when=later days=5 hours=day need=no work=search", "creche childminder insertion"},
		// Hours at which crèches are closed.
		{"age=12 when=soon days=5 hours=odd need=no work=work", "odd home childminder"},
		{"age=36 when=soon days=5 hours=odd need=no work=work", "odd home school"},
		// A few hours.
		{"age=12 when=soon days=1 hours=day need=no work=none", "hours play creche"},
		{"age=12 when=soon days=5 hours=part need=no work=none", "hours play creche"},
		{"age=12 when=soon days=2 hours=part need=no work=work", "creche childminder relais"},
		{"age=12 when=soon days=4 hours=day need=no work=none", "creche childminder play"},
		// School comes.
		{"age=29 when=soon days=5 hours=day need=no work=work", "creche childminder relais"},
		{"age=30 when=soon days=5 hours=day need=no work=work", "creche childminder school"},
		{"age=30 when=now days=1 hours=part need=no work=none", "hours play school"},
		{"age=44 when=soon days=5 hours=day need=no work=work", "creche childminder school"},
		{"age=45 when=soon days=5 hours=day need=no work=work", "school childminder home"},
		{"age=70 when=now days=5 hours=day need=yes work=work", "inclusion school childminder"},
	} {
		got, err := l.Look("care.plan", situated(c.said))
		if err != nil || strings.Join([]string{got["first"], got["second"], got["third"]}, " ") != c.want {
			t.Errorf("%s: %v, %v; want %s", c.said, got, err, c.want)
		}
	}
	for _, wrong := range []string{"age=-1", "age=old", "age=300", "days=0", "days=8", "when=yesterday", "hours=24", "need=perhaps", "work=cdi"} {
		got, err := l.Look("care.plan", situated(wrong))
		name, value, _ := strings.Cut(wrong, "=")
		if !errors.Is(err, ErrArgument) || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), value) {
			t.Errorf("%s: %v, %v", wrong, got, err)
		}
	}
}

// TestCarePlanAlways: whatever was said, three different things that the texts
// know; each advice has its reason and gets its turn.
func TestCarePlanAlways(t *testing.T) {
	steps := []string{"creche", "childminder", "home", "hours", "odd", "inclusion", "insertion", "play", "school", "relais"}
	seen := map[string]bool{}
	for _, age := range []int{-1, 0, 12, 30, 44, 45, 80} {
		for _, days := range []int{-1, 1, 2, 3, 6} {
			for _, answers := range combinations([]string{"", "now", "soon", "later"}, []string{"", "day", "part", "odd"},
				[]string{"", "yes", "no"}, []string{"", "work", "search", "none"}) {
				s := situation{age, days, answers[0], answers[1], answers[2], answers[3]}
				plan := s.plan()
				for i, step := range plan {
					seen[step] = true
					if !slices.Contains(steps, step) || slices.Contains(plan[:i], step) {
						t.Fatalf("%+v: %v", s, plan)
					}
				}
				if s.need == "yes" && plan[0] != "inclusion" {
					t.Fatalf("%+v: %v", s, plan)
				}
			}
		}
	}
	if got := slices.Sorted(maps.Keys(seen)); len(got) != len(steps) {
		t.Errorf("only %v are ever advised", got)
	}
	for _, a := range advices() {
		if a.why == "" {
			t.Errorf("%v: why?", a.steps)
		}
	}
}

// combinations returns every choice of one from each list.
func combinations(lists ...[]string) [][]string {
	all := [][]string{nil}
	for _, list := range lists {
		var longer [][]string
		for _, before := range all {
			for _, one := range list {
				longer = append(longer, append(slices.Clone(before), one))
			}
		}
		all = longer
	}
	return all
}
