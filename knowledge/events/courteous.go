package events

import "time"

// The hours in which the relais starts a conversation, by the clock of the town:
// from the first, before the second.
const (
	firstHour = 8
	lastHour  = 20
)

// Courteous returns the first moment at or after t at which a message that
// nobody asked for may leave: from 8:00 to 20:00 (20:00 is too late), Monday to
// Saturday, no public holiday, by the clock of the zone. The two changes of the
// hour are at night, so that a day of messages has twelve hours all year.
func Courteous(t time.Time, zone *time.Location) time.Time {
	local := t.In(zone)
	if local.Hour() >= lastHour {
		local = opening(local, 1)
	} else if local.Hour() < firstHour {
		local = opening(local, 0)
	}
	for silent(local) {
		local = opening(local, 1)
	}
	return local
}

// opening returns the first hour of messages, some days after that of t.
func opening(t time.Time, ahead int) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d+ahead, firstHour, 0, 0, 0, t.Location())
}

// silent tells whether no message leaves on a day.
func silent(day time.Time) bool { return day.Weekday() == time.Sunday || Holiday(day) }
