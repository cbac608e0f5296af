package desk

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

func itoa(n int) string { return strconv.Itoa(n) }

// number reads a whole number, 0 for anything else.
func number(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return 0
	}
	return n
}

// replanned plans the rounds from one on again, for those who are there: who did
// not come is left out, who came late or left is there from then or until then,
// and who registered since the plan was made joins.
func (d *desk) replanned(t dating, from int) (events.Schedule, error) {
	s := joined(t.day.Schedule, t.roster)
	return events.Replan(s, from, d.dayChanges(t, s)...)
}

// joined adds to a plan who registered since it was made; a childminder gets a
// table that nobody has, or else shares the first.
func joined(s events.Schedule, roster []bot.Seat) events.Schedule {
	s.People, s.Seats = slices.Clone(s.People), maps.Clone(s.Seats)
	for _, seat := range roster {
		p, ok := participant(seat)
		if !ok || slices.ContainsFunc(s.People, func(o events.Participant) bool { return o.ID == p.ID }) {
			continue
		}
		s.People = append(s.People, p)
		if p.Side == events.Childminder {
			s.Seats[p.ID] = freeTable(s)
		}
	}
	return s
}

func freeTable(s events.Schedule) int {
	taken := slices.Collect(maps.Values(s.Seats))
	for table := 1; table <= s.Tables; table++ {
		if !slices.Contains(taken, table) {
			return table
		}
	}
	return 1
}

// dayChanges is what is known on the day of each person in the plan.
func (d *desk) dayChanges(t dating, s events.Schedule) []events.Change {
	seats := map[string]bot.Seat{}
	for _, seat := range t.roster {
		seats[string(seat.Contact)] = seat
	}
	var list []events.Change
	for _, p := range s.People {
		seat, registered := seats[p.ID]
		switch {
		case !registered, seat.Came.IsZero() && d.begun(t):
			list = append(list, events.Change{ID: p.ID, Absent: true})
		default:
			list = append(list, events.Change{ID: p.ID, Room: d.inRoom(seat, s.Options)})
		}
	}
	return list
}

// begun tells whether the first round has begun: from then on, who is not
// checked in is not there.
func (d *desk) begun(t dating) bool {
	return !d.Now().Before(d.at(t, t.day.Schedule.Options.Start(1)))
}

// inRoom is when somebody is in the room after all: not before they came, nor
// after they left. Who came before the first round is there from the beginning.
func (d *desk) inRoom(s bot.Seat, o events.Options) events.Span {
	room := s.Room
	if came := d.clockOf(s.Came); !s.Came.IsZero() && came > o.Begin {
		room.From = max(room.From, came)
	}
	if left := d.clockOf(s.Left); !s.Left.IsZero() && (room.To == 0 || left < room.To) {
		room.To = left
	}
	return room
}

func (d *desk) clockOf(at time.Time) events.Clock {
	at = at.In(d.Zone)
	return events.Clock(60*at.Hour() + at.Minute())
}

// sortOut lists who is missing, late, gone or new, for the page.
func (d *desk) sortOut(lang string, t dating, a *again) {
	for _, who := range d.people(lang, t) {
		i := slices.IndexFunc(t.roster, func(s bot.Seat) bool { return s.Contact == who.contact })
		seat := t.roster[i]
		inPlan := slices.ContainsFunc(t.day.Schedule.People, func(p events.Participant) bool { return p.ID == string(who.contact) })
		begin := t.day.Schedule.Options.Begin
		switch {
		case !inPlan:
			a.New = append(a.New, who.person)
		case !seat.Left.IsZero():
			a.Gone = append(a.Gone, who.person)
		case seat.Came.IsZero() && d.begun(t):
			a.Absent = append(a.Absent, who.person)
		case !seat.Came.IsZero() && d.clockOf(seat.Came) > begin:
			a.Late = append(a.Late, who.person)
		}
	}
}

// changedTimes lists who gets other times than those on their sheet.
func (d *desk) changedTimes(t dating, next events.Schedule) (list []changed) {
	before, after := t.day, bot.Day{Schedule: next}
	for _, s := range t.roster {
		was, is := before.Times(s.Contact), after.Times(s.Contact)
		if was == is {
			continue
		}
		c := changed{Number: s.Number, Before: was, Next: is}
		if s.Profile != nil {
			c.Name = s.Profile.Name
		}
		list = append(list, c)
	}
	return list
}
