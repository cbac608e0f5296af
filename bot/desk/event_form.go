package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"doudou/knowledge/events"
)

// Bounds of what staff type of a date: families read it on a telephone.
const (
	maxTitle = 60
	maxNote  = 300
	maxSeats = 1000
)

// repeats are the ways in which a date comes again.
func repeats() []string { return []string{"none", "weekly", "monthly"} }

// A typed is a form of a date as it was typed, and the event that it means.
type typed struct {
	values map[string]string // of all inputs but the languages
	speak  []string
	event  events.Event
	repeat string
	until  time.Time // of a repetition: its last day
	faults map[string]string
}

// readEvent reads the form of a date; was is the date that is changed, zero for
// a new one.
func (d *desk) readEvent(v *visit, was events.Event) typed {
	r := d.reads(v)
	e := was
	e.Kind = r.choice("kind", d.choices(v.lang, "desk.event.kind.", events.Kinds()))
	e.Title = r.text("title", maxTitle, true)
	e.Place = r.text("place", maxTitle, true)
	e.Quarter = r.choice("quarter", d.quarters())
	e.Audience = r.choice("audience", d.choices(v.lang, "desk.event.for.", events.Audiences()))
	e.Note = r.text("note", maxNote, false)
	e.Capacity = r.number("capacity", 0, maxSeats)
	t := typed{values: map[string]string{}, speak: v.r.PostForm["languages"], faults: r.faults}
	e.Languages, e.NoWait = d.spoken(t.speak), v.field("waits") == ""
	d.readTimes(r, &e)
	e.Dating = readDating(r, e)
	t.event = e
	if was.ID == "" {
		t.readRepeat(r, d.choices(v.lang, "desk.event.repeat.", repeats()))
	}
	for id := range v.r.PostForm {
		t.values[id] = v.field(id)
	}
	if err := t.event.Validate(); err != nil && len(t.faults) == 0 {
		d.Log.Info("a date was refused", "error", err)
		r.refuse("kind", "desk.fault.event")
	}
	return t
}

// spoken keeps the languages that Doudou knows.
func (d *desk) spoken(langs []string) (list []string) {
	for _, lang := range d.Words.Languages() {
		if slices.Contains(langs, lang) {
			list = append(list, lang)
		}
	}
	return list
}

// readTimes reads when the event is, and when one may register.
func (d *desk) readTimes(r *formReader, e *events.Event) {
	day, from, to := r.day("date", true), r.clock("from"), r.clock("to")
	e.Start, e.End = on(day, from), on(day, to)
	e.Opens, e.Closes = r.moment("opens"), r.moment("closes")
	switch {
	case to <= from:
		r.refuse("to", "desk.fault.ends")
	case !e.Start.After(d.Now()):
		r.refuse("date", "desk.fault.past")
	}
	if e.Capacity == 0 && !(e.Opens.IsZero() && e.Closes.IsZero()) {
		r.refuse("capacity", "desk.fault.doors")
	}
	if !e.Closes.IsZero() && (e.Closes.After(e.Start) || !e.Closes.After(e.Opens)) {
		r.refuse("closes", "desk.fault.window")
	}
	if !e.Opens.IsZero() && !e.Opens.Before(e.Start) {
		r.refuse("opens", "desk.fault.window")
	}
}

// on is a time of a day by the clock of the town: a change of the hour moves
// nothing.
func on(day time.Time, c events.Clock) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, int(c)/60, int(c)%60, 0, 0, day.Location())
}

// readDating reads the rounds of a speed-dating day; nil for another event.
func readDating(r *formReader, e events.Event) *events.Options {
	if e.Kind != "speeddating" {
		return nil
	}
	o := events.Options{Begin: r.clock("from"), Rounds: r.number("rounds", 1, 64), Tables: r.number("tables", 1, 500),
		Minutes: r.number("minutes", 1, 60), Pause: r.number("pause", 0, 30), Minimum: r.number("minimum", 0, 64)}
	if end := o.Start(o.Rounds) + events.Clock(o.Minutes); len(r.faults) == 0 && on(e.Start, end).After(e.End) {
		r.refuse("rounds", "desk.fault.rounds")
	}
	return &o
}

// readRepeat reads how the date comes again.
func (t *typed) readRepeat(r *formReader, ways []choice) {
	t.repeat = r.choice("repeat", ways)
	if t.repeat == "none" {
		return
	}
	t.until = r.day("until", true)
	switch {
	case t.until.Before(t.event.Start) || t.until.After(t.event.Start.AddDate(1, 0, 0)):
		r.refuse("until", "desk.fault.until")
	case t.repeat == "monthly" && t.event.Start.Day() > 28:
		r.refuse("repeat", "desk.fault.fifth")
	}
}

