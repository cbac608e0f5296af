package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"doudou/bot"
	"doudou/knowledge/events"
)

// Day returns the plan of a speed-dating day.
func (s *Store) Day(ctx context.Context, event string) (bot.Day, error) {
	var list []bot.Day
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectDays(&list), selectDays+`WHERE event = $1`, event)
	})
	switch {
	case err != nil:
		return bot.Day{}, fmt.Errorf("read the plan of a day: %w", err)
	case len(list) == 0:
		return bot.Day{}, bot.ErrGone
	}
	return list[0], nil
}

const selectDays = `SELECT event, version, schedule, published, told, agent, at FROM day `

// collectDays adds the rows of selectDays to a list.
func collectDays(list *[]bot.Day) func(row) error {
	return func(from row) error {
		var d bot.Day
		var version, published, at int64
		var schedule, told string
		err := from.Scan(&d.Event, &version, &schedule, &published, &told, &d.Agent, &at)
		if err != nil {
			return err
		}
		d.Version, d.Published, d.At = int(version), published == 1, fromMS(at)
		err = errors.Join(unpack(schedule, &d.Schedule), unpack(told, &d.Told))
		*list = append(*list, d)
		return err
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
	plan, err := s.known(t, d.Schedule)
	if err != nil {
		return err
	}
	before := []bot.Day{}
	t.get(collectDays(&before), selectDays+`WHERE event = $1 /*FOR UPDATE*/`, d.Event)
	if err := t.flush(); err != nil {
		return err
	}
	before = append(before, bot.Day{})
	if d.Version != before[0].Version+1 {
		return bot.ErrStale
	}
	d.Schedule, d.At = plan, orNow(d.At, s.now())
	return putDay(t, d.After(before[0]))
}

// known returns a plan without those who are not known any more. The others are
// locked: nobody is forgotten until the plan is kept.
func (s *Store) known(t tx, plan events.Schedule) (events.Schedule, error) {
	people := peopleOf(plan)
	var here []string
	for _, id := range people {
		t.get(collectTexts(&here), `SELECT id FROM contact WHERE id = $1 /*FOR KEY SHARE*/`, id)
	}
	if err := t.flush(); err != nil {
		return plan, err
	}
	for _, id := range people {
		if !slices.Contains(here, id) {
			plan = without(plan, id, s.newID())
		}
	}
	return plan, nil
}

// putDay writes a plan over the one before it, or the first, unless somebody has
// written another meanwhile.
func putDay(t tx, d bot.Day) error {
	var n int64
	t.count(&n, `INSERT INTO day (event, version, schedule, published, told, agent, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (event) DO UPDATE SET version = excluded.version, schedule = excluded.schedule, published = excluded.published,
			told = excluded.told, agent = excluded.agent, at = excluded.at WHERE day.version = excluded.version - 1`,
		d.Event, int64(d.Version), pack(d.Schedule, false), bit(d.Published), pack(d.Told, len(d.Told) == 0), d.Agent, ms(d.At))
	if err := t.flush(); err != nil {
		return err
	}
	if n == 0 {
		return bot.ErrStale
	}
	return nil
}
