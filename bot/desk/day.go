package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// Days is the plans of speed-dating days, and what came of them; bot.Store
// satisfies it.
type Days interface {
	Day(ctx context.Context, event string) (bot.Day, error)
	SaveDay(ctx context.Context, d bot.Day) error
	Introductions(ctx context.Context, contact bot.ContactID, event string) ([]bot.Introduction, error)
}

// A dating is a speed-dating day as it stands: who registered, and the plan.
type dating struct {
	events.Standing
	roster []bot.Seat // those who have a seat, by number
	day    bot.Day    // Version 0 when nothing is planned yet
}

// dating reads the day of the address. Who comes is for the team that runs it;
// a date that is no speed-dating day has no such page.
func (d *desk) dating(v *visit) (dating, error) {
	var t dating
	if d.Days == nil || !d.hosts(v.agent) {
		return t, errNoPage
	}
	var err error
	if t.Standing, err = d.Calendar.Event(v.r.Context(), v.r.PathValue("id")); err != nil {
		return t, err
	}
	if t.Dating == nil {
		return t, errNoPage
	}
	if t.roster, err = d.Calendar.Roster(v.r.Context(), t.ID); err != nil {
		return t, err
	}
	t.roster = slices.DeleteFunc(t.roster, func(s bot.Seat) bool { return s.State != bot.Kept })
	t.day, err = d.Days.Day(v.r.Context(), t.ID)
	if errors.Is(err, bot.ErrGone) {
		err = nil
	}
	return t, err
}

// participant returns who somebody is to the planner; false for who has not said
// on which side of the table they sit.
func participant(s bot.Seat) (events.Participant, bool) {
	p := events.Participant{Side: events.Side(s.Audience)}
	if s.Profile != nil {
		p = s.Profile.Participant
	}
	p.ID, p.Room = string(s.Contact), s.Room
	return p, p.Side == events.Parent || p.Side == events.Childminder
}

// A dayPage is what the page of a speed-dating day shows.
type dayPage struct {
	date
	Families, Childminders []person
	Unknown                []person // not planned: nobody knows on which side they sit
	Here, Missing          int
	Said                   int // of those who come, how many said what they need or offer
	Plan                   *planned
	Options                []group
	May                    bool // the agent may plan
	Begun                  bool // the first round has begun
	Over                   bool
	Now                    string // "3" while round 3 lasts
	NowTo                  string
	Next                   int // the next round that has not begun, 0 for none
	Once                   string
	Wrong                  string   // text id: why a number was not found
	Figures                *figures // of a day that is over
}

// A person is somebody who comes to the day.
type person struct {
	seat
	Wants    string // what they need or offer, in short
	Room     string
	Meetings []sitting
	Few      string // text id: why they have fewer meetings than the minimum
}

// A sitting is one meeting, as one side sees it.
type sitting struct {
	Round, Table int
	At           string
	With         int    // number on the badge of the other
	Name         string // first name of the other, for childminders only
	Missed       bool
}

// planned is the plan of a day in plain words.
type planned struct {
	Version, Meetings, Rounds, Tables int
	Published, Optimal                bool
	Short                             []person // with fewer meetings than the minimum
	Minimum                           int
	By                                string
	At                                stamp
	ByRound                           []round
}

// A round is one ring of the bell.
type round struct {
	Number int
	At     string
	Pairs  []pair
}

// A pair is who sits at a table.
type pair struct {
	Table, Family, Childminder int
	Missed                     bool
}

// dayPage shows the day: who comes, the plan, and what to do next.
func (d *desk) dayPage(v *visit) error {
	t, err := d.dating(v)
	if err != nil {
		return err
	}
	if err := d.record(v.r.Context(), v.agent, "day", bot.CaseID(t.ID)); err != nil {
		return err
	}
	return d.showDay(v, t, http.StatusOK, "")
}

func (d *desk) showDay(v *visit, t dating, status int, wrong string) error {
	data, err := d.dayOfDating(v, t)
	if err != nil {
		return err
	}
	data.Wrong = wrong
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, status, "day", page{Title: "desk.day.title", Tab: "events", Flash: flash, Data: data})
}

func (d *desk) dayOfDating(v *visit, t dating) (dayPage, error) {
	p := dayPage{date: d.date(v.lang, t.Standing), May: d.runs(v.agent) == nil, Once: rand.Text(),
		Over: !t.End.After(d.Now()), Options: d.dayOptions(t)}
	people := d.people(v.lang, t)
	for _, who := range people {
		switch events.Side(who.side) {
		case events.Parent:
			p.Families = append(p.Families, who.person)
		case events.Childminder:
			p.Childminders = append(p.Childminders, who.person)
		default:
			p.Unknown = append(p.Unknown, who.person)
		}
		if who.Wants != "" {
			p.Said++
		}
		if who.Came.Text != "" {
			p.Here++
		} else {
			p.Missing++
		}
	}
	if t.day.Version > 0 {
		p.Plan = d.planned(v, t, people)
		p.clock(d.clock(), t.day.Schedule.Options)
		p.Begun = !d.Now().Before(d.at(t, t.day.Schedule.Options.Start(1)))
		if !d.sameDay(t) {
			p.Now, p.NowTo, p.Next = "", "", 1
		}
	}
	if !p.Over {
		return p, nil
	}
	f, err := d.figures(v, t)
	p.Figures = &f
	return p, err
}

// clock is the time of day in the town.
func (d *desk) clock() events.Clock {
	now := d.Now().In(d.Zone)
	return events.Clock(60*now.Hour() + now.Minute())
}

// at returns a time of day on the day of the event.
func (d *desk) at(t dating, c events.Clock) time.Time {
	y, m, day := t.Start.In(d.Zone).Date()
	return time.Date(y, m, day, int(c)/60, int(c)%60, 0, 0, d.Zone)
}

func (d *desk) sameDay(t dating) bool {
	return d.Now().In(d.Zone).Format(time.DateOnly) == t.Start.In(d.Zone).Format(time.DateOnly)
}

// clock finds the round that lasts now and the next one.
func (p *dayPage) clock(now events.Clock, o events.Options) {
	for r := 1; r <= o.Rounds; r++ {
		start := o.Start(r)
		end := start + events.Clock(o.Minutes)
		if now >= start && now < end {
			p.Now, p.NowTo = strconv.Itoa(r), end.String()
		}
		if now < start && p.Next == 0 {
			p.Next = r
		}
	}
}
