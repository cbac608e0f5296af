package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// inLine is the condition that a row r of registration waits for a seat and may
// be told of one.
const inLine = `r.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM address s WHERE s.contact = r.contact AND s.stopped = 1)`

// selectStandings reads events as the contact $1 sees them, with how many people
// are in line before them: all, for somebody who does not wait.
const selectStandings = `SELECT e.data, e.taken, COALESCE(m.state, ''), COALESCE(m.until, 0),
	(SELECT COUNT(*) FROM registration r WHERE r.event = e.id AND (COALESCE(m.state, '') <> 'waiting' OR r.place < m.place) AND ` + inLine + `)
	FROM event e LEFT JOIN registration m ON m.event = e.id AND m.contact = $1 `

// collectStandings adds the rows of selectStandings to a list.
func collectStandings(list *[]events.Standing) func(row) error {
	return func(from row) error {
		var st events.Standing
		var data, state string
		var taken, until, waiting int64
		if err := from.Scan(&data, &taken, &state, &until, &waiting); err != nil {
			return err
		}
		err := unpack(data, &st.Event)
		st.Taken, st.Waiting = int(taken), int(waiting)
		switch bot.SeatState(state) {
		case bot.Kept:
			st.Mine = true
		case bot.Queueing:
			st.Wait = "waiting"
		case bot.Offered:
			st.Wait, st.Until = "offered", fromMS(until)
		}
		*list = append(*list, st)
		return err
	}
}

// Standing returns the events that end after the given time, by start.
func (s *Store) Standing(ctx context.Context, contact bot.ContactID, after time.Time) ([]events.Standing, error) {
	return s.standings(ctx, `WHERE e.ends > $2 ORDER BY e.starts, e.id`, string(contact), ms(after))
}

// Events returns the events of a period.
func (s *Store) Events(ctx context.Context, from, to time.Time) ([]events.Standing, error) {
	return s.standings(ctx, `WHERE e.ends > $2 AND e.starts < $3 ORDER BY e.starts, e.id`, "", ms(from), ms(to))
}

// Event returns one event.
func (s *Store) Event(ctx context.Context, id string) (events.Standing, error) {
	list, err := s.standings(ctx, `WHERE e.id = $2`, "", id)
	if err == nil && len(list) == 0 {
		err = bot.ErrGone
	}
	if err != nil {
		return events.Standing{}, err
	}
	return list[0], nil
}

func (s *Store) standings(ctx context.Context, which string, args ...any) ([]events.Standing, error) {
	var list []events.Standing
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectStandings(&list), selectStandings+which, args...)
	})
	if err != nil {
		return nil, fmt.Errorf("read the calendar: %w", err)
	}
	return list, nil
}

// SaveEvents adds or changes events. Those who have a seat keep it, even if the
// new capacity is below: then no seat is free until enough are given back.
func (s *Store) SaveEvents(ctx context.Context, list []events.Event) error {
	err := s.db.write(ctx, func(t tx) error {
		for _, e := range list {
			t.do(`INSERT INTO event (id, starts, ends, data, capacity, ceiling) VALUES ($1, $2, $3, $4, $5, $5)
				ON CONFLICT (id) DO UPDATE SET starts = excluded.starts, ends = excluded.ends, data = excluded.data, capacity = excluded.capacity,
					ceiling = CASE WHEN excluded.capacity > event.taken THEN excluded.capacity ELSE event.taken END`,
				e.ID, ms(e.Start), ms(e.End), pack(e, false), int64(e.Capacity))
		}
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("save the calendar: %w", err)
	}
	return nil
}
