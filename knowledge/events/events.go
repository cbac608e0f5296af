package events

import (
	"slices"
	"time"
)

// An Event is a date of the relais: a workshop, an information meeting, a day
// where parents meet childminders.
type Event struct {
	ID       string    `json:"id"` // stable: "atelier-2026-12-02"
	Kind     string    `json:"kind"`
	Title    string    `json:"title"` // as staff wrote it, in French
	Place    string    `json:"place"`
	Quarter  string    `json:"quarter"`
	Audience string    `json:"audience"` // see Audiences
	Start    time.Time `json:"start"`
	End      time.Time `json:"end"`
	Capacity int       `json:"capacity"` // seats; 0 when nobody registers (open doors)
	Sample   bool      `json:"sample"`   // invented, for somebody who tries Doudou

	Languages []string  `json:"languages,omitempty"` // that the team speaks there: "fr", "ta"
	Opens     time.Time `json:"opens,omitzero"`      // registration begins; zero: it has
	Closes    time.Time `json:"closes,omitzero"`     // registration ends; zero: when the event begins
	NoWait    bool      `json:"no_wait,omitempty"`   // nobody waits for a seat: full is full
	Cancelled bool      `json:"cancelled,omitempty"` // it will not take place
	// Rev grows each time the event has Moved: who has a seat is told once of
	// each.
	Rev     int       `json:"rev,omitempty"`
	Revised time.Time `json:"revised,omitzero"` // when Rev grew last: who took a seat since then knows

	Series string   `json:"series,omitempty"` // the stem of a recurrence, "" for a single date
	Dating *Options `json:"dating,omitempty"` // the rounds of a speed-dating day; nil: DefaultOptions
	Staff  bool     `json:"staff,omitempty"`  // entered or changed at the desk: the file of the town does not change it any more
	Note   string   `json:"note,omitempty"`   // what to bring; as staff wrote it, in French
}

// Kinds returns the kinds of event: a workshop, the opening of a meeting place
// for parents and children (LAEP), an information meeting, a training of
// childminders, a speed-dating day, a parents' council of a crèche, a day for
// professionals.
func Kinds() []string {
	return []string{"workshop", "laep", "meeting", "training", "speeddating", "council", "professionals"}
}

// Audiences returns for whom an event may be.
func Audiences() []string { return []string{"parents", "childminders", "all", "professionals"} }

// For tells whether the event is meant for an audience ("parent",
// "childminder", "professional"); everything is for somebody who has not said
// who they are. A childminder is a professional.
func (e Event) For(audience string) bool {
	switch audience {
	case "":
		return true
	case "childminder":
		return slices.Contains([]string{"all", "childminders", "professionals"}, e.Audience)
	}
	return e.Audience == "all" || e.Audience == audience+"s"
}

// Moved tells whether b is so different from a that people who have a seat must
// be told: another place or time, cancelled, or held after all.
func (a Event) Moved(b Event) bool {
	return a.Place != b.Place || !a.Start.Equal(b.Start) || !a.End.Equal(b.End) || a.Cancelled != b.Cancelled
}

// Revise returns b, what staff or a file say of the event a at a time, with its
// revision: one more when it has Moved, so that who has a seat is told, else
// that of a.
func (a Event) Revise(b Event, now time.Time) Event {
	b.Rev, b.Revised = a.Rev, a.Revised
	if a.Moved(b) {
		b.Rev, b.Revised = a.Rev+1, now
	}
	return b
}
