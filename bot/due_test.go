package bot

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"doudou/knowledge/events"
)

// paris is where the tests are.
func paris(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// when reads a moment by the clock of the town: "2026-12-11 09:30"; "" is never.
func when(t *testing.T, text string) time.Time {
	t.Helper()
	if text == "" {
		return time.Time{}
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", text, paris(t))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// heraldAt is a herald at a time, who knows terms as they are written.
func heraldAt(t *testing.T, now string) herald {
	t.Helper()
	return herald{now: when(t, now), zone: paris(t), terms: func(p events.Profile) map[string]string {
		cells := p.Cells()
		if cells["child_months"] != "" {
			cells["age"] = cells["child_months"]
		}
		return cells
	}}
}

// listed lists prompts by id, with their node.
func listed(list []Prompt) string {
	var words []string
	for _, p := range list {
		words = append(words, p.ID+" "+p.Node)
	}
	slices.Sort(words)
	return strings.Join(words, "; ")
}

func TestErrands(t *testing.T) {
	seats := []Seat{
		{Contact: "lina", State: Kept, At: when(t, "2026-11-20 10:00"), Came: when(t, "2026-12-11 09:20")},
		{Contact: "late", State: Kept, At: when(t, "2026-12-10 18:00")},
		{Contact: "ayse", State: Queueing, At: when(t, "2026-11-20 10:00")},
		{Contact: "rosa", State: Offered, At: when(t, "2026-11-20 10:00"), Until: when(t, "2026-12-01 11:00")},
	}
	for _, c := range []struct {
		name, now string
		change    func(*events.Event)
		want      string
	}{
		{"three weeks before", "2026-11-20 12:00", nil, ""},
		{"a week before, too early", "2026-12-04 09:59", nil, ""},
		{"a week before", "2026-12-04 10:00", nil, "remind/d/0.7/lina notice.remind"},
		{"found late", "2026-12-09 15:00", nil, "remind/d/0.7/lina notice.remind"},
		{"the day before, for who was there then", "2026-12-10 10:00", nil, "remind/d/0.1/lina notice.remind"},
		{"it has begun", "2026-12-11 09:30", nil, ""},
		{"moved: the new date counts", "2026-12-04 10:00", func(e *events.Event) {
			e.Rev, e.Revised, e.Start, e.End = 1, when(t, "2026-11-30 12:00"), when(t, "2026-12-18 09:30"), when(t, "2026-12-18 11:30")
		}, "moved/d/1/lina notice.moved; moved/d/1/rosa notice.moved"},
		{"moved before the offer", "2026-12-04 10:00", func(e *events.Event) { e.Rev, e.Revised = 2, when(t, "2026-11-30 11:00") },
			"moved/d/2/lina notice.moved; remind/d/2.7/lina notice.remind"},
		{"moved after the week before: no reminder beside it", "2026-12-08 10:00", func(e *events.Event) { e.Rev, e.Revised = 1, when(t, "2026-12-07 21:30") },
			"moved/d/1/lina notice.moved; moved/d/1/rosa notice.moved"},
		{"cancelled: who came since knows", "2026-12-10 12:00", func(e *events.Event) { e.Rev, e.Revised, e.Cancelled = 1, when(t, "2026-12-09 12:00"), true },
			"cancelled/d/1/ayse notice.cancelled; cancelled/d/1/lina notice.cancelled; cancelled/d/1/rosa notice.cancelled"},
		{"cancelled, and over", "2026-12-12 12:00", func(e *events.Event) { e.Rev, e.Cancelled = 1, true }, ""},
		{"a workshop asks nothing afterwards", "2026-12-11 13:00", nil, ""},
		{"an hour after a speed-dating day", "2026-12-11 12:29", func(e *events.Event) { e.Kind = "speeddating" }, ""},
		{"those who came are asked", "2026-12-11 12:30", func(e *events.Event) { e.Kind = "speeddating" }, "choose/d/0/lina day.choose"},
		{"for a week", "2026-12-18 12:30", func(e *events.Event) { e.Kind = "speeddating" }, ""},
	} {
		e := events.Event{ID: "d", Kind: "workshop", Title: "Jeux", Place: "Salle", Start: when(t, "2026-12-11 09:30"), End: when(t, "2026-12-11 11:30")}
		if c.change != nil {
			c.change(&e)
		}
		h := heraldAt(t, c.now)
		var list []Prompt
		for _, d := range h.errands(e) {
			list = append(list, h.prompts(d, seats)...)
		}
		if got := listed(list); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestOffered(t *testing.T) {
	e := events.Event{ID: "d", Title: strings.Repeat("é", 100), Place: "Salle", Start: when(t, "2026-12-11 09:30")}
	seat := Seat{Contact: "ayse", State: Offered, Until: when(t, "2026-12-05 08:00")}
	p := heraldAt(t, "2026-12-03 22:00").offered(e, seat)
	want := map[string]string{"event": "d", "title": strings.Repeat("é", 79) + "…", "start": "2026-12-11T09:30", "place": "Salle", "until": "2026-12-05T08:00"}
	if len(p) != 1 || !maps.Equal(p[0].Slots, want) || !p[0].Due.Equal(when(t, "2026-12-04 08:00")) || !p[0].Until.Equal(seat.Until) {
		t.Errorf("%+v", p)
	}
	seat.State = Lapsed
	gone := heraldAt(t, "2026-12-05 08:00").offered(e, seat)
	if len(gone) != 1 || gone[0].Node != "notice.lapsed" || gone[0].ID == p[0].ID {
		t.Errorf("%+v", gone)
	}
}

func TestTimes(t *testing.T) {
	e := events.Event{ID: "d", Kind: "speeddating", Title: "Rencontre", Place: "Salle", Start: when(t, "2026-12-12 09:30"), End: when(t, "2026-12-12 11:30")}
	day := Day{Version: 3, Published: true, Told: map[ContactID]Telling{
		"p1": {1, 1, "09:30 (4)"}, "p2": {1, 3, "09:38 (4)"}, "c1": {3, 3, "09:30 (4)"}, "gone": {1, 3, noTimes},
	}}
	came := when(t, "2026-12-12 09:20")
	seats := []Seat{
		{Contact: "p1", State: Kept, Number: 7, Code: "1234", Came: came}, {Contact: "p2", State: Kept, Came: came}, {Contact: "c1", State: Kept},
		{Contact: "gone", State: Kept, Came: came, Left: came}, {Contact: "new", State: Kept}, {Contact: "waits", State: Queueing},
	}
	for now, want := range map[string]string{
		"2026-12-10 10:00": "times/d/1/p1 day.times; times/d/3/c1 day.times; times/d/3/p2 day.changed",
		"2026-12-12 09:40": "times/d/1/p1 day.times; times/d/3/p2 day.changed", // c1 has not come
		"2026-12-12 11:30": "",
	} {
		if got := listed(heraldAt(t, now).times(e, day, seats)); got != want {
			t.Errorf("%s: %q, want %q", now, got, want)
		}
	}
	first := heraldAt(t, "2026-12-10 10:00").times(e, day, seats)[0]
	if want := map[string]string{"event": "d", "title": "Rencontre", "start": "2026-12-12T09:30", "place": "Salle", "number": "7", "code": "1234", "times": "09:30 (4)"}; !maps.Equal(first.Slots, want) {
		t.Errorf("%v", first.Slots)
	}
	e.Cancelled = true
	if list := heraldAt(t, "2026-12-10 10:00").times(e, day, seats); len(list) > 0 {
		t.Errorf("a cancelled day: %s", listed(list))
	}
}

// BenchmarkReminders works out who is reminded of 100 events with 100 seats each.
func BenchmarkReminders(b *testing.B) {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		b.Fatal(err)
	}
	start := time.Date(2026, 12, 11, 9, 30, 0, 0, zone)
	seats := make([]Seat, 100)
	for i := range seats {
		seats[i] = Seat{Contact: ContactID(strings.Repeat("c", 1+i%16)), State: Kept}
	}
	h := herald{now: start.AddDate(0, 0, -7).Add(time.Hour), zone: zone}
	for b.Loop() {
		said := 0
		for range 100 {
			for _, d := range h.errands(events.Event{ID: "jeux", Kind: "workshop", Title: "Jeux", Place: "Salle", Start: start, End: start.Add(time.Hour)}) {
				said += len(h.prompts(d, seats))
			}
		}
		if said != 10_000 {
			b.Fatalf("%d reminders", said)
		}
	}
}
