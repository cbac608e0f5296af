package desk

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"time"

	"doudou/knowledge/events"
)

// feedPath is where calendars of telephones subscribe to the dates.
const feedPath = "/calendar.ics"

// feed serves the dates to come that are for families, to anybody: no seat, no
// name, nothing of who comes.
func (d *desk) feed(v *visit) error {
	list, err := d.dates(v, false)
	if err != nil {
		return err
	}
	var public []events.Event
	for _, s := range list {
		if s.For("parent") {
			public = append(public, s.Event)
		}
	}
	h := v.w.Header()
	h.Set("Cache-Control", "public, max-age=600")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return d.writeICS(v, public)
}

// exportICS gives staff all dates, past and to come.
func (d *desk) exportICS(v *visit) error {
	now := d.Now()
	list, err := d.Calendar.Events(v.r.Context(), now.AddDate(-yearsBack, 0, 0), now.AddDate(yearsAhead, 0, 0))
	if err != nil {
		return err
	}
	all := make([]events.Event, 0, len(list))
	for _, s := range list {
		all = append(all, s.Event)
	}
	v.w.Header().Set("Content-Disposition", `attachment; filename="dates.ics"`)
	return d.writeICS(v, all)
}

// writeICS answers with a calendar. Its stamp is the day, so that who asks again
// for what has not changed is told so.
func (d *desk) writeICS(v *visit, list []events.Event) error {
	var out bytes.Buffer
	if err := events.WriteICS(&out, slices.Clip(list), d.calendarName(v.lang), d.Now().Truncate(24*time.Hour)); err != nil {
		return err
	}
	sum := sha256.Sum256(out.Bytes())
	v.w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	v.w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(v.w, v.r, "", time.Time{}, bytes.NewReader(out.Bytes()))
	return nil
}

// calendarName is what telephones call the calendar.
func (d *desk) calendarName(lang string) string {
	return d.teamName(lang, d.host()) + ", " + d.Knowledge.Town().Name
}
