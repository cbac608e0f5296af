package knowledge

import (
	"errors"
	"math"
	"slices"
	"testing"
)

// TestLocate: what families type, and what Telegram shares.
func TestLocate(t *testing.T) {
	k := demo(t)
	for _, c := range []struct{ where, quarter string }{
		{"Les Lilas", "Les Lilas"}, {"les lilas", "Les Lilas"}, {"LILAS", "Les Lilas"}, {"lila", "Les Lilas"},
		{"j'habite aux lilas", "Les Lilas"}, {"quartier des liilas", "Les Lilas"}, {"leslilas", "Les Lilas"},
		{"rue de la paix", "Centre"}, {"12 rue de la Paix", "Centre"}, {"rue de la pais", "Centre"}, {"Paix", "Centre"},
		{"rue des Lilas", "Les Lilas"}, {"rue de la gare", "La Gare"}, {"gare", "La Gare"}, {"centre ville", "Centre"},
		{"allee des acasias", "Les Lilas"}, {"av du printemps", "Les Lilas"}, {"chemin des etangs", "Le Parc"},
		{"boulvard du rail", "La Gare"}, {"prinptemp", "Les Lilas"}, {"avneue du parc", "Le Parc"}, {"rue du marche", "Centre"},
		{"Marseille", ""}, {"rue de Rivoli", ""}, {"chez moi", ""}, {"", ""}, {"rue", ""}, {"de la", ""}, {"12", ""},
		{"ليلا", ""}, {"car", ""},
	} {
		got, _, ok := k.town.locate(c.where)
		if got != c.quarter || ok != (c.quarter != "") {
			t.Errorf("%q: %q, %v; want %q", c.where, got, ok, c.quarter)
		}
	}
	for where, want := range map[string]bool{
		"48.953,2.308": true, " 48.953,2.308 ": true, "48.95,2.31": true,
		"43.296,5.370": false, "2.308,48.953": false, "0,0": false, "98.1,2.3": false, "48.953": false,
	} {
		if _, _, ok := k.town.locate(where); ok != want {
			t.Errorf("%q is in the town: %v, want %v", where, ok, want)
		}
	}
}

func TestEpinayQuarters(t *testing.T) {
	for where, want := range map[string]string{"orgemon": "Orgemont", "ORGEMENT": "Orgemont", "la sourse": "La Source",
		"centreville": "Centre-ville", "je suis a orge mont": "Orgemont", "Les Lilas": ""} {
		if got, _, _ := loaded(t).town.locate(where); got != want {
			t.Errorf("%q: %q, want %q", where, got, want)
		}
	}
}

// TestNear: the nearest first, from a point, a quarter or a street.
func TestNear(t *testing.T) {
	l := library(t, "")
	for _, c := range []struct {
		kind, where string
		want        []string
	}{
		{"creche", "48.961,2.316", []string{"creche_lilas", "creche_centre", "creche_parc"}},
		{"creche", "le parc", []string{"creche_parc", "creche_centre", "creche_lilas"}},
		{"creche", "rue du marché", []string{"creche_centre", "creche_parc", "creche_lilas"}},
		{"pmi", "printemps", []string{"pmi_lilas", "pmi_centre"}},
		{"relais", "chemin des étangs", []string{"relais_parc", "relais_centre"}},
	} {
		items, err := l.List("places.near", map[string]string{"kind": c.kind, "where": c.where})
		var ids []string
		for _, item := range items {
			ids = append(ids, item["id"])
		}
		if err != nil || !slices.Equal(ids, c.want) {
			t.Errorf("%s near %s: %v, %v; want %v", c.kind, c.where, ids, err, c.want)
		}
	}
	for _, c := range []struct {
		kind, where string
		want        error
	}{
		{"creche", "Marseille", ErrNowhere}, {"creche", "43.296,5.370", ErrNowhere}, {"creche", "", ErrNowhere},
		{"school", "Les Lilas", ErrArgument}, {"", "Les Lilas", ErrArgument},
	} {
		if _, err := l.List("places.near", map[string]string{"kind": c.kind, "where": c.where}); !errors.Is(err, c.want) {
			t.Errorf("%s near %q: %v, want %v", c.kind, c.where, err, c.want)
		}
	}
}

// TestNearWithoutMap: where only the names of quarters are known, the place of
// the same quarter comes first.
func TestNearWithoutMap(t *testing.T) {
	k := &Knowledge{zone: paris(t), town: Town{Quarters: []Quarter{{Name: "Nord"}, {Name: "Sud"}}}}
	for _, quarter := range []string{"Nord", "", "Sud"} {
		k.places = append(k.places, Place{ID: "in " + quarter, Kind: "pmi", Quarter: quarter, Audience: "all",
			CheckedOn: at(t, "2026-11-23T00:00"), Expires: at(t, "2027-11-23T00:00")})
	}
	list, err := k.Near("pmi", "", "sud", at(t, "2026-12-01T09:00"))
	if err != nil || len(list) != 3 || list[0].ID != "in Sud" || list[1].ID != "in Nord" {
		t.Errorf("%v, %v", list, err)
	}
}

// TestStreetBeforeQuarter: a street may have the name of a quarter where it is not.
func TestStreetBeforeQuarter(t *testing.T) {
	town := Town{Quarters: []Quarter{{Name: "Les Lilas"}, {Name: "Centre", Streets: []string{"rue des Lilas"}}}}
	for where, want := range map[string]string{"12, rue des Lilas": "Centre", "les lilas": "Les Lilas", "lilas": "Les Lilas"} {
		if got, _, _ := town.locate(where); got != want {
			t.Errorf("%q: %q, want %q", where, got, want)
		}
	}
}

// TestMiddleOfAQuarter: a place of which only the quarter is known.
func TestMiddleOfAQuarter(t *testing.T) {
	town := demo(t).town
	near, far := Place{Quarter: "Les Lilas"}, Place{At: Point{48.9490, 2.3010}, Quarter: "Les Lilas"}
	from := Point{48.9610, 2.3160}
	if a, b := town.far(near, "", from), town.far(far, "", from); a != 0 || b < 1 {
		t.Errorf("%.3f km, %.3f km", a, b)
	}
	if nowhere := town.far(Place{}, "Les Lilas", from); nowhere != elsewhere {
		t.Errorf("a place that is nowhere is at %.3f km", nowhere)
	}
}

// TestKilometres against distances that are known.
func TestKilometres(t *testing.T) {
	paris, lyon, sydney := Point{48.8566, 2.3522}, Point{45.7640, 4.8357}, Point{-33.8688, 151.2093}
	for _, c := range []struct {
		a, b Point
		want float64
	}{{paris, lyon, 392}, {paris, sydney, 16960}, {paris, paris, 0}, {Point{0, 179.9}, Point{0, -179.9}, 22.2}, {Point{0, 0.0001}, Point{0, 180}, 20015}} {
		if got := c.a.km(c.b); math.Abs(got-c.want) > 1+c.want/500 || math.Abs(got-c.b.km(c.a)) > 1e-9 {
			t.Errorf("from %v to %v: %.1f km, want %.1f", c.a, c.b, got, c.want)
		}
	}
}

func TestTypos(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"lilas", "lilas", 0}, {"lials", "lilas", 1}, {"lila", "lilas", 1},
		{"lisas", "lilas", 1}, {"orgemon", "orgemont", 1}, {"gare", "parc", 2}, {"é", "e", 1}} {
		if got := typos(c.a, c.b); got != c.want || typos(c.b, c.a) != c.want {
			t.Errorf("%q and %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
