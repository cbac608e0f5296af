package events

import (
	"cmp"
	"maps"
	"slices"
)

func sortedKeys(m map[uint64]int32) []uint64 { return slices.Sorted(maps.Keys(m)) }

// fill adds the best meetings to some rounds: chosen all at once, then put in
// rounds, those with the fewest rounds to choose from first.
func (g *grid) fill(block uint64) {
	pairs, _ := g.relax(block, false)
	slices.SortStableFunc(pairs, func(a, b int) int {
		return cmp.Or(cmp.Compare(g.held[b], g.held[a]), count(g.list(a))-count(g.list(b)))
	})
	for _, pair := range pairs {
		g.insert(pair)
	}
}

// all returns the rounds of the day.
func (d *day) all() uint64 { return ^uint64(0) >> (mostRounds - d.Rounds) }

// What a plan may cost, in arcs looked at: about a second each on one core of
// 2026. Counted and not timed, so that the same day gives the same plan.
const (
	improveWork = 20_000_000
	proveWork   = 4_000_000
	provable    = 64 // pairs of a day that is small enough to be searched
)

// plan makes the best grid that it can, and returns it with the bound that no
// plan exceeds.
func (d *day) plan() (best *grid, bound int64) {
	empty := newGrid(d)
	pairs, gain := empty.relax(d.all(), true)
	bound = empty.value() + gain
	d.sit(d.meetingsOf(pairs))
	best = empty.clone()
	best.fill(d.all())
	if best = best.improve(bound, improveWork); best.value() < bound && len(d.fit) <= provable {
		return d.prove(best, empty, bound, proveWork)
	}
	return best, bound
}
