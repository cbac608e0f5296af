package knowledge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"doudou/knowledge/events"
)

// A Function describes a look-up: With and Sets name values and their kinds
// (see dialogs.Kind); Item, the values of each choice that a list offers.
type Function struct {
	Name             string
	With, Sets, Item map[string]string
	Optional         []string // of With: what it can do without
}

// A Library answers the look-ups of one turn of one contact.
type Library struct {
	Knowledge *Knowledge
	Now       time.Time
	Audience  string // parent, childminder, "" when unknown
	// Events reads the coming events with their seats, when a look-up needs them.
	Events func(context.Context) ([]events.Standing, error)
	// Profile reads what the contact needs or offers; an error when they said
	// nothing.
	Profile func(context.Context) (events.Profile, error)
	// Matches finds who suits the contact and may be asked on their behalf.
	Matches func(context.Context) ([]events.Match, error)
	// Badges reads whom the contact met at a speed-dating day, by the numbers on
	// their badges.
	Badges func(ctx context.Context, event string) (map[int]string, error)
	Ctx    context.Context
}

// Errors of a Library.
var (
	ErrNoFunction = errors.New("no such look-up")
	ErrArgument   = errors.New("a value is missing or not in its form")
	ErrNoEvent    = errors.New("there is no such event")
)

// A lookup is a Function and what answers it: look or list.
type lookup struct {
	Function
	look func(l *Library, args map[string]string) (map[string]string, error)
	list func(l *Library, args map[string]string) ([]map[string]string, error)
}

// lookups is the one table of look-ups: what is described is what is answered.
func lookups() []lookup {
	list := []lookup{
		{Function: Function{Name: "team.open", With: map[string]string{"team": "choice"},
			Sets: map[string]string{"open": "yesno", "answer_by": "moment"}}, look: (*Library).teamOpen},
		{Function: Function{Name: "places.near", With: map[string]string{"kind": "choice", "where": "place"},
			Item: map[string]string{"name": "text", "address": "text", "phone": "text"}}, list: (*Library).near},
		{Function: Function{Name: "places.find", With: map[string]string{"kind": "choice"},
			Sets: map[string]string{"name": "text", "address": "text", "phone": "text", "open": "yesno", "opens": "moment"}}, look: (*Library).place},
		{Function: Function{Name: "town.quarters", Item: map[string]string{"name": "text"}}, list: (*Library).quarters},
		{Function: Function{Name: "creche.commission",
			Sets: map[string]string{"date": "date", "deadline": "date"}}, look: (*Library).commission},
		{Function: Function{Name: "care.plan",
			With: map[string]string{"age": "age", "when": "choice", "days": "count", "hours": "choice", "need": "yesno", "work": "choice"},
			Sets: map[string]string{"first": "choice", "second": "choice", "third": "choice"}}, look: (*Library).carePlan},
	}
	return slices.Concat(eventLookups(), list, moneyLookups(), contractLookups(), peopleLookups())
}

// Functions returns the look-ups that a Library answers.
func (k *Knowledge) Functions() []Function {
	var list []Function
	for _, f := range lookups() {
		list = append(list, f.Function)
	}
	return list
}

// Look runs the look-up fn and returns the values that it sets, in canonical
// form. An error means that the tree must go to "fails"; it never holds what a
// family answered.
func (l *Library) Look(fn string, args map[string]string) (map[string]string, error) {
	f, err := find(fn)
	if err == nil && f.look == nil {
		err = fmt.Errorf("%w: it lists", ErrNoFunction)
	}
	if err != nil {
		return nil, fmt.Errorf("look up %s: %w", fn, err)
	}
	values, err := f.look(l, args)
	if err != nil {
		return nil, fmt.Errorf("look up %s: %w", fn, err)
	}
	return values, nil
}

// List returns the choices that fn offers now, at most nine, the next first.
func (l *Library) List(fn string, args map[string]string) ([]map[string]string, error) {
	f, err := find(fn)
	if err == nil && f.list == nil {
		err = fmt.Errorf("%w: it does not list", ErrNoFunction)
	}
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", fn, err)
	}
	items, err := f.list(l, args)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", fn, err)
	}
	return items[:min(len(items), 9)], nil
}

// Seat tells what the contact has or could have at an event, as
// events.Standing.Seat does; "gone" when there is no such event.
func (l *Library) Seat(event string) (string, error) {
	list, err := l.standing()
	if err != nil {
		return "", fmt.Errorf("look for a seat: %w", err)
	}
	i := slices.IndexFunc(list, func(s events.Standing) bool { return s.ID == event })
	if i < 0 {
		return "gone", nil
	}
	return list[i].Seat(l.Now), nil
}

func find(name string) (lookup, error) {
	for _, f := range lookups() {
		if f.Name == name {
			return f, nil
		}
	}
	return lookup{}, ErrNoFunction
}
