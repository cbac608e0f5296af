package events

import (
	"testing"
	"time"
)

func TestSeat(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	in := func(d time.Duration, s Standing) Standing {
		s.Start, s.End = now.Add(d), now.Add(d+2*time.Hour)
		return s
	}
	two := Event{Capacity: 2}
	window := func(opens, closes time.Duration) Event {
		return Event{Capacity: 2, Opens: now.Add(opens), Closes: now.Add(closes)}
	}
	for _, c := range []struct {
		name string
		s    Standing
		want string
	}{
		{"one of two taken", in(24*time.Hour, Standing{Event: two, Taken: 1}), "free"},
		{"both taken", in(24*time.Hour, Standing{Event: two, Taken: 2}), "full"},
		{"more taken than there are now", in(24*time.Hour, Standing{Event: two, Taken: 3}), "full"},
		{"mine", in(24*time.Hour, Standing{Event: two, Taken: 2, Mine: true}), "mine"},
		{"mine, and it has begun", in(-time.Minute, Standing{Event: two, Taken: 1, Mine: true}), "mine"},
		{"mine, and it is over", in(-2*time.Hour, Standing{Event: two, Taken: 1, Mine: true}), "gone"},
		{"mine, cancelled", in(24*time.Hour, Standing{Event: Event{Capacity: 2, Cancelled: true}, Mine: true}), "gone"},
		{"open doors", in(24*time.Hour, Standing{}), "gone"},
		{"it begins now", in(0, Standing{Event: two}), "gone"},
		{"it has begun", in(-time.Minute, Standing{Event: two}), "gone"},
		{"cancelled", in(24*time.Hour, Standing{Event: Event{Capacity: 2, Cancelled: true}}), "gone"},

		{"not open yet", in(24*time.Hour, Standing{Event: window(time.Minute, 20*time.Hour)}), "early"},
		{"opens now", in(24*time.Hour, Standing{Event: window(0, 20*time.Hour)}), "free"},
		{"open and full", in(24*time.Hour, Standing{Event: window(0, 20*time.Hour), Taken: 2}), "full"},
		{"closes now", in(24*time.Hour, Standing{Event: window(-time.Hour, 0)}), "late"},
		{"closed, but mine", in(24*time.Hour, Standing{Event: window(-time.Hour, 0), Mine: true}), "mine"},
		{"closed, but I wait", in(24*time.Hour, Standing{Event: window(-time.Hour, 0), Taken: 2, Wait: "waiting"}), "waiting"},

		{"I wait", in(24*time.Hour, Standing{Event: two, Taken: 2, Wait: "waiting", Waiting: 3}), "waiting"},
		{"offered", in(24*time.Hour, Standing{Event: two, Taken: 2, Wait: "offered", Until: now.Add(time.Minute)}), "offered"},
		{"offered until now", in(24*time.Hour, Standing{Event: two, Taken: 2, Wait: "offered", Until: now}), "full"},
		{"offered, and cancelled", in(24*time.Hour, Standing{Event: Event{Capacity: 2, Cancelled: true}, Wait: "offered"}), "gone"},
		{"a freed seat is for who waits", in(24*time.Hour, Standing{Event: two, Taken: 1, Waiting: 1}), "full"},
		{"two freed, one waits", in(24*time.Hour, Standing{Event: two, Waiting: 1}), "free"},
		{"full without a waiting list", in(24*time.Hour, Standing{Event: Event{Capacity: 2, NoWait: true}, Taken: 2}), "gone"},
		{"too near to ask who waits", in(3*time.Hour-1, Standing{Event: two, Taken: 1, Waiting: 1}), "free"},
		{"too near, for who waits", in(3*time.Hour-1, Standing{Event: two, Taken: 1, Wait: "waiting"}), "free"},
		{"too near and full", in(3*time.Hour-1, Standing{Event: two, Taken: 2, Wait: "waiting"}), "waiting"},
	} {
		if got := c.s.Seat(now); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
