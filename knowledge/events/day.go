package events

import (
	"cmp"
	"math/bits"
	"slices"
)

// A day is a speed-dating day in figures. People are numbered in the order of
// their ids, each side for itself; a pair is parent*len(minders)+minder; rounds
// are bits.
type day struct {
	Options
	parents, minders []Participant
	openP, openC     []uint64 // the rounds in which each may meet
	fit              []int    // of each pair
	held             []int8   // the round in which each pair stands on people's sheets; -1 none
	seat             []int    // the table of each minder
	unfit, missing   int64    // what a meeting without fit, and a missing one, weigh against all points
	work             *int     // spent
}

// stay is what a meeting weighs that stays where it stands on people's sheets:
// as much as the best new meeting, so that only two better ones, or somebody
// who lacks the minimum, move it.
const stay = FullFit

func newDay(people []Participant, o Options) *day {
	d := &day{Options: o, work: new(int)}
	d.Minimum = min(o.Minimum, o.Rounds) // nobody can have more
	for _, p := range people {
		if p.Side == Parent {
			d.parents = append(d.parents, p)
		} else {
			d.minders = append(d.minders, p)
		}
	}
	byID := func(a, b Participant) int { return cmp.Compare(a.ID, b.ID) }
	slices.SortFunc(d.parents, byID)
	slices.SortFunc(d.minders, byID)
	d.openP, d.openC = o.opens(d.parents), o.opens(d.minders)
	d.measure()
	d.weigh()
	d.seat = make([]int, len(d.minders))
	for c := range d.seat {
		d.seat[c] = c % d.Tables // her own, if there are enough: see sit
	}
	return d
}

func (o Options) opens(people []Participant) []uint64 {
	open := make([]uint64, len(people))
	for i, p := range people {
		open[i] = o.open(p.Room)
	}
	return open
}

func (d *day) measure() {
	for _, p := range d.parents {
		for _, c := range d.minders {
			d.fit = append(d.fit, Fit(p, c))
			d.held = append(d.held, -1)
		}
	}
}

// weigh makes one number of a Total: a meeting without fit weighs more than all
// points of a day, and one missing more than all of both.
func (d *day) weigh() {
	most := int64(d.Rounds) * int64(min(len(d.parents), len(d.minders), d.Tables))
	points := most * (FullFit + stay)
	d.unfit = points + 1
	d.missing = most*d.unfit + points + 1
}

// total takes the number apart again.
func (d *day) total(value int64) Total {
	points := d.unfit - 1
	missing := (points - value) / d.missing
	rest := -value - missing*d.missing
	unfit := (rest + points) / d.unfit
	return Total{Missing: int(missing), Unfit: int(unfit), Score: int(unfit*d.unfit - rest)}
}

// people returns who a pair is.
func (d *day) people(pair int) (parent, minder int) {
	return pair / len(d.minders), pair % len(d.minders)
}

func (d *day) table(pair int) int { return d.seat[pair%len(d.minders)] }

// list returns the rounds in which both of a pair may meet.
func (d *day) list(pair int) uint64 {
	p, c := d.people(pair)
	return d.openP[p] & d.openC[c]
}

// all returns the rounds of the day.
func (d *day) all() uint64 { return ^uint64(0) >> (mostRounds - d.Rounds) }

// lowest returns the number of the first round of a set.
func lowest(rounds uint64) int { return bits.TrailingZeros64(rounds) }

// highest returns the number of the last round of a set.
func highest(rounds uint64) int { return bits.Len64(rounds) - 1 }

func count(rounds uint64) int { return bits.OnesCount64(rounds) }
