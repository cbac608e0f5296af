package store

import (
	"context"
	"errors"
	"fmt"

	"doudou/bot"
)

// Day returns the plan of a speed-dating day.
func (s *Store) Day(ctx context.Context, event string) (bot.Day, error) {
	var d bot.Day
	err := s.db.read(ctx, func(t tx) {
		d = bot.Day{}
		t.get(scanDay(&d), `SELECT event, version, schedule, published, agent, at FROM day WHERE event = $1`, event)
	})
	if err == nil && d.Version == 0 {
		err = bot.ErrGone
	}
	if err != nil {
		return bot.Day{}, fmt.Errorf("read the plan of a day: %w", err)
	}
	return d, nil
}

func scanDay(d *bot.Day) func(row) error {
	return func(from row) error {
		var version, published, at int64
		var schedule string
		err := from.Scan(&d.Event, &version, &schedule, &published, &d.Agent, &at)
		if err != nil {
			return err
		}
		d.Version, d.Published, d.At = int(version), published == 1, fromMS(at)
		return unpack(schedule, &d.Schedule)
	}
}

// SaveDay keeps the plan of a day. People who asked to be forgotten since it was
// read are in it under a name that belongs to nobody.
func (s *Store) SaveDay(ctx context.Context, d bot.Day) error {
	err := s.db.write(ctx, func(t tx) error { return s.saveDay(t, d) })
	if err != nil && !errors.Is(err, bot.ErrStale) {
		return fmt.Errorf("keep the plan of a day: %w", err)
	}
	return err
}

func (s *Store) saveDay(t tx, d bot.Day) error {
	known := map[string]bool{}
	for _, id := range peopleOf(d.Schedule) {
		t.get(func(from row) error {
			known[id] = true
			return from.Scan(new(string))
		}, `SELECT id FROM contact WHERE id = $1 /*FOR KEY SHARE*/`, id)
	}
	var version, n int64
	t.get(one(&version), `SELECT version FROM day WHERE event = $1 /*FOR UPDATE*/`, d.Event)
	if err := t.flush(); err != nil {
		return err
	}
	if int64(d.Version) != version+1 {
		return bot.ErrStale
	}
	plan := d.Schedule
	for _, id := range peopleOf(plan) {
		if !known[id] {
			plan = without(plan, id, s.newID())
		}
	}
	t.count(&n, `INSERT INTO day (event, version, schedule, published, agent, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (event) DO UPDATE SET version = excluded.version, schedule = excluded.schedule, published = excluded.published,
			agent = excluded.agent, at = excluded.at WHERE day.version = excluded.version - 1`,
		d.Event, int64(d.Version), pack(plan, false), bit(d.Published), d.Agent, ms(orNow(d.At, s.now())))
	if err := t.flush(); err != nil {
		return err
	}
	if n == 0 { // two first plans at once
		return bot.ErrStale
	}
	return nil
}
