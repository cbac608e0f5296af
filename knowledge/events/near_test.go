package events

import (
	"strings"
	"testing"
	"time"
)

func TestNear(t *testing.T) {
	at := func(id, start, quarter, kind string) Standing {
		return Standing{Event: Event{ID: id, Start: on(t, start).UTC(), Quarter: quarter, Kind: kind}}
	}
	list := []Standing{
		at("wed-centre", "2026-12-02 09:30", "Centre", "workshop"),
		at("wed-orgemont", "2026-12-02 14:00", "Orgemont", "laep"),
		at("sun-night", "2026-12-06 00:30", "Orgemont", "meeting"), // still Saturday in universal time
		at("next-wed", "2026-12-09 09:30", "Orgemont", "workshop"),
		at("sat-gare", "2026-12-05 09:30", "La Gare", "speeddating"),
	}
	wednesday := Monday << 2
	day := func(text string) time.Time { return on(t, text+" 00:00") }
	for _, c := range []struct {
		name string
		wish Wish
		want string
	}{
		{"anything", Wish{}, "wed-centre wed-orgemont sat-gare sun-night next-wed"},
		{"near Orgemont", Wish{Quarter: "orgemont"}, "wed-orgemont sun-night next-wed wed-centre sat-gare"},
		{"near Orgemont on that Wednesday", Wish{Quarter: "Orgemont", Date: day("2026-12-02")}, "wed-orgemont wed-centre"},
		{"on Wednesdays", Wish{Days: wednesday}, "wed-centre wed-orgemont next-wed"},
		{"at the weekend", Wish{Days: Monday<<5 | Monday<<6}, "sat-gare sun-night"},
		{"on Sunday, by the town's clock", Wish{Date: day("2026-12-06")}, "sun-night"},
		{"a day without anything", Wish{Date: day("2026-12-03")}, ""},
		{"workshops near Orgemont", Wish{Quarter: "Orgemont", Kind: "workshop"}, "next-wed wed-centre"},
		{"a quarter without anything", Wish{Quarter: "La Source", Kind: "laep"}, "wed-orgemont"},
	} {
		var got []string
		for _, s := range Near(list, c.wish, town(t)) {
			got = append(got, s.ID)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s, want %s", c.name, strings.Join(got, " "), c.want)
		}
	}
	if list[2].ID != "sun-night" {
		t.Error("the list that was given is in another order now")
	}
}
