package knowledge

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"doudou/knowledge/cmg"
	"doudou/knowledge/events"
)

// standings are dates around noon of 23 November 2026.
func standings(t *testing.T) []events.Standing {
	t.Helper()
	s := func(id, kind, audience, start string, capacity, taken int, mine bool) events.Standing {
		from := at(t, start)
		return events.Standing{Event: events.Event{ID: id, Kind: kind, Title: "Titre " + id, Place: "Salle Démo",
			Audience: audience, Start: from.UTC(), End: from.Add(time.Hour), Capacity: capacity}, Taken: taken, Mine: mine}
	}
	return []events.Standing{
		s("later", "workshop", "all", "2026-12-09T09:30", 10, 9, false),
		s("free", "workshop", "all", "2026-12-02T09:30", 10, 0, false),
		s("full", "workshop", "all", "2026-12-03T09:30", 2, 2, false),
		s("mine", "meeting", "all", "2026-12-04T09:30", 2, 2, true),
		s("pro", "training", "childminders", "2026-12-05T09:30", 2, 0, false),
		s("doors", "laep", "parents", "2026-12-01T14:00", 0, 0, false),
		s("over", "workshop", "all", "2026-11-20T09:30", 10, 0, true),
		s("now", "workshop", "all", "2026-11-23T11:30", 10, 0, false),
	}
}

func library(t *testing.T, audience string) *Library {
	t.Helper()
	return &Library{Knowledge: demo(t), Now: at(t, "2026-11-23T12:00").UTC(), Audience: audience, Ctx: t.Context(),
		Events:  func(context.Context) ([]events.Standing, error) { return standings(t), nil },
		Profile: func(context.Context) (events.Profile, error) { return family1(t), nil },
		Matches: func(context.Context) ([]events.Match, error) { return make([]events.Match, 2), nil },
		Badges:  func(context.Context, string) (map[int]string, error) { return map[int]string{4: "Awa (4)"}, nil }}
}

// family1 is a family that said all that can be said.
func family1(t *testing.T) events.Profile {
	t.Helper()
	p, err := events.ReadParticipant(map[string]string{"id": "p1", "side": "parent", "days": "mon|tue", "hours": "08:00-18:00",
		"quarter": "centre", "start": "2027-01", "child_months": "10", "places": "1"})
	if err != nil {
		t.Fatal(err)
	}
	return events.Profile{Participant: p, Name: "Lina", Phone: "+33612345678", Until: at(t, "2027-01-10T12:00")}
}

func family() map[string]string {
	return map[string]string{"care": "childminder", "children": "2", "resources": "2500", "hours": "173", "hourly": "5.60"}
}

func TestEstimate(t *testing.T) {
	l := library(t, "")
	for _, c := range []struct {
		change map[string]string
		want   map[string]string
	}{
		{nil, map[string]string{"cmg": "714.27", "rest": "254.53", "cost": "968.80", "covered": "100"}},
		{map[string]string{"aeeh": "1"}, map[string]string{"cmg": "765.08", "rest": "203.72", "cost": "968.80", "covered": "100"}},
		{map[string]string{"children": "1", "resources": "8500", "hours": "160"}, map[string]string{"cmg": "0", "rest": "896", "cost": "896", "covered": "100"}},
	} {
		args := family()
		maps.Copy(args, c.change)
		if got, err := l.Look("cmg.estimate", args); err != nil || !maps.Equal(got, c.want) {
			t.Errorf("%v: %v, %v; want %v", args, got, err, c.want)
		}
	}
	for name, value := range map[string]string{"care": "creche", "children": "x", "aeeh": "-1", "resources": "7654,32", "hours": "", "hourly": "1e9"} {
		args := family()
		args[name] = value
		got, err := l.Look("cmg.estimate", args)
		if err == nil || got != nil {
			t.Errorf("%s %q: %v", name, value, got)
			continue
		}
		if !strings.Contains(err.Error(), name) || value != "" && name != "care" && strings.Contains(err.Error(), value) {
			t.Errorf("%s %q: the error must name the field and not the answer: %v", name, value, err)
		}
	}
	l.Now = at(t, "2027-04-01T00:30").UTC()
	if _, err := l.Look("cmg.estimate", family()); !errors.Is(err, cmg.ErrAfter) {
		t.Errorf("with a scale out of date: %v", err)
	}
}

