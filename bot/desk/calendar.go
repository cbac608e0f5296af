package desk

import (
	"context"
	"net/http"
	"slices"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// Calendar is the dates of the relais and the seats of each; bot.SeatStore
// satisfies it.
type Calendar interface {
	Events(ctx context.Context, from, to time.Time) ([]events.Standing, error)
	Event(ctx context.Context, id string) (events.Standing, error)
	SaveEvents(ctx context.Context, list []events.Event) error
	Roster(ctx context.Context, event string) ([]bot.Seat, error)
	CheckIn(ctx context.Context, event string, contact bot.ContactID, came, left time.Time) error
	Unseat(ctx context.Context, event string, contact bot.ContactID) error
}

// How far the calendar looks: nobody plans the year after next.
const (
	yearsAhead = 2
	yearsBack  = 1
)

// An agenda is what the page of dates shows.
type agenda struct {
	Months []month
	Past   bool
	May    bool   // the agent may change the calendar
	Feed   string // address to which anybody may subscribe
}

// A month is the dates of one month.
type month struct {
	Name  string
	Dates []date
}

// A date is one event as staff read it.
type date struct {
	ID, Title, Place, Quarter, Kind, Audience string
	When                                      stamp // its day
	Hours                                     string
	Taken, Capacity, Waiting                  int
	State                                     string // see stateOf
	Sample                                    bool
}

// events serves a page of the calendar, which is not there without one.
func (d *desk) events(h handler) handler {
	return func(v *visit) error {
		if d.Calendar == nil {
			return errNoPage
		}
		return h(v)
	}
}

// host returns the team that runs the dates of the relais: the one to which
// questions about them go.
func (d *desk) host() string {
	for _, rule := range d.Knowledge.Routing().Rules {
		if slices.Contains(rule.Topics, "ram") {
			return rule.Team
		}
	}
	return d.Knowledge.Teams()[0].ID
}

// hosts tells whether an agent is of the team that runs the dates, and so may
// see who comes.
func (d *desk) hosts(a bot.Agent) bool { return slices.Contains(a.Teams, d.host()) }

// runs says why an agent may not change the calendar, nil for one who may.
func (d *desk) runs(a bot.Agent) error {
	switch {
	case !d.hosts(a):
		return errNoPage
	case !writes(a):
		return errReadOnly
	}
	return nil
}

// calendarPage shows the dates to come, or those that are past.
func (d *desk) calendarPage(v *visit) error {
	data := agenda{Past: v.r.URL.Query().Get("past") == "1", May: d.runs(v.agent) == nil, Feed: d.PublicURL + feedPath}
	list, err := d.dates(v, data.Past)
	if err != nil {
		return err
	}
	for _, s := range list {
		data.add(d.monthName(v.lang, s.Start), d.date(v.lang, s))
	}
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, http.StatusOK, "calendar", page{Title: "desk.events.title", Tab: "events", Flash: flash, Data: data})
}

// dates returns what is to come, first things first, or what is past, last
// things first.
func (d *desk) dates(v *visit, past bool) ([]events.Standing, error) {
	now := d.Now()
	if !past {
		return d.Calendar.Events(v.r.Context(), now, now.AddDate(yearsAhead, 0, 0))
	}
	list, err := d.Calendar.Events(v.r.Context(), now.AddDate(-yearsBack, 0, 0), now)
	list = slices.DeleteFunc(list, func(s events.Standing) bool { return s.End.After(now) })
	slices.Reverse(list)
	return list, err
}

// add puts a date below the name of its month.
func (a *agenda) add(name string, row date) {
	if last := len(a.Months) - 1; last < 0 || a.Months[last].Name != name {
		a.Months = append(a.Months, month{Name: name})
	}
	m := &a.Months[len(a.Months)-1]
	m.Dates = append(m.Dates, row)
}

// date writes an event for staff.
func (d *desk) date(lang string, s events.Standing) date {
	return date{
		ID: s.ID, Title: s.Title, Place: s.Place, Quarter: s.Quarter, Sample: s.Sample,
		Kind: d.name(lang, s.Kind, "desk.event.kind."+s.Kind), Audience: d.name(lang, s.Audience, "desk.event.for."+s.Audience),
		When: d.weekday(lang, s.Start), Hours: d.written(lang, "hours", d.local(s.Start, "15:04")+"-"+d.local(s.End, "15:04")),
		Taken: s.Taken, Capacity: s.Capacity, Waiting: s.Waiting, State: stateOf(s, d.Now()),
	}
}

// stateOf says in one word how an event stands: cancelled, past, running, doors
// (nobody registers), early, late, full or free.
func stateOf(s events.Standing, now time.Time) string {
	switch {
	case s.Cancelled:
		return "cancelled"
	case !s.End.After(now):
		return "past"
	case !s.Start.After(now):
		return "running"
	case s.Capacity == 0:
		return "doors"
	}
	return s.Seat(now)
}
