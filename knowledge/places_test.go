package knowledge

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// somewhere is a file of two places, one of them never checked.
const somewhere = `places:
  - id: pmi_nord
    kind: pmi
    name: PMI Démo
    address: 1 rue Démo
    quarter: Nord
    hours: {monday: ["09:00-12:00", "13:30-17:00"]}
    closed: [2026-12-28]
    phone: "01 99 00 00 01"
    languages: [fr, ar]
    checked_on: 2026-11-23
    by: relais
  - id: pmi_sud
    kind: pmi
    name: Autre PMI
    checked_on:
`

// TestPlacesRefuse breaks one thing at a time.
func TestPlacesRefuse(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"kind: pmi\n    name: PMI", "kind: hospital\n    name: PMI", "places/a.yaml:2: place pmi_nord: kind is one of"},
		{"id: pmi_sud", "id: pmi_nord", "places/a.yaml:13: place pmi_nord: it is there twice"},
		{"id: pmi_sud", "id: Sud", "places/a.yaml:13: place Sud: an id is"},
		{"name: PMI Démo", "name: ''", "a name is needed"},
		{"quarter: Nord", "quarter: Ouest", "quarter \"Ouest\" is not in town.yaml"},
		{"    address: 1 rue Démo\n", "", "a checked place has address, phone"},
		{"    by: relais\n", "", "and who checked it (by)"},
		{"phone: \"01 99 00 00 01\"", "phone: appelez", "\"appelez\" is not a telephone number"},
		{"monday: [\"09:00-12:00\", \"13:30-17:00\"]", "lundi: [\"09:00-12:00\"]", "\"lundi\" is not a day"},
		{"09:00-12:00", "9h-12h", "\"9h-12h\" is not an interval"},
		{"{monday: [\"09:00-12:00\", \"13:30-17:00\"]}", "{}", "a checked place has hours"},
		{"[2026-12-28]", "[noël]", "closed is 2026-12-24"},
		{"[fr, ar]", "[français]", "languages are two letters"},
		{"by: relais", "by: relais\n    expires: 2026-11-01", "it expires before it was checked"},
		{"by: relais", "by: relais\n    holidays: sometimes", "holidays is open or closed"},
		{"by: relais", "by: relais\n    audience: families", "audience is parents"},
		{"by: relais", "by: relais\n    lat: 2.308\n    lon: 48.953", "lat and lon are not around Ville Démo"},
		{"by: relais", "by: relais\n    lat: 98", "lat and lon are not around"},
		{"by: relais", "by: relais\n    hour: x", "places/a.yaml:13: field hour not found"},
		{"2026-11-23", "hier", "a day is written 2026-11-23"},
	} {
		if !strings.Contains(somewhere, c.old) {
			t.Fatalf("the file does not hold %q", c.old)
		}
		files := sound()
		files["town.yaml"] = strings.Replace(files["town.yaml"], "[Nord]", "[{name: Nord, lat: 48.953, lon: 2.308}]", 1)
		files["places/a.yaml"] = strings.Replace(somewhere, c.old, c.new, 1)
		if _, err := Read(open(files)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %q: %v; want %q", c.new, err, c.want)
		}
	}
}

// TestPlaceState: never checked, checked for six months, expired.
func TestPlaceState(t *testing.T) {
	files := sound()
	files["places/a.yaml"] = somewhere
	k, err := Read(open(files))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ id, on, want string }{
		{"pmi_nord", "2026-11-23T09:00", "checked"}, {"pmi_nord", "2027-05-23T23:00", "checked"},
		{"pmi_nord", "2027-05-24T00:00", "expired"}, {"pmi_sud", "2026-11-23T09:00", "unchecked"},
	} {
		i := slices.IndexFunc(k.Places(), func(p Place) bool { return p.ID == c.id })
		if got := k.Places()[i].State(at(t, c.on)); got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.id, c.on, got, c.want)
		}
	}
	for days, want := range map[int]int{100: 0, 181: 1, 4000: 1} {
		n := 0
		for _, e := range k.Expiring(at(t, "2026-11-23T09:00"), days) {
			if e.What == "place" {
				n++
			}
		}
		if n != want {
			t.Errorf("within %d days: %d places end, want %d", days, n, want)
		}
	}
}

