package report

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestHide(t *testing.T) {
	for _, c := range []struct{ counts, want string }{
		{"12 9 7", "12 9 7"}, {"12 9 3", "12 - -"}, {"12 3 2", "- - -"}, {"12 3 3", "12 - -"}, {"4", "-"}, {"4 0", "- -"}, {"5 0", "5 0"},
		{"9 1 1", "- - -"}, {"9 8 1 1", "9 - - -"}, {"1 1 1 1 1", "- - - - -"}, {"", ""},
	} {
		var rows []Row
		for _, word := range strings.Fields(c.counts) {
			var n int
			fmt.Sscan(word, &n)
			rows = append(rows, Row{Counts: []Count{count(n)}})
		}
		hideRows(rows, 0)
		if got := strings.Join(read(rows), " "); got != c.want {
			t.Errorf("%s is shown as %v, want %s", c.counts, got, c.want)
		}
	}
}

func read(rows []Row) (list []string) {
	for _, r := range rows {
		if r.Counts[0].Hidden {
			list = append(list, "-")
		} else {
			list = append(list, fmt.Sprint(r.Counts[0].N))
		}
	}
	return list
}

// TestNothingIsReckoned: a reader who knows the rules and the sum can tell of no
// hidden part how many it is; nor that it is of fewer than five, unless
// everything is hidden.
func TestNothingIsReckoned(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		parts := make([]*Count, 1+dice.IntN(6))
		for i := range parts {
			parts[i] = &Count{N: dice.IntN(9) * dice.IntN(2) * (1 + dice.IntN(3))}
		}
		hide(parts)
		hidden, sum := 0, 0
		for _, c := range parts {
			if isSmall(c.N) && !c.Hidden {
				t.Fatalf("%v shows a part of %d", numbers(parts), c.N)
			}
			if c.Hidden {
				hidden, sum = hidden+1, sum+c.N
			}
		}
		all := hidden == len(parts)
		if hidden == 0 || all && len(parts) == 1 && isSmall(sum) {
			continue // the whole is as small as its only part, and hidden itself
		}
		least := 1
		if all {
			least = 0 // anybody may be nobody
		}
		most := sum - least*(hidden-1)
		if most <= least || !all && most < few {
			t.Fatalf("%v: the %d hidden parts are %d together: each is from %d to %d", numbers(parts), hidden, sum, least, most)
		}
	}
}

func numbers(parts []*Count) (list []string) {
	for _, c := range parts {
		list = append(list, fmt.Sprint(c.N, map[bool]string{true: " hidden"}[c.Hidden]))
	}
	return list
}

// TestNested: of counts each inside the one before, no two that are shown tell
// of fewer than five.
func TestNested(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	for range 5_000 {
		var counts []*Count
		for n := dice.IntN(40); len(counts) < 5; n -= dice.IntN(min(n, 9) + 1) {
			counts = append(counts, &Count{N: n})
		}
		nest(counts...)
		last := 0
		for _, c := range counts {
			if c.Hidden {
				continue
			}
			if isSmall(c.N) || last > 0 && isSmall(last-c.N) {
				t.Fatalf("%v", numbers(counts))
			}
			last = c.N
		}
	}
}

// TestGathered: rows that are too few lose their names, and the rest of them is
// five at least.
func TestGathered(t *testing.T) {
	for _, c := range []struct{ counts, want string }{
		{"9 7", "9 7"}, {"9 7 3 2 1", "9 7 6"}, {"9 7 3", "9 10"}, {"9 3", "12"}, {"3 1", "-"}, {"", ""},
	} {
		var rows []Row
		for _, word := range strings.Fields(c.counts) {
			var n int
			fmt.Sscan(word, &n)
			rows = append(rows, Row{Label: "name", Counts: []Count{count(n)}})
		}
		if got := strings.Join(read(gather(rows, Row{Label: "others"})), " "); got != c.want {
			t.Errorf("%s is gathered as %s, want %s", c.counts, got, c.want)
		}
	}
}

// chain is a path on which people leave step by step.
func chain(left []int, done int) *standing {
	p := Path{Dialog: "way"}
	for i := range left {
		p.Steps = append(p.Steps, Step{fmt.Sprint("way.", i), []string{"way.end"}})
	}
	s := newStanding(p)
	for i, n := range append(left, done) {
		for range n {
			var at place
			for step := range min(i+1, len(left)) {
				s.step(&at, fmt.Sprint("way.", step))
			}
			if i == len(left) {
				s.step(&at, "way.end")
			}
			s.count(at)
		}
	}
	return s
}

func TestStretches(t *testing.T) {
	for _, c := range []struct {
		left []int
		done int
		want string
	}{
		{[]int{5, 6, 7}, 9, "[{0 1 27 5} {1 2 22 6} {2 3 16 7}] true"},
		{[]int{5, 2, 4, 0}, 9, "[{0 1 20 5} {1 3 15 6} {3 4 9 0}] true"},
		{[]int{5, 6, 3}, 9, "[{0 1 23 5} {1 3 18 9}] true"},
		{[]int{1, 2}, 9, "[{0 2 12 3}] false"},
		{[]int{8, 8}, 3, "[{0 2 19 16}] false"},
		{[]int{0, 0}, 0, "[{0 1 0 0} {1 2 0 0}] true"},
	} {
		list, ok := chain(c.left, c.done).stretches()
		if got := fmt.Sprint(list, ok); got != c.want {
			t.Errorf("%v %d: %s, want %s", c.left, c.done, got, c.want)
		}
	}
}

// TestNobodyIsFollowed: from what is shown of a path, no reader can reckon a
// step at which fewer than five left, or were left.
func TestNobodyIsFollowed(t *testing.T) {
	dice := rand.New(rand.NewPCG(5, 6))
	for range 5_000 {
		left := make([]int, 2+dice.IntN(6))
		for i := range left {
			left[i] = dice.IntN(10) * dice.IntN(2)
		}
		s := chain(left, dice.IntN(15))
		list, ok := s.stretches()
		if !ok {
			continue
		}
		here, at := s.started, 0
		for _, one := range list {
			if one.from != at {
				t.Fatalf("%v: steps are missing in %v", left, list)
			}
			at = one.to
			for _, n := range []int{one.reached, one.left, one.reached - one.left, here - one.reached} {
				if isSmall(n) {
					t.Fatalf("%v, %d done: %v tells of %d", left, s.done, list, n)
				}
			}
			here -= one.left
		}
		if here != s.done || isSmall(here) || at != len(left) {
			t.Fatalf("%v: %v leaves %d, not %d", left, list, here, s.done)
		}
	}
}

// TestStepsOfAPath: who is asked again has not finished, who has finished is not
// counted as having left.
func TestStepsOfAPath(t *testing.T) {
	s := newStanding(Path{"cmg", []Step{{"cmg.care", nil}, {"cmg.hours", []string{"cmg.result"}}}})
	for _, keys := range []string{"cmg.care cmg.hours cmg.result", "cmg.care cmg.hours cmg.result cmg.care", "cmg.what", "cmg.care menu.top", "cmg.care cmg.hours cmg.sorry", "cmg.result"} {
		var p place
		for key := range strings.FieldsSeq(keys) {
			s.step(&p, key)
		}
		s.count(p)
	}
	if got := fmt.Sprint(s.started, s.reached, s.left, s.done); got != "4 [4 3] [2 1] 1" {
		t.Errorf("started, reached, left, done: %s", got)
	}
}
