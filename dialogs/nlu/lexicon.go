package nlu

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A lexicon knows which words of all languages mean the same thing: it is what
// lets two phrases in Tamil profit from fifty in French.
//
// The first part of a concept's name tells its kind: "social." for politeness,
// "ask." for question words, "out." for what the relais does not do, "urgent.";
// a name without a dot is a thing of the trade.
type lexicon struct {
	names    []string
	entries  []entry
	patterns *patternSet
	near     nearby // entries, by their word
}

// An entry is one way to say a concept.
type entry struct {
	concept int
	lang    string
	word    alt // its only word, when it has one
	loose   bool
}

// looseWord is the length from which a Latin word means the same whatever the
// language of the message: "creche" does, "ama" does not.
const looseWord = 5

// typoWord is the length from which one wrong letter is forgiven.
const typoWord = 6

func readLexicon(fsys fs.FS) (*lexicon, error) {
	l := &lexicon{}
	ids := map[string]int{}
	var all []pattern
	err := table(fsys, "words/lexicon.tsv", 3, func(c []string) error {
		id, ok := ids[c[0]]
		if !ok {
			id = len(l.names)
			ids[c[0]] = id
			l.names = append(l.names, c[0])
		}
		for _, text := range strings.Split(c[2], "|") {
			p, err := compile(len(all), text)
			if err != nil {
				return fmt.Errorf("concept %s: %w", c[0], err)
			}
			all = append(all, p)
			l.entries = append(l.entries, newEntry(id, c[1], p))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	l.patterns = newPatternSet(all)
	l.learnTypos()
	return l, nil
}

func newEntry(concept int, lang string, p pattern) entry {
	e := entry{concept: concept, lang: lang}
	first := p.items[0].alts[0]
	if len(p.items) == 1 && len(p.items[0].alts) == 1 {
		e.word = first
	}
	r, _ := utf8.DecodeRuneInString(first.text)
	e.loose = lang == "*" || !unicode.Is(unicode.Latin, r) && !unicode.IsDigit(r) || len(first.text) >= looseWord || len(p.items) > 2
	return e
}

// holds says whether an entry may be found in a message of this language.
// French is spoken in all of them.
func (e entry) holds(lang string) bool {
	return e.loose || e.lang == lang || e.lang == "fr" && (lang == "ar-latn" || lang == "") && len(e.word.text) >= 3
}

// learnTypos files the long Latin words.
func (l *lexicon) learnTypos() {
	for i, e := range l.entries {
		if len(e.word.text) >= typoWord && ascii(e.word.text) {
			l.near.add(e.word.text, i)
		}
	}
	l.near.settle()
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// longestWord is the length from which a word is no word any more, and no
// mistake in it is looked for.
const longestWord = 24

// meanings are the concepts found in a message.
type meanings struct {
	concepts []int // sorted, each once
	words    []int // by word: the concept it belongs to, -1 when none
}

// meanings finds the concepts of a row of stemmed words.
func (l *lexicon) meanings(stems []string, lang string) meanings {
	m := meanings{words: make([]int, len(stems))}
	for i := range m.words {
		m.words[i] = -1
	}
	add := func(e entry, from, to int) {
		if !e.holds(lang) {
			return
		}
		m.concepts = append(m.concepts, e.concept)
		for i := from; i < to; i++ {
			if m.words[i] < 0 || to-from > 1 {
				m.words[i] = e.concept
			}
		}
	}
	l.patterns.find(stems, func(h hit) { add(l.entries[h.pattern], h.from, h.to) })
	for i, word := range stems {
		if m.words[i] < 0 && len(word) >= typoWord && len(word) <= longestWord && ascii(word) {
			l.typos(word, func(e entry) { add(e, i, i+1) })
		}
	}
	slices.Sort(m.concepts)
	m.concepts = slices.Compact(m.concepts)
	return m
}

// typos finds the entries that are one wrong letter away from a word.
func (l *lexicon) typos(word string, do func(entry)) {
	for n := typoWord - 1; n <= len(word); n++ {
		begin := word[:n]
		whole := n == len(word)
		l.near.find(begin, func(i int) {
			e := l.entries[i]
			if (whole || e.word.prefix) && oneWrong(begin, e.word.text) {
				do(e)
			}
		})
	}
}

// oneWrong says whether two words differ by one letter added, left out, changed
// or swapped with its neighbour. The first letter is never wrong.
func oneWrong(a, b string) bool {
	if a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	ra, rb := a[i:], b[i:]
	switch {
	case len(ra) == len(rb)+1:
		return ra[1:] == rb
	case len(rb) == len(ra)+1:
		return rb[1:] == ra
	case len(ra) != len(rb):
		return false
	case len(ra) == 0 || ra[1:] == rb[1:]:
		return true
	}
	return len(ra) > 1 && ra[0] == rb[1] && ra[1] == rb[0] && ra[2:] == rb[2:]
}

// kind returns the kind of a concept: "social", "ask", "out", "urgent", or ""
// for a thing of the trade.
func (l *lexicon) kind(concept int) string {
	kind, _, found := strings.Cut(l.names[concept], ".")
	if !found {
		return ""
	}
	return kind
}

// has says whether a concept is among those found.
func (l *lexicon) has(m meanings, name string) bool {
	for _, c := range m.concepts {
		if l.names[c] == name {
			return true
		}
	}
	return false
}

// hasKind says whether any concept of this kind is among those found.
func (l *lexicon) hasKind(m meanings, kind string) bool {
	for _, c := range m.concepts {
		if l.kind(c) == kind {
			return true
		}
	}
	return false
}