// TestOnlyCheckedPlaces: whatever the look-up, a place that is unchecked or
// expired is not in what it says.
func TestOnlyCheckedPlaces(t *testing.T) {
	files := sound()
	files["places/a.yaml"] = somewhere
	k, err := Read(open(files))
	if err != nil {
		t.Fatal(err)
	}
	for on, want := range map[string][]string{"2026-11-23T09:00": {"pmi_nord"}, "2027-05-24T09:00": nil} {
		l := &Library{Knowledge: k, Now: at(t, on)}
		items, err := l.List("places.near", map[string]string{"kind": "pmi", "where": "Nord"})
		var ids []string
		for _, item := range items {
			ids = append(ids, item["id"])
		}
		if err != nil || !slices.Equal(ids, want) {
			t.Errorf("on %s: %v, %v", on, ids, err)
		}
		if found, err := l.Look("places.find", map[string]string{"kind": "pmi"}); (want == nil) != errors.Is(err, ErrNoPlace) {
			t.Errorf("on %s: %v, %v", on, found, err)
		}
	}
	epinay := &Library{Knowledge: loaded(t), Now: at(t, "2026-11-23T09:00")}
	for _, kind := range PlaceKinds() {
		if got, err := epinay.Look("places.find", map[string]string{"kind": kind}); !errors.Is(err, ErrNoPlace) {
			t.Errorf("Épinay says %v of %s: %v", got, kind, err)
		}
		if got, err := epinay.List("places.near", map[string]string{"kind": kind, "where": "here"}); err != nil || len(got) > 0 {
			t.Errorf("Épinay lists %v of %s: %v", got, kind, err)
		}
	}
}

// TestFindPlace: when somebody is there is told by the clock of the town.
func TestFindPlace(t *testing.T) {
	for _, c := range []struct{ now, kind, name, open, opens string }{
		{"2026-11-23T10:00", "town_hall", "Mairie Démo", "yes", "2026-11-23T10:00"},
		{"2026-11-23T12:30", "town_hall", "Mairie Démo", "no", "2026-11-23T13:30"},
		{"2026-11-21T12:00", "town_hall", "Mairie Démo", "no", "2026-11-23T08:30"},
		{"2026-12-24T10:00", "creche", "Crèche Démo du Centre", "no", "2027-01-04T07:30"},
		{"2026-11-11T10:00", "caf", "Caf Démo de la Gare", "no", "2026-11-12T09:00"},
	} {
		l := &Library{Knowledge: demo(t), Now: at(t, c.now).UTC()}
		got, err := l.Look("places.find", map[string]string{"kind": c.kind})
		if err != nil || got["name"] != c.name || got["open"] != c.open || got["opens"] != c.opens {
			t.Errorf("%s at %s: %v, %v", c.kind, c.now, got, err)
		}
	}
	if _, err := library(t, "").Look("places.find", map[string]string{"kind": "prison"}); !errors.Is(err, ErrArgument) {
		t.Errorf("an unknown kind: %v", err)
	}
	if _, err := library(t, "childminder").Look("places.find", map[string]string{"kind": "laep"}); !errors.Is(err, ErrNoPlace) {
		t.Errorf("a childminder is sent to the parents' place: %v", err)
	}
}

// TestHolidaysOfAPlace: some are open on 11 November.
func TestHolidaysOfAPlace(t *testing.T) {
	e := placeEntry{ID: "x", Kind: "pmi", Name: "x", Hours: map[string][]string{"wednesday": {"09:00-12:00"}}}
	for holidays, want := range map[string]bool{"": false, "closed": false, "open": true} {
		e.Holidays = holidays
		p, err := e.place(Town{}, paris(t))
		if err != nil {
			t.Fatal(err)
		}
		if open, _ := p.Hours.Open(at(t, "2026-11-11T10:00")); open != want {
			t.Errorf("holidays %q: open %v", holidays, open)
		}
	}
}

// TestDemoTown: there is something of every kind, all of it clearly invented,
// and none of it depends on today.
func TestDemoTown(t *testing.T) {
	k := demo(t)
	if len(k.town.Quarters) != 4 || !strings.Contains(k.town.Name, "Démo") {
		t.Errorf("%+v", k.town)
	}
	for _, kind := range PlaceKinds() {
		if !slices.ContainsFunc(k.places, func(p Place) bool { return p.Kind == kind }) {
			t.Errorf("no %s", kind)
		}
	}
	for _, p := range k.places {
		if !strings.Contains(p.Name, "Démo") || !strings.Contains(p.Address, "Démo") || !strings.HasPrefix(p.Phone, "01 99 00 ") || !p.At.known() {
			t.Errorf("%s: %+v", p.ID, p)
		}
		if !p.Spoken(time.Date(2030, 6, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s expires soon", p.ID)
		}
	}
	for _, e := range k.Calendar(at(t, "2026-11-23T12:00")) {
		if !e.Sample || !strings.Contains(e.Place, "Démo") {
			t.Errorf("%s at %q does not say that it is invented", e.ID, e.Place)
		}
	}
	for _, f := range k.town.facts() {
		if f.ID == "town_phone" && !strings.HasPrefix(f.Value, "01 99 00 ") {
			t.Errorf("the switchboard may be somebody's: %s", f.Value)
		}
	}
	if len(k.Teams()) != len(loaded(t).Teams()) {
		t.Error("the teams of the demo are not those of the trees")
	}
}