func TestEvents(t *testing.T) {
	for _, c := range []struct {
		fn, audience string
		want         []string
	}{
		{"events.upcoming", "", []string{"free", "full", "pro", "later"}},
		{"events.upcoming", "parent", []string{"free", "full", "later"}},
		{"events.upcoming", "childminder", []string{"free", "full", "pro", "later"}},
		{"events.mine", "parent", []string{"mine"}},
	} {
		items, err := library(t, c.audience).List(c.fn, nil)
		var ids []string
		for _, i := range items {
			ids = append(ids, i["id"])
		}
		if err != nil || !slices.Equal(ids, c.want) {
			t.Errorf("%s for %q: %v, %v; want %v", c.fn, c.audience, ids, err, c.want)
		}
	}
	items, _ := library(t, "").List("events.upcoming", nil)
	want := map[string]string{"id": "later", "kind": "workshop", "title": "Titre later", "start": "2026-12-09T09:30", "place": "Salle Démo", "seats": "1"}
	if !maps.Equal(items[3], want) {
		t.Errorf("item %v, want %v", items[3], want)
	}
	counts, err := library(t, "parent").Look("events.count", nil)
	if err != nil || !maps.Equal(counts, map[string]string{"upcoming": "3", "mine": "1"}) {
		t.Errorf("counts %v, %v", counts, err)
	}
	for id, want := range map[string]string{"free": "free", "full": "full", "mine": "mine", "doors": "gone", "over": "gone", "now": "gone", "none": "gone"} {
		if got, err := library(t, "").Seat(id); err != nil || got != want {
			t.Errorf("seat at %s: %s, %v; want %s", id, got, err, want)
		}
	}
}

func TestNextEvent(t *testing.T) {
	got, err := library(t, "").Look("events.next", map[string]string{"kind": "laep"})
	if err != nil || !maps.Equal(got, map[string]string{"start": "2026-12-01T14:00", "title": "Titre doors", "place": "Salle Démo"}) {
		t.Errorf("%v, %v", got, err)
	}
	got, err = library(t, "").Look("events.next", map[string]string{"kind": "workshop"})
	if err != nil || got["title"] != "Titre free" {
		t.Errorf("the next workshop, while one is under way: %v, %v", got, err)
	}
	if _, err := library(t, "childminder").Look("events.next", map[string]string{"kind": "laep"}); !errors.Is(err, ErrNoEvent) {
		t.Errorf("a childminder is sent to the parents' date: %v", err)
	}
	if _, err := library(t, "").Look("events.next", map[string]string{"kind": "party"}); !errors.Is(err, ErrNoEvent) {
		t.Errorf("an unknown kind: %v", err)
	}
}

func TestListIsShort(t *testing.T) {
	l := library(t, "")
	l.Events = func(context.Context) ([]events.Standing, error) {
		return slices.Repeat(standings(t)[:2], 8), nil
	}
	if items, err := l.List("events.upcoming", nil); err != nil || len(items) != 9 {
		t.Errorf("%d choices, %v; a menu holds nine", len(items), err)
	}
}

func TestTeamOpen(t *testing.T) {
	for _, c := range []struct{ now, team, open, by string }{
		{"2026-11-24T10:00", "relais", "yes", "2026-11-24T12:00"},
		{"2026-11-24T10:00", "", "yes", "2026-11-24T12:00"}, // the default team
		{"2026-11-27T18:00", "relais", "no", "2026-11-30T17:30"},
		{"2026-11-27T18:00", "inscription", "no", "2026-11-30T12:00"},
	} {
		l := library(t, "")
		l.Now = at(t, c.now).UTC()
		args := map[string]string{}
		if c.team != "" {
			args["team"] = c.team
		}
		got, err := l.Look("team.open", args)
		if err != nil || !maps.Equal(got, map[string]string{"open": c.open, "answer_by": c.by}) {
			t.Errorf("%s at %s: %v, %v", c.team, c.now, got, err)
		}
	}
	if _, err := library(t, "").Look("team.open", map[string]string{"team": "nobody"}); err == nil {
		t.Error("an unknown team answers")
	}
}

