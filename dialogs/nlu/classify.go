package nlu

import (
	"cmp"
	"io/fs"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// temperature turns margins into scores that mean what they say: fitted on
// phrases that were not trained on (see TestCalibration).
const temperature = 5

// The zones begin at these scores.
const (
	answerFrom = 0.5
	chooseFrom = 0.15
)

// strange is what is left of a score when a message holds nothing of the trade.
const strange = 0.5

// numberOnly is what is left of the scores of a number that answers nothing: it may
// mean anything.
const numberOnly = 0.1

// outOfScope is the intent of what the relais does not do.
const outOfScope = "out_of_scope"

// closed are the intents that only their own words can mean: without one of
// them, a short unknown word would be taken for a greeting.
var closed = map[string]string{"greeting": "social.greeting", "thanks": "social.thanks", "goodbye": "social.goodbye", "help_menu": "social.help"}

// A classifier tells what a message asks for.
type classifier struct {
	intents       []string // sorted
	lexicon       *lexicon
	abbreviations abbreviations
	vocabulary    *vocabulary
	machine       *machine
	branches      map[string]*branch // by intent that has subjects
}

// newClassifier returns a classifier of the intents of phrases, and the features
// of each phrase to train it on.
func newClassifier(fsys fs.FS, phrases []Phrase) (*classifier, [][]int32, error) {
	lexicon, err := readLexicon(fsys)
	if err != nil {
		return nil, nil, err
	}
	abbreviations, err := readAbbreviations(fsys)
	if err != nil {
		return nil, nil, err
	}
	c := &classifier{lexicon: lexicon, abbreviations: abbreviations, vocabulary: newVocabulary()}
	docs := make([][]int32, len(phrases))
	var seen []feature
	for i, p := range phrases {
		c.intents = append(c.intents, p.Intent)
		seen = c.prepare(p.Text, p.Lang, p.heard(i)).features(seen[:0])
		docs[i] = c.vocabulary.learn(seen)
	}
	slices.Sort(c.intents)
	c.intents = slices.Compact(c.intents)
	return c, docs, nil
}

// train trains the machines of the subjects, then that of the intents.
func (c *classifier) train(phrases []Phrase, docs [][]int32) {
	labels := make([]int, len(phrases))
	for i, p := range phrases {
		labels[i], _ = slices.BinarySearch(c.intents, p.Intent)
	}
	c.trainBranches(phrases, docs)
	c.machine = trainMachine(docs, c.vocabulary.blocks, labels, len(c.intents))
}

// heard returns who writes the phrase number i, for one phrase in two: nothing
// may depend on knowing it.
func (p Phrase) heard(i int) string {
	if i%2 == 0 {
		return ""
	}
	return p.Audience
}

// prepare folds a message, writes its abbreviations out, finds its concepts and
// takes the politeness off when a question remains.
func (c *classifier) prepare(text, lang, audience string) *message {
	raw := words(fold(text))
	m := &message{words: c.abbreviations.expand(raw, lang), lang: lang, audience: audience, number: onlyNumbers(raw)}
	m.understand(c.lexicon)
	if c.stripPolite(m) {
		m.understand(c.lexicon)
	}
	return m
}

func (m *message) understand(l *lexicon) {
	m.stems = stems(m.words)
	m.meanings = l.meanings(m.stems, m.lang)
}

// leastLetters is how much must remain for a greeting to be taken off.
const leastLetters = 5

// stripPolite takes greetings, thanks and politeness off a message that asks
// for something else too. It says whether it did.
func (c *classifier) stripPolite(m *message) bool {
	kept := make([]string, 0, len(m.words))
	left, asks := 0, false
	for i, w := range m.words {
		of := m.meanings.words[i]
		if of >= 0 && c.lexicon.polite(of) {
			continue
		}
		kept = append(kept, w)
		left += utf8.RuneCountInString(w)
		asks = asks || of >= 0 && c.lexicon.kind(of) != "ask" && c.lexicon.kind(of) != "social"
	}
	if !asks || left < leastLetters && !han(m.words[0]) || len(kept) == len(m.words) {
		return false
	}
	m.words = kept
	return true
}

func (l *lexicon) polite(concept int) bool {
	switch l.names[concept] {
	case "social.greeting", "social.thanks", "social.polite", "social.goodbye":
		return true
	}
	return false
}

// see finds the features of a message that the classifier knows, once.
func (c *classifier) see(m *message) []sighting {
	if m.seen == nil {
		m.seen = c.vocabulary.see(m.features(make([]feature, 0, 64+48*len(m.words))))
	}
	return m.seen
}

// scores returns a score for each intent, in the order of c.intents. They sum to
// one, or to less when the message is strange.
func (c *classifier) scores(m *message) []float64 {
	margins := c.machine.margins(c.see(m))
	scores := softmax(margins)
	for i, intent := range c.intents {
		if concept, ok := closed[intent]; ok && !c.lexicon.has(m.meanings, concept) {
			scores[i] = 0
		}
	}
	scores = scaled(scores, 1)
	c.suspect(m, scores)
	return scores
}

// calm takes the urgent intents out of the scores of a message whose words only
// sound urgent. What was taken off a strange one stays off.
func (c *classifier) calm(scores []float64) []float64 {
	sum := total(scores)
	for i, intent := range c.intents {
		if strings.HasPrefix(intent, urgentIntent) {
			scores[i] = 0
		}
	}
	return scaled(scores, sum)
}

// urgentIntent begins the names of the intents that call for a safety card.
const urgentIntent = "urgent_"

// suspect takes off half of the scores of a message that holds nothing of the
// trade, and most of those of a mere number.
func (c *classifier) suspect(m *message, scores []float64) {
	if m.number {
		for i := range scores {
			scores[i] *= numberOnly
		}
		return
	}
	if c.lexicon.known(m.meanings) {
		return
	}
	for i, intent := range c.intents {
		if intent != outOfScope {
			scores[i] *= strange
		}
	}
}

func onlyNumbers(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return strings.Trim(w, "0123456789") != "" })
}

// known says whether a message holds a concept of the trade, of politeness or
// of distress.
func (l *lexicon) known(m meanings) bool {
	for _, concept := range m.concepts {
		switch l.kind(concept) {
		case "", "social", "urgent":
			return true
		}
	}
	return false
}

func softmax(margins []float32) []float64 {
	scores := make([]float64, len(margins))
	top := float64(slices.Max(margins))
	for i, m := range margins {
		scores[i] = math.Exp(temperature * (float64(m) - top))
	}
	return scaled(scores, 1)
}

// scaled makes scores sum to so much, where they can.
func scaled(scores []float64, to float64) []float64 {
	sum := total(scores)
	if sum == 0 {
		return scores
	}
	for i := range scores {
		scores[i] *= to / sum
	}
	return scores
}

func total(scores []float64) (sum float64) {
	for _, s := range scores {
		sum += s
	}
	return sum
}

// top returns the n likeliest intents.
func (c *classifier) top(scores []float64, n int) []Scored {
	best := make([]Scored, 0, n+1)
	for i, s := range scores {
		if len(best) == n && s <= best[n-1].Score {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, s, func(b Scored, s float64) int { return cmp.Compare(s, b.Score) })
		for at < len(best) && best[at].Score == s {
			at++
		}
		best = slices.Insert(best, at, Scored{c.intents[i], s})
		best = best[:min(n, len(best))]
	}
	return best
}

// zone says what may be done with a score.
func zone(score float64) string {
	switch {
	case score >= answerFrom:
		return "answer"
	case score >= chooseFrom:
		return "choose"
	}
	return "person"
}
