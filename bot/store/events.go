package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// Standing returns the events that end after the given time, by start.
func (s *Store) Standing(ctx context.Context, contact bot.ContactID, after time.Time) ([]events.Standing, error) {
	var list []events.Standing
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(from row) error {
			var st events.Standing
			var data string
			var taken, mine int64
			if err := from.Scan(&data, &taken, &mine); err != nil {
				return err
			}
			err := unpack(data, &st.Event)
			st.Taken, st.Mine = int(taken), mine == 1
			list = append(list, st)
			return err
		}, `SELECT e.data, e.taken, CASE WHEN r.event IS NULL THEN 0 ELSE 1 END
			FROM event e LEFT JOIN registration r ON r.event = e.id AND r.contact = $1
			WHERE e.ends > $2 ORDER BY e.starts, e.id`, string(contact), ms(after))
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
