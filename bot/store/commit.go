package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"doudou/bot"
)

// Commit applies a turn: all of it, or none. Only when it is durable is the live
// copy of the session replaced.
func (s *Store) Commit(ctx context.Context, turn bot.Turn) ([]bot.Outgoing, error) {
	if turn.At.IsZero() {
		turn.At = s.now()
	}
	var then afterwards
	err := s.writeTurn(ctx, turn, func(t tx) error {
		then = afterwards{leased: func() []bot.Outgoing { return nil }}
		return s.commit(t, turn, &then)
	})
	switch {
	case errors.Is(err, bot.ErrStale), errors.Is(err, bot.ErrFull), errors.Is(err, bot.ErrGone):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("commit a turn: %w", err)
	case turn.Failed:
		return nil, nil
	case turn.Forget:
		then.drop = append(then.drop, turn.Contact)
	default:
		s.sessions.Put(ctx, turn.Contact, turn.To, turn.Session)
	}
	for _, contact := range then.drop {
		s.sessions.Drop(ctx, contact)
	}
	return then.leased(), nil
}

// writeTurn runs the transaction of a turn; one that changes nothing but what is
// the contact's own may share it with others.
func (s *Store) writeTurn(ctx context.Context, turn bot.Turn, fn func(tx) error) error {
	if turn.Forget || turn.Unclear != nil || len(turn.Register)+len(turn.Cancel)+len(turn.Changes) > 0 {
		return s.db.write(ctx, fn)
	}
	return s.db.join(ctx, string(turn.Contact), fn)
}

// An afterwards is what is left to do once a turn is durable.
type afterwards struct {
	leased func() []bot.Outgoing
	drop   []bot.ContactID // whose live copies hold what must go
}

func (s *Store) commit(t tx, turn bot.Turn, then *afterwards) error {
	c := contactRow{id: string(turn.Contact)}
	if err := c.read(t, turn.Inbox); err != nil {
		return err
	}
	if !c.found || c.stamp != turn.From || (turn.Inbox != 0 && c.done != 0) {
		return bot.ErrStale
	}
	if turn.Failed {
		t.do(`UPDATE inbox SET tries = tries + 1 WHERE contact = $1 AND id = $2`, c.id, turn.Inbox)
		return t.flush()
	}
	s.keys.after(c.last)
	c.answered(t, turn.Inbox)
	if turn.Forget {
		return s.forget(t, &c, turn, then)
	}
	if err := s.seats(t, c.id, turn); err != nil {
		return err
	}
	if err := s.apply(t, c.id, turn); err != nil {
		return err
	}
	s.consents(t, &c, turn)
	if err := c.change(turn); err != nil {
		return err
	}
	wrote := !c.stopped()
	if turn.Stopped != nil {
		c.setStopped(t, *turn.Stopped)
	}
	if turn.Open != nil {
		if err := s.openCase(t, &c, turn); err != nil {
			return err
		}
	}
	s.speak(t, &c, turn)
	if err := s.agree(t, &c, turn); err != nil {
		return err
	}
	s.keepUnclear(t, turn)
	then.leased = s.enqueue(t, &c, turn.Out, turn.At, turn.Lease, false)
	c.save(t)
	s.countTurn(t, turn, wrote)
	return t.flush()
}

// A contactRow is a contact under lock: what a turn or an act may change of it.
type contactRow struct {
	id             string
	found          bool
	stamp          bot.Stamp
	session        string
	setSession     bool
	lang, audience string
	notes          string
	last, lines    int64
	done           int64 // of the message that is answered; 1 when it is not there
	addresses      []addressRow
	kase           caseRow
}

type addressRow struct {
	channel, sealed, via string
	stopped              int64
}

const selectContact = `SELECT c.version, c.tag, c.lang, c.audience, c.notes, c.last, c.lines, COALESCE(i.done, 1),
	COALESCE(a.channel, ''), COALESCE(a.sealed, ''), COALESCE(a.via, ''), COALESCE(a.stopped, 0),
	COALESCE(k.id, ''), COALESCE(k.state, ''), COALESCE(k.urgent, 0), COALESCE(k.topic, ''), COALESCE(k.brief, ''),
	COALESCE(k.agent, ''), COALESCE(k.channel, '')
	FROM contact c
	LEFT JOIN inbox i ON i.contact = c.id AND i.id = $2
	LEFT JOIN address a ON a.contact = c.id
	LEFT JOIN cases k ON k.contact = c.id AND k.state <> 'closed'
	WHERE c.id = $1`

// read locks the contact and reads it with its addresses and its open case. The
// lock comes in a statement of its own, so that the reading sees what the one
// before us has committed.
func (c *contactRow) read(t tx, inbox int64) error {
	t.lock(`SELECT id FROM contact WHERE id = $1 FOR UPDATE`, c.id)
	t.get(func(from row) error {
		c.found = true
		var a addressRow
		k := &c.kase
		err := from.Scan(&c.stamp.Version, &c.stamp.Tag, &c.lang, &c.audience, &c.notes, &c.last, &c.lines, &c.done,
			&a.channel, &a.sealed, &a.via, &a.stopped, &k.id, &k.state, &k.urgent, &k.topic, &k.brief, &k.agent, &k.channel)
		if a.channel != "" {
			c.addresses = append(c.addresses, a)
		}
		return err
	}, selectContact, c.id, inbox)
	return t.flush()
}

