package knowledge

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"
)

// Errors of who looks for a place.
var (
	ErrNowhere = errors.New("that is not a part of the town that is known")
	ErrNoPlace = errors.New("no checked place of that kind is known")
)

// around is how far from its nearest quarter somebody is still in the town, in km.
const around = 15

// Near returns the places of a kind where a family may be sent at a time, the
// nearest first. where is a position ("48.953,2.308") or what was typed: a
// quarter, a street. It fails with ErrNowhere when that is not in the town, and
// finds nothing when no such place may be said.
func (k *Knowledge) Near(kind, audience, where string, at time.Time) ([]Place, error) {
	list := k.spoken(kind, audience, at)
	if len(list) == 0 {
		return nil, nil // wherever they are
	}
	quarter, from, ok := k.town.locate(where)
	if !ok {
		return nil, ErrNowhere
	}
	slices.SortStableFunc(list, func(a, b Place) int {
		return cmp.Compare(k.town.far(a, quarter, from), k.town.far(b, quarter, from))
	})
	return list, nil
}

// locate finds where somebody is: the quarter if they named one or one of its
// streets, and the point of the map if it is known.
func (t Town) locate(where string) (quarter string, from Point, ok bool) {
	if p, shared := readPoint(strings.TrimSpace(where)); shared {
		return "", p, t.km(p) <= around
	}
	best := 0.0
	for _, q := range t.Quarters {
		for _, name := range append([]string{q.Name}, q.Streets...) {
			if score := resemblance(where, name); score > best {
				best, quarter, from, ok = score, q.Name, q.At, true
			}
		}
	}
	return quarter, from, ok
}

// elsewhere is farther than any place: one that is not on the map comes last.
const elsewhere = 1e6

// far tells how far a place is, in km. A place of which only the quarter is
// known is in its middle, and one in the same quarter is near without a map.
func (t Town) far(p Place, quarter string, from Point) float64 {
	at := p.At
	if q, ok := t.quarter(p.Quarter); ok && !at.known() {
		at = q.At
	}
	switch {
	case at.known() && from.known():
		return at.km(from)
	case quarter != "" && p.Quarter == quarter:
		return 0
	}
	return elsewhere
}
