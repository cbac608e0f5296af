package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// Profile returns what a contact needs or offers.
func (s *Store) Profile(ctx context.Context, contact bot.ContactID) (events.Profile, error) {
	list, err := s.profiles(ctx, `WHERE contact = $1`, string(contact))
	if err != nil {
		return events.Profile{}, fmt.Errorf("read a profile: %w", err)
	}
	if len(list) == 0 {
		return events.Profile{}, bot.ErrGone
	}
	return list[0], nil
}

// Profiles returns those of one side that may be proposed at a time.
func (s *Store) Profiles(ctx context.Context, side events.Side, at time.Time) ([]events.Profile, error) {
	list, err := s.profiles(ctx, `WHERE side = $1 AND listed = 1 AND until > $2 AND NOT `+saidStop(`profile.contact`)+` ORDER BY contact`, string(side), ms(at))
	if err != nil {
		return nil, fmt.Errorf("read the profiles: %w", err)
	}
	return list, nil
}

func (s *Store) profiles(ctx context.Context, which string, args ...any) ([]events.Profile, error) {
	var list []events.Profile
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(s.collectProfiles(&list), selectProfiles+which, args...)
	})
	return list, err
}

const selectProfiles = `SELECT contact, side, name, phone, terms, listed, cares, cares_since, since, changed, until FROM profile `

// collectProfiles adds the rows of selectProfiles to a list.
func (s *Store) collectProfiles(list *[]events.Profile) func(row) error {
	return func(from row) error {
		var r profileRow
		err := from.Scan(&r.contact, &r.side, &r.name, &r.phone, &r.terms, &r.listed, &r.cares, &r.caresSince, &r.since, &r.changed, &r.until)
		if err != nil {
			return err
		}
		p, err := s.toProfile(&r)
		*list = append(*list, p)
		return err
	}
}

// A profileRow is a profile as it is kept.
type profileRow struct {
	contact, side, name, phone, terms                string
	listed, cares, caresSince, since, changed, until int64
}

func (s *Store) toProfile(r *profileRow) (events.Profile, error) {
	p := events.Profile{
		Listed: r.listed == 1, Cares: int(r.cares),
		CaresSince: fromMS(r.caresSince), Since: fromMS(r.since), Changed: fromMS(r.changed), Until: fromMS(r.until),
	}
	var bad, err error
	p.Name, err = s.unseal(sealedProfile, r.name)
	if p.Phone, bad = s.unseal(sealedProfile, r.phone); err != nil || bad != nil {
		return p, fmt.Errorf("the name of a profile: %w", errors.Join(err, bad))
	}
	if err := unpack(r.terms, &p.Participant); err != nil {
		return p, fmt.Errorf("the terms of a profile: %w", err)
	}
	p.ID, p.Side = r.contact, events.Side(r.side)
	return p, nil
}

// keepProfile replaces what a contact needs or offers. The terms are new; since
// when it is so, and a name, a number or a count of children that are not said
// this time, stay.
func (s *Store) keepProfile(t tx, contact string, p events.Profile, at time.Time) error {
	if p.Side != events.Parent && p.Side != events.Childminder {
		return fmt.Errorf("keep a profile: %q is neither %s nor %s", p.Side, events.Parent, events.Childminder)
	}
	var caresSince time.Time
	if p.Cares >= 0 {
		caresSince = orNow(p.CaresSince, at)
	}
	p.ID = ""
	t.do(`INSERT INTO profile (contact, side, name, phone, terms, listed, cares, cares_since, since, changed, until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (contact) DO UPDATE SET side = excluded.side, terms = excluded.terms, listed = excluded.listed,
			name = CASE WHEN excluded.name = '' THEN profile.name ELSE excluded.name END,
			phone = CASE WHEN excluded.phone = '' THEN profile.phone ELSE excluded.phone END,
			cares = CASE WHEN excluded.cares < 0 THEN profile.cares ELSE excluded.cares END,
			cares_since = CASE WHEN excluded.cares < 0 OR excluded.cares = profile.cares THEN profile.cares_since ELSE excluded.cares_since END,
			changed = excluded.changed, until = excluded.until`,
		contact, string(p.Side), s.seal(sealedProfile, p.Name), s.seal(sealedProfile, p.Phone), pack(p.Participant, false), bit(p.Listed),
		int64(max(p.Cares, -1)), ms(caresSince), ms(at), ms(at), ms(p.Until))
	return nil
}

// withdraw takes a profile back. Its contact says no to all that was not
// exchanged.
func withdraw(t tx, contact string) {
	lockIntroductions(t, contact)
	for _, c := range chairs() {
		t.do(`UPDATE introduction SET `+c.own+`_says = 'no', `+c.own+`_at = '' WHERE `+c.own+` = $1 AND exchanged = 0`, contact)
	}
	t.do(`DELETE FROM profile WHERE contact = $1`, contact)
}
