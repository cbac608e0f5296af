package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"

	"doudou/bot"
	"doudou/knowledge/events"
)

// An eventForm is what the page of the form shows.
type eventForm struct {
	ID     string // of the date that is changed, "" for a new one
	Groups []group
	Faults []input
	Once   string
	Seen   string // mark of the date as it stood when the page was made
}

// newEventPage shows the form of a new date.
func (d *desk) newEventPage(v *visit) error {
	if err := d.runs(v.agent); err != nil {
		return err
	}
	first := d.quarters()
	e := events.Event{Kind: "workshop", Audience: "all", Capacity: 10, Languages: []string{"fr"}}
	if len(first) > 0 {
		e.Quarter = first[0].Value
	}
	return d.eventForm(v, http.StatusOK, d.typedOf(e), "")
}

// eventForm shows the form, with what was typed when something is wrong. seen is
// the mark of the date that it changes.
func (d *desk) eventForm(v *visit, status int, t typed, seen string) error {
	fresh := t.event.ID == ""
	data := eventForm{ID: t.event.ID, Groups: d.groups(v.lang, t, fresh), Once: v.key(), Seen: seen}
	data.Faults = faulty(data.Groups)
	title := "desk.event.edit"
	if fresh {
		title = "desk.event.new"
	}
	return d.show(v, status, "eventform", page{Title: title, Tab: "events", Data: data})
}

// addEvent enters a date, or all of a repetition once its days were shown.
func (d *desk) addEvent(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	t := d.readEvent(v, events.Event{})
	if len(t.faults) > 0 {
		return d.eventForm(v, http.StatusUnprocessableEntity, t, v.field("seen"))
	}
	r := d.repeated(t, stem(t.event.Title, v.field("once")))
	if len(r.dates) == 0 {
		t.faults["until"] = "desk.fault.nodate"
		return d.eventForm(v, http.StatusUnprocessableEntity, t, v.field("seen"))
	}
	if n := strconv.Itoa(len(r.dates)); t.repeat != "none" && v.field("confirmed") != n {
		return d.confirmSeries(v, r, n)
	}
	if err := d.saveEvents(v, "event-add", r.dates...); err != nil {
		return err
	}
	d.flash(v, "desk.event.added")
	if len(r.dates) > 1 {
		return v.back("/desk/events")
	}
	return v.back("/desk/events/" + r.dates[0].ID)
}

// changes says why a form may not change the calendar.
func (d *desk) changes(v *visit) error {
	if err := d.runs(v.agent); err != nil {
		return err
	}
	if v.field("once") == "" {
		return errForm // without its key, a form could be done twice
	}
	return nil
}

// saveEvents writes dates to the journal and keeps them.
func (d *desk) saveEvents(v *visit, did string, list ...events.Event) error {
	for i, e := range list {
		list[i].Staff = true
		if err := d.record(v.r.Context(), v.agent, did, bot.CaseID(e.ID)); err != nil {
			return err
		}
	}
	return d.Calendar.SaveEvents(v.r.Context(), list)
}

// editEventPage shows the form of a date that is to come.
func (d *desk) editEventPage(v *visit) error {
	if err := d.runs(v.agent); err != nil {
		return err
	}
	s, err := d.changeable(v)
	if err != nil {
		return err
	}
	return d.eventForm(v, http.StatusOK, d.typedOf(s.Event), markOf(s.Event))
}

// changeable returns the date of the address if it may still be changed.
func (d *desk) changeable(v *visit) (events.Standing, error) {
	s, err := d.Calendar.Event(v.r.Context(), v.r.PathValue("id"))
	if err == nil && (s.Cancelled || !s.End.After(d.Now())) {
		err = errOver
	}
	return s, err
}

// editEvent changes a date. Who has a seat is told when it moves: the page says
// how many that is before it is saved.
func (d *desk) editEvent(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	s, err := d.changeable(v)
	if err != nil {
		return err
	}
	t := d.readEvent(v, s.Event)
	if t.event.Capacity < s.Taken {
		t.faults["capacity"] = "desk.fault.taken"
	}
	if v.field("seen") != markOf(s.Event) {
		t.faults["title"] = "desk.fault.meanwhile"
	}
	if len(t.faults) > 0 {
		return d.eventForm(v, http.StatusUnprocessableEntity, t, v.field("seen"))
	}
	if t.event = s.Revise(t.event, d.Now()); t.event.Moved(s.Event) {
		shown, err := d.confirmTold(v, t.event, "notice.moved", "desk.event.move")
		if shown || err != nil {
			return err
		}
	}
	if err := d.saveEvents(v, "event-change", t.event); err != nil {
		return err
	}
	d.flash(v, "desk.event.changed")
	return v.back("/desk/events/" + s.ID)
}

// cancelEventPage asks whether to cancel, and says whom that reaches.
func (d *desk) cancelEventPage(v *visit) error {
	if err := d.runs(v.agent); err != nil {
		return err
	}
	s, err := d.changeable(v)
	if err != nil {
		return err
	}
	_, err = d.confirmTold(v, s.Event, "notice.cancelled", "desk.event.cancel")
	return err
}

// cancelEvent cancels a date, once the page has said whom that reaches.
func (d *desk) cancelEvent(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	s, err := d.changeable(v)
	if err != nil {
		return err
	}
	if shown, err := d.confirmTold(v, s.Event, "notice.cancelled", "desk.event.cancel"); shown || err != nil {
		return err
	}
	off := s.Event
	off.Cancelled = true
	if err := d.saveEvents(v, "event-cancel", s.Revise(off, d.Now())); err != nil {
		return err
	}
	d.flash(v, "desk.event.cancelled")
	return v.back("/desk/events/" + s.ID)
}

// markOf changes when a date does: a form made before must not undo what a
// colleague changed. The zone in which a time is written changes nothing.
func markOf(e events.Event) string {
	e.Start, e.End, e.Opens, e.Closes = e.Start.UTC(), e.End.UTC(), e.Opens.UTC(), e.Closes.UTC()
	content, err := json.Marshal(e)
	if err != nil {
		return "" // no event does that
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}
