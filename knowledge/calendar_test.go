package knowledge

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doudou/knowledge/events"
)

func TestCalendar(t *testing.T) {
	k := demo(t)
	for _, c := range []struct{ now, want string }{
		{"2026-11-23T12:00", "laep-2026-11-24T14:00 atelier-2026-11-25T09:30 laep-2026-12-01T14:00 atelier-2026-12-02T09:30 " +
			"reunion-2026-12-10T18:00 formation-2026-12-12T09:00 rencontre-2026-12-19T09:30 journee_pro-2026-12-21T09:00 journee_pro-2026-12-21-1330T13:30 conseil-2026-12-21T18:30"},
		// A Wednesday evening: what is over is still of the day. 11 November is a holiday.
		{"2026-11-04T23:30", "atelier-2026-11-04T09:30 laep-2026-11-10T14:00 reunion-2026-11-12T18:00 formation-2026-11-14T09:00 " +
			"journee_pro-2026-11-16T09:00 journee_pro-2026-11-16-1330T13:30 conseil-2026-11-16T18:30 laep-2026-11-17T14:00 atelier-2026-11-18T09:30 rencontre-2026-11-21T09:30"},
		// The hour changes on 28 March 2027; Saturday's and Tuesday's dates stay on the clock.
		{"2027-03-26T00:30", "laep-2027-03-30T14:00 atelier-2027-03-31T09:30 laep-2027-04-06T14:00 atelier-2027-04-07T09:30 " +
			"reunion-2027-04-08T18:00 formation-2027-04-10T09:00 rencontre-2027-04-17T09:30 journee_pro-2027-04-19T09:00 journee_pro-2027-04-19-1330T13:30 conseil-2027-04-19T18:30"},
	} {
		var got []string
		for _, e := range k.Calendar(at(t, c.now).UTC()) {
			got = append(got, e.ID+e.Start.In(paris(t)).Format("T15:04"))
			if !e.End.After(e.Start) || !e.Sample || !strings.HasPrefix(e.ID, e.Series+"-"+k.local(e.Start).Format(time.DateOnly)) {
				t.Errorf("%s: %+v", c.now, e)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.now, strings.Join(got, " "), c.want)
		}
	}
}

// TestCalendarIsStable: from day to day a date keeps its id, its hours and its seats.
func TestCalendarIsStable(t *testing.T) {
	k := demo(t)
	known := map[string]string{}
	for day := range 400 {
		list := k.Calendar(at(t, "2026-11-23T08:00").AddDate(0, 0, day))
		if len(list) != 10 {
			t.Fatalf("day %d: %d dates", day, len(list))
		}
		for _, e := range list {
			form := e.Start.String() + e.End.String() + e.Title
			if before, ok := known[e.ID]; ok && before != form {
				t.Errorf("%s was %s and is %s", e.ID, before, form)
			}
			known[e.ID] = form
		}
	}
}

func TestCalendarKinds(t *testing.T) {
	var kinds []string
	for _, e := range demo(t).Calendar(at(t, "2026-11-23T12:00")) {
		kinds = append(kinds, e.Kind)
		if e.Kind == "laep" && e.Capacity != 0 {
			t.Errorf("%s: nobody registers for open doors", e.ID)
		}
	}
	for _, kind := range events.Kinds() {
		if !slices.Contains(kinds, kind) {
			t.Errorf("no sample of kind %s", kind)
		}
	}
}
