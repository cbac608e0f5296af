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

// Left returns how many seats are free; 0 when nobody registers.
func (s Standing) Left() int { return max(0, s.Capacity-s.Taken) }

// Seat tells whether the contact could get a seat at a time: "mine" when they
// have one, "gone" when it has begun or nobody registers, "full" or "free".
func (s Standing) Seat(now time.Time) string {
	switch {
	case s.Mine && s.End.After(now):
		return "mine"
	case s.Capacity == 0 || !s.Start.After(now):
		return "gone"
	case s.Left() == 0:
		return "full"
	}
	return "free"
}

// For tells whether the event is meant for an audience ("parent",
// "childminder"); everything is for somebody who has not said who they are.
func (e Event) For(audience string) bool {
	return audience == "" || e.Audience == "all" || e.Audience == audience+"s"
}
