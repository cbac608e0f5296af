package nlu

import "slices"

// general is the subject of an intent asked about in general.
const general = ""

// clearly is how much nearer than the intent in general a subject must be to be
// the one that is asked about, in margins. In doubt the general answer is given:
// it is never beside the point. Fitted on phrases that were not trained on (see
// TestSubjectsHeldOut).
const clearly = 0.1

// A branch tells, inside one intent, what exactly is asked.
type branch struct {
	subjects   []string // sorted: the intent in general is the first
	vocabulary *vocabulary
	machine    *machine
}

// trainBranches learns the subjects of every intent that has some.
func (c *classifier) trainBranches(phrases []Phrase) {
	c.branches = map[string]*branch{}
	for intent, of := range byIntent(phrases) {
		if b := c.trainBranch(of); len(b.subjects) > 1 {
			c.branches[intent] = b
		}
	}
}

// byIntent sorts the phrases of the intents that have subjects by intent.
func byIntent(phrases []Phrase) map[string][]Phrase {
	all := map[string][]Phrase{}
	for _, p := range phrases {
		if p.Subject != general {
			all[p.Intent] = nil
		}
	}
	for _, p := range phrases {
		if _, ok := all[p.Intent]; ok {
			all[p.Intent] = append(all[p.Intent], p)
		}
	}
	return all
}

// trainBranch learns the subjects of the one intent that all phrases ask for.
// What all of them say is worth little here: the vocabulary is its own.
func (c *classifier) trainBranch(phrases []Phrase) *branch {
	b := &branch{subjects: []string{general}}
	l := newLearner(len(phrases))
	for i, p := range phrases {
		b.subjects = append(b.subjects, p.Subject)
		l.learn(c.prepare(p.Text, p.Lang, p.heard(i)).features())
	}
	slices.Sort(b.subjects)
	b.subjects = slices.Compact(b.subjects)
	labels := make([]int, len(phrases))
	for i, p := range phrases {
		labels[i], _ = slices.BinarySearch(b.subjects, p.Subject)
	}
	var vectors []vector
	b.vocabulary, vectors = l.finish()
	b.machine = trainMachine(vectors, labels, len(b.subjects), len(b.vocabulary.blocks))
	return b
}

// subject returns what exactly a message asks inside an intent, "" when it asks
// in general or when that is not clear.
func (c *classifier) subject(m *message, intent string) string {
	b, ok := c.branches[intent]
	if !ok {
		return general
	}
	margins := b.machine.margins(b.vocabulary.vector(m.features()))
	at := 0
	for i, margin := range margins {
		if margin > margins[at] {
			at = i
		}
	}
	if margins[at] < margins[0]+clearly {
		return general
	}
	return b.subjects[at]
}

// Subjects returns the ids of all subjects, "intent/subject", sorted.
func (m *Model) Subjects() []string {
	var all []string
	for intent, b := range m.classifier.branches {
		for _, s := range b.subjects[1:] {
			all = append(all, intent+"/"+s)
		}
	}
	slices.Sort(all)
	return all
}
