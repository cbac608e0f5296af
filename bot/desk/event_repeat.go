package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"doudou/knowledge/events"
)

// maxDates is how many dates one form may make.
const maxDates = 60

// A series is what one form makes: its dates, and the days left out because
// everything is closed.
type series struct {
	dates   []events.Event
	skipped []time.Time
}

// repeated returns the dates that a form asks for, with ids made of a stem: the
// same form sent twice makes the same dates.
func (d *desk) repeated(t typed, stem string) series {
	if t.repeat == "none" {
		t.event.ID = stem + "-" + t.event.Start.Format(time.DateOnly)
		return series{dates: []events.Event{t.event}}
	}
	var s series
	for _, e := range d.recurrence(t, stem).Next(t.event.Start, d.Zone, maxDates, s.skips(t.until)) {
		e.Opens, e.Closes = d.alike(t.event, e, t.event.Opens), d.alike(t.event, e, t.event.Closes)
		s.dates = append(s.dates, e)
	}
	return s
}

// recurrence is the rule that the form asks for.
func (d *desk) recurrence(t typed, stem string) events.Recurrence {
	start, end := t.event.Start.In(d.Zone), t.event.End.In(d.Zone)
	r := events.Recurrence{Event: t.event, Weekday: start.Weekday(), From: clockOf(start), To: clockOf(end)}
	r.Event.ID = stem
	if t.repeat == "monthly" {
		r.Nth = (start.Day()-1)/7 + 1
	}
	return r
}

func clockOf(t time.Time) events.Clock { return events.Clock(60*t.Hour() + t.Minute()) }

// skips refuses public holidays, and notes them, and all days after the last.
func (s *series) skips(until time.Time) func(day time.Time) bool {
	return func(day time.Time) bool {
		if day.Format(time.DateOnly) > until.Format(time.DateOnly) {
			return true
		}
		if events.Holiday(day) {
			s.skipped = append(s.skipped, day)
			return true
		}
		return false
	}
}

// alike is a moment of a later date that stands to it as at to the first: as
// many days before, at the same hour.
func (d *desk) alike(first, later events.Event, at time.Time) time.Time {
	if at.IsZero() {
		return at
	}
	y, m, day := first.Start.In(d.Zone).Date()
	ly, lm, lday := later.Start.In(d.Zone).Date()
	days := time.Date(ly, lm, lday, 0, 0, 0, 0, time.UTC).Sub(time.Date(y, m, day, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour)
	return at.In(d.Zone).AddDate(0, 0, int(days))
}

// stem begins the ids of the dates of a form: words of the title for who reads
// an address, and a mark of the form.
func stem(title, once string) string {
	sum := sha256.Sum256([]byte(once))
	return strings.Trim(slug(title)+"-"+hex.EncodeToString(sum[:3]), "-")
}

// maxSlug keeps ids short: buttons carry them.
const maxSlug = 16

// slug writes a title in lower case letters, figures and hyphens.
func slug(title string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(title)) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			out.WriteRune(r)
		case (r == ' ' || r == '-' || r == '\'' || r == '’') && out.Len() > 0 && !strings.HasSuffix(out.String(), "-"):
			out.WriteByte('-')
		}
		if out.Len() >= maxSlug {
			break
		}
	}
	return strings.Trim(out.String(), "-")
}

// confirmSeries shows the dates of a repetition before they are made.
func (d *desk) confirmSeries(v *visit, s series, mark string) error {
	c := d.confirmation(v, "/desk/events", "/desk/events/new", mark)
	c.Do = "desk.confirm.make"
	for _, e := range s.dates {
		c.Dates = append(c.Dates, d.when(v.lang, e.Start))
	}
	for _, day := range s.skipped {
		c.Skipped = append(c.Skipped, stamp{d.day(v.lang, day), day.Format(time.DateOnly)})
	}
	return d.show(v, http.StatusOK, "confirm", page{Title: "desk.event.series", Tab: "events", Data: c})
}
