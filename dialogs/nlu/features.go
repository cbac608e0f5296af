package nlu

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

// A block is a way to look at a message. Each block is scaled to length one and
// then weighted, so that none drowns the others.
type block uint8

const (
	letters  block = iota // groups of one to five letters
	concepts              // concepts of the lexicon, and pairs of them
	keys                  // how words sound, or their consonants
	wordings              // words and pairs of words, Chinese characters by one to four
	audience              // who writes
	bias
	blocks
)

// weights of the blocks, measured on phrases that were not trained on.
var weights = [blocks]float64{letters: 1, concepts: 0.8, keys: 0.5, wordings: 0.35, audience: 0.15, bias: 0.5}

// A feature is a hash of what was seen, with its block; the hash is the same in
// every run.
type feature struct {
	hash  uint64
	block block
}

// FNV-1a, with a seed by block.
const (
	fnvSeed  = 14695981039346656037
	fnvPrime = 1099511628211
)

func seed(b block) uint64 { return (fnvSeed ^ uint64(b+1)) * fnvPrime }

func hashRune(h uint64, r rune) uint64 { return (h ^ uint64(r)) * fnvPrime }

func hashString(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// A message is a text prepared for the classifiers.
type message struct {
	words    []string // folded, abbreviations written out
	stems    []string
	lang     string
	audience string
	meanings meanings
}

// features lists all that is seen in a message, repeats included.
func (m *message) features() []feature {
	out := make([]feature, 0, 64+8*len(m.words)*6)
	out = letterGroups(out, letters, m.words, 5)
	out = m.conceptFeatures(out)
	out = m.keyFeatures(out)
	out = m.wordFeatures(out)
	if m.audience != "" {
		out = append(out, feature{hashString(seed(audience), m.audience), audience})
	}
	return append(out, feature{seed(bias), bias})
}

// letterGroups adds the groups of one to longest letters inside each word with
// the space around it. Chinese characters that follow each other are one word.
func letterGroups(out []feature, b block, words []string, longest int) []feature {
	var buf [64]rune
	for i := 0; i < len(words); {
		run := append(buf[:0], ' ')
		run = append(run, []rune(words[i])...)
		i++
		for i < len(words) && han(words[i]) && unicode.Is(unicode.Han, run[len(run)-1]) {
			run = append(run, []rune(words[i])...)
			i++
		}
		run = append(run, ' ')
		for from := range run {
			h := seed(b)
			for n := 0; n < longest && from+n < len(run); n++ {
				h = hashRune(h, run[from+n])
				if n > 0 || run[from] != ' ' {
					out = append(out, feature{h + uint64(n), b})
				}
			}
		}
	}
	return out
}

func han(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.Is(unicode.Han, r)
}

// mostConcepts bounds the pairs of a very long message.
const mostConcepts = 24

func (m *message) conceptFeatures(out []feature) []feature {
	ids := m.meanings.concepts
	if len(ids) > mostConcepts {
		ids = ids[:mostConcepts]
	}
	for i, a := range ids {
		h := hashRune(seed(concepts), rune(a+1))
		out = append(out, feature{h, concepts})
		for _, b := range ids[i+1:] {
			out = append(out, feature{hashRune(h, rune(b+1)), concepts})
		}
	}
	return out
}

func (m *message) keyFeatures(out []feature) []feature {
	sounded := make([]string, 0, len(m.words))
	for _, w := range m.words {
		if k := key(w, m.lang); len(k) > 1 {
			sounded = append(sounded, k)
			out = append(out, feature{hashString(seed(keys)+1, k), keys})
		}
	}
	return letterGroups(out, keys, sounded, 4)
}

func (m *message) wordFeatures(out []feature) []feature {
	for i, w := range m.stems {
		h := hashString(seed(wordings), w)
		out = append(out, feature{h, wordings})
		longest := 2
		if han(w) {
			longest = 4
		}
		for n := 1; n < longest && i+n < len(m.stems); n++ {
			h = hashString(hashRune(h, ' '), m.stems[i+n])
			out = append(out, feature{h, wordings})
		}
	}
	return out
}

// A vocabulary numbers the features that were seen in training and knows how
// rare each is.
type vocabulary struct {
	ids    map[uint64]int32
	blocks []block
	idf    []float32
}

// A learner builds a vocabulary, one training message after the other.
type learner struct {
	v            *vocabulary
	docs         [][]int32 // by message: its features, repeats included
	seenIn, last []int32   // by feature: in how many messages, the last of them
}

func newLearner(messages int) *learner {
	return &learner{v: &vocabulary{ids: map[uint64]int32{}}, docs: make([][]int32, 0, messages)}
}

// learn takes one message.
func (l *learner) learn(features []feature) {
	doc := int32(len(l.docs)) + 1
	ids := make([]int32, len(features))
	for i, f := range features {
		id, ok := l.v.ids[f.hash]
		if !ok {
			id = int32(len(l.v.blocks))
			l.v.ids[f.hash] = id
			l.v.blocks = append(l.v.blocks, f.block)
			l.seenIn, l.last = append(l.seenIn, 0), append(l.last, 0)
		}
		if l.last[id] != doc {
			l.seenIn[id]++
			l.last[id] = doc
		}
		ids[i] = id
	}
	l.docs = append(l.docs, ids)
}

// finish returns the vocabulary and the messages as vectors.
func (l *learner) finish() (*vocabulary, []vector) {
	l.v.idf = make([]float32, len(l.seenIn))
	for id, n := range l.seenIn {
		l.v.idf[id] = float32(math.Log(float64(1+len(l.docs))/float64(1+n)) + 1)
	}
	vectors := make([]vector, len(l.docs))
	for i, ids := range l.docs {
		vectors[i] = l.v.weigh(ids)
		l.docs[i] = nil
	}
	return l.v, vectors
}

// A vector is a message as numbers, sorted by feature so that sums are the same
// in every run.
type vector struct {
	ids    []int32
	values []float32
}

// vector weighs the known features of a message.
func (v *vocabulary) vector(features []feature) vector {
	ids := make([]int32, 0, len(features))
	for _, f := range features {
		if id, ok := v.ids[f.hash]; ok {
			ids = append(ids, id)
		}
	}
	return v.weigh(ids)
}

// weigh sorts and counts features, and scales each block.
func (v *vocabulary) weigh(ids []int32) vector {
	slices.Sort(ids)
	values := make([]float32, 0, len(ids))
	var norms [blocks]float64
	n := 0
	for i := 0; i < len(ids); {
		j := i
		for j < len(ids) && ids[j] == ids[i] {
			j++
		}
		value := (1 + math.Log(float64(j-i))) * float64(v.idf[ids[i]])
		norms[v.blocks[ids[i]]] += value * value
		ids[n] = ids[i]
		values = append(values, float32(value))
		n++
		i = j
	}
	ids, values = slices.Clone(ids[:n]), slices.Clip(values)
	for i, id := range ids {
		b := v.blocks[id]
		values[i] *= float32(weights[b] / math.Sqrt(norms[b]))
	}
	return vector{ids, values}
}
