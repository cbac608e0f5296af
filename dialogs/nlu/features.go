package nlu

import (
	"unicode"
	"unicode/utf8"
)

// A block is a way to look at a message. Each block is scaled to length one and
// then weighted, so that none drowns the others.
type block uint8

const (
	letters  block = iota // groups of one to four letters
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
	hash  uint32
	block block
}

func newFeature(h uint64, b block) feature { return feature{shortHash(h), b} }

// FNV-1a, with a seed by block.
const (
	fnvSeed  = 14695981039346656037
	fnvPrime = 1099511628211
)

func seed(b block) uint64 { return (fnvSeed ^ uint64(b+1)) * fnvPrime }

// shortHash takes half the room. Among a hundred thousand features, one or two are
// taken for another.
func shortHash(h uint64) uint32 { return uint32(h ^ h>>32) }

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
	number   bool // nothing but numbers
	meanings meanings
	seen     []sighting // by the classifier, nil until it has looked
}

// features adds all that is seen in a message, repeats included.
func (m *message) features(out []feature) []feature {
	out = letterGroups(out, letters, m.words, 4)
	out = m.conceptFeatures(out)
	out = m.keyFeatures(out)
	out = m.wordFeatures(out)
	if m.audience != "" {
		out = append(out, newFeature(hashString(seed(audience), m.audience), audience))
	}
	return append(out, newFeature(seed(bias), bias))
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
					out = append(out, newFeature(h+uint64(n), b))
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
		out = append(out, newFeature(h, concepts))
		for _, b := range ids[i+1:] {
			out = append(out, newFeature(hashRune(h, rune(b+1)), concepts))
		}
	}
	return out
}

func (m *message) keyFeatures(out []feature) []feature {
	sounded := make([]string, 0, len(m.words))
	for _, w := range m.words {
		if k := key(w, m.lang); len(k) > 1 {
			sounded = append(sounded, k)
			out = append(out, newFeature(hashString(seed(keys)+1, k), keys))
		}
	}
	return letterGroups(out, keys, sounded, 3)
}

func (m *message) wordFeatures(out []feature) []feature {
	for i, w := range m.stems {
		h := hashString(seed(wordings), w)
		out = append(out, newFeature(h, wordings))
		longest := 2
		if han(w) {
			longest = 4
		}
		for n := 1; n < longest && i+n < len(m.stems); n++ {
			h = hashString(hashRune(h, ' '), m.stems[i+n])
			out = append(out, newFeature(h, wordings))
		}
	}
	return out
}
