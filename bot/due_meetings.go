package bot

import (
	"slices"
	"time"

	"doudou/knowledge/events"
)

// Days after which something is due between two people.
const (
	answerDays   = 5  // a childminder is asked: so long a family waits for a yes
	visitDays    = 7  // after the exchange: have they met?
	contractDays = 30 // after the exchange: is a contract signed?
	followDays   = 14 // so long the question makes sense
)

// A need is what a family looks for, found for an introduction.
type need func(ContactID) (events.Profile, bool)

// asked asks childminders, without a name, on behalf of families who asked for
// it and still want it.
func (h herald) asked(list []Introduction, need need) []Prompt {
	var due []Prompt
	for _, i := range list {
		until := i.Made.AddDate(0, 0, answerDays)
		if i.Event != "" || i.ParentSays != Yes || i.MinderSays != "" || !until.After(h.now) {
			continue
		}
		if slots, ok := h.need(i, need); ok {
			due = append(due, h.prompt(idOf("asked", i.ID), i.Childminder, "meet.asked", slots, until))
		}
	}
	return due
}

// need writes what a family looks for; false when it took it back, or left
// something out that a childminder must know.
func (h herald) need(i Introduction, need need) (map[string]string, bool) {
	p, ok := need(i.Parent)
	if !ok || !p.Until.After(h.now) {
		return nil, false
	}
	terms := h.terms(p)
	slots := map[string]string{"introduction": i.ID}
	for _, name := range []string{"days", "hours", "quarter", "start", "age"} {
		slots[name], ok = terms[name]
		if !ok {
			return nil, false
		}
	}
	return slots, true
}

// nobody tells families that those who were asked for them at one time all said
// no, or nothing for as long as a family waits.
func (h herald) nobody(list []Introduction) []Prompt {
	last := map[ContactID][]Introduction{}
	for _, i := range list {
		if i.Event != "" {
			continue
		}
		switch have := last[i.Parent]; {
		case len(have) == 0 || i.Made.After(have[0].Made):
			last[i.Parent] = []Introduction{i}
		case i.Made.Equal(have[0].Made):
			last[i.Parent] = append(have, i)
		}
	}
	var due []Prompt
	for parent, batch := range last {
		if made := batch[0].Made; h.inVain(batch) {
			due = append(due, h.prompt(idOf("nobody", string(parent), made.Unix()), parent, "meet.nobody", nil, made.AddDate(0, 0, answerDays+followDays)))
		}
	}
	slices.SortFunc(due, byID)
	return due
}

// inVain tells whether a family that still looks for somebody waited for these.
func (h herald) inVain(batch []Introduction) bool {
	over := batch[0].Made.AddDate(0, 0, answerDays)
	if !h.within(over, followDays) && h.now.After(over) {
		return false
	}
	for _, i := range batch {
		silent := i.MinderSays == "" && !over.After(h.now)
		if i.ParentSays != Yes || !i.Exchanged.IsZero() || i.MinderSays != No && !silent {
			return false
		}
	}
	return true
}

// within tells whether now is in the days after a time.
func (h herald) within(from time.Time, days int) bool {
	return !from.After(h.now) && from.AddDate(0, 0, days).After(h.now)
}

// A follow is a question to a family about somebody whose number it has.
type follow struct {
	Introduction
	node, id string
	until    time.Time
}

// follows returns the questions that are due after an exchange.
func (h herald) follows(list []Introduction) []follow {
	var due []follow
	for _, i := range list {
		if i.Exchanged.IsZero() {
			continue
		}
		visit, contract := i.Exchanged.AddDate(0, 0, visitDays), i.Exchanged.AddDate(0, 0, contractDays)
		switch {
		case i.Visit == "" && h.within(visit, followDays):
			due = append(due, follow{i, "meet.visit", idOf("visit", i.ID), visit.AddDate(0, 0, followDays)})
		case i.Contract == "" && h.within(contract, followDays):
			due = append(due, follow{i, "meet.contract", idOf("contract", i.ID), contract.AddDate(0, 0, followDays)})
		}
	}
	return due
}

// ask asks a follow, by the first name of the other; nothing is due about
// somebody who is not known any more.
func (h herald) ask(f follow, name string) []Prompt {
	if name == "" {
		return nil
	}
	slots := map[string]string{"introduction": f.ID, "name": name}
	return []Prompt{h.prompt(f.id, f.Parent, f.node, slots, f.until)}
}

// exchanged gives both the other's name and number.
func (h herald) exchanged(i Introduction, parent, childminder events.Profile) []Prompt {
	tell := func(to ContactID, of events.Profile) []Prompt {
		slots := map[string]string{"introduction": i.ID, "name": of.Name, "phone": of.Phone}
		return h.later(h.prompt(idOf("exchange", i.ID), to, "meet.exchange", slots, time.Time{}))
	}
	return append(tell(i.Parent, childminder), tell(i.Childminder, parent)...)
}
