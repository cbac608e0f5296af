package store

import (
	"context"
	"fmt"
	"time"
)

// A Health says what answers. Without SQL nothing works; without Sessions turns
// go on, from SQL.
type Health struct {
	SQL      error
	Sessions error
}

// Health asks the database and the live copy of sessions.
func (s *Store) Health(ctx context.Context) Health {
	return Health{SQL: s.db.health(ctx), Sessions: s.sessions.Health(ctx)}
}

// Counts are the figures of a store: how much there is of what, now.
type Counts struct {
	Contacts int64     // people known
	Stopped  int64     // addresses that said STOP
	Unread   int64     // messages not answered yet
	Oldest   time.Time // when the oldest of these was kept; zero when there is none
	Queued   int64     // outgoings that wait
	Held     int64     // outgoings held back
	Dead     int64     // outgoings that will never leave
	Open     int64     // cases that nobody has taken
	Taken    int64     // cases in somebody's hands
	Letters  int64     // updates that could not be read
}

// Counts returns the figures of the store.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	var oldest int64
	err := s.db.read(ctx, func(t tx) {
		t.get(one(&c.Contacts, &c.Stopped, &c.Letters), `SELECT (SELECT COUNT(*) FROM contact), (SELECT COUNT(*) FROM address WHERE stopped = 1 AND sealed <> ''), (SELECT COUNT(*) FROM dead_letter)`)
		t.get(one(&c.Unread, &oldest), `SELECT COUNT(*), COALESCE(MIN(received), 0) FROM inbox WHERE done = 0`)
		t.get(tally(map[string]*int64{"queued": &c.Queued, "held": &c.Held, "dead": &c.Dead}), `SELECT state, COUNT(*) FROM outbox GROUP BY state`)
		t.get(tally(map[string]*int64{"open": &c.Open, "taken": &c.Taken, "waiting": &c.Taken}), `SELECT state, COUNT(*) FROM cases WHERE state <> 'closed' GROUP BY state`)
	})
	if err != nil {
		return Counts{}, fmt.Errorf("count: %w", err)
	}
	c.Oldest = fromMS(oldest)
	return c, nil
}

// tally adds counted states to the figures that they belong to.
func tally(to map[string]*int64) func(row) error {
	return func(from row) error {
		var state string
		var n int64
		err := from.Scan(&state, &n)
		if p := to[state]; p != nil {
			*p += n
		}
		return err
	}
}