// typedOf fills the form with an event.
func (d *desk) typedOf(e events.Event) typed {
	o := events.DefaultOptions()
	if e.Dating != nil {
		o = *e.Dating
	}
	values := map[string]string{
		"kind": e.Kind, "title": e.Title, "place": e.Place, "quarter": e.Quarter, "audience": e.Audience, "note": e.Note,
		"capacity": strconv.Itoa(e.Capacity), "opens": d.local(e.Opens, momentForm), "closes": d.local(e.Closes, momentForm),
		"date": d.local(e.Start, time.DateOnly), "from": d.local(e.Start, "15:04"), "to": d.local(e.End, "15:04"),
		"repeat": "none", "rounds": strconv.Itoa(o.Rounds), "tables": strconv.Itoa(o.Tables), "minutes": strconv.Itoa(o.Minutes),
		"pause": strconv.Itoa(o.Pause), "minimum": strconv.Itoa(o.Minimum),
	}
	if !e.NoWait {
		values["waits"] = "yes"
	}
	return typed{values: values, speak: e.Languages, event: e}
}

// local writes a moment as a form field does, "" for none.
func (d *desk) local(at time.Time, form string) string {
	if at.IsZero() {
		return ""
	}
	return at.In(d.Zone).Format(form)
}

// groups are the questions of the form, with what was typed.
func (d *desk) groups(lang string, t typed, fresh bool) []group {
	kinds := d.choices(lang, "desk.event.kind.", events.Kinds())
	what := group{Legend: "desk.event.what", Inputs: []input{
		{ID: "kind", Type: "select", Choices: kinds, Needed: true},
		{ID: "audience", Type: "select", Choices: d.choices(lang, "desk.event.for.", events.Audiences()), Needed: true},
		{ID: "title", Type: "text", Max: maxTitle, Needed: true, Hint: "desk.event.hint.title"},
		{ID: "languages", Type: "checks", Choices: d.languages(lang), Chosen: t.speak, Hint: "desk.event.hint.languages"},
		{ID: "note", Type: "textarea", Max: maxNote, Hint: "desk.event.hint.note"},
	}}
	where := group{Legend: "desk.event.where", Inputs: []input{
		{ID: "place", Type: "text", Max: maxTitle, Needed: true},
		{ID: "quarter", Type: "select", Choices: d.quarters(), Needed: true},
		{ID: "date", Type: "date", Needed: true}, {ID: "from", Type: "time", Needed: true}, {ID: "to", Type: "time", Needed: true},
	}}
	if fresh {
		where.Inputs = append(where.Inputs,
			input{ID: "repeat", Type: "select", Choices: d.choices(lang, "desk.event.repeat.", repeats()), Needed: true, Hint: "desk.event.hint.repeat"},
			input{ID: "until", Type: "date", Hint: "desk.event.hint.until"})
	}
	seats := group{Legend: "desk.event.seats", Inputs: []input{
		{ID: "capacity", Type: "number", Max: maxSeats, Needed: true, Hint: "desk.event.hint.capacity"},
		{ID: "waits", Type: "checks", Choices: []choice{{"yes", d.name(lang, "", "desk.event.waits")}}},
		{ID: "opens", Type: "datetime-local", Hint: "desk.event.hint.opens"}, {ID: "closes", Type: "datetime-local", Hint: "desk.event.hint.closes"},
	}}
	dating := group{Legend: "desk.event.dating", Inputs: []input{
		{ID: "rounds", Type: "number", Max: 64}, {ID: "tables", Type: "number", Max: 500}, {ID: "minutes", Type: "number", Max: 60},
		{ID: "pause", Type: "number", Max: 30}, {ID: "minimum", Type: "number", Max: 64, Hint: "desk.event.hint.minimum"},
	}}
	list := []group{what, where, seats, dating}
	t.fill(list)
	return list
}

// fill puts what was typed, and what is wrong with it, into the inputs.
func (t typed) fill(list []group) {
	for _, g := range list {
		for i := range g.Inputs {
			in := &g.Inputs[i]
			in.Label, in.Value, in.Fault = "desk.event.label."+in.ID, t.values[in.ID], t.faults[in.ID]
		}
	}
}

// choices names values by texts of the desk.
func (d *desk) choices(lang, prefix string, values []string) []choice {
	list := make([]choice, 0, len(values))
	for _, value := range values {
		list = append(list, choice{value, d.name(lang, value, prefix+value)})
	}
	return list
}

// quarters are those of the town.
func (d *desk) quarters() []choice {
	var list []choice
	for _, q := range d.Knowledge.Town().Quarters {
		list = append(list, choice{q.Name, q.Name})
	}
	return list
}

// languages are those that Doudou speaks, in which an event may be held.
func (d *desk) languages(lang string) []choice {
	var list []choice
	for _, code := range d.Words.Languages() {
		list = append(list, choice{code, d.languageName(lang, code)})
	}
	slices.SortFunc(list, func(a, b choice) int { return strings.Compare(a.Label, b.Label) })
	return list
}
