package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"doudou/knowledge/events"
)

// people tells what contacts need and offer, and whom they met: what a turn may
// have to know of others.
type people interface {
	Profile(ctx context.Context, contact ContactID) (events.Profile, error)
	Profiles(ctx context.Context, side events.Side, at time.Time) ([]events.Profile, error)
	Introductions(ctx context.Context, contact ContactID, event string) ([]Introduction, error)
	Roster(ctx context.Context, event string) ([]Seat, error)
	Day(ctx context.Context, event string) (Day, error)
}

// matches returns who suits a contact, best first, among those who may still be
// asked: nobody is asked twice on behalf of the same one.
func (b *player) matches(ctx context.Context, need events.Profile) ([]events.Match, error) {
	side := events.Parent
	if need.Side == events.Parent {
		side = events.Childminder
	}
	offers, err := b.people.Profiles(ctx, side, b.Now())
	if err != nil {
		return nil, fmt.Errorf("read who could suit: %w", err)
	}
	made, err := b.people.Introductions(ctx, "", "")
	if err != nil {
		return nil, fmt.Errorf("read who was introduced: %w", err)
	}
	return events.Matches(need, askable(offers, made, ContactID(need.ID)), -1), nil
}

// askable leaves out whom the contact was introduced to, and notes of the others
// when they were last introduced to anybody.
func askable(offers []events.Profile, made []Introduction, contact ContactID) []events.Profile {
	last, met := map[ContactID]time.Time{}, map[ContactID]bool{contact: true}
	for _, i := range made {
		for _, pair := range [][2]ContactID{{i.Parent, i.Childminder}, {i.Childminder, i.Parent}} {
			if i.Made.After(last[pair[0]]) {
				last[pair[0]] = i.Made
			}
			if pair[1] == contact {
				met[pair[0]] = true
			}
		}
	}
	list := make([]events.Profile, 0, len(offers))
	for _, o := range offers {
		if o.Asked = last[ContactID(o.ID)]; !met[ContactID(o.ID)] {
			list = append(list, o)
		}
	}
	return list
}

// badges returns whom a contact met at a speed-dating day, by the numbers on
// their badges: childminders with the first name that stood on their table, of
// a family the number only.
func (b *player) badges(ctx context.Context, contact ContactID, event string) (map[int]string, error) {
	day, err := b.people.Day(ctx, event)
	if err != nil {
		return nil, fmt.Errorf("read the plan of the day: %w", err)
	}
	seats, err := b.people.Roster(ctx, event)
	if err != nil {
		return nil, fmt.Errorf("read who was there: %w", err)
	}
	met := day.met(contact)
	names := map[int]string{}
	for _, s := range seats {
		if s.State == Kept && slices.Contains(met, s.Contact) {
			names[s.Number] = s.badge()
		}
	}
	return names, nil
}

// badge names somebody to the other side of the table.
func (s Seat) badge() string {
	number := strconv.Itoa(s.Number)
	if s.Profile == nil || s.Profile.Side != events.Childminder || s.Profile.Name == "" {
		return number
	}
	return s.Profile.Name + " (" + number + ")"
}

// profile reads what a contact needs or offers; ok is false when they said
// nothing.
func (b *player) profile(ctx context.Context, contact ContactID) (p events.Profile, ok bool, err error) {
	p, err = b.people.Profile(ctx, contact)
	if errors.Is(err, ErrGone) {
		return p, false, nil
	}
	if err != nil {
		return p, false, fmt.Errorf("read what somebody needs: %w", err)
	}
	p.ID = string(contact)
	return p, true, nil
}
