package store

import (
	"maps"
	"slices"

	"doudou/knowledge/events"
)

// peopleOf are those of a plan, in order: also those who have left and whose
// meetings are past.
func peopleOf(plan events.Schedule) []string {
	ids := map[string]bool{}
	for _, p := range plan.People {
		ids[p.ID] = true
	}
	for _, m := range plan.Meetings {
		ids[m.Parent], ids[m.Childminder] = true, true
	}
	return slices.Sorted(maps.Keys(ids))
}

// without returns a plan in which somebody is nobody: the meetings stay, under a
// name that is drawn, and what the person needs or offers goes.
func without(plan events.Schedule, id, drawn string) events.Schedule {
	name := func(who string) string {
		if who == id {
			return drawn
		}
		return who
	}
	people, meetings, seats := slices.Clone(plan.People), slices.Clone(plan.Meetings), map[string]int{}
	for i, p := range people {
		if p.ID == id {
			people[i] = events.Participant{ID: drawn, Side: p.Side, Room: p.Room}
		}
	}
	for i, m := range meetings {
		meetings[i].Parent, meetings[i].Childminder = name(m.Parent), name(m.Childminder)
	}
	for who, table := range plan.Seats {
		seats[name(who)] = table
	}
	plan.People, plan.Meetings, plan.Seats = people, meetings, seats
	return plan
}
