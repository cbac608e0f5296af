package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
	"doudou/dialogs"
)

// Heard calls each with every line of a period. What a family wrote is not read.
func (s *Store) Heard(ctx context.Context, from, to time.Time, each func(bot.Heard)) error {
	err := s.db.read(ctx, func(t tx) {
		t.get(func(r row) error {
			h, err := scanHeard(r)
			if err == nil {
				each(h)
			}
			return err
		}, `SELECT l.contact, COALESCE(c.audience, ''), COALESCE((SELECT MIN(a.channel) FROM address a WHERE a.contact = l.contact), ''),
			l.at, l.speaker, l.lang, l.intent, CASE WHEN l.speaker = 'robot' THEN l.says ELSE '' END, l.casefile
			FROM line l LEFT JOIN contact c ON c.id = l.contact
			WHERE l.at >= $1 AND l.at < $2 ORDER BY l.contact, l.seq`, ms(from), ms(to))
	})
	if err != nil {
		return fmt.Errorf("read the lines of a period: %w", err)
	}
	return nil
}

func scanHeard(r row) (bot.Heard, error) {
	var h bot.Heard
	var at int64
	var contact, channel, speaker, says, kase string
	if err := r.Scan(&contact, &h.Audience, &channel, &at, &speaker, &h.Lang, &h.Intent, &says, &kase); err != nil {
		return h, err
	}
	h.Contact, h.Channel, h.At = bot.ContactID(contact), bot.Channel(channel), fromMS(at)
	h.Speaker, h.Case = bot.Speaker(speaker), bot.CaseID(kase)
	var texts []dialogs.Text
	err := unpack(says, &texts)
	for _, t := range texts {
		h.Keys = append(h.Keys, t.Key)
	}
	return h, err
}

// Opened returns the cases opened in a period.
func (s *Store) Opened(ctx context.Context, from, to time.Time) ([]bot.Case, error) {
	var list []bot.Case
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectCases(&list), selectCases+`WHERE k.opened >= $1 AND k.opened < $2 ORDER BY k.opened, k.id`, ms(from), ms(to))
	})
	if err != nil {
		return nil, fmt.Errorf("list the cases of a period: %w", err)
	}
	return list, nil
}

// Left calls each with every message that left on a channel in a period.
func (s *Store) Left(ctx context.Context, ch bot.Channel, from, to time.Time, each func(body string)) error {
	err := s.db.read(ctx, func(t tx) {
		t.get(func(r row) error {
			var lead, body string
			if err := r.Scan(&lead, &body); err != nil {
				return err
			}
			each(lead + body)
			return nil
		}, `SELECT lead, body FROM outbox WHERE channel = $1 AND state = 'sent' AND at >= $2 AND at < $3`, string(ch), ms(from), ms(to))
	})
	if err != nil {
		return fmt.Errorf("read what left in a period: %w", err)
	}
	return nil
}
