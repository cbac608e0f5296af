package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
)

// A laneRow is a lane that is being claimed.
type laneRow struct {
	contact           string
	head, upto, token int64
	out               bot.Outgoing // oldest that waits; ID 0 when none does
}

// Claim leases lanes: the oldest outgoing of each contact that may leave now.
// What must be held back has been marked when it came to be so, under the
// contact's lock (see holdBack), so that it is not met here.
func (s *Store) Claim(ctx context.Context, ch bot.Channel, now time.Time, l bot.Lease, limit int) ([]bot.Outgoing, error) {
	var ready int64
	err := s.db.read(ctx, func(t tx) {
		t.get(one(&ready), `SELECT 1 FROM lane WHERE channel = $1 AND ready <= $2 LIMIT 1`, string(ch), ms(now))
	})
	var lanes []laneRow
	if err == nil && ready == 1 {
		err = s.db.write(ctx, func(t tx) error {
			lanes = nil
			return s.claim(t, &lanes, string(ch), ms(now), l, limit)
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	var out []bot.Outgoing
	for _, lane := range lanes {
		if lane.out.ID != 0 {
			lane.out.Lease = l.Token
			out = append(out, lane.out)
		}
	}
	return out, nil
}

func (s *Store) claim(t tx, lanes *[]laneRow, ch string, now int64, l bot.Lease, limit int) error {
	t.get(func(from row) error {
		var r laneRow
		err := from.Scan(&r.contact, &r.head, &r.upto, &r.token)
		*lanes = append(*lanes, r)
		return err
	}, `SELECT contact, head, upto, token FROM lane WHERE channel = $1 AND ready <= $2 ORDER BY ready LIMIT $3 /*FOR UPDATE SKIP LOCKED*/`, ch, now, int64(limit))
	if err := t.flush(); err != nil {
		return err
	}
	for i := range *lanes {
		r := &(*lanes)[i]
		t.get(func(from row) error { return s.scanOutgoing(from, &r.out) }, `SELECT `+outgoingColumns+` FROM outbox o
			WHERE o.contact = $1 AND o.id >= $2 AND o.channel = $3 AND o.state = 'queued' ORDER BY o.id LIMIT 1`, r.contact, r.head, ch)
	}
	if err := t.flush(); err != nil {
		return err
	}
	for i := range *lanes {
		lease(t, &(*lanes)[i], ch, l)
	}
	return t.flush()
}

// lease gives a lane to a sender. If the one before never said what became of
// its attempt, that attempt counts.
func lease(t tx, r *laneRow, ch string, l bot.Lease) {
	if r.out.ID == 0 {
		t.do(`DELETE FROM lane WHERE contact = $1 AND channel = $2`, r.contact, ch)
		return
	}
	if r.token != 0 && r.out.ID <= r.upto {
		r.out.Tries++
		t.do(`UPDATE outbox SET tries = tries + 1 WHERE contact = $1 AND id = $2`, r.contact, r.out.ID)
	}
	t.do(`UPDATE lane SET token = $1, ready = $2, head = $3, upto = $3 WHERE contact = $4 AND channel = $5`,
		l.Token, ms(l.Until), r.out.ID, r.contact, ch)
}

const outgoingColumns = `o.contact, o.id, o.channel, o.sealed, o.via, o.origin, o.body, o.lead, o.buttons, o.lang, o.reply, o.ref, o.tries, o.at`

// scanOutgoing reads outgoingColumns, and what was selected after them.
func (s *Store) scanOutgoing(from row, o *bot.Outgoing, more ...any) error {
	var contact, channel, sealed, origin, buttons string
	var tries, at int64
	err := from.Scan(append([]any{&contact, &o.ID, &channel, &sealed, &o.To.To, &origin, &o.Body, &o.Lead, &buttons, &o.Lang, &o.Reply, &o.Ref, &tries, &at}, more...)...)
	if err != nil {
		return err
	}
	o.Contact, o.Origin, o.Tries, o.At = bot.ContactID(contact), bot.Origin(origin), int(tries), fromMS(at)
	o.To.Channel = bot.Channel(channel)
	if o.To.ID, err = s.unseal(sealedAddress, sealed); err != nil {
		return fmt.Errorf("where outgoing %d goes: %w", o.ID, err)
	}
	return unpack(buttons, &o.Buttons)
}
