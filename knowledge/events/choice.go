package events

import (
	"cmp"
	"slices"
)

// A choice is which pairs may meet in some rounds.
type choice struct {
	*grid
	hall               bool
	block              uint64
	freeP, freeC       []uint64
	severalP, severalC []bool      // partners who share different rounds with somebody
	all                []candidate // those beside the shortlist, once there is one
	whole              bool        // the shortlist is all candidates
}

// A candidate is a pair that may be chosen, the rounds in which both are free,
// what it brings, and its arc in the network.
type candidate struct {
	pair  int
	both  uint64
	worth int64
	arc   int32
}

func (g *grid) choice(block uint64, hall bool) *choice {
	c := &choice{grid: g, hall: hall, block: block,
		freeP: make([]uint64, len(g.parents)), freeC: make([]uint64, len(g.minders)),
		severalP: make([]bool, len(g.parents)), severalC: make([]bool, len(g.minders))}
	for p := range c.freeP {
		c.freeP[p] = g.openP[p] & block &^ g.busyP[p]
	}
	for m := range c.freeC {
		c.freeC[m] = g.openC[m] & block
		if !hall {
			c.freeC[m] &^= g.busyT[g.seat[m]]
		}
	}
	c.gather()
	return c
}

// gather lists the candidates. A pair without fit is one only for somebody who
// lacks the minimum.
func (c *choice) gather() {
	shareP, shareC := make([]uint64, len(c.freeP)), make([]uint64, len(c.freeC))
	for pair := range c.fit {
		p, m := c.people(pair)
		both := c.freeP[p] & c.freeC[m]
		if both == 0 || c.at[pair] >= 0 || c.barred[pair] || c.fit[pair] == 0 && c.nP[p] >= c.Minimum && c.nC[m] >= c.Minimum {
			continue
		}
		worth := c.points(pair)
		if h := c.held[pair]; h >= 0 && both>>h&1 == 1 {
			worth += stay
		}
		c.all = append(c.all, candidate{pair: pair, both: both, worth: worth})
		c.severalP[p] = c.severalP[p] || shareP[p] != 0 && shareP[p] != both
		c.severalC[m] = c.severalC[m] || shareC[m] != 0 && shareC[m] != both
		shareP[p], shareC[m] = both, both
	}
}

// few is the number of candidates that are taken all at once.
const few = 2000

// shortlist returns the candidates that are most likely to be chosen: the best
// of each person. Those that it overlooks are found by their price afterwards.
func (c *choice) shortlist() []candidate {
	if c.whole = len(c.all) <= few; c.whole {
		return c.all
	}
	slices.SortFunc(c.all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(scatter(a.pair), scatter(b.pair)))
	})
	nP, nC := make([]int, len(c.freeP)), make([]int, len(c.freeC))
	enough := 8 + 3*count(c.block)
	var in, out []candidate
	for _, x := range c.all {
		if p, m := c.people(x.pair); nP[p] < enough || nC[m] < enough {
			nP[p]++
			nC[m]++
			in = append(in, x)
		} else {
			out = append(out, x)
		}
	}
	c.all = out
	return in
}

// scatter orders pairs that are as good, so that not everybody has the same
// partners first.
func scatter(pair int) uint32 { return uint32(pair) * 2654435761 }

// hallRoom counts the meetings that there can still be in the hall: in each
// round not more than free tables, nor than free people of either side.
func (c *choice) hallRoom() (room int) {
	for block := c.block; block != 0; block &= block - 1 {
		r := lowest(block)
		room += min(c.Tables-present(c.busyT, r), present(c.freeP, r), present(c.freeC, r))
	}
	return room
}

func present(free []uint64, round int) (n int) {
	for _, f := range free {
		n += int(f >> round & 1)
	}
	return n
}