// TestFunctionsAgree: every look-up answers, with exactly what it describes.
func TestFunctionsAgree(t *testing.T) {
	l := library(t, "")
	args := family()
	maps.Copy(args, map[string]string{"kind": "workshop", "team": "relais", "aeeh": "0"})
	for _, f := range l.Knowledge.Functions() {
		given := map[string]string{}
		for name := range f.With {
			given[name] = cmp.Or(arguable(f.Name)[name], args[name])
			if given[name] == "" {
				t.Errorf("%s takes %s, which this test does not know", f.Name, name)
			}
		}
		if f.Item != nil {
			items, err := l.List(f.Name, given)
			if err != nil || len(items) == 0 {
				t.Errorf("%s lists %v, %v", f.Name, items, err)
			}
			for _, item := range items {
				delete(item, "id")
				sameNames(t, f.Name, item, f.Item)
			}
			if _, err := l.Look(f.Name, given); !errors.Is(err, ErrNoFunction) {
				t.Errorf("%s also looks: %v", f.Name, err)
			}
			continue
		}
		values, err := l.Look(f.Name, given)
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		sameNames(t, f.Name, values, f.Sets)
		if _, err := l.List(f.Name, given); !errors.Is(err, ErrNoFunction) {
			t.Errorf("%s also lists: %v", f.Name, err)
		}
	}
	for _, name := range []string{"", "events", "cmg.Estimate"} {
		if _, err := l.Look(name, args); !errors.Is(err, ErrNoFunction) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// arguable returns values that a look-up takes where the common ones do not fit.
func arguable(fn string) map[string]string {
	return map[string]map[string]string{
		"cmg.structure":      {"kind": "micro", "age": "18", "lone": "no", "price": "9.50"},
		"places.near":        {"kind": "pmi", "where": "Les Lilas"},
		"places.find":        {"kind": "pmi"},
		"care.plan":          {"age": "18", "when": "soon", "days": "4", "hours": "day", "need": "no", "work": "work"},
		"events.upcoming":    {"quarter": "Centre", "day": "2026-12-02"},
		"events.seat":        {"event": "free"},
		"day.check":          {"event": "day", "numbers": "4"},
		"pay.month":          {"hours": "40", "weeks": "46"},
		"pay.upkeep":         {"hours": "9", "days": "18"},
		"pay.check":          {"title": "no"},
		"contract.notice":    {"start": "2025-09-01", "notified": "2026-11-23"},
		"contract.indemnity": {"start": "2025-09-01", "ends": "2026-11-23", "gross": "9000"},
	}[fn]
}

// sameNames checks the names of values, and the form of each kind.
func sameNames(t *testing.T, fn string, got, kinds map[string]string) {
	t.Helper()
	if !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(kinds))) {
		t.Errorf("%s gives %v, described as %v", fn, got, kinds)
	}
	for name, kind := range kinds {
		ok := got[name] != ""
		switch kind {
		case "moment":
			_, err := time.Parse(moment, got[name])
			ok = err == nil
		case "date":
			_, err := time.Parse(time.DateOnly, got[name])
			ok = err == nil
		case "yesno":
			ok = got[name] == "yes" || got[name] == "no"
		case "count", "euros":
			ok = values[kind].MatchString(got[name])
		}
		if !ok {
			t.Errorf("%s: %s is %q, which is no %s", fn, name, got[name], kind)
		}
	}
}

func TestCalendarAway(t *testing.T) {
	broken := errors.New("the store is away")
	for name, read := range map[string]func(context.Context) ([]events.Standing, error){
		"failing": func(context.Context) ([]events.Standing, error) { return nil, broken }, "missing": nil,
	} {
		l := library(t, "")
		l.Events, l.Ctx = read, nil
		_, listed := l.List("events.upcoming", nil)
		_, counted := l.Look("events.count", nil)
		_, next := l.Look("events.next", map[string]string{"kind": "laep"})
		_, seat := l.Seat("free")
		for what, err := range map[string]error{"list": listed, "count": counted, "next": next, "seat": seat} {
			if err == nil || read != nil && !errors.Is(err, broken) {
				t.Errorf("%s calendar, %s: %v", name, what, err)
			}
		}
	}
}
