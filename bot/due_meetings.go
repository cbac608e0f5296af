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
	said     Consent // what it answered
	at       time.Time
}

func (f follow) until() time.Time { return f.at.AddDate(0, 0, followDays) }

// follows returns the questions that are due after an exchange. A family that
// has several numbers is asked about one a day: of two questions, it could only
// answer the last.
func (h herald) follows(list []Introduction) []follow {
	var due []follow
	free := map[ContactID]time.Time{} // when a family may be asked again
	for _, f := range h.questions(list) {
		if next := free[f.Parent]; f.at.Before(next) {
			f.at = next
		}
		f.at = events.Courteous(f.at, h.zone)
		free[f.Parent] = f.at.AddDate(0, 0, 1)
		if f.said == "" && h.within(f.at, followDays) {
			due = append(due, f)
		}
	}
	return due
}

// questions are all that is ever asked after an exchange, in order of time.
func (h herald) questions(list []Introduction) []follow {
	var all []follow
	for _, i := range list {
		if i.Exchanged.IsZero() {
			continue
		}
		all = append(all,
			follow{i, "meet.visit", idOf("visit", i.ID), i.Visit, i.Exchanged.AddDate(0, 0, visitDays)},
			follow{i, "meet.contract", idOf("contract", i.ID), i.Contract, i.Exchanged.AddDate(0, 0, contractDays)})
	}
	slices.SortStableFunc(all, func(a, b follow) int { return a.at.Compare(b.at) })
	return all
}

// ask asks a follow, by the first name of the other; nothing is due about
// somebody who is not known any more.
func (h herald) ask(f follow, name string) []Prompt {
	if name == "" {
		return nil
	}
	slots := map[string]string{"introduction": f.ID, "name": name}
	return []Prompt{h.prompt(f.id, f.Parent, f.node, slots, f.until())}
}

// exchanged gives both the other's name and number.
func (h herald) exchanged(i Introduction, parent, childminder events.Profile) []Prompt {
	tell := func(to ContactID, of events.Profile) Prompt {
		slots := map[string]string{"introduction": i.ID, "name": of.Name, "phone": of.Phone}
		return h.prompt(idOf("exchange", i.ID), to, "meet.exchange", slots, time.Time{})
	}
	return []Prompt{tell(i.Parent, childminder), tell(i.Childminder, parent)}
}
