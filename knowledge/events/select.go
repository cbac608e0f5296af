package events

import (
	"maps"
	"slices"
)

// A selection is the network in which the pairs of some rounds are chosen:
//
//	source - parent - [rounds of the parent] - pair - [rounds of the childminder] - childminder - table - sink
//
// The first meetings of a person carry a reward that falls with each (the
// squares of what is missing), a pair carries its fit and at most one unit. In
// brackets: where somebody's partners are there at different times, what goes
// through must find a round of its own on that side. Whether both sides can
// have the same round is left out, and so are the other meetings of a table:
// that is why the result bounds every plan, and why a plan that reaches it is
// the best.
type selection struct {
	*choice
	network
	source, sink     int32
	parents, minders []member
	top, best        int64 // the greatest reward of a meeting for a person, and for a pair
}

// A member is one person in the network: the hub through which all of their
// meetings go; one door for each set of rounds that a partner shares; and, when
// there are several, one node for each of their rounds.
type member struct {
	hub    int32
	doors  map[uint64]int32
	rounds []int32 // by round; nil behind a single door
}

// relax chooses pairs for some rounds, beside what is planned already, and
// returns them with what they would gain if all of them found a round. With
// hall, tables have no names: only their number counts.
func (g *grid) relax(block uint64, hall bool) (pairs []int, gain int64) {
	c := g.choice(block, hall)
	for in := c.shortlist(); ; {
		s := c.network(in)
		gain = s.send(s.source, s.sink, 2*s.top+s.best)
		*g.work += s.work + len(s.drawn) + len(g.fit)
		more := s.overlooked(in)
		if len(more) == 0 {
			return s.chosen(in), gain
		}
		in = append(in, more...)
	}
}

// network builds the network of some of the candidates.
func (c *choice) network(in []candidate) *selection {
	s := &selection{choice: c, top: c.missing * int64(2*c.Minimum), best: FullFit + stay}
	s.source, s.sink = s.node(), s.node()
	s.parents, s.minders = s.side(len(c.freeP)), s.side(len(c.freeC))
	for i, x := range in {
		p, m := c.people(x.pair)
		in[i].arc = s.arc(s.door(s.parents[p], x.both), s.door(s.minders[m], x.both), 1, s.best-x.worth)
	}
	for p := range s.parents {
		s.join(&s.parents[p], c.freeP[p], c.severalP[p], true)
	}
	for m := range s.minders {
		s.join(&s.minders[m], c.freeC[m], c.severalC[m], false)
	}
	out := s.tables()
	for p, m := range s.parents {
		s.levels(s.source, m.hub, c.freeP[p], c.nP[p])
	}
	for i, m := range s.minders {
		s.levels(m.hub, out(i), c.freeC[i], c.nC[i])
	}
	return s
}

func (s *selection) side(n int) []member {
	list := make([]member, n)
	for i := range list {
		list[i] = member{hub: s.node(), doors: map[uint64]int32{}}
	}
	return list
}

func (s *selection) door(m member, both uint64) int32 {
	if _, ok := m.doors[both]; !ok {
		m.doors[both] = s.node()
	}
	return m.doors[both]
}

// join joins the hub of a person to the doors. If all partners share the same
// rounds it is enough to count; if not, each round is a node that serves once.
func (s *selection) join(m *member, free uint64, several, out bool) {
	add := func(a, b int32, room int) {
		if !out {
			a, b = b, a
		}
		s.arc(a, b, room, 0)
	}
	if !several {
		for both, door := range m.doors {
			add(m.hub, door, count(both))
		}
		return
	}
	m.rounds = make([]int32, s.Rounds)
	doors := slices.Sorted(maps.Keys(m.doors))
	for ; free != 0; free &= free - 1 {
		r := lowest(free)
		m.rounds[r] = s.node()
		add(m.hub, m.rounds[r], 1)
		for _, both := range doors {
			if both>>r&1 == 1 {
				add(m.rounds[r], m.doors[both], 1)
			}
		}
	}
}

// levels adds the ways in or out of a person, one for each meeting that is
// missing and one for all others.
func (s *selection) levels(from, to int32, free uint64, have int) {
	room := count(free)
	for lack := s.Minimum - have; lack > 0 && room > 0; lack, room = lack-1, room-1 {
		s.arc(from, to, 1, s.top-s.missing*int64(2*lack-1))
	}
	if room > 0 {
		s.arc(from, to, room, s.top)
	}
}

// tables returns the node to which each childminder leads: her table, and
// through it the hall, or with hall the hall at once.
func (s *selection) tables() func(minder int) int32 {
	out := s.node()
	s.arc(out, s.sink, s.hallRoom(), 0)
	if s.hall {
		return func(int) int32 { return out }
	}
	nodes, rounds := make([]int32, s.Tables), make([]uint64, s.Tables)
	for c, free := range s.freeC {
		rounds[s.seat[c]] |= free
	}
	for t, free := range rounds {
		nodes[t] = s.node()
		s.arc(nodes[t], out, count(free), 0)
	}
	return func(c int) int32 { return nodes[s.seat[c]] }
}

// chosen returns the pairs that carry a unit.
func (s *selection) chosen(in []candidate) (pairs []int) {
	for _, x := range in {
		if s.used(x.arc) > 0 {
			pairs = append(pairs, x.pair)
		}
	}
	return pairs
}
