package nlu

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A pattern is a row of words as people edit it: "je/j veux .. mourir/tuer".
// A slash separates words that are as good as each other, ".." lets up to three
// words pass, "..." up to eight, "?" after a word makes it optional, "*" stands
// for any ending, "!" that the word counts only as it is spelt, where spelling
// is read loosely. A gap at the end takes the words that follow with it.
// In Arabic, Tamil and Bengali, where endings are glued on, a word of three
// letters or more takes any ending.
type pattern struct {
	id    int
	items []item
}

// An item is one place of a pattern.
type item struct {
	alts     []alt
	optional bool
	gap      int // how many words may pass
}

// An alt is one word that may stand at a place.
type alt struct {
	text   string
	prefix bool
	strict bool
}

// gaps is how many words each sign lets pass.
var gaps = map[string]int{"..": 3, "...": 8}

// A patternSet finds all its patterns in a row of words.
type patternSet struct {
	all      []pattern
	exact    map[string][]int32 // patterns by their first word
	prefix   map[string][]int32 // patterns by the beginning of their first word
	shortest int                // length of the shortest key of prefix, in bytes
	longest  int                // and of the longest
	needs    *needs             // nil when patterns are tried at once
}

// compile reads one pattern.
func compile(id int, text string) (pattern, error) {
	p := pattern{id: id}
	for _, field := range strings.Fields(text) {
		if n := gaps[field]; n > 0 {
			p.items = append(p.items, item{gap: n})
			continue
		}
		it := item{optional: strings.HasSuffix(field, "?")}
		for _, word := range strings.Split(strings.TrimSuffix(field, "?"), "/") {
			if err := it.add(word, &p); err != nil {
				return p, fmt.Errorf("pattern %q: %w", text, err)
			}
		}
		if len(it.alts) > 0 {
			p.items = append(p.items, it)
		}
	}
	if len(p.items) == 0 || p.items[0].gap > 0 || p.items[0].optional {
		return p, fmt.Errorf("pattern %q does not begin with a word", text)
	}
	return p, nil
}

// add puts a word in the item. A word that folds into several (Chinese, an
// apostrophe) can only stand alone: all but its last go before the item.
func (it *item) add(word string, p *pattern) error {
	strict := strings.HasSuffix(word, "!")
	prefix := strings.HasSuffix(word, "*")
	parts := words(fold(strings.TrimSuffix(word, "*")))
	if len(parts) == 0 {
		return fmt.Errorf("nothing is left of %q", word)
	}
	for i, part := range parts {
		part = stem(part)
		a := alt{text: part, prefix: prefix && i == len(parts)-1 || glued(part), strict: strict}
		if i == len(parts)-1 {
			it.alts = append(it.alts, a)
			break
		}
		if len(it.alts) > 0 {
			return fmt.Errorf("%q is several words and stands beside others", word)
		}
		p.items = append(p.items, item{alts: []alt{a}})
	}
	return nil
}

// glued says whether a word takes endings without a star.
func glued(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.In(r, unicode.Arabic, unicode.Tamil, unicode.Bengali) && utf8.RuneCountInString(word) >= 3
}

// stem takes the particles off the front of an Arabic word (and, with, for, the).
// It is the same for the words of files and of messages, so that what it takes
// off by mistake does no harm.
func stem(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	if !unicode.Is(unicode.Arabic, r) {
		return word
	}
	for _, particles := range [...][]string{{"و", "ف"}, {"لل"}, {"ب", "ل", "ك"}, {"ال"}} {
		for _, particle := range particles {
			if rest, ok := strings.CutPrefix(word, particle); ok && utf8.RuneCountInString(rest) >= 3 {
				word = rest
				break
			}
		}
	}
	return word
}

func newPatternSet(all []pattern) *patternSet {
	s := &patternSet{all: all, exact: map[string][]int32{}, prefix: map[string][]int32{}, shortest: 1 << 30}
	for i, p := range all {
		for _, a := range p.items[0].alts {
			if a.prefix {
				s.prefix[a.text] = append(s.prefix[a.text], int32(i))
				s.shortest = min(s.shortest, len(a.text))
				s.longest = max(s.longest, len(a.text))
			} else {
				s.exact[a.text] = append(s.exact[a.text], int32(i))
			}
		}
	}
	return s
}

// A hit is a pattern found, from word `from` up to, not including, word `to`.
type hit struct{ pattern, from, to int }

// find calls do for every place where a pattern is found. Words are stemmed.
func (s *patternSet) find(words []string, do func(h hit)) {
	var present []uint64
	if s.needs != nil {
		present = s.needs.present(words)
	}
	for at, word := range words {
		try := func(candidates []int32) {
			for _, c := range candidates {
				if s.needs != nil && !s.needs.met(c, present) {
					continue
				}
				if to, ok := s.all[c].match(words, at); ok {
					do(hit{int(c), at, to})
				}
			}
		}
		try(s.exact[word])
		for end := s.shortest; end <= min(len(word), s.longest); end++ {
			if end == len(word) || utf8.RuneStart(word[end]) {
				try(s.prefix[word[:end]])
			}
		}
	}
}

// match says whether the pattern stands at words[at:], and where it ends.
func (p pattern) match(words []string, at int) (int, bool) { return matchItems(p.items, words, at) }

func matchItems(items []item, words []string, at int) (int, bool) {
	if len(items) == 0 {
		return at, true
	}
	it, rest := items[0], items[1:]
	if it.gap > 0 {
		if len(rest) == 0 {
			return min(at+it.gap, len(words)), true
		}
		for n := 0; n <= it.gap && at+n <= len(words); n++ {
			if to, ok := matchItems(rest, words, at+n); ok {
				return to, true
			}
		}
		return 0, false
	}
	if at < len(words) && it.takes(words[at]) {
		if to, ok := matchItems(rest, words, at+1); ok {
			return to, true
		}
	}
	if it.optional {
		return matchItems(rest, words, at)
	}
	return 0, false
}

func (it item) takes(word string) bool {
	for _, a := range it.alts {
		if word == a.text || a.prefix && strings.HasPrefix(word, a.text) {
			return true
		}
	}
	return false
}

// stems returns the words of a message as patterns see them.
func stems(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = stem(w)
	}
	return out
}
