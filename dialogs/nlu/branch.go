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
	subjects []string // sorted: the intent in general is the first
	machine  *machine
}

// trainBranches learns the subjects of every intent that has some; docs are the
// features of the phrases.
func (c *classifier) trainBranches(phrases []Phrase, docs [][]int32) {
	c.branches = map[string]*branch{}
	place := make([]int32, len(c.vocabulary.blocks))
	for intent, of := range byIntent(phrases) {
		part := make([][]int32, len(of))
		subjects := make([]string, len(of))
		for i, at := range of {
			part[i], subjects[i] = docs[at], phrases[at].Subject
		}
		c.branches[intent] = c.trainBranch(part, subjects, place)
	}
}

// byIntent sorts the numbers of the phrases of the intents that have subjects by
// intent.
func byIntent(phrases []Phrase) map[string][]int {
	all := map[string][]int{}
	for _, p := range phrases {
		if p.Subject != general {
			all[p.Intent] = nil
		}
	}
	for i, p := range phrases {
		if _, ok := all[p.Intent]; ok {
			all[p.Intent] = append(all[p.Intent], i)
		}
	}
	return all
}

// trainBranch learns the subjects of one intent from its phrases. What all of
// them say is worth little here: how rare a feature is, is counted anew.
func (c *classifier) trainBranch(docs [][]int32, of []string, place []int32) *branch {
	b := &branch{subjects: slices.Compact(slices.Sorted(slices.Values(append(of, general))))}
	labels := make([]int, len(docs))
	for i := range docs {
		labels[i], _ = slices.BinarySearch(b.subjects, of[i])
	}
	known := among(docs, place)
	blocks := make([]block, len(known))
	for i, id := range known {
		blocks[i], place[id] = c.vocabulary.blocks[id], int32(i)
	}
	b.machine = trainMachine(renumbered(docs, place), blocks, labels, len(b.subjects))
	b.machine.known = known
	return b
}

// among returns the features of messages, sorted; mark has a place for each
// feature of the vocabulary.
func among(docs [][]int32, mark []int32) (ids []int32) {
	clear(mark)
	for _, doc := range docs {
		for _, id := range doc {
			mark[id] = 1
		}
	}
	for id, m := range mark {
		if m > 0 {
			ids = append(ids, int32(id))
		}
	}
	return ids
}

// renumbered returns messages with each feature's number in the place of it.
func renumbered(docs [][]int32, place []int32) [][]int32 {
	out := make([][]int32, len(docs))
	for i, doc := range docs {
		out[i] = make([]int32, len(doc))
		for k, id := range doc {
			out[i][k] = place[id]
		}
	}
	return out
}

// subject returns what exactly a message asks inside an intent, "" when it asks
// in general or when that is not clear.
func (c *classifier) subject(m *message, intent string) string {
	b, ok := c.branches[intent]
	if !ok {
		return general
	}
	margins := b.machine.margins(c.see(m))
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
