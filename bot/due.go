package bot

import (
	"fmt"
	"time"
	"unicode/utf8"

	"doudou/knowledge/events"
)

// A herald says what is due: from what the relais keeps and the time, nothing
// else. It is asked at hours when messages may leave (see events.Courteous), so
// that what is due is due now.
type herald struct {
	now  time.Time
	zone *time.Location
	// terms writes what somebody needs as trees read it.
	terms func(events.Profile) map[string]string
}

// courteous tells whether the relais may start a conversation now.
func (h herald) courteous() bool { return events.Courteous(h.now, h.zone).Equal(h.now) }

// An errand is something to be said to several people of one event.
type errand struct {
	ID      string // once for ever
	Event   events.Event
	Node    string
	With    []string // values of the event that the node takes
	Until   time.Time
	Concern func(Seat) bool // whom it concerns
}

// prompts addresses an errand to those whom it concerns.
func (h herald) prompts(e errand, seats []Seat) []Prompt {
	var list []Prompt
	for _, s := range seats {
		if e.Concern(s) {
			list = append(list, h.prompt(e.ID, s.Contact, e.Node, h.event(e.Event, e.With...), e.Until))
		}
	}
	return list
}

// prompt is due now.
func (h herald) prompt(id string, contact ContactID, node string, slots map[string]string, until time.Time) Prompt {
	return Prompt{ID: id + "/" + string(contact), Contact: contact, Node: node, Slots: slots, Due: h.now, Until: until}
}

// event writes values of an event as trees read them.
func (h herald) event(e events.Event, names ...string) map[string]string {
	all := map[string]string{"event": e.ID, "title": spokenName(e.Title), "start": h.moment(e.Start), "place": spokenName(e.Place)}
	slots := make(map[string]string, len(names))
	for _, name := range names {
		slots[name] = all[name]
	}
	return slots
}

func (h herald) moment(t time.Time) string { return t.In(h.zone).Format("2006-01-02T15:04") }

func (h herald) date(t time.Time) string { return t.In(h.zone).Format(time.DateOnly) }

// longestName is how many characters of a title or a place are said.
const longestName = 80

// spokenName cuts what staff wrote to what a text takes.
func spokenName(text string) string {
	if utf8.RuneCountInString(text) <= longestName {
		return text
	}
	return string([]rune(text)[:longestName-1]) + "…"
}

// has tells whether a seat is somebody's to sit on.
func has(s Seat) bool { return s.State == Kept }

func idOf(what string, of string, parts ...any) string {
	id := what + "/" + of
	for i, p := range parts {
		if i == 0 {
			id += "/"
		} else {
			id += "."
		}
		id += fmt.Sprint(p)
	}
	return id
}
