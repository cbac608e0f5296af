package store

import (
	"slices"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// seats gives seats back and takes new ones.
func (s *Store) seats(t tx, contact string, turn bot.Turn) error {
	lockEvents(t, turn)
	for _, event := range turn.Cancel {
		if err := giveBack(t, contact, event); err != nil {
			return err
		}
	}
	for _, event := range turn.Register {
		if err := s.register(t, contact, event, turn.At); err != nil {
			return err
		}
	}
	return nil
}

// lockEvents locks all events that a turn touches before it changes any, in the
// order of their ids, so that two turns never wait for each other.
func lockEvents(t tx, turn bot.Turn) {
	ids := slices.Concat(turn.Cancel, turn.Register)
	for _, change := range turn.Changes {
		switch do := change.(type) {
		case bot.JoinQueue:
			ids = append(ids, do.Event)
		case bot.StayFor:
			ids = append(ids, do.Event)
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		lockEvent(t, id)
	}
}

func lockEvent(t tx, id string) { t.lock(`SELECT id FROM event WHERE id = $1 FOR UPDATE`, id) }

// giveBack gives up a seat, an offer or a place in the waiting list.
func giveBack(t tx, contact, event string) error {
	var had string
	t.get(one(&had), `DELETE FROM registration WHERE contact = $1 AND event = $2 RETURNING state`, contact, event)
	if err := t.flush(); err != nil {
		return err
	}
	if state := bot.SeatState(had); state == bot.Kept || state == bot.Offered {
		t.do(`UPDATE event SET taken = taken - 1 WHERE id = $1`, event)
	}
	return nil
}

// register takes a seat, or accepts the one that is offered; somebody who has
// one keeps it. What it asks is what the contact is shown, so that a turn that is
// played again after ErrFull reads why.
func (s *Store) register(t tx, contact, event string, at time.Time) error {
	st, found, err := standing(t, contact, event)
	if err != nil {
		return err
	}
	if !found {
		return bot.ErrFull
	}
	switch st.Seat(at) {
	case "mine":
		return nil
	case "offered":
	case "free":
		t.do(`UPDATE event SET taken = taken + 1 WHERE id = $1`, event)
	default:
		return bot.ErrFull
	}
	return s.keepSeat(t, contact, event, at)
}

// standing reads how a contact stands at an event whose row is locked.
func standing(t tx, contact, event string) (st events.Standing, found bool, err error) {
	var list []events.Standing
	t.get(collectStandings(&list), selectStandings+`WHERE e.id = $2`, contact, event)
	if err := t.flush(); err != nil || len(list) == 0 {
		return st, false, err
	}
	return list[0], true, nil
}

// keepSeat gives a seat that is counted its number and its code.
func (s *Store) keepSeat(t tx, contact, event string, at time.Time) error {
	var number int64
	t.get(one(&number), `UPDATE event SET numbers = numbers + 1 WHERE id = $1 RETURNING numbers`, event)
	code, err := s.freeCode(t, event)
	if err != nil {
		return err
	}
	t.do(`INSERT INTO registration (contact, event, at, state, number, code) VALUES ($1, $2, $3, 'kept', $4, $5)
		ON CONFLICT (contact, event) DO UPDATE SET at = excluded.at, state = excluded.state, number = excluded.number,
			code = excluded.code, place = 0, until = 0`,
		contact, event, ms(at), number, code)
	return t.flush()
}

// joinQueue puts a contact at the end of the waiting list. There is none at a
// date that has begun or where nobody waits: then nothing changes, as the turn
// played again would say the same.
func joinQueue(t tx, contact, event string, at time.Time) error {
	st, found, err := standing(t, contact, event)
	if err != nil || !found || st.Mine || st.Wait != "" || st.NoWait || st.Capacity == 0 || !st.Start.After(at) {
		return err
	}
	var place int64
	t.get(one(&place), `UPDATE event SET places = places + 1 WHERE id = $1 RETURNING places`, event)
	if err := t.flush(); err != nil {
		return err
	}
	t.do(`INSERT INTO registration (contact, event, at, state, place) VALUES ($1, $2, $3, 'waiting', $4)
		ON CONFLICT (contact, event) DO UPDATE SET at = excluded.at, state = excluded.state, place = excluded.place, until = 0`,
		contact, event, ms(at), place)
	return t.flush()
}

// stayFor keeps when somebody who has a seat or waits will be in the room.
func stayFor(t tx, contact string, do bot.StayFor) {
	t.do(`UPDATE registration SET room = $1 WHERE contact = $2 AND event = $3`,
		pack(do.Room, do.Room == events.Span{}), contact, do.Event)
}
