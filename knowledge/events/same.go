package events

import "slices"

// different leaves one of the rounds that nothing tells apart: the same people
// are there, and nothing is planned in them.
func (g *grid) different(rounds uint64) (list []int) {
	for ; rounds != 0; rounds &= rounds - 1 {
		r := lowest(rounds)
		if !slices.ContainsFunc(list, func(other int) bool { return g.same(r, other) }) {
			list = append(list, r)
		}
	}
	return list
}

func (g *grid) same(r, s int) bool {
	differ := func(open uint64) bool { return open>>r&1 != open>>s&1 }
	taken := func(busy uint64) bool { return (busy>>r|busy>>s)&1 == 1 }
	stands := func(round int8) bool { return int(round) == r || int(round) == s }
	return !slices.ContainsFunc(g.openP, differ) && !slices.ContainsFunc(g.openC, differ) &&
		!slices.ContainsFunc(g.busyP, taken) && !slices.ContainsFunc(g.busyT, taken) && !slices.ContainsFunc(g.held, stands)
}
