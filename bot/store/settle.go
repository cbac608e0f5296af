package store

import (
	"context"
	"errors"
	"fmt"

	"doudou/bot"
)

// Settle says what became of a leased outgoing. Saying the same twice is no
// error, so that a sender may insist.
func (s *Store) Settle(ctx context.Context, o bot.Outcome) error {
	err := s.db.join(ctx, string(o.Outgoing.Contact), func(t tx) error { return s.settle(t, o) })
	if err != nil && !errors.Is(err, bot.ErrStale) {
		return fmt.Errorf("settle outgoing %d: %w", o.Outgoing.ID, err)
	}
	return err
}

func (s *Store) settle(t tx, o bot.Outcome) error {
	out := o.Outgoing
	o.At = orNow(o.At, s.now())
	contact, ch := string(out.Contact), string(out.To.Channel)
	if o.Stop {
		stop(t, contact, ch)
	}
	r := attemptRow{contact: contact, channel: ch}
	if err := r.read(t, o); err != nil {
		return err
	}
	if done, err := r.check(o); done || err != nil {
		return err
	}
	if o.State == bot.Queued {
		r.again(t, o)
	} else {
		r.finish(t, o, ms(o.At))
	}
	if r.stopped == 1 && !o.Stop { // the operator said so before we could
		stop(t, contact, ch)
	}
	if o.State == bot.Sent && o.Segments > 0 {
		s.countDay(t, bot.CountSMS, 1, o.At)
		s.countDay(t, bot.CountSegments, o.Segments, o.At)
		s.spend(t, o)
	}
	return t.flush()
}

// An attemptRow is an outgoing that was sent, or not, with its lane.
type attemptRow struct {
	contact, channel string
	state, sent      string
	erase            int64
	token, upto      int64
	next             int64 // oldest that waits beside this one
	stopped          int64 // the operator has reported STOP for this very message
}

const selectAttempt = `SELECT o.state, o.sent, o.erase, COALESCE(l.token, 0), COALESCE(l.upto, 0),
	COALESCE((SELECT n.id FROM outbox n WHERE n.contact = o.contact AND n.id >= l.head AND n.channel = o.channel AND n.state = 'queued' AND n.id <> o.id ORDER BY n.id LIMIT 1), 0),
	COALESCE((SELECT d.stop FROM delivery d WHERE d.channel = o.channel AND d.sent = $3), 0)
	FROM outbox o LEFT JOIN lane l ON l.contact = o.contact AND l.channel = o.channel
	WHERE o.contact = $1 AND o.id = $2`

// read locks the lane and reads the outgoing. One that is not there was erased.
func (r *attemptRow) read(t tx, o bot.Outcome) error {
	t.lock(`SELECT contact FROM lane WHERE contact = $1 AND channel = $2 FOR UPDATE`, r.contact, r.channel)
	t.get(one(&r.state, &r.sent, &r.erase, &r.token, &r.upto, &r.next, &r.stopped),
		selectAttempt, r.contact, o.Outgoing.ID, o.Sent)
	return t.flush()
}

// check tells whether the sender may still say something, or has said it.
func (r *attemptRow) check(o bot.Outcome) (done bool, err error) {
	switch state := bot.OutState(r.state); {
	case r.state == "":
		return false, bot.ErrStale
	case state == bot.Sent || state == bot.Dead:
		if state == o.State && r.sent == o.Sent {
			return true, nil
		}
		return false, bot.ErrStale
	case state == bot.Held: // held back while it was on its way: what happened, happened
		return false, nil
	case r.token != 0 && r.token != o.Outgoing.Lease:
		return false, bot.ErrStale
	case o.State == bot.Queued && r.next != 0 && r.next < o.Outgoing.ID:
		return true, nil // it waits behind an older one as it is
	}
	return false, nil
}

// again puts the lane off. One that was held back meanwhile is not tried again.
func (r *attemptRow) again(t tx, o bot.Outcome) {
	if bot.OutState(r.state) == bot.Held {
		r.moveOn(t, o, ms(o.At))
		return
	}
	t.do(`UPDATE lane SET token = 0, upto = 0, head = $1, ready = $2 WHERE contact = $3 AND channel = $4`,
		o.Outgoing.ID, ms(o.Retry), r.contact, r.channel)
	t.do(`UPDATE outbox SET tries = tries + 1 WHERE contact = $1 AND id = $2`, r.contact, o.Outgoing.ID)
}

// finish marks an outgoing that will not be tried again.
func (r *attemptRow) finish(t tx, o bot.Outcome, at int64) {
	r.moveOn(t, o, at)
	if r.erase == 1 {
		t.do(`DELETE FROM outbox WHERE contact = $1 AND id = $2`, r.contact, o.Outgoing.ID)
		return
	}
	t.do(`UPDATE outbox SET state = $1, sent = $2, why = $3 WHERE contact = $4 AND id = $5`,
		string(o.State), o.Sent, string(o.Why), r.contact, o.Outgoing.ID)
}

// moveOn lets the next of the lane come up: under the same lease if that covers
// it, else for whoever claims it.
func (r *attemptRow) moveOn(t tx, o bot.Outcome, at int64) {
	switch {
	case r.token != 0 && r.token != o.Outgoing.Lease: // the lane of another sender now
	case r.next == 0:
		t.do(`DELETE FROM lane WHERE contact = $1 AND channel = $2`, r.contact, r.channel)
	case r.token != 0 && r.next > r.upto:
		t.do(`UPDATE lane SET token = 0, upto = 0, head = $1, ready = $2 WHERE contact = $3 AND channel = $4`,
			r.next, at, r.contact, r.channel)
	}
}

// stop keeps that the contact wants nothing more on a channel.
func stop(t tx, contact, ch string) {
	t.lock(`SELECT id FROM contact WHERE id = $1 FOR UPDATE`, contact)
	t.do(`UPDATE address SET stopped = 1 WHERE contact = $1 AND channel = $2`, contact, ch)
	holdBack(t, contact, unwanted)
}
