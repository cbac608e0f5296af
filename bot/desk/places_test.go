package desk

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"doudou/knowledge/events"
)

// town fills a hall with five childminders of the centre, one of the station
// without a child for long, and two families.
func town(h *hall) {
	later := noon.AddDate(0, 0, 40)
	person := func(id string, side events.Side, quarter string, start events.Month, places int) events.Profile {
		return events.Profile{Participant: events.Participant{ID: id, Side: side, Quarters: []string{quarter}, Start: start, Places: places},
			Name: "Prénom " + id, Phone: "+33611223344", Until: later, Cares: 2, Listed: true}
	}
	for i := range 5 {
		h.profiles = append(h.profiles, person(fmt.Sprint("m", i), events.Childminder, "centre", events.NewMonth(2027, 4), 2))
	}
	lone := person("seule", events.Childminder, "la gare", 0, 1)
	lone.Cares, lone.CaresSince = 0, noon.AddDate(0, 0, -61)
	fresh := person("fraîche", events.Childminder, "la gare", 0, 0)
	fresh.Cares, fresh.CaresSince = 0, noon.AddDate(0, 0, -59)
	gone := person("partie", events.Childminder, "centre", 0, 9)
	gone.Until = noon.Add(-time.Hour)
	h.profiles = append(h.profiles, lone, fresh, gone, person("p1", events.Parent, "le parc", events.NewMonth(2028, 9), 1),
		person("p2", events.Parent, "", events.NewMonth(2026, 1), 1))
	h.profiles[len(h.profiles)-1].Quarters = nil
}

func TestPlacesForTheRelais(t *testing.T) {
	b, h := hosted(t, "nora")
	town(h)
	page := b.get("/desk/places")
	page.wants(t, 200, "mars 2027", "<strong>5</strong> <small>10 places</small>", "<strong>1</strong> <small>1 place</small>", "La Gare", "Sans quartier",
		"Prénom seule", "06\u00a011\u00a022\u00a033\u00a044", "sans enfant depuis le 1er janvier 2027")
	page.lacks(t, "Prénom fraîche", "Prénom m1", "Prénom p1", "Prénom partie")
	if last := b.relais.journal[len(b.relais.journal)-1]; last.Did != "idle" {
		t.Errorf("the journal ends with %+v", last)
	}
	b.relais.broken = errors.New("disk full")
	b.get("/desk/places").wants(t, 500)
}

func TestPlacesForOthersAreCountsOnly(t *testing.T) {
	b, h := hosted(t, "paul")
	town(h)
	page := b.get("/desk/places")
	page.wants(t, 200, "<strong>5</strong> <small>10 places</small>", "moins de 5")
	page.lacks(t, "Prénom", "06\u00a0", "+336", "<strong>1</strong>", "1 place<")
	b.another().get("/desk/places").wants(t, 303)
}

func TestPlacesOfNobody(t *testing.T) {
	b, _ := hosted(t, "awa")
	b.get("/desk/places").wants(t, 200, "Personne n’a rien dit", "Personne à appeler")
}
