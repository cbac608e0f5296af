// Package events is the calendar of the relais.
package events

import "time"

// An Event is a date of the relais: a workshop, an information meeting, a day
// where parents meet childminders.
type Event struct {
	ID       string    `json:"id"` // stable: "atelier-2026-12-02"
	Kind     string    `json:"kind"`
	Title    string    `json:"title"` // as staff wrote it, in French
	Place    string    `json:"place"`
	Quarter  string    `json:"quarter"`
	Audience string    `json:"audience"` // parents, childminders, all
	Start    time.Time `json:"start"`
	End      time.Time `json:"end"`
	Capacity int       `json:"capacity"` // seats; 0 when nobody registers (open doors)
	Sample   bool      `json:"sample"`   // invented, for somebody who tries Doudou
}

// A Standing is an event with its seats now, seen by one contact.
type Standing struct {
	Event
	Taken int
	Mine  bool
}
