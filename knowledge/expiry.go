package knowledge

import (
	"cmp"
	"slices"
	"time"
)

// An Expiry is something that the coordinator must look at again.
type Expiry struct {
	What  string // "fact", "place", "commission"
	ID    string
	Until time.Time // last day on which it may be said
	File  string
	Line  int
}

// Expiring returns what has ended, or ends within so many days, the first to
// end first: facts that no later version replaces, places that were checked
// once, the last known date of the commission.
func (k *Knowledge) Expiring(on time.Time, days int) []Expiry {
	limit := dayOf(k.local(on)).AddDate(0, 0, days)
	list := slices.Concat(k.factEnds(), k.placeEnds(), k.commissionEnd())
	list = slices.DeleteFunc(list, func(e Expiry) bool { return e.Until.IsZero() || e.Until.After(limit) })
	slices.SortStableFunc(list, func(a, b Expiry) int { return cmp.Or(a.Until.Compare(b.Until), cmp.Compare(a.ID, b.ID)) })
	return list
}

func (k *Knowledge) factEnds() (list []Expiry) {
	for i, f := range k.facts {
		if last := i+1 == len(k.facts) || k.facts[i+1].ID != f.ID; last {
			list = append(list, Expiry{"fact", f.ID, f.Until, f.File, f.Line})
		}
	}
	return list
}

func (k *Knowledge) placeEnds() (list []Expiry) {
	for _, p := range k.places {
		list = append(list, Expiry{"place", p.ID, p.Expires, p.File, p.Line})
	}
	return list
}

func (k *Knowledge) commissionEnd() []Expiry {
	dates := k.town.Commissions
	if len(dates) == 0 {
		return nil
	}
	return []Expiry{{"commission", "last_deadline", dates[len(dates)-1].Deadline, "town.yaml", 1}}
}
