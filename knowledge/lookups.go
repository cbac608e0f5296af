package knowledge

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"doudou/knowledge/events"
)

// moment is the canonical form of a moment, in the town's time.
const moment = "2006-01-02T15:04"

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

// open returns the events where the contact could get a seat, mine those where
// they have one.
func (l *Library) open() (open, mine []events.Standing, err error) {
	list, err := l.standing()
	for _, s := range list {
		switch seat := s.Seat(l.Now); {
		case seat == "mine":
			mine = append(mine, s)
		case seat == "free" && s.For(l.Audience):
			open = append(open, s)
		}
	}
	return open, mine, err
}

func (l *Library) upcoming(map[string]string) ([]map[string]string, error) {
	open, _, err := l.open()
	return l.items(open), err
}

func (l *Library) mine(map[string]string) ([]map[string]string, error) {
	_, mine, err := l.open()
	return l.items(mine), err
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
		if s.Kind == args["kind"] && s.For(l.Audience) && s.Start.After(l.Now) {
			return map[string]string{"start": l.moment(s.Start), "title": s.Title, "place": s.Place}, nil
		}
	}
	return nil, ErrNoEvent
}

// teamOpen answers team.open; without a team, for the default one.
func (l *Library) teamOpen(args map[string]string) (map[string]string, error) {
	t, err := l.Knowledge.team(args["team"])
	if err != nil {
		return nil, err
	}
	by := t.Hours.AnswerBy(l.Now)
	if by.IsZero() {
		return nil, fmt.Errorf("team %s has no opening within a year", t.ID)
	}
	open, _ := t.Hours.Open(l.Now)
	return map[string]string{"open": yesNo(open), "answer_by": l.moment(by)}, nil
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (l *Library) moment(t time.Time) string { return l.Knowledge.local(t).Format(moment) }
