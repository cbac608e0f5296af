package knowledge

import (
	"errors"
	"strings"
	"testing"
)

const dates = `commissions:
  checked_on: 2026-11-23
  by: guichet
  dates:
    - {date: 2027-02-09, deadline: 2027-01-08}
    - {date: 2027-05-11, deadline: 2027-04-09}
`

// seated reads a town with these dates.
func seated(dates string) (*Knowledge, error) {
	files := sound()
	files["town.yaml"] += dates
	return Read(open(files))
}

func TestCommission(t *testing.T) {
	k, err := seated(dates)
	if err != nil {
		t.Fatal(err)
	}
	for now, want := range map[string]string{
		"2026-11-23T12:00": "2027-02-09 2027-01-08", "2027-01-08T23:59": "2027-02-09 2027-01-08",
		"2027-01-09T00:00": "2027-05-11 2027-04-09", "2027-02-09T10:00": "2027-05-11 2027-04-09", "2027-04-10T00:30": "",
	} {
		got, err := (&Library{Knowledge: k, Now: at(t, now).UTC()}).Look("creche.commission", nil)
		if text := strings.TrimSpace(got["date"] + " " + got["deadline"]); text != want || (want == "") != errors.Is(err, ErrNoCommission) {
			t.Errorf("at %s: %q, %v; want %q", now, text, err, want)
		}
	}
	if _, ok := loaded(t).Commission(at(t, "2026-11-23T12:00")); ok {
		t.Error("Épinay gives a date that nobody has checked")
	}
	ends := k.Expiring(at(t, "2027-04-01T12:00"), 10)
	if len(ends) == 0 || ends[len(ends)-1].What != "commission" {
		t.Errorf("nobody is told that the dates run out: %v", ends)
	}
}

// TestCommissionUnchecked: dates that nobody has checked are not said.
func TestCommissionUnchecked(t *testing.T) {
	k, err := seated(strings.Replace(dates, "checked_on: 2026-11-23", "checked_on:", 1))
	if err != nil {
		t.Fatal(err)
	}
	if c, ok := k.Commission(at(t, "2026-11-23T12:00")); ok {
		t.Errorf("%v", c)
	}
}

func TestCommissionRefused(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"deadline: 2027-01-08", "deadline: 2027-03-08", "town.yaml:17: a commission has a date, and a deadline"},
		{"{date: 2027-05-11, ", "{", "town.yaml:18: a commission has a date"},
		{"date: 2027-05-11, deadline: 2027-04-09", "date: 2027-02-09, deadline: 2027-01-09", "town.yaml:18: the commissions are in order"},
		{"  by: guichet\n", "", "say who checked the dates"},
		{"dates:", "days:", "field days not found"},
	} {
		if _, err := seated(strings.Replace(dates, c.old, c.new, 1)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %q: %v; want %q", c.new, err, c.want)
		}
	}
}

// TestQuarters: a name alone, or all that is known of a quarter.
func TestQuarters(t *testing.T) {
	read := func(quarters string) (*Knowledge, error) {
		files := sound()
		files["town.yaml"] = strings.Replace(files["town.yaml"], "[Nord]", quarters, 1)
		return Read(open(files))
	}
	k, err := read("[Nord, {name: Sud, lat: 48.95, lon: 2.31, streets: [rue Démo]}]")
	if err != nil {
		t.Fatal(err)
	}
	if q := k.Town().Quarters; len(q) != 2 || q[0].Name != "Nord" || q[1].At != (Point{48.95, 2.31}) || q[1].Streets[0] != "rue Démo" {
		t.Errorf("%+v", q)
	}
	for quarters, want := range map[string]string{
		"[Nord, {nom: Sud}]":                      "town.yaml:5: a quarter has name, lat, lon and streets, no nom",
		"[Nord, {name: Sud, lat: 48.95}]":         "town.yaml:5: quarter Sud: lat and lon go together",
		"[Nord, {name: Sud, lat: 148, lon: 2}]":   "town.yaml:5: quarter Sud: lat and lon go together",
		"[Nord, '']":                              "town.yaml:5: a quarter has no name",
		"[Nord, {name: Sud, streets: [a, a]}]":    "street \"a\" is empty or there twice",
		"[Nord, {name: Sud, lat: north, lon: 2}]": "town.yaml:5: cannot unmarshal",
	} {
		if _, err := read(quarters); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", quarters, err, want)
		}
	}
}
