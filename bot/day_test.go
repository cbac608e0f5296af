package bot_test

import (
	"maps"
	"testing"

	"doudou/bot"
	"doudou/knowledge/events"
)

// plan is a day at which p1 and p2 meet childminders: "p1 c1 09:30 4" a word each.
func plan(version int, published bool, meetings ...events.Meeting) bot.Day {
	return bot.Day{Version: version, Published: published, Schedule: events.Schedule{Meetings: meetings,
		People: []events.Participant{{ID: "c1"}, {ID: "c2"}, {ID: "p1"}, {ID: "p2"}}}}
}

func meeting(parent, minder string, start events.Clock, table int) events.Meeting {
	return events.Meeting{Parent: parent, Childminder: minder, Start: start, Table: table}
}

func TestWhoIsTold(t *testing.T) {
	first, second := meeting("p1", "c1", 9*60+30, 4), meeting("p2", "c2", 9*60+38, 5)
	missed := first
	missed.Missed = true
	for _, c := range []struct {
		name string
		days []bot.Day
		want map[bot.ContactID]bot.Telling
	}{
		{"a draft tells nobody", []bot.Day{plan(1, false, first)}, map[bot.ContactID]bot.Telling{}},
		{"a published plan tells those who meet somebody", []bot.Day{plan(1, true, first)},
			map[bot.ContactID]bot.Telling{"p1": {1, 1, "09:30 (4)"}, "c1": {1, 1, "09:30 (4)"}}},
		{"the same again", []bot.Day{plan(1, true, first), plan(2, true, first)},
			map[bot.ContactID]bot.Telling{"p1": {1, 1, "09:30 (4)"}, "c1": {1, 1, "09:30 (4)"}}},
		{"a draft between changes nothing", []bot.Day{plan(1, true, first), plan(2, false, second), plan(3, true, first)},
			map[bot.ContactID]bot.Telling{"p1": {1, 1, "09:30 (4)"}, "c1": {1, 1, "09:30 (4)"}}},
		{"only those whose own times changed", []bot.Day{plan(1, true, first, second), plan(2, true, first, meeting("p2", "c1", 9*60+38, 4))},
			map[bot.ContactID]bot.Telling{"p1": {1, 1, "09:30 (4)"}, "p2": {1, 2, "09:38 (4)"}, "c1": {1, 2, "09:30 (4), 09:38 (4)"}, "c2": {1, 2, "—"}}},
		{"back to the first", []bot.Day{plan(1, true, first), plan(2, true, second), plan(3, true, first)},
			map[bot.ContactID]bot.Telling{"p1": {1, 3, "09:30 (4)"}, "c1": {1, 3, "09:30 (4)"}, "p2": {2, 3, "—"}, "c2": {2, 3, "—"}}},
		{"a meeting that was missed is no news", []bot.Day{plan(1, true, first), plan(2, true, missed)},
			map[bot.ContactID]bot.Telling{"p1": {1, 1, "09:30 (4)"}, "c1": {1, 1, "09:30 (4)"}}},
	} {
		var day bot.Day
		for _, next := range c.days {
			day = next.After(day)
		}
		if !maps.Equal(day.Told, c.want) {
			t.Errorf("%s: %v", c.name, day.Told)
		}
	}
}
