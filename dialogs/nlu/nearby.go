package nlu

import "slices"

// A nearby finds words that are one wrong letter away. It files ASCII words
// under all that they become when one letter is left out: hashes, each with the
// number of its word, sorted.
type nearby struct{ filed []uint64 }

// add files a word under its number. What is added is found after settle.
func (n *nearby) add(word string, number int) {
	leaveOneOut(word, func(less uint32) { n.filed = append(n.filed, uint64(less)<<32|uint64(number)) })
}

func (n *nearby) settle() {
	slices.Sort(n.filed)
	n.filed = slices.Clip(slices.Compact(n.filed))
}

// find calls do with the numbers of the words that may be one letter away from a
// word; some may come twice, some by mistake.
func (n *nearby) find(word string, do func(number int)) {
	leaveOneOut(word, func(less uint32) {
		at, _ := slices.BinarySearch(n.filed, uint64(less)<<32)
		for ; at < len(n.filed) && uint32(n.filed[at]>>32) == less; at++ {
			do(int(uint32(n.filed[at])))
		}
	})
}

// leaveOneOut calls do with the hash of a word, then with that of what is left
// of it without each of its letters.
func leaveOneOut(word string, do func(less uint32)) {
	do(shortHash(hashString(fnvSeed, word)))
	begin := uint64(fnvSeed)
	for i := range len(word) {
		do(shortHash(hashString(begin, word[i+1:])))
		begin = hashString(begin, word[i:i+1])
	}
}
