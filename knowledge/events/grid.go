package events

import "slices"

// A grid says in which round each pair meets. Nobody is in two meetings of a
// round, no table has two, and everybody meets inside their rounds: put is
// called for no other.
type grid struct {
	*day
	at       []int8   // of each pair its round, from 0; -1 none
	barred   []bool   // pairs that are not to be put
	pinned   []bool   // pairs that stay where they are
	byP, byT []int32  // by parent and round, by table and round: the pair; -1 none
	busyP    []uint64 // rounds in which a parent meets
	busyT    []uint64 // rounds in which a table is taken
	nP, nC   []int    // meetings of each, with those that were before
}

func newGrid(d *day) *grid {
	pairs := len(d.fit)
	g := &grid{day: d, at: make([]int8, pairs), barred: make([]bool, pairs), pinned: make([]bool, pairs),
		byP: make([]int32, len(d.parents)*d.Rounds), byT: make([]int32, d.Tables*d.Rounds),
		busyP: make([]uint64, len(d.parents)), busyT: make([]uint64, d.Tables),
		nP: make([]int, len(d.parents)), nC: make([]int, len(d.minders))}
	for i := range g.at {
		g.at[i] = -1
	}
	for _, list := range [][]int32{g.byP, g.byT} {
		for i := range list {
			list[i] = -1
		}
	}
	return g
}

func (g *grid) clone() *grid {
	c := *g
	c.at, c.barred, c.pinned = slices.Clone(g.at), slices.Clone(g.barred), slices.Clone(g.pinned)
	c.byP, c.byT = slices.Clone(g.byP), slices.Clone(g.byT)
	c.busyP, c.busyT = slices.Clone(g.busyP), slices.Clone(g.busyT)
	c.nP, c.nC = slices.Clone(g.nP), slices.Clone(g.nC)
	return &c
}

// free returns the rounds in which both of a pair may meet and do not meet
// anybody yet.
func (g *grid) free(pair int) uint64 {
	p, _ := g.people(pair)
	return g.list(pair) &^ g.busyP[p] &^ g.busyT[g.table(pair)]
}

func (g *grid) put(pair, round int) {
	p, c := g.people(pair)
	t := g.seat[c]
	g.at[pair] = int8(round)
	g.byP[p*g.Rounds+round], g.byT[t*g.Rounds+round] = int32(pair), int32(pair)
	g.busyP[p] |= 1 << round
	g.busyT[t] |= 1 << round
	g.nP[p]++
	g.nC[c]++
}

func (g *grid) take(pair int) {
	p, c := g.people(pair)
	t, round := g.seat[c], int(g.at[pair])
	g.at[pair] = -1
	g.byP[p*g.Rounds+round], g.byT[t*g.Rounds+round] = -1, -1
	g.busyP[p] &^= 1 << round
	g.busyT[t] &^= 1 << round
	g.nP[p]--
	g.nC[c]--
}

// value is what all that is planned is worth, in one number (see weigh).
func (g *grid) value() (v int64) {
	for pair, r := range g.at {
		if r >= 0 {
			v += g.points(pair)
			if g.held[pair] == r {
				v += stay
			}
		}
	}
	for _, list := range [][]int{g.nP, g.nC} {
		for _, n := range list {
			lack := int64(max(0, g.Minimum-n))
			v -= g.missing * lack * lack
		}
	}
	return v
}

// points is what a pair brings, whenever it meets.
func (d *day) points(pair int) int64 {
	if d.fit[pair] == 0 {
		return -d.unfit
	}
	return int64(d.fit[pair])
}

// insert puts a pair in a round, moving others to another round if it must;
// nobody loses a meeting. It tells whether it could.
func (g *grid) insert(pair int) bool {
	if free := g.free(pair); free != 0 {
		g.put(pair, g.choose(pair, free))
		return true
	}
	p, _ := g.people(pair)
	for rounds := g.list(pair); rounds != 0; rounds &= rounds - 1 {
		r := lowest(rounds)
		if g.busyP[p]>>r&1 == 0 && g.clear(g.byT[g.table(pair)*g.Rounds+r], r, false) ||
			g.busyT[g.table(pair)]>>r&1 == 0 && g.clear(g.byP[p*g.Rounds+r], r, true) {
			g.put(pair, r)
			return true
		}
	}
	return false
}

// choose returns the round of a set that suits a pair best: the one that stands
// on their sheets, or the nearest to the parent's other meetings.
func (g *grid) choose(pair int, free uint64) int {
	if h := g.held[pair]; h >= 0 && free>>h&1 == 1 {
		return int(h)
	}
	p, _ := g.people(pair)
	for near := g.busyP[p]; near != 0 && near != ^uint64(0); near |= near<<1 | near>>1 {
		if free&near != 0 {
			return lowest(free & near)
		}
	}
	return lowest(free)
}

// clear moves a meeting out of round r, for its parent or its table, to a round
// s that is free there. Whoever is in the way in s comes to r, and so on along
// an alternating chain, which never comes back to where it began because the
// graph of parents and tables is bipartite (König).
func (g *grid) clear(first int32, r int, forParent bool) bool {
	p, _ := g.people(int(first))
	busy := g.busyT[g.table(int(first))]
	if forParent {
		busy = g.busyP[p]
	}
	for rounds := g.list(int(first)) &^ busy; rounds != 0; rounds &= rounds - 1 {
		if chain := g.chain(first, r, lowest(rounds), !forParent); chain != nil {
			g.flip(chain, r, lowest(rounds))
			return true
		}
	}
	return false
}

// chain lists the meetings that change between r and s when the first goes
// from r to s, on one of its sides, or all around; nil when one of them cannot.
func (g *grid) chain(first int32, r, s int, atParent bool) (chain []int32) {
	for next := first; next >= 0 && (chain == nil || next != first); atParent = !atParent {
		pair, to := int(next), s
		if int(g.at[pair]) == s {
			to = r
		}
		if g.pinned[pair] || g.list(pair)>>to&1 == 0 {
			return nil
		}
		chain = append(chain, next)
		p, _ := g.people(pair)
		next = g.byT[g.table(pair)*g.Rounds+to]
		if atParent {
			next = g.byP[p*g.Rounds+to]
		}
	}
	return chain
}

func (g *grid) flip(chain []int32, r, s int) {
	to := make([]int, len(chain))
	for i, pair := range chain {
		to[i] = r + s - int(g.at[pair])
		g.take(int(pair))
	}
	for i, pair := range chain {
		g.put(int(pair), to[i])
	}
}

// remove takes away the meetings of the pairs that which names, if they are not
// pinned.
func (g *grid) remove(which func(pair int) bool) {
	for pair, r := range g.at {
		if r >= 0 && !g.pinned[pair] && which(pair) {
			g.take(pair)
		}
	}
}
