package events

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func sprint(words ...any) string { return strings.TrimSpace(fmt.Sprintln(words...)) }

// surprises invents what happens on a day: no-shows, late arrivals, people who
// leave early.
func surprises(r *rand.Rand, s Schedule, n int) (list []Change) {
	for _, i := range r.Perm(len(s.People))[:min(n, len(s.People))] {
		c := Change{ID: s.People[i].ID, Room: s.People[i].Room}
		switch r.IntN(3) {
		case 0:
			c.Absent = true
		case 1:
			c.Room.From = s.Start(1 + r.IntN(s.Rounds))
		default:
			c.Room.To = max(s.Start(1+r.IntN(s.Rounds))+Clock(s.Minutes), c.Room.From+1)
		}
		list = append(list, c)
	}
	return list
}

// TestReplanObeys: what is past stays, seats stay, and the rest is a plan.
func TestReplanObeys(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 8))
		o := DefaultOptions()
		o.Tables, o.Minimum = 4+r.IntN(10), r.IntN(4)
		was := mustPlan(t, crowd(r, 8+r.IntN(16), 4+r.IntN(10), seed%2 > 0, o), o)
		round := 1 + r.IntN(o.Rounds)
		now, err := Replan(was, round, surprises(r, was, 4)...)
		if err != nil {
			t.Fatal(err)
		}
		obeys(t, now)
		past := func(s Schedule) (list []Meeting) {
			for _, m := range s.Meetings {
				if m.Missed = false; m.Round < round {
					list = append(list, m)
				}
			}
			return list
		}
		if !reflect.DeepEqual(past(now), past(was)) || !reflect.DeepEqual(now.Seats, was.Seats) {
			t.Errorf("seed %d: the past or the seats changed", seed)
		}
	}
}

// TestReplanNothing: when nothing happened, nothing changes.
func TestReplanNothing(t *testing.T) {
	o := DefaultOptions()
	was := mustPlan(t, crowd(rand.New(rand.NewPCG(1, 9)), 30, 20, true, o), o)
	for round := 1; round <= o.Rounds; round++ {
		now, err := Replan(was, round)
		if err != nil || !reflect.DeepEqual(now.Meetings, was.Meetings) {
			t.Errorf("from round %d on the plan is another, %v", round, err)
		}
	}
}

// TestReplanIsOptimal compares with all plans of what remains: less missing
// first, then meetings that stay and fit.
func TestReplanIsOptimal(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 10))
		o := DefaultOptions()
		o.Rounds, o.Tables, o.Minimum = 2+r.IntN(3), 1+r.IntN(3), r.IntN(3)
		was := mustPlan(t, crowd(r, 2+r.IntN(3), 1+r.IntN(3), seed%2 > 0, o), o)
		round := 1 + r.IntN(o.Rounds)
		now, err := Replan(was, round, surprises(r, was, 2)...)
		if err != nil {
			t.Fatal(err)
		}
		obeys(t, now)
		if got, want := worth(was, now, round), remaining(was, now, round).best(); got != want {
			t.Errorf("seed %d: %+v, the best is %+v", seed, got, want)
		}
	}
}

// remaining is the day that was left to plan.
func remaining(was, now Schedule, round int) *room {
	r := newRoom(now.People, now.Options)
	r.from = round
	for c, m := range r.minders {
		r.seat[c] = now.Seats[m.ID]
	}
	for _, m := range now.Meetings {
		if m.Round < round && !m.Missed {
			r.past[m.Parent]++
			r.past[m.Childminder]++
			r.met |= 1 << r.pair(m)
		}
	}
	for _, m := range was.Meetings {
		if m.Round >= round {
			r.held[r.pair(m)] = m.Round
		}
	}
	return r
}

func (r *room) pair(m Meeting) int {
	index := func(list []Participant, id string) int {
		return slices.IndexFunc(list, func(p Participant) bool { return p.ID == id })
	}
	return index(r.parents, m.Parent)*len(r.minders) + index(r.minders, m.Childminder)
}

// worth is the total of what was planned again, with what stays.
func worth(was, now Schedule, round int) Total {
	t := Total{Missing: now.Total.Missing}
	for _, m := range now.Meetings {
		if m.Round < round {
			continue
		}
		t.Score += m.Score
		t.Unfit += unfit(m.Score)
		if slices.Contains(was.Meetings, m) {
			t.Score += FullFit
		}
	}
	return t
}

// TestReplanHolds: of all meetings that can still take place, few move.
func TestReplanHolds(t *testing.T) {
	held, kept := 0, 0
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 11))
		o := DefaultOptions()
		was := mustPlan(t, crowd(r, 48, 33, false, o), o)
		now, err := Replan(was, 3, surprises(r, was, 5)...)
		if err != nil {
			t.Fatal(err)
		}
		d := newDay(now.People, now.Options)
		_, list := was.split(d, 3)
		held += len(list)
		for _, m := range list {
			if slices.Contains(now.Meetings, m) {
				kept++
			}
		}
	}
	t.Logf("%d of %d meetings that can still take place stay where they are", kept, held)
	if 100*kept < 90*held {
		t.Errorf("only %d of %d meetings stay", kept, held)
	}
}

// TestReplanMissed: a family that comes late meets again whom it missed.
func TestReplanMissed(t *testing.T) {
	o := Options{Begin: 570, Rounds: 3, Tables: 1, Minutes: 7, Pause: 1, Minimum: 1}
	was := mustPlan(t, []Participant{{ID: "c", Side: Childminder}, {ID: "p", Side: Parent}}, o)
	now, err := Replan(was, 2, Change{ID: "p", Room: Span{From: o.Start(2)}})
	if err != nil || len(now.Meetings) != 2 || !now.Meetings[0].Missed || now.Meetings[1].Round != 2 || now.Total.Missing != 0 {
		t.Errorf("%+v, %v", now, err)
	}
	if _, err := Replan(was, 1, Change{ID: "q"}); err == nil || !strings.Contains(err.Error(), "nobody has the id q") {
		t.Errorf("%v", err)
	}
	if _, err := Replan(was, 4); err == nil || !strings.Contains(err.Error(), "round must be 1 to 3") {
		t.Errorf("%v", err)
	}
}

func BenchmarkReplan(b *testing.B) {
	o := DefaultOptions()
	r := rand.New(rand.NewPCG(1, 1))
	s := mustPlan(b, crowd(r, 48, 33, false, o), o)
	changes := surprises(r, s, 5)
	for b.Loop() {
		if _, err := Replan(s, 3, changes...); err != nil {
			b.Fatal(err)
		}
	}
}