// answered marks the message done. Its words go: what staff may read of them is
// in the thread.
func (c *contactRow) answered(t tx, inbox int64) {
	if inbox != 0 {
		t.do(`UPDATE inbox SET done = 1, text = '', data = '', ref = '' WHERE contact = $1 AND id = $2`, c.id, inbox)
	}
}

// change takes over what the turn says of the contact itself.
func (c *contactRow) change(turn bot.Turn) error {
	c.stamp, c.session, c.setSession = turn.To, string(turn.Session), true
	c.lang, c.audience = cmp.Or(turn.Lang, c.lang), cmp.Or(turn.Audience, c.audience)
	return c.note(turn.Notes)
}

// note adds to the notes.
func (c *contactRow) note(more map[string]string) error {
	if len(more) == 0 {
		return nil
	}
	notes := map[string]string{}
	if err := unpack(c.notes, &notes); err != nil {
		return fmt.Errorf("the notes of a contact: %w", err)
	}
	maps.Copy(notes, more)
	c.notes = pack(notes, false)
	return nil
}

// save writes the contact's row; the session only if the turn made one.
func (c *contactRow) save(t tx) {
	if !c.setSession {
		t.do(`UPDATE contact SET version = $1, tag = $2, notes = $3, last = $4, lines = $5 WHERE id = $6`,
			c.stamp.Version, c.stamp.Tag, c.notes, c.last, c.lines, c.id)
		return
	}
	t.do(`UPDATE contact SET version = $1, tag = $2, session = $3, lang = $4, audience = $5, notes = $6, last = $7, lines = $8 WHERE id = $9`,
		c.stamp.Version, c.stamp.Tag, c.session, c.lang, c.audience, c.notes, c.last, c.lines, c.id)
}

// key gives the next key of the contact.
func (s *Store) key(c *contactRow) int64 {
	c.last = s.keys.next()
	return c.last
}

// speak adds the lines of a turn to the thread.
func (s *Store) speak(t tx, c *contactRow, turn bot.Turn) {
	heard, lines := false, make([]bot.Line, 0, len(turn.Lines))
	for _, l := range turn.Lines {
		if l.At.IsZero() {
			l.At = turn.At
		}
		if l.Case == "" {
			l.Case = bot.CaseID(c.kase.id)
		}
		if turn.Mask && l.Speaker == bot.Family {
			l.Text, l.Masked = "", true
		}
		heard = heard || l.Speaker == bot.Family
		lines = append(lines, l)
	}
	s.addLines(t, c, lines)
	if heard {
		s.hears(t, c.kase.id, turn.At)
	} else if len(lines) > 0 {
		s.moves(t, c.kase.id)
	}
	s.index(t, c.kase.id, bot.InBrief, slices.Collect(maps.Values(turn.Notes))...)
}

// setStopped keeps the consent of the contact; what waits for somebody who said
// STOP is held back.
func (c *contactRow) setStopped(t tx, stopped bool) {
	for i := range c.addresses {
		c.addresses[i].stopped = bit(stopped)
	}
	t.do(`UPDATE address SET stopped = $1 WHERE contact = $2`, bit(stopped), c.id)
	if stopped {
		holdBack(t, c.id, unwanted)
	}
}

// stopped tells whether the contact said STOP on every channel.
func (c *contactRow) stopped() bool {
	return !slices.ContainsFunc(c.addresses, func(a addressRow) bool { return a.stopped == 0 })
}

// held tells whether an outgoing must not leave as things are.
func (c *contactRow) held(o bot.Outgoing) bool {
	if o.Origin == bot.FromSafety {
		return false
	}
	for _, a := range c.addresses {
		if a.channel == string(o.To.Channel) && a.stopped == 1 {
			return true
		}
	}
	k := bot.Case{State: bot.CaseState(c.kase.state)}
	return o.Origin == bot.FromRobot && k.Held()
}

// address fills in where an outgoing goes, if its author left that to the store.
func (s *Store) address(t tx, c *contactRow, to bot.Address) bot.Address {
	if to.ID != "" {
		return to
	}
	for _, a := range c.addresses {
		if to.Channel == "" || to.Channel == bot.Channel(a.channel) {
			id, err := s.unseal(sealedAddress, a.sealed)
			t.fail(err)
			return bot.Address{Channel: bot.Channel(a.channel), ID: id, To: a.via}
		}
	}
	return to
}

// stampAfter is the stamp of an act.
func (c *contactRow) stampAfter(tag int64) bot.Stamp {
	return bot.Stamp{Version: c.stamp.Version + 1, Tag: tag}
}

func orNow(t, now time.Time) time.Time {
	if t.IsZero() {
		return now
	}
	return t
}
