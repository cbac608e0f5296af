package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// agreed is what two people may be put in touch by, $1 being now: two standing
// yes, two profiles in force with a name and a number, nobody who said STOP.
const agreed = `exchanged = 0 AND parent_says = 'yes' AND childminder_says = 'yes'
	AND EXISTS (SELECT 1 FROM profile p WHERE p.contact = parent AND p.side = 'parent' AND p.name <> '' AND p.phone <> '' AND p.until > $1)
	AND EXISTS (SELECT 1 FROM profile p WHERE p.contact = childminder AND p.side = 'childminder' AND p.name <> '' AND p.phone <> '' AND p.until > $1)
	AND NOT EXISTS (SELECT 1 FROM address a WHERE a.contact IN (parent, childminder) AND a.stopped = 1)`

// Exchange puts in touch those who both said yes, each pair in a transaction of
// its own.
func (s *Store) Exchange(ctx context.Context, now time.Time, tell func(i bot.Introduction, parent, childminder events.Profile) []bot.Prompt) error {
	var list []bot.Introduction
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectIntroductions(&list), selectIntroductions+`WHERE `+agreed+` ORDER BY id`, ms(now))
	})
	for _, i := range list {
		if err == nil {
			err = s.db.write(ctx, func(t tx) error { return s.exchange(t, i.ID, now, tell) })
		}
	}
	if err != nil {
		return fmt.Errorf("put in touch those who agreed: %w", err)
	}
	return nil
}

// exchange looks again under the lock of the introduction: one who says no,
// withdraws or is forgotten needs the same lock.
func (s *Store) exchange(t tx, id string, now time.Time, tell func(bot.Introduction, events.Profile, events.Profile) []bot.Prompt) error {
	t.lock(`SELECT id FROM introduction WHERE id = $1 FOR UPDATE`, id)
	var found []bot.Introduction
	t.get(collectIntroductions(&found), selectIntroductions+`WHERE `+agreed+` AND id = $2`, ms(now), id)
	if err := t.flush(); err != nil || len(found) == 0 {
		return err
	}
	i := found[0]
	var two []events.Profile
	for _, contact := range []bot.ContactID{i.Parent, i.Childminder} {
		t.get(s.collectProfiles(&two), selectProfiles+`WHERE contact = $1`, string(contact))
	}
	if err := t.flush(); err != nil || len(two) < 2 {
		return err
	}
	i.Exchanged = now
	t.do(`UPDATE introduction SET exchanged = $1, parent_given = $2, childminder_given = $3 WHERE id = $4`,
		ms(now), s.given(two[0]), s.given(two[1]), id)
	s.addPrompts(t, tell(i, two[0], two[1]))
	return t.flush()
}

// given is what the other side is told of a profile, as it is kept: who asks to
// be forgotten later is looked for by these words, whatever they say by then.
func (s *Store) given(p events.Profile) string {
	return s.seal(sealedGiven, pack([]string{p.Name, p.Phone}, false))
}
