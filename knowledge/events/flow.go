package events

import "math"

// A network carries units from a source to a sink through arcs that have a
// room and a cost. Costs are 0 or more.
type network struct {
	nodes     int32
	drawn     []drawn
	where     []int32 // of each arc that was drawn, its place in arcs
	first     []int32 // of each node, its first arc; the next node's first is its end
	arcs      []arc   // both ways, side by side for each node
	potential []int64 // after send: no arc with room costs less than the difference of its ends
	dist      []int64
	next      []int32 // the arc of each node to try next
	on        []bool  // nodes on the way that is being walked
	front     frontier
	work      int // arcs looked at: the same on every machine, unlike seconds
}

// A drawn arc is one as it was added.
type drawn struct {
	from, to, room int32
	cost           int64
}

// An arc is one direction of a drawn one.
type arc struct {
	cost           int64
	to, back, room int32
}

func (n *network) node() int32 {
	n.nodes++
	return n.nodes - 1
}

// arc adds an arc and returns its number.
func (n *network) arc(from, to int32, room int, cost int64) int32 {
	n.drawn = append(n.drawn, drawn{from, to, int32(room), cost})
	return int32(len(n.drawn) - 1)
}

// used returns how many units an arc carries.
func (n *network) used(arc int32) int { return int(n.drawn[arc].room - n.arcs[n.where[arc]].room) }

// freeze lays the arcs of each node side by side.
func (n *network) freeze() {
	n.first = make([]int32, n.nodes+1)
	for _, d := range n.drawn {
		n.first[d.from]++
		n.first[d.to]++
	}
	end := int32(0)
	for v, size := range n.first {
		end += size
		n.first[v] = end
	}
	n.arcs, n.where = make([]arc, 2*len(n.drawn)), make([]int32, len(n.drawn))
	for i := len(n.drawn) - 1; i >= 0; i-- {
		d := n.drawn[i]
		n.first[d.to]--
		n.first[d.from]--
		out, back := n.first[d.from], n.first[d.to]
		n.arcs[out], n.arcs[back] = arc{d.cost, d.to, back, d.room}, arc{-d.cost, d.from, out, 0}
		n.where[i] = out
	}
}

// send carries units by the cheapest ways first, as long as a unit costs less
// than worth, and returns the sum of what was gained: worth less cost of each.
// It is the successive shortest path method with potentials, which keeps the
// flow the best of its size after every step, so that it is exact.
func (n *network) send(source, sink int32, worth int64) (gain int64) {
	n.freeze()
	n.potential, n.dist, n.next, n.on = make([]int64, n.nodes), make([]int64, n.nodes), make([]int32, n.nodes), make([]bool, n.nodes)
	for {
		n.measure(source, sink)
		step := min(n.dist[sink], worth-n.potential[sink])
		for v, d := range n.dist {
			n.potential[v] += min(d, step)
		}
		if n.potential[sink] == worth {
			return gain
		}
		copy(n.next, n.first)
		gain += int64(n.push(source, sink, math.MaxInt32)) * (worth - n.potential[sink])
	}
}

// measure finds the cost of the cheapest way from the source to each node that
// is nearer than the sink, above the potentials.
func (n *network) measure(source, sink int32) {
	for v := range n.dist {
		n.dist[v] = math.MaxInt64
	}
	n.dist[source], n.front = 0, append(n.front[:0], place{source, 0})
	for len(n.front) > 0 {
		at := n.front.pop()
		if at.node == sink {
			return
		}
		if at.dist == n.dist[at.node] {
			n.spread(at, sink)
		}
	}
}

func (n *network) spread(at place, sink int32) {
	here := at.dist + n.potential[at.node]
	arcs := n.arcs[n.first[at.node]:n.first[at.node+1]]
	n.work += len(arcs)
	for i := range arcs {
		a := &arcs[i]
		if a.room == 0 {
			continue
		}
		if d := here + a.cost - n.potential[a.to]; d < n.dist[a.to] && d < n.dist[sink] {
			n.dist[a.to] = d
			n.front.push(place{a.to, d})
		}
	}
}

// push carries up to room units from a node to the sink over arcs that are all
// on a cheapest way, and returns how many it could.
func (n *network) push(v, sink int32, room int32) (sent int32) {
	if v == sink {
		return room
	}
	n.on[v] = true
	for ; n.next[v] < n.first[v+1]; n.next[v]++ {
		a := &n.arcs[n.next[v]]
		if a.room == 0 || n.on[a.to] || a.cost+n.potential[v] != n.potential[a.to] {
			continue
		}
		units := n.push(a.to, sink, min(room-sent, a.room))
		a.room -= units
		n.arcs[a.back].room += units
		if sent += units; sent == room {
			break
		}
	}
	n.on[v] = false
	return sent
}
