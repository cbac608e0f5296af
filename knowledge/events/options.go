package events

import "fmt"

// Options are what the relais decides about a speed-dating day.
type Options struct {
	Begin   Clock // of the first round
	Rounds  int   // how many times the bell rings
	Tables  int   // in the room
	Minutes int   // of a meeting
	Pause   int   // minutes to change tables
	Minimum int   // meetings that everybody should have
}

// DefaultOptions are those of a Saturday morning as the relais hold it: seven
// minutes and one to move, sixteen tables.
func DefaultOptions() Options {
	return Options{Begin: 9*60 + 30, Rounds: 8, Tables: 16, Minutes: 7, Pause: 1, Minimum: 3}
}

// mostRounds is what fits in a word of the machine: nobody sits through more.
const mostRounds = 64

// Check says which option is not possible.
func (o Options) Check() error {
	for _, c := range []struct {
		name              string
		value, from, upTo int
	}{
		{"rounds", o.Rounds, 1, mostRounds}, {"tables", o.Tables, 1, 10000}, {"minutes", o.Minutes, 1, int(midnight)},
		{"pause", o.Pause, 0, int(midnight)}, {"min-meetings", o.Minimum, 0, mostRounds}, {"begin", int(o.Begin), 0, int(midnight) - 1},
	} {
		if c.value < c.from || c.value > c.upTo {
			return fmt.Errorf("%s must be %d to %d, not %d", c.name, c.from, c.upTo, c.value)
		}
	}
	if end := o.Start(o.Rounds) + Clock(o.Minutes); end > midnight {
		return fmt.Errorf("%d rounds of %d minutes from %s end after midnight; begin earlier or plan fewer rounds", o.Rounds, o.Minutes, o.Begin)
	}
	return nil
}

// Start returns when a round begins; the first is 1.
func (o Options) Start(round int) Clock {
	return o.Begin + Clock((round-1)*(o.Minutes+o.Pause))
}

// open returns the rounds that lie wholly inside the time somebody is in the
// room, as bits: bit 0 is round 1.
func (o Options) open(room Span) (rounds uint64) {
	if room.To == 0 {
		room.To = midnight
	}
	for r := 1; r <= o.Rounds; r++ {
		if start := o.Start(r); start >= room.From && start+Clock(o.Minutes) <= room.To {
			rounds |= 1 << (r - 1)
		}
	}
	return rounds
}
