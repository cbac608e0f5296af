package events

import (
	"cmp"
	"slices"
)

// fill adds the best meetings to some rounds.
func (g *grid) fill(block uint64) {
	pairs, _ := g.relax(block, false)
	g.place(pairs)
}

// place puts chosen pairs in rounds, as many as it can: first those that stand
// on people's sheets, then those with the fewest rounds to choose from.
func (g *grid) place(pairs []int) {
	slices.SortStableFunc(pairs, func(a, b int) int {
		return cmp.Or(cmp.Compare(g.held[b], g.held[a]), count(g.list(a))-count(g.list(b)))
	})
	for _, pair := range pairs {
		g.insert(pair)
	}
}

// What a plan may cost, in arcs looked at: some ten millions a second. Counted
// and not timed, so that the same day gives the same plan on every machine.
const (
	improveWork = 10_000_000 // to improve a grid,
	pairWork    = 250        // and for each pair of a large day as much more
	proveWork   = 4_000_000
	provable    = 64 // pairs of a day that is small enough to be searched
)

// plan makes the best grid that it can, and returns it with the bound that no
// plan exceeds.
func (d *day) plan() (best *grid, bound int64) {
	empty := newGrid(d)
	pairs, gain := empty.relax(d.all(), len(d.minders) > d.Tables)
	bound = empty.value() + gain
	if len(d.minders) > d.Tables {
		d.sit(d.meetingsOf(pairs))
		pairs, _ = empty.relax(d.all(), false)
	}
	best = empty.clone()
	best.place(pairs)
	return empty.prove(best.improve(bound, true), bound, false)
}
