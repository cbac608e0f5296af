package nlu

import (
	"fmt"
)

// needs tells at a glance which patterns of a large set cannot be in a message:
// those of which one place finds no word in it at all.
type needs struct {
	places   [][]int32          // by pattern: the kinds of words that must be there
	exact    map[string][]int32 // kinds by word
	prefix   map[string][]int32 // and by beginning of a word
	shortest int                // length of the shortest beginning, in bytes
	longest  int                // and of the longest
	kinds    int
}

// foresee prepares the set to pass over what cannot be there.
func (s *patternSet) foresee() {
	n := &needs{exact: map[string][]int32{}, prefix: map[string][]int32{}, shortest: 1 << 30}
	known := map[string]int32{}
	for _, p := range s.all {
		var places []int32
		for _, it := range p.items {
			if it.gap > 0 || it.optional {
				continue
			}
			name := fmt.Sprint(it.alts)
			kind, ok := known[name]
			if !ok {
				kind = int32(n.kinds)
				known[name] = kind
				n.add(it, kind)
			}
			places = append(places, kind)
		}
		n.places = append(n.places, places)
	}
	s.needs = n
}

// add makes the words of a place a kind.
func (n *needs) add(it item, kind int32) {
	n.kinds++
	for _, a := range it.alts {
		if !a.prefix {
			n.exact[a.text] = append(n.exact[a.text], kind)
			continue
		}
		n.prefix[a.text] = append(n.prefix[a.text], kind)
		n.shortest = min(n.shortest, len(a.text))
		n.longest = max(n.longest, len(a.text))
	}
}

// present returns the kinds of words that a message has, a bit for each.
func (n *needs) present(words []string) []uint64 {
	bits := make([]uint64, n.kinds/64+1)
	mark := func(kinds []int32) {
		for _, k := range kinds {
			bits[k/64] |= 1 << (k % 64)
		}
	}
	for _, w := range words {
		mark(n.exact[w])
		for end := n.shortest; end <= min(len(w), n.longest); end++ {
			mark(n.prefix[w[:end]])
		}
	}
	return bits
}

// met says whether all that the pattern needs is there.
func (n *needs) met(pattern int32, present []uint64) bool {
	for _, k := range n.places[pattern] {
		if present[k/64]&(1<<(k%64)) == 0 {
			return false
		}
	}
	return true
}
