package desk

import (
	"net/http"
	"slices"
	"time"

	"doudou/bot"
)

// checkIn notes that somebody came, or takes that back.
func (d *desk) checkIn(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	id, came, did := v.r.PathValue("id"), d.Now(), "came"
	if v.field("do") == "undo" {
		came, did = time.Time{}, "came-not"
	}
	if err := d.record(v.r.Context(), v.agent, did, bot.CaseID(id)); err != nil {
		return err
	}
	if err := d.Calendar.CheckIn(v.r.Context(), id, bot.ContactID(v.field("contact")), came, time.Time{}); err != nil {
		return err
	}
	return v.back("/desk/events/" + id + "#roster")
}

// A removal is what the page shows before somebody's seat is taken away.
type removal struct {
	ID   string
	When stamp
	Who  seat
	// How to tell them: Doudou does not.
	Case  string
	Phone string
	Once  string
}

// removePage asks whether to take somebody's seat away, and says how to tell
// them: no robot tells somebody that they are not welcome.
func (d *desk) removePage(v *visit) error {
	if err := d.runs(v.agent); err != nil {
		return err
	}
	s, err := d.Calendar.Event(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	who, err := d.onRoster(v, bot.ContactID(v.r.URL.Query().Get("who")))
	if err != nil {
		return err
	}
	data := removal{ID: s.ID, When: d.when(v.lang, s.Start), Who: d.seat(v.lang, who), Once: v.key()}
	if who.Profile != nil {
		data.Phone = d.written(v.lang, "phone", who.Profile.Phone)
	}
	if data.Case, err = d.caseWith(v, who.Contact); err != nil {
		return err
	}
	return d.show(v, http.StatusOK, "remove", page{Title: "desk.remove.title", Tab: "events", Data: data})
}

// onRoster returns the seat of a contact at the date of the address.
func (d *desk) onRoster(v *visit, contact bot.ContactID) (bot.Seat, error) {
	roster, err := d.Calendar.Roster(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return bot.Seat{}, err
	}
	i := slices.IndexFunc(roster, func(s bot.Seat) bool { return s.Contact == contact })
	if i < 0 {
		return bot.Seat{}, bot.ErrGone
	}
	return roster[i], nil
}

// caseWith returns the case of a contact with one of the agent's teams that is
// not closed, "" when there is none.
func (d *desk) caseWith(v *visit, contact bot.ContactID) (string, error) {
	page, err := d.Cases.List(v.r.Context(), bot.CaseQuery{Teams: v.agent.Teams, Agent: v.agent.Login, Contact: contact, At: d.Now(), Limit: 1})
	if err != nil || len(page.Cases) == 0 || page.Cases[0].State == bot.Closed {
		return "", err
	}
	return string(page.Cases[0].ID), nil
}

// remove takes somebody's seat, or place in the waiting list, away.
func (d *desk) remove(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	who, err := d.onRoster(v, bot.ContactID(v.field("contact")))
	if err != nil {
		return err
	}
	if err := d.record(v.r.Context(), v.agent, "unseat", bot.CaseID(who.Event)); err != nil {
		return err
	}
	if err := d.Calendar.Unseat(v.r.Context(), who.Event, who.Contact); err != nil {
		return err
	}
	d.flash(v, "desk.remove.done")
	return v.back("/desk/events/" + who.Event)
}

// A roll is the sign-in sheet of a date, on paper. It is in French, like all
// papers, and has no code and no number of a telephone.
type roll struct {
	date
	Rows  []seat
	Blank []int // lines for who comes without having registered
}

// rollBlanks is how many lines stay empty.
const rollBlanks = 6

func (d *desk) rollPage(v *visit) error {
	if !d.hosts(v.agent) {
		return errNoPage
	}
	s, err := d.Calendar.Event(v.r.Context(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := eventPage{date: d.date(sheetLanguage, s)}
	if err := d.fillRoster(v, &p); err != nil {
		return err
	}
	data := roll{date: p.date, Rows: p.Seated, Blank: make([]int, rollBlanks)}
	shown := page{Lang: sheetLanguage, Agent: v.agent, texts: d.texts, Data: data}
	return d.execute(v, http.StatusOK, "roll", "roll", &shown)
}
