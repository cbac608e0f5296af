package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
)

// shards is how many rows one count of a day is spread over.
const shards = 8

// countDay adds to a counter of the day. It comes last in its transaction: who
// waits for the row holds all other locks by then, and nobody waits in a ring.
func (s *Store) countDay(t tx, c bot.Counter, n int, at time.Time) {
	addCount(t, at.In(s.zone).Format(time.DateOnly), c, n)
}

// countMonth adds one to a counter of the month; it comes last too.
func (s *Store) countMonth(t tx, c bot.Counter, at time.Time) {
	addCount(t, at.In(s.zone).Format("2006-01-01"), c, 1)
}

func addCount(t tx, day string, c bot.Counter, n int) {
	t.do(`INSERT INTO counter (day, name, shard, n) VALUES ($1, $2, $3, $4)
		ON CONFLICT (day, name, shard) DO UPDATE SET n = counter.n + excluded.n`, day, string(c), int64(randomBelow(shards)), int64(n))
}

// countTurn counts what a turn counts; wrote tells that the contact had not said
// STOP before it.
func (s *Store) countTurn(t tx, turn bot.Turn, wrote bool) {
	if turn.Stopped != nil && *turn.Stopped && wrote {
		s.countMonth(t, bot.CountStopped, turn.At)
	}
	for _, change := range turn.Changes {
		if c, ok := change.(bot.Counted); ok {
			s.countMonth(t, c.Counter, turn.At)
		}
	}
}

// Counters returns what was counted in a period.
func (s *Store) Counters(ctx context.Context, from, to time.Time) (map[bot.Counter]int, error) {
	counts := map[bot.Counter]int{}
	err := s.db.read(ctx, func(t tx) {
		clear(counts)
		t.get(func(r row) error {
			var name string
			var n int64
			err := r.Scan(&name, &n)
			counts[bot.Counter(name)] += int(n)
			return err
		}, `SELECT name, n FROM counter WHERE day >= $1 AND day < $2`, from.In(s.zone).Format(time.DateOnly), to.In(s.zone).Format(time.DateOnly))
	})
	if err != nil {
		return nil, fmt.Errorf("read what was counted: %w", err)
	}
	return counts, nil
}
