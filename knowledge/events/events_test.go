package events

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

// sound is an event that may be entered as it is.
func sound(t testing.TB) Event {
	return Event{ID: "atelier-2026-12-02", Kind: "workshop", Title: "Atelier jeux", Place: "Salle Démo", Quarter: "Orgemont",
		Audience: "all", Start: on(t, "2026-12-02 09:30"), End: on(t, "2026-12-02 11:00"), Capacity: 10}
}

func TestFor(t *testing.T) {
	for _, c := range []struct{ who, want string }{
		{"parent", "parents all"}, {"childminder", "childminders all professionals"}, {"professional", "all professionals"},
		{"", "parents childminders all professionals"},
	} {
		var got []string
		for _, audience := range Audiences() {
			if (Event{Audience: audience}).For(c.who) {
				got = append(got, audience)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("for %q: %v, want %s", c.who, got, c.want)
		}
	}
}

func TestMoved(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Event)
		want   bool
	}{
		{"nothing", func(*Event) {}, false},
		{"the same moment in another zone", func(e *Event) { e.Start = e.Start.UTC() }, false},
		{"title, seats and what to bring", func(e *Event) { e.Title, e.Capacity, e.Note = "Jeux", 4, "un plaid" }, false},
		{"place", func(e *Event) { e.Place = "Gymnase Démo" }, true},
		{"start", func(e *Event) { e.Start = e.Start.Add(time.Minute) }, true},
		{"end", func(e *Event) { e.End = e.End.Add(time.Minute) }, true},
		{"cancelled", func(e *Event) { e.Cancelled = true }, true},
	} {
		a, b := sound(t), sound(t)
		c.change(&b)
		if a.Moved(b) != c.want || b.Moved(a) != c.want {
			t.Errorf("%s: moved %v, and back %v", c.name, a.Moved(b), b.Moved(a))
		}
		a.Rev, a.Revised, b.Rev = 4, a.Start.AddDate(0, 0, -9), 99
		now := a.Start.AddDate(0, 0, -7)
		got, rev, revised := a.Revise(b, now), 4, a.Revised
		if c.want {
			rev, revised = 5, now
		}
		if got.Rev != rev || !got.Revised.Equal(revised) || got.Moved(b) {
			t.Errorf("%s: revision %d of %s", c.name, got.Rev, got.Revised)
		}
	}
}

// TestEventJSON: what was kept before there were windows, notes and rounds is
// still written in the same form, and what is new comes back.
func TestEventJSON(t *testing.T) {
	e := sound(t)
	e.Start, e.End = e.Start.UTC(), e.End.UTC()
	text, err := json.Marshal(e)
	want := `{"id":"atelier-2026-12-02","kind":"workshop","title":"Atelier jeux","place":"Salle Démo","quarter":"Orgemont","audience":"all",` +
		`"start":"2026-12-02T08:30:00Z","end":"2026-12-02T10:00:00Z","capacity":10,"sample":false}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v; want %s", text, err, want)
	}
	rounds := DefaultOptions()
	e.Languages, e.Opens, e.Closes, e.NoWait, e.Cancelled = []string{"fr", "ta"}, e.Start.AddDate(0, -1, 0), e.Start.AddDate(0, 0, -1), true, true
	e.Rev, e.Series, e.Dating, e.Note = 3, "atelier", &rounds, "un plaid"
	text, err = json.Marshal(e)
	var back Event
	if err != nil || json.Unmarshal(text, &back) != nil || !reflect.DeepEqual(back, e) {
		t.Errorf("%s, %v: %+v", text, err, back)
	}
}

func TestValidate(t *testing.T) {
	for _, c := range []struct {
		change func(*Event)
		want   []string // nothing: it is sound
	}{
		{func(*Event) {}, nil},
		{func(e *Event) { e.ID, e.Capacity = "", 0 }, nil},
		{func(e *Event) { e.Opens, e.Closes = e.Start.AddDate(0, -1, 0), e.Start }, nil},
		{func(e *Event) { o := DefaultOptions(); e.Kind, e.Dating = "speeddating", &o }, nil},
		{func(e *Event) { e.Title, e.Place = " ", "" }, []string{"the title is empty", "the place is empty"}},
		{func(e *Event) { e.Note = strings.Repeat("é", 301) }, []string{"the note is longer than 300 letters"}},
		{func(e *Event) { e.Kind, e.Audience = "party", "everybody" }, []string{`not "party"`, `not "everybody"`}},
		{func(e *Event) { e.Languages = []string{"fr", "Français"} }, []string{`not "Français"`}},
		{func(e *Event) { e.End = time.Time{} }, []string{"say when it begins and ends"}},
		{func(e *Event) { e.End = e.Start }, []string{"it must end after it begins"}},
		{func(e *Event) { e.End = e.Start.Add(25 * time.Hour) }, []string{"lasts longer than a day"}},
		{func(e *Event) { e.Capacity = -1 }, []string{"capacity is 0 to 1000, not -1"}},
		{func(e *Event) { e.Capacity = 1001 }, []string{"capacity is 0 to 1000"}},
		{func(e *Event) { e.Capacity, e.Closes = 0, e.Start }, []string{"there are no seats"}},
		{func(e *Event) { e.Opens = e.Start }, []string{"registration must open before"}},
		{func(e *Event) { e.Closes = e.Start.Add(time.Minute) }, []string{"registration must close by"}},
		{func(e *Event) { e.Opens, e.Closes = e.Start.Add(-time.Hour), e.Start.Add(-time.Hour) }, []string{"close after it opens"}},
		{func(e *Event) { e.Dating = new(Options) }, []string{"not for a workshop", "rounds must be 1 to 64"}},
	} {
		e := sound(t)
		c.change(&e)
		err := e.Validate()
		if (err == nil) != (len(c.want) == 0) {
			t.Errorf("%+v: %v", e, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%v; want %q", err, want)
			}
		}
	}
}
