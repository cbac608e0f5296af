package desk

import (
	"net/http"
	"time"

	"doudou/bot"
)

// A nap is a time until which a case can be put aside.
type nap struct{ Value, Text string }

// longestNap is how far ahead a case can be put aside.
const longestNap = 366 * 24 * time.Hour

// naps are the times that are offered: later today, the next day on which the
// team is there, a week later.
func (d *desk) naps(lang string, c bot.Case) []nap {
	now := d.Now().In(d.Zone)
	var list []nap
	for _, at := range []time.Time{now.Add(2 * time.Hour).Truncate(time.Minute), d.opens(c, now, 1), d.opens(c, now, 7)} {
		if !at.IsZero() {
			list = append(list, nap{at.UTC().Format(time.RFC3339), d.when(lang, at).Text})
		}
	}
	return list
}

// opens is when the team of a case is next there, some days from a time on.
func (d *desk) opens(c bot.Case, from time.Time, days int) time.Time {
	y, m, day := from.In(d.Zone).Date()
	_, at := d.Knowledge.Hours(c.Team).Open(time.Date(y, m, day+days, 0, 0, 0, 0, d.Zone))
	return at
}

// snooze puts a case aside until a time, or wakes it when none is given: it
// stands in no list of others meanwhile, and comes back by itself.
func (d *desk) snooze(v *visit) error {
	c, err := d.may(v)
	if err != nil {
		return err
	}
	until, ok := d.napOf(v, c)
	if !ok {
		return d.showCase(v, http.StatusUnprocessableEntity, c, "desk.snooze.wrong", drafts{})
	}
	a := bot.Act{Case: c.ID, Agent: v.agent.Login, Do: bot.Snooze, Once: v.once(), Tag: draw(), At: d.Now(), Until: until}
	if err := d.Cases.Act(v.r.Context(), a); err != nil {
		return err
	}
	if until.IsZero() {
		return d.done(v, c.ID, "wake", "desk.snooze.woken")
	}
	return d.done(v, c.ID, "snooze", "desk.snooze.done")
}

// napOf reads the form: a day stands for the hour at which the team opens.
func (d *desk) napOf(v *visit, c bot.Case) (time.Time, bool) {
	if v.field("do") == "wake" {
		return time.Time{}, true
	}
	at, err := time.Parse(time.RFC3339, v.field("until"))
	if day := v.field("day"); day != "" {
		at, err = time.ParseInLocation(time.DateOnly, day, d.Zone)
		if err == nil {
			at = d.opens(c, at, 0)
		}
	}
	return at, err == nil && at.After(d.Now()) && at.Before(d.Now().Add(longestNap))
}
