package store

import (
	"context"
	"fmt"

	"doudou/bot"
)

// Replies returns what was answered to a message and has left, or is leased to
// leave now. Words that wait behind older ones are not returned: a family would
// read them twice, and out of order.
func (s *Store) Replies(ctx context.Context, ch bot.Channel, provider string) ([]bot.Outgoing, bool, error) {
	var out []bot.Outgoing
	var done int64
	err := s.db.read(ctx, func(t tx) {
		out = nil
		t.get(one(&done), `SELECT done FROM inbox WHERE channel = $1 AND provider = $2`, string(ch), provider)
		t.get(func(from row) error {
			var o bot.Outgoing
			err := s.scanOutgoing(from, &o, &o.Lease)
			out = append(out, o)
			return err
		}, `SELECT `+outgoingColumns+`, COALESCE(l.token, 0) FROM inbox i
			JOIN outbox o ON o.contact = i.contact AND o.channel = i.channel AND o.reply = i.provider
			LEFT JOIN lane l ON l.contact = o.contact AND l.channel = o.channel
			WHERE i.channel = $1 AND i.provider = $2 AND i.done = 1
			AND (o.state = 'sent' OR (o.state = 'queued' AND l.token <> 0 AND o.id >= l.head AND o.id <= l.upto)) ORDER BY o.id`, string(ch), provider)
	})
	switch {
	case err != nil:
		return nil, false, fmt.Errorf("read what was answered: %w", err)
	case done == 0:
		return nil, false, nil
	}
	return out, true, nil
}

// Delivered notes what the operator says of a message. What it says may come
// before the sender has written down the message's id: it is kept by that id.
func (s *Store) Delivered(ctx context.Context, ch bot.Channel, sent string, d bot.Delivery) error {
	err := s.db.write(ctx, func(t tx) error {
		var n int64
		t.count(&n, `INSERT INTO delivery (channel, sent, state, rank, final, code, stop, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (channel, sent) DO UPDATE SET state = excluded.state, rank = excluded.rank, final = excluded.final,
				code = excluded.code, stop = excluded.stop, at = excluded.at
			WHERE delivery.final = 0 AND (excluded.final = 1 OR excluded.rank > delivery.rank)`,
			string(ch), sent, d.State, int64(d.Rank), bit(d.Final), d.Code, bit(d.Stop), ms(orNow(d.At, s.now())))
		if err := t.flush(); err != nil || n == 0 || !d.Stop {
			return err
		}
		var contact string
		t.get(one(&contact), `SELECT contact FROM outbox WHERE channel = $1 AND sent = $2 AND sent <> ''`, string(ch), sent)
		if err := t.flush(); err != nil || contact == "" {
			return err
		}
		stop(t, contact, string(ch))
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("note a delivery: %w", err)
	}
	return nil
}
