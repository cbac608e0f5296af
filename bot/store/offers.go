package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// OfferSeats takes offers back whose time is over, and offers free places to
// those in line, each event in a transaction of its own.
func (s *Store) OfferSeats(ctx context.Context, now time.Time, tell func(events.Event, bot.Seat) []bot.Prompt) error {
	var list []string
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectTexts(&list), `SELECT e.id FROM event e WHERE e.starts > $1 AND (
			EXISTS (SELECT 1 FROM registration r WHERE r.event = e.id AND r.state = 'offered' AND r.until <= $1)
			OR (e.taken < e.capacity AND EXISTS (SELECT 1 FROM registration r WHERE r.event = e.id AND `+inLine+`))) ORDER BY e.id`, ms(now))
	})
	for _, id := range list {
		if err == nil {
			err = s.db.write(ctx, func(t tx) error { return s.offerSeats(t, id, now, tell) })
		}
	}
	if err != nil {
		return fmt.Errorf("offer the seats that are free: %w", err)
	}
	return nil
}

func (s *Store) offerSeats(t tx, event string, now time.Time, tell func(events.Event, bot.Seat) []bot.Prompt) error {
	lockEvent(t, event)
	st, found, err := standing(t, "", event)
	if err != nil || !found || st.Cancelled {
		return err
	}
	told, err := lapse(t, event, now)
	if err != nil {
		return err
	}
	offered, err := s.offer(t, st.Event, st.Capacity-st.Taken+len(told), now)
	if err != nil {
		return err
	}
	for _, seat := range append(told, offered...) {
		s.addPrompts(t, tell(st.Event, seat))
	}
	return t.flush()
}

// lapse takes back the offers of an event whose time is over.
func lapse(t tx, event string, now time.Time) ([]bot.Seat, error) {
	var list []bot.Seat
	t.get(collectSeats(&list), selectSeats+`WHERE r.event = $1 AND r.state = 'offered' AND r.until <= $2 ORDER BY r.place`, event, ms(now))
	if err := t.flush(); err != nil || len(list) == 0 {
		return nil, err
	}
	for i := range list {
		list[i].State = bot.Lapsed
		t.do(`UPDATE registration SET state = 'lapsed' WHERE event = $1 AND contact = $2`, event, string(list[i].Contact))
	}
	t.do(`UPDATE event SET taken = taken - $1 WHERE id = $2`, int64(len(list)), event)
	return list, nil
}

// offer offers free places to the first in line, as long as there is time to ask
// them. Who said STOP cannot be told, and is passed over.
func (s *Store) offer(t tx, e events.Event, free int, now time.Time) ([]bot.Seat, error) {
	_, until := events.OfferUntil(now, e.Start, s.zone)
	if free <= 0 || until.IsZero() {
		return nil, nil
	}
	var list []bot.Seat
	t.get(collectSeats(&list), selectSeats+`WHERE r.event = $1 AND `+inLine+` ORDER BY r.place LIMIT $2`, e.ID, int64(free))
	if err := t.flush(); err != nil || len(list) == 0 {
		return nil, err
	}
	for i := range list {
		list[i].State, list[i].Until = bot.Offered, fromMS(ms(until))
		t.do(`UPDATE registration SET state = 'offered', until = $1 WHERE event = $2 AND contact = $3`, ms(until), e.ID, string(list[i].Contact))
	}
	t.do(`UPDATE event SET taken = taken + $1 WHERE id = $2`, int64(len(list)), e.ID)
	return list, nil
}
