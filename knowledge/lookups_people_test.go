package knowledge

import (
	"context"
	"errors"
	"maps"
	"testing"

	"doudou/knowledge/events"
)

func TestWhatSomebodySaid(t *testing.T) {
	family := map[string]string{"id": "c1", "side": "parent", "days": "mon|tue", "hours": "20:00-07:00", "quarter": "centre", "start": "2027-01", "child_months": "10"}
	minder := map[string]string{"id": "c2", "side": "childminder", "days": "mon", "hours": "08:00-18:00", "quarter": "Centre", "start": "2027-01", "places": "2"}
	without := func(cells map[string]string, name string) map[string]string {
		cells = maps.Clone(cells)
		delete(cells, name)
		return cells
	}
	for _, c := range []struct {
		name  string
		cells map[string]string
		until string
		want  map[string]string
	}{
		{"a family", family, "2026-12-24T12:00", map[string]string{"side": "parent", "days": "mon|tue", "hours": "20:00-07:00", "quarter": "Centre", "start": "2027-01", "age": "10", "until": "2026-12-24"}},
		{"a childminder", minder, "2026-12-24T12:00", map[string]string{"side": "childminder", "days": "mon", "hours": "08:00-18:00", "quarter": "Centre", "start": "2027-01", "places": "2", "until": "2026-12-24"}},
		{"no longer in force", family, "2026-11-23T12:00", nil},
		{"a family that did not say the age", without(family, "child_months"), "2026-12-24T12:00", nil},
		{"a childminder who did not say how many", without(minder, "places"), "2026-12-24T12:00", nil},
		{"a quarter that is not of the town", without(family, "quarter"), "2026-12-24T12:00", nil},
	} {
		l := library(t, "")
		l.Profile = func(context.Context) (events.Profile, error) {
			p, err := events.ReadParticipant(c.cells)
			return events.Profile{Participant: p, Until: at(t, c.until)}, err
		}
		got, err := l.Look("profile.mine", nil)
		if !maps.Equal(got, c.want) || (err == nil) != (c.want != nil) {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
	}
	if _, err := (&Library{Knowledge: demo(t)}).Look("profile.mine", nil); err == nil {
		t.Error("a library without profiles found one")
	}
}

func TestReach(t *testing.T) {
	l := library(t, "")
	for _, p := range []events.Profile{{Name: "Awa"}, {Phone: "+33612345678"}} {
		l.Profile = func(context.Context) (events.Profile, error) { return p, nil }
		if got, err := l.Look("profile.reach", nil); !errors.Is(err, ErrNobody) {
			t.Errorf("%+v: %v, %v", p, got, err)
		}
	}
	l.Profile = func(context.Context) (events.Profile, error) {
		return events.Profile{Name: "Awa", Phone: "+33612345678"}, nil
	}
	if got, err := l.Look("profile.reach", nil); err != nil || got["name"] != "Awa" || got["phone"] != "+33612345678" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestDayCheck(t *testing.T) {
	l := library(t, "")
	l.Badges = func(_ context.Context, event string) (map[int]string, error) {
		if event != "day" {
			return nil, ErrNoEvent
		}
		return map[int]string{4: "Awa (4)", 7: "7"}, nil
	}
	for _, c := range []struct{ event, numbers, want string }{
		{"day", "4", "Awa (4)"}, {"day", "4|7", "Awa (4), 7"}, {"day", "4|9", ""}, {"day", "", ""}, {"other", "4", ""},
	} {
		got, err := l.Look("day.check", map[string]string{"event": c.event, "numbers": c.numbers})
		if got["names"] != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%+v: %v, %v", c, got, err)
		}
	}
}

func TestMatchCount(t *testing.T) {
	l := library(t, "")
	l.Matches = func(context.Context) ([]events.Match, error) { return make([]events.Match, 3), nil }
	if got, err := l.Look("match.count", nil); err != nil || got["found"] != "3" {
		t.Errorf("%v, %v", got, err)
	}
}
