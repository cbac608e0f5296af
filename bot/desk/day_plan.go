package desk

import (
	"net/http"
	"slices"

	"doudou/bot"
	"doudou/knowledge/events"
)

// dayOptions are the questions of the form that makes a plan.
func (d *desk) dayOptions(t dating) []group {
	o := *t.Dating
	if t.day.Version > 0 {
		o = t.day.Schedule.Options
	}
	number := func(id string, value, most int) input {
		return input{ID: id, Type: "number", Label: "desk.event.label." + id, Value: itoa(value), Max: most, Needed: true}
	}
	return []group{{Legend: "desk.day.options", Inputs: []input{
		{ID: "begin", Type: "time", Label: "desk.day.begin", Value: o.Begin.String(), Needed: true},
		number("rounds", o.Rounds, 64), number("tables", o.Tables, 1000), number("minutes", o.Minutes, 120),
		number("pause", o.Pause, 60), number("minimum", o.Minimum, 64),
	}}}
}

// planDay plans the day from nothing, with those who are registered now.
func (d *desk) planDay(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	t, err := d.dating(v)
	if err != nil {
		return err
	}
	form := d.reads(v)
	o := events.Options{Begin: form.clock("begin"), Rounds: form.number("rounds", 1, 64), Tables: form.number("tables", 1, 1000),
		Minutes: form.number("minutes", 1, 120), Pause: form.number("pause", 0, 60), Minimum: form.number("minimum", 0, 64)}
	if len(form.faults) > 0 || o.Check() != nil {
		return d.showDay(v, t, http.StatusUnprocessableEntity, "desk.day.wrong.options")
	}
	people := participants(t.roster)
	if len(people) == 0 {
		return d.showDay(v, t, http.StatusUnprocessableEntity, "desk.day.wrong.nobody")
	}
	schedule, err := events.Plan(people, o)
	if err != nil {
		return err
	}
	return d.saveDay(v, t, schedule, false, "desk.day.made")
}

func participants(roster []bot.Seat) []events.Participant {
	var people []events.Participant
	for _, s := range roster {
		if p, ok := participant(s); ok {
			people = append(people, p)
		}
	}
	return people
}

// saveDay keeps a plan as the next version of the one that the form showed: a
// colleague who planned meanwhile is not overwritten.
func (d *desk) saveDay(v *visit, t dating, s events.Schedule, published bool, flash string) error {
	if v.field("version") != itoa(t.day.Version) {
		return bot.ErrStale
	}
	if err := d.record(v.r.Context(), v.agent, "plan", bot.CaseID(t.ID)); err != nil {
		return err
	}
	next := bot.Day{Event: t.ID, Version: t.day.Version + 1, Schedule: s, Published: published, Agent: v.agent.Login, At: d.Now()}
	if err := d.Days.SaveDay(v.r.Context(), next); err != nil {
		return err
	}
	d.flash(v, flash)
	return v.back("/desk/events/" + t.ID + "/day")
}

// publishDay has everybody told their own times.
func (d *desk) publishDay(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	t, err := d.dating(v)
	if err != nil {
		return err
	}
	if t.day.Version == 0 {
		return errOver
	}
	return d.saveDay(v, t, t.day.Schedule, true, "desk.day.told")
}

// An again is what the page shows before the rounds that remain are planned again.
type again struct {
	date
	Round   int
	Rounds  []int // that may still be planned
	Absent  []person
	Late    []person
	Gone    []person
	New     []person
	Changes []changed
	Version int
	Once    string
}

// A changed is somebody whose own times change.
type changed struct {
	Number       int
	Name         string
	Before, Next string
}

// againPage shows what planning the rest of the day again would change, and
// changes nothing.
func (d *desk) againPage(v *visit) error {
	t, err := d.dating(v)
	if err != nil {
		return err
	}
	if t.day.Version == 0 {
		return errNoPage
	}
	data := again{date: d.date(v.lang, t.Standing), Version: t.day.Version, Once: v.key()}
	if data.Rounds = d.remaining(t); len(data.Rounds) == 0 {
		return errOver
	}
	data.Round = data.Rounds[0]
	if k := number(v.r.URL.Query().Get("round")); slices.Contains(data.Rounds, k) {
		data.Round = k
	}
	next, err := d.replanned(t, data.Round)
	if err != nil {
		return err
	}
	d.sortOut(v.lang, t, &data)
	data.Changes = d.changedTimes(t, next)
	return d.show(v, http.StatusOK, "again", page{Title: "desk.again.title", Tab: "events", Data: data})
}

// remaining returns the rounds that have not begun; before the day, all of them.
func (d *desk) remaining(t dating) (rounds []int) {
	o := t.day.Schedule.Options
	for r := 1; r <= o.Rounds; r++ {
		if d.at(t, o.Start(r)).After(d.Now()) {
			rounds = append(rounds, r)
		}
	}
	return rounds
}

// replanDay plans the rounds from one on again and tells those whose own times
// change.
func (d *desk) replanDay(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	t, err := d.dating(v)
	if err != nil {
		return err
	}
	from := number(v.field("round"))
	if t.day.Version == 0 || !slices.Contains(d.remaining(t), from) {
		return errOver
	}
	next, err := d.replanned(t, from)
	if err != nil {
		return err
	}
	return d.saveDay(v, t, next, true, "desk.day.again")
}
