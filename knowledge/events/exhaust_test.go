package events

import "slices"

// exhaust returns the best total of all plans of a small day, by trying them:
// each way to seat the childminders, and for it every set of pairs that some
// rounds can hold.
func exhaust(people []Participant, o Options) Total {
	d := newDay(people, o)
	best := Total{Missing: 1 << 30}
	var seat func(c int)
	seat = func(c int) {
		if c == len(d.minders) {
			if t := d.bestOf(); t.Better(best) {
				best = t
			}
			return
		}
		for table := range min(d.Tables, c+1) {
			d.seat[c] = table
			seat(c + 1)
		}
	}
	seat(0)
	return best
}

// bestOf returns the best total for the seats of d. A set of pairs is a mask;
// round after round, all masks that can be reached.
func (d *day) bestOf() Total {
	reached := map[uint32]bool{0: true}
	for r := range d.Rounds {
		next := map[uint32]bool{}
		for mask := range reached {
			d.round(r, 0, mask, 0, 0, next)
		}
		reached = next
	}
	best := Total{Missing: 1 << 30}
	for mask := range reached {
		if t := d.count(mask); t.Better(best) {
			best = t
		}
	}
	return best
}

// round adds each set of meetings that round r can hold to mask.
func (d *day) round(r, p int, mask uint32, tables uint64, in uint32, next map[uint32]bool) {
	if p == len(d.parents) {
		next[mask] = true
		return
	}
	d.round(r, p+1, mask, tables, in, next)
	for c, m := range d.minders {
		pair := p*len(d.minders) + c
		if mask>>pair&1 == 0 && tables>>d.seat[c]&1 == 0 && inRoom(d.parents[p].Room, d.Options, r) && inRoom(m.Room, d.Options, r) {
			d.round(r, p+1, mask|1<<pair, tables|1<<d.seat[c], in, next)
		}
	}
}

func inRoom(room Span, o Options, r int) bool {
	start := o.Begin + Clock(r*(o.Minutes+o.Pause))
	return start >= room.From && (room.To == 0 || start+Clock(o.Minutes) <= room.To)
}

func (d *day) count(mask uint32) (t Total) {
	met := map[string]int{}
	for pair, fit := range d.fit {
		if mask>>pair&1 == 1 {
			p, c := d.people(pair)
			met[d.parents[p].ID]++
			met[d.minders[c].ID]++
			t.Score += fit
			if fit == 0 {
				t.Unfit++
			}
		}
	}
	for _, p := range slices.Concat(d.parents, d.minders) {
		lack := max(0, d.Minimum-met[p.ID])
		t.Missing += lack * lack
	}
	return t
}
