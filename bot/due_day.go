package bot

import (
	"strconv"

	"doudou/knowledge/events"
)

// times tells those who come to a speed-dating day when they meet people, and
// of a later plan those whose own times are others. Nothing is told any more to
// somebody who is known not to come, or not to have come.
func (h herald) times(e events.Event, d Day, seats []Seat) []Prompt {
	if !e.End.After(h.now) || e.Cancelled {
		return nil
	}
	var list []Prompt
	for _, s := range seats {
		t, told := d.Told[s.Contact]
		if !told || !has(s) || !s.Left.IsZero() || e.Start.Before(h.now) && s.Came.IsZero() {
			continue
		}
		list = append(list, h.time(e, s, t)...)
	}
	return list
}

// time tells somebody their times, with the number and the code of their badge
// the first time.
func (h herald) time(e events.Event, s Seat, t Telling) []Prompt {
	if t.Version == t.First {
		slots := h.event(e, placed()...)
		slots["number"], slots["code"], slots["times"] = strconv.Itoa(s.Number), s.Code, t.Times
		return []Prompt{h.prompt(idOf("times", e.ID, t.First), s.Contact, "day.times", slots, e.End)}
	}
	slots := h.event(e, "event")
	slots["times"] = t.Times
	return []Prompt{h.prompt(idOf("times", e.ID, t.Version), s.Contact, "day.changed", slots, e.End)}
}
