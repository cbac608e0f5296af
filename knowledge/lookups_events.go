package knowledge

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"doudou/knowledge/events"
)

// eventLookups are about the calendar.
func eventLookups() []lookup {
	item := map[string]string{"kind": "text", "title": "text", "start": "moment", "place": "text", "seats": "count"}
	return []lookup{
		{Function: Function{Name: "events.upcoming", With: map[string]string{"kind": "choice", "quarter": "choice", "day": "date"},
			Optional: []string{"kind", "quarter", "day"}, Item: maps.Clone(item)}, list: (*Library).upcoming},
		{Function: Function{Name: "events.mine", Item: maps.Clone(item)}, list: (*Library).mine},
		{Function: Function{Name: "events.count",
			Sets: map[string]string{"upcoming": "count", "mine": "count"}}, look: (*Library).count},
		{Function: Function{Name: "events.next", With: map[string]string{"kind": "choice"},
			Sets: map[string]string{"start": "moment", "title": "text", "place": "text"}}, look: (*Library).next},
		{Function: Function{Name: "events.seat", With: map[string]string{"event": "choice"},
			Sets: map[string]string{"state": "choice", "opens": "moment", "before": "count", "kind": "text"}}, look: (*Library).seat},
	}
}

// standing reads the events that are not over, by start.
func (l *Library) standing() ([]events.Standing, error) {
	if l.Events == nil {
		return nil, errors.New("this library has no calendar")
	}
	list, err := l.Events(cmp.Or(l.Ctx, context.Background()))
	if err != nil {
		return nil, fmt.Errorf("read the calendar: %w", err)
	}
	list = slices.DeleteFunc(slices.Clone(list), func(s events.Standing) bool { return !s.End.After(l.Now) })
	slices.SortStableFunc(list, func(a, b events.Standing) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// open returns the events where the contact could register now or later, or join
// a waiting list, and mine those where they have a seat.
func (l *Library) open() (open, mine []events.Standing, err error) {
	list, err := l.standing()
	for _, s := range list {
		switch s.Seat(l.Now) {
		case "mine":
			mine = append(mine, s)
		case "waiting", "offered":
			open = append(open, s)
		case "free", "full", "early":
			if s.For(l.Audience) {
				open = append(open, s)
			}
		}
	}
	return open, mine, err
}

// upcoming answers events.upcoming: of a kind or on a day if one is asked for,
// those of the quarter first.
func (l *Library) upcoming(args map[string]string) ([]map[string]string, error) {
	in := arguments{given: args}
	wish := events.Wish{Quarter: args["quarter"], Kind: args["kind"]}
	if args["day"] != "" {
		wish.Date = in.date("day")
	}
	if in.err != nil {
		return nil, in.err
	}
	open, _, err := l.open()
	return l.items(events.Near(open, wish, l.Knowledge.zone)), err
}

// mine answers events.mine: what the contact may give back, a seat that is
// offered and a place in a waiting list too.
func (l *Library) mine(map[string]string) ([]map[string]string, error) {
	list, err := l.standing()
	list = slices.DeleteFunc(list, func(s events.Standing) bool {
		return !slices.Contains([]string{"mine", "offered", "waiting"}, s.Seat(l.Now))
	})
	return l.items(list), err
}

func (l *Library) items(list []events.Standing) []map[string]string {
	items := make([]map[string]string, 0, len(list))
	for _, s := range list {
		items = append(items, map[string]string{
			"id": s.ID, "kind": s.Kind, "title": s.Title, "start": l.moment(s.Start),
			"place": s.Place, "seats": strconv.Itoa(s.Left()),
		})
	}
	return items
}

// count answers events.count, for the trees that ask only if there is a choice.
func (l *Library) count(map[string]string) (map[string]string, error) {
	open, mine, err := l.open()
	if err != nil {
		return nil, err
	}
	return map[string]string{"upcoming": strconv.Itoa(len(open)), "mine": strconv.Itoa(len(mine))}, nil
}

// next answers events.next: the next event of a kind, with or without seats.
func (l *Library) next(args map[string]string) (map[string]string, error) {
	list, err := l.standing()
	if err != nil {
		return nil, err
	}
	for _, s := range list {
		if s.Kind == args["kind"] && s.For(l.Audience) && s.Start.After(l.Now) && !s.Cancelled {
			return map[string]string{"start": l.moment(s.Start), "title": s.Title, "place": s.Place}, nil
		}
	}
	return nil, ErrNoEvent
}

// seat answers events.seat: what the contact has or could have at an event (see
// events.Standing.Seat), since or from when one may register, and how many wait
// before them.
func (l *Library) seat(args map[string]string) (map[string]string, error) {
	list, err := l.standing()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(s events.Standing) bool { return s.ID == args["event"] })
	if i < 0 {
		return map[string]string{"state": "gone", "opens": l.moment(l.Now), "before": "0", "kind": "none"}, nil
	}
	s, opens := list[i], l.Now
	if !s.Opens.IsZero() {
		opens = s.Opens
	}
	return map[string]string{"state": s.Seat(l.Now), "opens": l.moment(opens), "before": strconv.Itoa(s.Waiting), "kind": s.Kind}, nil
}
