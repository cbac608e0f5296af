package nlu

import (
	"math"
	"slices"
)

// A vocabulary numbers features in the order in which they are first seen. It
// is a table with open places: the map of the language takes twice the memory.
type vocabulary struct {
	slots  []slot // a power of two of them, at most three quarters taken
	blocks []block
}

// A slot holds a feature and its number plus one; zero is an open place.
type slot struct {
	hash uint32
	next int32
}

const firstSlots = 1 << 10

func newVocabulary() *vocabulary { return &vocabulary{slots: make([]slot, firstSlots)} }

// find returns the slot of a feature, or the open one where it belongs.
func (v *vocabulary) find(hash uint32) *slot {
	mask := uint32(len(v.slots) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		if s := &v.slots[at]; s.next == 0 || s.hash == hash {
			return s
		}
	}
}

// number returns the number of a feature, a new one when it is new.
func (v *vocabulary) number(f feature) int32 {
	s := v.find(f.hash)
	if s.next == 0 {
		v.blocks = append(v.blocks, f.block)
		*s = slot{f.hash, int32(len(v.blocks))}
		if 4*len(v.blocks) > 3*len(v.slots) {
			v.grow()
		}
		return int32(len(v.blocks)) - 1
	}
	return s.next - 1
}

func (v *vocabulary) grow() {
	old := v.slots
	v.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.next > 0 {
			*v.find(s.hash) = s
		}
	}
}

// learn numbers the features of a message to train on: sorted, repeats included.
func (v *vocabulary) learn(features []feature) []int32 {
	ids := make([]int32, len(features))
	for i, f := range features {
		ids[i] = v.number(f)
	}
	slices.Sort(ids)
	return ids
}

// A sighting is a known feature of a message, and how many times it was seen.
type sighting struct {
	id    int32
	times int32 // at least one, at most mostTimes
}

// see finds the known features of a message, sorted, so that sums are the same
// in every run.
func (v *vocabulary) see(features []feature) []sighting {
	ids := make([]int32, 0, len(features))
	for _, f := range features {
		if s := v.find(f.hash); s.next > 0 {
			ids = append(ids, s.next-1)
		}
	}
	slices.Sort(ids)
	return counted(make([]sighting, 0, len(ids)), ids)
}

// counted adds each of the sorted numbers once.
func counted(out []sighting, ids []int32) []sighting {
	for i := 0; i < len(ids); {
		j := i + 1
		for j < len(ids) && ids[j] == ids[i] {
			j++
		}
		out = append(out, sighting{ids[i], int32(min(j-i, mostTimes))})
		i = j
	}
	return out
}

// mostTimes bounds how many times are counted.
const mostTimes = 16

// worths is what a feature is worth by the times it was seen, less one: who says
// it three times does not mean it three times.
var worths = func() (worths [mostTimes]float32) {
	for i := range worths {
		worths[i] = float32(1 + math.Log(float64(i+1)))
	}
	return worths
}()
