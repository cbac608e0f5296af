package nlu

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// choice returns the ID of the option that a reply names: by its number, its
// rank, or words of its label. Two options named is none chosen.
func (m *Model) choice(r *reply) string {
	options := r.expect.Options
	if id, ok := exactLabel(options, r.words); ok {
		return id
	}
	// "c koi 1 mam": a question of its own, whose figure is an article.
	if r.loose(len(r.words)) || r.question && len(r.words) >= 3 {
		return ""
	}
	ranks, hesitates := m.ranks(r)
	switch {
	case hesitates || len(ranks) > 1:
		return ""
	case len(ranks) == 1 && r.asks && !hasFigure(r.text) && m.beyond(label{}, stems(r.words), r):
		return "" // "premier contrat" is no first choice
	case len(ranks) == 1:
		if n := ranks[0]; n >= 1 && n <= len(options) {
			return options[n-1].ID
		}
		return ""
	}
	return m.byLabel(r)
}

func hasFigure(text string) bool { return strings.ContainsFunc(text, unicode.IsDigit) }

// exactLabel finds the option whose whole label was written.
func exactLabel(options []Option, in []string) (string, bool) {
	text := strings.Join(in, " ")
	for _, o := range options {
		if text != "" && text == strings.Join(words(fold(o.Label)), " ") {
			return o.ID, true
		}
	}
	return "", false
}

// ranks lists the numbers and ranks said in a short reply: "2.", "le 2", "la
// deuxième"; hesitates tells an "or" between.
func (m *Model) ranks(r *reply) (ranks []int, hesitates bool) {
	in := figures(r.text)
	if len(in) > 2*shortReply {
		return nil, false
	}
	add := func(n int) {
		if !slices.Contains(ranks, n) {
			ranks = append(ranks, n)
		}
	}
	for i, w := range in {
		if allFigures(w) && len(w) <= 2 && len(in) <= shortReply {
			n, _ := strconv.Atoi(w)
			add(n)
		} else if n, ok := m.measure.numbers.word(w, r.lang); ok && len(in) <= 3 && n < 10 && !article(w, i, len(in)) {
			add(n)
		}
	}
	for _, id := range m.answers.found(r, r.words) {
		switch {
		case id == "last":
			add(len(r.expect.Options))
		case id == "or":
			hesitates = true
		case len(id) == 1:
			add(int(id[0] - '0'))
		}
	}
	return ranks, hesitates
}

// article says whether a number word is more likely an article ("une crèche").
func article(w string, at, of int) bool {
	switch w {
	case "un", "une", "um", "uma", "una", "bir", "uno", "one", "a":
		return of > 1 && at < of-1
	}
	return false
}

// A label is what an option is called, as words and as meanings.
type label struct {
	words    []string
	meanings meanings
}

// byLabel finds the one option that shares the most with a reply, in words and
// in meaning. What several options share says nothing.
func (m *Model) byLabel(r *reply) string {
	lexicon := m.classifier.lexicon
	said := stems(r.words)
	meant := lexicon.meanings(said, r.lang)
	labels := make([]label, len(r.expect.Options))
	for i, o := range r.expect.Options {
		in := stems(words(fold(o.Label)))
		labels[i] = label{in, lexicon.meanings(in, r.lang)}
	}
	best, second, at := 0, 0, -1
	for i := range labels {
		score := sharedWords(said, labels, i) + lexicon.sharedMeanings(meant, labels, i)
		switch {
		case score > best:
			best, second, at = score, best, i
		case score > second:
			second = score
		}
	}
	if at < 0 || best == second || r.asks && m.beyond(labels[at], said, r) {
		return ""
	}
	return r.expect.Options[at].ID
}

// smallWord is the length under which a Latin word is not enough to choose.
const smallWord = 3

// sharedWords counts the words of a reply that only label i has, twice each:
// the word itself is worth more than its meaning.
func sharedWords(said []string, labels []label, i int) int {
	n := 0
	for _, w := range said {
		if ascii(w) && len(w) < smallWord || !labels[i].like(w) {
			continue
		}
		if others(labels, i, func(l label) bool { return l.like(w) }) == 0 {
			n += 2
		}
	}
	return n
}

// sharedMeanings counts the concepts of a reply that only label i has.
func (l *lexicon) sharedMeanings(meant meanings, labels []label, i int) int {
	n := 0
	for _, concept := range meant.concepts {
		has := func(b label) bool { return slices.Contains(b.meanings.concepts, concept) }
		if l.kind(concept) != "ask" && !l.polite(concept) && has(labels[i]) && others(labels, i, has) == 0 {
			n++
		}
	}
	return n
}

// beyond says whether a message that could be a question of its own says more
// than a label does: "the telephone of the PMI" is not the choice "PMI, games,
// school". Words that mean nothing of ours ("rather", "please") say no more.
func (m *Model) beyond(l label, said []string, r *reply) bool {
	if len(said) < 2 {
		return false
	}
	lexicon := m.classifier.lexicon
	return slices.ContainsFunc(said, func(w string) bool {
		if len(w) <= smallWord || l.like(w) {
			return false
		}
		for _, c := range lexicon.meanings([]string{w}, r.lang).concepts {
			if lexicon.kind(c) != "ask" && !lexicon.polite(c) && !slices.Contains(l.meanings.concepts, c) {
				return true
			}
		}
		return false
	})
}

// others counts the labels other than i of which something is true.
func others(labels []label, i int, is func(label) bool) int {
	n := 0
	for j, l := range labels {
		if j != i && is(l) {
			n++
		}
	}
	return n
}

// like says whether a label has a word, one wrong letter or an ending forgiven.
func (l label) like(w string) bool {
	return slices.ContainsFunc(l.words, func(own string) bool {
		if own == w {
			return true
		}
		if len(own) < 5 || len(w) < 5 {
			return false
		}
		return strings.HasPrefix(own, w) || strings.HasPrefix(w, own) || ascii(own) && ascii(w) && oneWrong(own, w)
	})
}
