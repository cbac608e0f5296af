package bot

import (
	"time"

	"doudou/knowledge/events"
)

// errands returns what is due about an event to those who have a seat, or wait
// for one.
func (h herald) errands(e events.Event) []errand {
	list := h.reminders(e)
	if e.Rev > 0 && e.Start.After(h.now) {
		list = append(list, h.change(e))
	}
	if e.Kind == "speeddating" && !e.Cancelled {
		list = append(list, h.choice(e)...)
	}
	return list
}

// reminders returns the last reminder that is due: who was not told a week
// before is not told two at once. Who took a seat after it was due knows, and so
// does everybody who is told of a change. Three weeks before, the relais
// invites; nobody needs a reminder yet.
func (h herald) reminders(e events.Event) []errand {
	var due []errand
	for _, r := range events.Reminders(e, h.zone) {
		if r.Days > 7 || r.At.After(h.now) || !e.Start.After(h.now) {
			continue
		}
		due = nil
		if e.Revised.After(r.At) {
			continue
		}
		due = []errand{{ID: idOf("remind", e.ID, e.Rev, r.Days), Event: e, Node: "notice.remind", With: placed(), Until: e.Start,
			Concern: func(s Seat) bool { return has(s) && s.At.Before(r.At) }}}
	}
	return due
}

func placed() []string { return []string{"event", "title", "start", "place"} }

// change tells of the last change of an event: those who have a seat of another
// place or time, everybody who counts on it that it is cancelled. Who came after
// the change knows.
func (h herald) change(e events.Event) errand {
	before := func(s Seat) bool { return e.Revised.IsZero() || !s.At.After(e.Revised) }
	if e.Cancelled {
		return errand{ID: idOf("cancelled", e.ID, e.Rev), Event: e, Node: "notice.cancelled", With: []string{"title", "start"}, Until: e.Start,
			Concern: func(s Seat) bool { return before(s) && s.State != Lapsed }}
	}
	return errand{ID: idOf("moved", e.ID, e.Rev), Event: e, Node: "notice.moved", With: placed(), Until: e.Start,
		Concern: func(s Seat) bool {
			return before(s) && (has(s) || s.State == Offered && s.Until.Before(e.Revised.Add(offerTime)))
		}}
}

// offerTime is how long an offered seat is kept at most: one that is kept longer
// was offered, and told of, after the change.
const offerTime = 24 * time.Hour

// When those who came to a speed-dating day are asked whom they want to see
// again, and how long they may answer.
const (
	choiceAfter = time.Hour
	choiceUntil = 7 * 24 * time.Hour
)

// choice asks those who came, once they are home.
func (h herald) choice(e events.Event) []errand {
	from := events.Courteous(e.End.Add(choiceAfter), h.zone)
	until := from.Add(choiceUntil)
	if from.After(h.now) || !until.After(h.now) {
		return nil
	}
	return []errand{{ID: idOf("choose", e.ID, e.Rev), Event: e, Node: "day.choose", With: []string{"event", "title"}, Until: until,
		Concern: func(s Seat) bool { return has(s) && !s.Came.IsZero() }}}
}

// offered tells somebody in the waiting list that a seat is theirs for a while,
// or that it went to the next.
func (h herald) offered(e events.Event, s Seat) []Prompt {
	switch s.State {
	case Offered:
		slots := h.event(e, placed()...)
		slots["until"] = h.moment(s.Until)
		return h.later(h.prompt(idOf("offered", e.ID, s.Until.Unix()), s.Contact, "notice.offered", slots, s.Until))
	case Lapsed:
		slots := h.event(e, "title", "start")
		return h.later(h.prompt(idOf("lapsed", e.ID, s.Until.Unix()), s.Contact, "notice.lapsed", slots, e.Start))
	}
	return nil
}

// later puts what happened at any hour off until it may be said.
func (h herald) later(p Prompt) []Prompt {
	p.Due = events.Courteous(p.Due, h.zone)
	return []Prompt{p}
}
