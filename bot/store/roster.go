package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// selectSeats reads rows r of registration with what staff must know of people.
var selectSeats = `SELECT r.contact, r.event, r.state, r.at, r.until, r.number, r.code, r.room, r.came, r.gone,
	c.lang, c.audience, COALESCE(` + lastChannel(`r.contact`) + `, ''), CASE WHEN ` + saidStop(`r.contact`) + ` THEN 1 ELSE 0 END
	FROM registration r JOIN contact c ON c.id = r.contact `

// collectSeats adds the rows of selectSeats to a list.
func collectSeats(list *[]bot.Seat) func(row) error {
	return func(from row) error {
		var s bot.Seat
		var contact, state, room, channel string
		var at, until, number, came, left, stopped int64
		err := from.Scan(&contact, &s.Event, &state, &at, &until, &number, &s.Code, &room, &came, &left,
			&s.Lang, &s.Audience, &channel, &stopped)
		if err != nil {
			return err
		}
		s.Contact, s.State, s.Channel, s.Stopped = bot.ContactID(contact), bot.SeatState(state), bot.Channel(channel), stopped == 1
		s.At, s.Until, s.Came, s.Left, s.Number = fromMS(at), fromMS(until), fromMS(came), fromMS(left), int(number)
		err = unpack(room, &s.Room)
		*list = append(*list, s)
		return err
	}
}

// Roster returns who has, is offered or waits for a seat.
func (s *Store) Roster(ctx context.Context, event string) ([]bot.Seat, error) {
	var list []bot.Seat
	var said []events.Profile
	err := s.db.read(ctx, func(t tx) {
		list, said = nil, nil
		t.get(collectSeats(&list), selectSeats+`WHERE r.event = $1 AND r.state <> 'lapsed'
			ORDER BY CASE r.state WHEN 'kept' THEN 0 WHEN 'offered' THEN 1 ELSE 2 END, r.number, r.place`, event)
		t.get(s.collectProfiles(&said), selectProfiles+`WHERE contact IN (SELECT contact FROM registration WHERE event = $1)`, event)
	})
	if err != nil {
		return nil, fmt.Errorf("read who comes to an event: %w", err)
	}
	profiles := map[bot.ContactID]*events.Profile{}
	for i := range said {
		profiles[bot.ContactID(said[i].ID)] = &said[i]
	}
	for i := range list {
		list[i].Profile = profiles[list[i].Contact]
	}
	return list, nil
}

// CheckIn notes when somebody came and left.
func (s *Store) CheckIn(ctx context.Context, event string, contact bot.ContactID, came, left time.Time) error {
	err := s.db.write(ctx, func(t tx) error {
		var n int64
		t.count(&n, `UPDATE registration SET came = $1, gone = $2 WHERE event = $3 AND contact = $4 AND state = 'kept'`,
			ms(came), ms(left), event, string(contact))
		if err := t.flush(); err != nil {
			return err
		}
		if n == 0 {
			return bot.ErrGone
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("check in at an event: %w", err)
	}
	return nil
}
