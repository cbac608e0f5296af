package nlu

import (
	"math/bits"
)

// twins are features of a block that are in the same messages, as often in each:
// nothing tells them apart, so that they share a row.
type twins struct {
	rows   []int32 // by feature
	leads  []int32 // by row: its first feature
	seenIn []int32 // by row: in how many messages
	sizes  []int32 // by row: how many features
}

// pair finds the twins of messages, whose features are sorted and of these blocks.
func pair(docs [][]int32, of []block) *twins {
	marks, seenIn := marks(docs, of)
	t := &twins{rows: make([]int32, len(of))}
	width := bits.Len(uint(len(of))) + 1
	found := make([]int32, 1<<width) // by the first bits of a mark: a row plus one
	for id, mark := range marks {
		at := mark >> (64 - width)
		for found[at] > 0 && marks[t.leads[found[at]-1]] != mark {
			at = (at + 1) % uint64(len(found))
		}
		if found[at] == 0 {
			t.leads, t.seenIn, t.sizes = append(t.leads, int32(id)), append(t.seenIn, seenIn[id]), append(t.sizes, 0)
			found[at] = int32(len(t.leads))
		}
		t.rows[id] = found[at] - 1
		t.sizes[t.rows[id]]++
	}
	return t
}

// marks returns for each feature a hash of where it was seen, and in how many
// messages.
func marks(docs [][]int32, of []block) (marks []uint64, seenIn []int32) {
	marks, seenIn = make([]uint64, len(of)), make([]int32, len(of))
	last := make([]int32, len(of))
	for id, b := range of {
		marks[id] = seed(b)
	}
	for doc, ids := range docs {
		for _, id := range ids {
			marks[id] = scatter(marks[id] ^ uint64(doc+1))
			if last[id] != int32(doc+1) {
				last[id] = int32(doc + 1)
				seenIn[id]++
			}
		}
	}
	return marks, seenIn
}

// scatter spreads the bits of a number over all of them.
func scatter(h uint64) uint64 {
	h *= 0x9e3779b97f4a7c15
	return h ^ h>>32
}

// cells is how many cells the messages have when twins share theirs.
func (t *twins) cells() (n int) {
	for _, seenIn := range t.seenIn {
		n += int(seenIn)
	}
	return n
}
