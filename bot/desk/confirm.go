package desk

import (
	"maps"
	"net/http"
	"slices"

	"doudou/bot"
	"doudou/knowledge/events"
)

// A confirmation is what a page shows before something reaches people or makes
// many dates: the form again, hidden, with the mark of what is before the
// agent's eyes. If that changes meanwhile, it is shown again.
type confirmation struct {
	Action, Back string
	Hidden       []choice // fields of the form, as they were typed
	Mark         string
	Once         string
	Do           string // text id of the button
	Dates        []stamp
	Skipped      []stamp // public holidays
	Reach        *reach  // whom it reaches
	Date         *date
}

// Sends tells whether the button sends words to people, and so names how many.
func (c confirmation) Sends() bool { return c.Do == "desk.confirm.send" }

// Nobody tells that there is nobody to send to.
func (c confirmation) Nobody() bool { return c.Sends() && c.Reach.People == 0 }

// confirmation keeps the form that was sent.
func (d *desk) confirmation(v *visit, action, back, mark string) confirmation {
	c := confirmation{Action: action, Back: back, Mark: mark, Once: v.key(), Do: "desk.confirm.save"}
	for _, name := range slices.Sorted(maps.Keys(v.r.PostForm)) {
		if name == "once" || name == "confirmed" {
			continue
		}
		for _, value := range v.r.PostForm[name] {
			c.Hidden = append(c.Hidden, choice{name, value})
		}
	}
	return c
}

// confirmTold shows how many people a change of a date reaches, and how, unless
// the form already showed that. Nobody reached: there is nothing to show, but a
// date is never cancelled by one click.
func (d *desk) confirmTold(v *visit, e events.Event, node, title string) (shown bool, err error) {
	people, err := d.seated(v, e.ID)
	if err != nil {
		return false, err
	}
	r, err := d.reach(v, people, node, d.slotsOf(e, node))
	if err != nil {
		return false, err
	}
	cancels := node == "notice.cancelled"
	if v.field("confirmed") == r.mark() || r.People == 0 && !cancels {
		return false, nil
	}
	to := "/desk/events/" + e.ID
	c := d.confirmation(v, to, to, r.mark())
	if cancels {
		c.Action, c.Do = to+"/cancel", "desk.confirm.cancel"
	}
	row := d.date(v.lang, events.Standing{Event: e})
	c.Reach, c.Date = &r, &row
	return true, d.show(v, http.StatusOK, "confirm", page{Title: title, Tab: "events", Data: c})
}

// seated returns who has, is offered or waits for a seat and may be written to.
func (d *desk) seated(v *visit, event string) ([]bot.Recipient, error) {
	roster, err := d.Calendar.Roster(v.r.Context(), event)
	var list []bot.Recipient
	for _, s := range roster {
		if !s.Stopped && s.State != bot.Lapsed {
			list = append(list, bot.Recipient{Contact: s.Contact, Lang: s.Lang, Channel: s.Channel})
		}
	}
	return list, err
}

// slotsOf are the values that a notice about a date takes: one that is cancelled
// has no place to come to any more.
func (d *desk) slotsOf(e events.Event, node string) map[string]string {
	slots := map[string]string{"title": e.Title, "start": d.local(e.Start, momentForm)}
	if node != "notice.cancelled" {
		slots["event"], slots["place"] = e.ID, e.Place
	}
	return slots
}
