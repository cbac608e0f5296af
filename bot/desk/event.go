package desk

import (
	"crypto/rand"
	"net/http"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// An eventPage is what the page of one date shows.
type eventPage struct {
	date
	Note      string
	Languages []string
	Opens     stamp
	Closes    stamp
	Rounds    *events.Options // of a speed-dating day
	Hosts     bool            // the agent may see who comes
	May       bool            // the agent may change it
	Open      bool            // it may still be changed
	Today     bool            // people are coming, or came
	Late      bool            // the invitation should have left already
	Invite    stamp           // an invitation is to leave before
	Invited   []sentTo        // broadcasts that invited to it
	Seated    []seat
	Queue     []seat
	Came      int
	Once      string
	Plans     bool // there are pages that plan a speed-dating day
}

// A seat is somebody on the roster.
type seat struct {
	Contact, Name, Language, Channel, Code, Audience string
	Number                                           int
	State                                            string
	Until                                            stamp // of an offer
	Came                                             stamp
	Left                                             stamp
	Stopped                                          bool
}

// inviteBefore is how long before a date its invitation should leave.
const inviteBefore = 21

// eventPage shows one date. Who comes is for the team that runs it.
func (d *desk) eventPage(v *visit) error {
	s, err := d.Calendar.Event(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	data := d.shown(v, s)
	if data.Hosts {
		if err := d.fillRoster(v, &data); err != nil {
			return err
		}
		if data.Invited, err = d.sent(v, s.ID); err != nil {
			return err
		}
	}
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, http.StatusOK, "event", page{Title: "desk.event.title", Tab: "events", Flash: flash, Data: data})
}

// shown is what anybody of staff may know of a date.
func (d *desk) shown(v *visit, s events.Standing) eventPage {
	p := eventPage{date: d.date(v.lang, s), Note: s.Note, Rounds: s.Dating, Plans: d.Days != nil, Hosts: d.hosts(v.agent),
		May: d.runs(v.agent) == nil, Open: !s.Cancelled && s.End.After(d.Now()), Once: rand.Text(),
		Today: !s.Start.After(d.Now().Add(12 * time.Hour)), Opens: d.stampOf(v.lang, s.Opens), Closes: d.stampOf(v.lang, s.Closes)}
	for _, lang := range s.Languages {
		p.Languages = append(p.Languages, d.languageName(v.lang, lang))
	}
	if before := s.Start.In(d.Zone).AddDate(0, 0, -inviteBefore); p.Open && s.Start.After(d.Now()) && d.broadcasting() {
		p.Invite, p.Late = stamp{d.day(v.lang, before), before.Format(time.DateOnly)}, !before.After(d.Now())
	}
	return p
}

// stampOf writes a moment, nothing for none.
func (d *desk) stampOf(lang string, at time.Time) stamp {
	if at.IsZero() {
		return stamp{}
	}
	return d.when(lang, at)
}

// fillRoster adds who has a seat, by number, and who waits, in order. Reading
// names is written to the journal.
func (d *desk) fillRoster(v *visit, p *eventPage) error {
	if err := d.record(v.r.Context(), v.agent, "roster", bot.CaseID(p.ID)); err != nil {
		return err
	}
	roster, err := d.Calendar.Roster(v.r.Context(), p.ID)
	for _, s := range roster {
		row := d.seat(v.lang, s)
		if s.State == bot.Kept {
			p.Seated = append(p.Seated, row)
		} else {
			p.Queue = append(p.Queue, row)
		}
		if !s.Came.IsZero() {
			p.Came++
		}
	}
	return err
}

func (d *desk) seat(lang string, s bot.Seat) seat {
	row := seat{Contact: string(s.Contact), Language: d.languageName(lang, s.Lang), Channel: d.channelName(lang, s.Channel),
		Code: s.Code, Number: s.Number, State: string(s.State), Stopped: s.Stopped, Audience: d.name(lang, s.Audience, "desk.event.is."+s.Audience),
		Until: d.stampOf(lang, s.Until), Came: d.hour(s.Came), Left: d.hour(s.Left)}
	if s.Profile != nil {
		row.Name = s.Profile.Name
	}
	return row
}

// hour writes the hour of a moment of the day itself.
func (d *desk) hour(at time.Time) stamp {
	if at.IsZero() {
		return stamp{}
	}
	at = at.In(d.Zone)
	return stamp{at.Format("15:04"), at.Format(time.RFC3339)}
}
