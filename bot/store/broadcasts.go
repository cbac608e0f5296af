package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
)

// subscribe keeps whether a contact wants news, and of which quarter.
func subscribe(t tx, contact string, do bot.Subscribe, at time.Time) {
	if !do.On {
		t.do(`DELETE FROM subscription WHERE contact = $1`, contact)
		return
	}
	t.do(`INSERT INTO subscription (contact, quarter, at) VALUES ($1, $2, $3)
		ON CONFLICT (contact) DO UPDATE SET quarter = excluded.quarter, at = excluded.at`, contact, do.Quarter, ms(at))
}

// Recipients returns who wants news and may be written to.
func (s *Store) Recipients(ctx context.Context, audience, quarter string) ([]bot.Recipient, error) {
	var list []bot.Recipient
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(from row) error {
			var contact, channel string
			var r bot.Recipient
			err := from.Scan(&contact, &r.Lang, &channel)
			r.Contact, r.Channel = bot.ContactID(contact), bot.Channel(channel)
			list = append(list, r)
			return err
		}, `SELECT n.contact, c.lang, `+lastChannel(`n.contact`)+` FROM subscription n JOIN contact c ON c.id = n.contact
			WHERE ($1 = '' OR c.audience = $1) AND ($2 = '' OR n.quarter = '' OR n.quarter = $2)
			AND EXISTS (SELECT 1 FROM address w WHERE w.contact = n.contact) AND NOT `+saidStop(`n.contact`)+` ORDER BY n.contact`,
			audience, quarter)
	})
	if err != nil {
		return nil, fmt.Errorf("look for who wants news: %w", err)
	}
	return list, nil
}

// Launch keeps a broadcast with its prompts, once.
func (s *Store) Launch(ctx context.Context, b bot.Broadcast, prompts []bot.Prompt) error {
	err := s.db.write(ctx, func(t tx) error {
		var fresh int64
		t.count(&fresh, `INSERT INTO broadcast (id, agent, node, slots, event, audience, quarter, people, segments, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
			b.ID, b.Agent, b.Node, pack(b.Slots, len(b.Slots) == 0), b.Event, b.Audience, b.Quarter,
			int64(b.People), int64(b.Segments), ms(orNow(b.At, s.now())))
		if err := t.flush(); err != nil || fresh == 0 {
			return err
		}
		holdBatch(t, b.ID, b.State == bot.Halted)
		s.putPrompts(t, ofBatch(prompts, b.ID))
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("launch a broadcast: %w", err)
	}
	return nil
}

// ofBatch returns prompts as those of a batch.
func ofBatch(prompts []bot.Prompt, batch string) []bot.Prompt {
	list := make([]bot.Prompt, len(prompts))
	for i, p := range prompts {
		p.Batch = batch
		list[i] = p
	}
	return list
}

// Halt stops a broadcast, or lets it go on.
func (s *Store) Halt(ctx context.Context, id string, halted bool) error {
	return s.HoldBatch(ctx, id, halted)
}

// Broadcasts returns the last broadcasts.
func (s *Store) Broadcasts(ctx context.Context, limit int) ([]bot.Broadcast, error) {
	var list []bot.Broadcast
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectBroadcasts(&list), `SELECT b.id, b.agent, b.node, b.slots, b.event, b.audience, b.quarter, b.people, b.segments, b.at, COALESCE(h.held, 0)
			FROM broadcast b LEFT JOIN batch h ON h.id = b.id ORDER BY b.at DESC, b.id DESC LIMIT $1`, int64(limit))
	})
	if err != nil {
		return nil, fmt.Errorf("list the broadcasts: %w", err)
	}
	return list, nil
}

func collectBroadcasts(list *[]bot.Broadcast) func(row) error {
	return func(from row) error {
		var b bot.Broadcast
		var slots string
		var people, segments, at, held int64
		err := from.Scan(&b.ID, &b.Agent, &b.Node, &slots, &b.Event, &b.Audience, &b.Quarter, &people, &segments, &at, &held)
		if err != nil {
			return err
		}
		b.People, b.Segments, b.At, b.State = int(people), int(segments), fromMS(at), bot.Sending
		if held == 1 {
			b.State = bot.Halted
		}
		err = unpack(slots, &b.Slots)
		*list = append(*list, b)
		return err
	}
}
