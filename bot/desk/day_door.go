package desk

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"doudou/bot"
)

// dayIn checks somebody in at the door, by the four figures of their code or the
// number on their badge; a number that nobody has changes nothing.
func (d *desk) dayIn(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	t, err := d.dating(v)
	if err != nil {
		return err
	}
	seat, found := byCode(t.roster, v.field("code"))
	if !found {
		return d.showDay(v, t, http.StatusUnprocessableEntity, "desk.day.wrong.code")
	}
	if !seat.Came.IsZero() {
		d.flash(v, "desk.day.alreadyin")
		return v.back("/desk/events/" + t.ID + "/day")
	}
	if err := d.record(v.r.Context(), v.agent, "came", bot.CaseID(t.ID)); err != nil {
		return err
	}
	if err := d.Calendar.CheckIn(v.r.Context(), t.ID, seat.Contact, d.Now(), time.Time{}); err != nil {
		return err
	}
	d.flash(v, "desk.day.in")
	return v.back("/desk/events/" + t.ID + "/day")
}

// byCode finds who has a code of four figures, or else a number.
func byCode(roster []bot.Seat, typed string) (bot.Seat, bool) {
	typed = strings.ReplaceAll(typed, " ", "")
	if i := slices.IndexFunc(roster, func(s bot.Seat) bool { return typed != "" && s.Code == typed }); i >= 0 {
		return roster[i], true
	}
	i := slices.IndexFunc(roster, func(s bot.Seat) bool { return s.Number > 0 && s.Number == number(typed) && len(typed) < 4 })
	if i < 0 {
		return bot.Seat{}, false
	}
	return roster[i], true
}

// dayMark notes that somebody came, left, or takes that back.
func (d *desk) dayMark(v *visit) error {
	if err := d.changes(v); err != nil {
		return err
	}
	t, err := d.dating(v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(t.roster, func(s bot.Seat) bool { return string(s.Contact) == v.field("contact") })
	if i < 0 {
		return bot.ErrGone
	}
	came, left, did := t.roster[i].Came, time.Time{}, v.field("do")
	switch did {
	case "came":
		came = d.Now()
	case "came-not":
		came = time.Time{}
	case "left":
		left = d.Now()
	case "left-not":
	default:
		return errForm
	}
	if err := d.record(v.r.Context(), v.agent, did, bot.CaseID(t.ID)); err != nil {
		return err
	}
	if err := d.Calendar.CheckIn(v.r.Context(), t.ID, t.roster[i].Contact, came, left); err != nil {
		return err
	}
	return v.back("/desk/events/" + t.ID + "/day#people")
}
