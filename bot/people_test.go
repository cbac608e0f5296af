package bot

import (
	"context"
	"maps"
	"testing"

	"doudou/knowledge/events"
)

// hall is a village with a speed-dating day.
type hall struct {
	village
	seats []Seat
	day   Day
}

func (h hall) Roster(context.Context, string) ([]Seat, error) { return h.seats, nil }
func (h hall) Day(context.Context, string) (Day, error)       { return h.day, nil }

// TestBadges: only those whom somebody sat with; of a childminder the first
// name that stood on her table, of a family the number.
func TestBadges(t *testing.T) {
	rosa := &events.Profile{Participant: events.Participant{Side: events.Childminder}, Name: "Rosa"}
	lina := &events.Profile{Participant: events.Participant{Side: events.Parent}, Name: "Lina"}
	h := hall{seats: []Seat{
		{Contact: "rosa", State: Kept, Number: 1, Profile: rosa}, {Contact: "lina", State: Kept, Number: 2, Profile: lina},
		{Contact: "sara", State: Kept, Number: 3}, {Contact: "noor", State: Offered, Number: 4},
	}, day: Day{Schedule: events.Schedule{Meetings: []events.Meeting{
		{Parent: "lina", Childminder: "rosa"}, {Parent: "sara", Childminder: "rosa", Missed: true}, {Parent: "noor", Childminder: "rosa"},
	}}}}
	b := &player{people: h}
	for contact, want := range map[ContactID]map[int]string{
		"rosa": {2: "2"}, "lina": {1: "Rosa (1)"}, "sara": {}, "stranger": {},
	} {
		if got, err := b.badges(t.Context(), contact, "jour"); err != nil || !maps.Equal(got, want) {
			t.Errorf("%s met %v, %v; want %v", contact, got, err, want)
		}
	}
}
