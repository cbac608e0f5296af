package knowledge

import (
	"fmt"
	"slices"
)

// near answers places.near: the places of a kind, the nearest first; none when
// nobody has checked one.
func (l *Library) near(args map[string]string) ([]map[string]string, error) {
	if err := placeKind(args["kind"]); err != nil {
		return nil, err
	}
	list, err := l.Knowledge.Near(args["kind"], l.Audience, args["where"], l.Now)
	if err != nil {
		return nil, err
	}
	items := make([]map[string]string, 0, len(list))
	for _, p := range list {
		items = append(items, map[string]string{"id": p.ID, "name": p.Name, "address": p.Address, "phone": p.Phone})
	}
	return items, nil
}

// place answers places.find: the first place of a kind in the files, with when
// somebody is there. opens is the present moment when it is open.
func (l *Library) place(args map[string]string) (map[string]string, error) {
	if err := placeKind(args["kind"]); err != nil {
		return nil, err
	}
	for _, p := range l.Knowledge.spoken(args["kind"], l.Audience, l.Now) {
		open, next := p.Hours.Open(l.Now)
		if next.IsZero() {
			continue // it opens no more
		}
		return map[string]string{"name": p.Name, "address": p.Address, "phone": p.Phone,
			"open": yesNo(open), "opens": l.moment(next)}, nil
	}
	return nil, ErrNoPlace
}

func placeKind(kind string) error {
	if !slices.Contains(PlaceKinds(), kind) {
		return fmt.Errorf("%w: kind", ErrArgument)
	}
	return nil
}
