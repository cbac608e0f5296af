package nlu

import (
	"cmp"
	"slices"
)

// An Explanation tells why a message was read as it was.
type Explanation struct {
	Words    []string // as the classifier saw them: folded, abbreviations written out, politeness taken off
	Concepts []string // of the lexicon
	Card     string   // the safety card that the words call for
	Excused  bool     // the words only sound urgent
	Shares   []Share  // what each way of looking gave the likeliest intent, the most first
}

// A Share is what one way of looking at the message gave to an intent, in
// margins; below zero, it spoke against.
type Share struct {
	From   string // letters, concepts, keys, words, audience, bias
	Margin float64
}

// blockNames are the names of the ways of looking, for people.
var blockNames = [blocks]string{letters: "letters", concepts: "concepts", keys: "keys", wordings: "words", audience: "audience", bias: "bias"}

// Explain reads a message again and tells what decided.
func (m *Model) Explain(text string, c Context) Explanation {
	lang := m.languages.of(text, c.Lang)
	msg := m.classifier.prepare(text, lang, c.Audience)
	out := Explanation{Words: msg.words}
	for _, concept := range msg.meanings.concepts {
		out.Concepts = append(out.Concepts, m.classifier.lexicon.names[concept])
	}
	h := m.alarm.hear(stems(words(fold(text))), msg)
	out.Card, _ = h.card()
	out.Excused = h.excused
	top := m.classifier.top(m.classifier.scores(msg), 1)[0]
	intent, _ := slices.BinarySearch(m.classifier.intents, top.Intent)
	sums := m.classifier.machine.parts(m.classifier.see(msg), intent)
	for b, sum := range sums {
		out.Shares = append(out.Shares, Share{blockNames[b], sum})
	}
	slices.SortStableFunc(out.Shares, func(a, b Share) int { return cmp.Compare(b.Margin, a.Margin) })
	return out
}
