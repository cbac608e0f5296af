package store

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"doudou/bot"
)

// Accept keeps a message, once per channel and provider id. For somebody who
// has written before it is one statement.
func (s *Store) Accept(ctx context.Context, m bot.Message) (bot.ContactID, bool, error) {
	key, now := s.keys.next(), ms(s.now())
	contact := ""
	err := s.db.join(ctx, m.Provider, func(t tx) error {
		contact = ""
		t.get(one(&contact),
			`INSERT INTO inbox (contact, id, channel, provider, kind, text, data, lang, ref, at, received)
			 SELECT contact, CAST($1 AS BIGINT), channel, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS BIGINT), CAST($9 AS BIGINT)
			 FROM address WHERE channel = $10 AND lookup = $11 AND via = $12 /*FOR KEY SHARE*/
			 ON CONFLICT (channel, provider) DO NOTHING RETURNING contact`,
			key, m.Provider, string(m.Kind), m.Text, m.Data, m.Lang, m.Ref, ms(m.At), now,
			string(m.Channel), s.lookup(m.From.ID), m.From.To)
		return t.flush()
	})
	if err == nil && contact != "" {
		return bot.ContactID(contact), true, nil
	}
	fresh := int64(0)
	if err == nil {
		err = s.db.write(ctx, func(t tx) error {
			contact, fresh = "", 0
			return s.acceptSlowly(t, m, now, &contact, &fresh)
		})
	}
	if err != nil {
		return "", false, fmt.Errorf("keep a message: %w", err)
	}
	return bot.ContactID(contact), fresh == 1, nil
}

// acceptSlowly keeps a message that may be known already, from somebody who may
// be new or has written to another of our numbers.
func (s *Store) acceptSlowly(t tx, m bot.Message, now int64, contact *string, fresh *int64) error {
	t.get(one(contact), `SELECT contact FROM inbox WHERE channel = $1 AND provider = $2`, string(m.Channel), m.Provider)
	if err := t.flush(); err != nil || *contact != "" {
		return err
	}
	id := s.newID()
	t.get(one(contact),
		`INSERT INTO address (channel, lookup, sealed, via, contact) VALUES ($1, $2, $3, $4, $5)
		 ON CONFLICT (channel, lookup) DO UPDATE SET via = excluded.via RETURNING contact`,
		string(m.Channel), s.lookup(m.From.ID), s.seal(sealedAddress, m.From.ID), m.From.To, id)
	t.do(`INSERT INTO contact (id, tag, since) SELECT contact, CAST($1 AS BIGINT), CAST($2 AS BIGINT) FROM address WHERE channel = $3 AND lookup = $4
		 ON CONFLICT (id) DO NOTHING`, s.tag(), now, string(m.Channel), s.lookup(m.From.ID))
	if err := t.flush(); err != nil {
		return err
	}
	t.count(fresh, `INSERT INTO inbox (contact, id, channel, provider, kind, text, data, lang, ref, at, received)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (channel, provider) DO NOTHING`,
		*contact, s.keys.next(), string(m.Channel), m.Provider, string(m.Kind), m.Text, m.Data, m.Lang, m.Ref, ms(m.At), now)
	return t.flush()
}

// Waiting returns contacts with an unanswered message that was kept before the
// time, those who have waited longest first.
func (s *Store) Waiting(ctx context.Context, before time.Time, limit int) ([]bot.ContactID, error) {
	var list []bot.ContactID
	err := s.db.read(ctx, func(t tx) {
		t.get(func(r row) error {
			var id string
			err := r.Scan(&id)
			list = append(list, bot.ContactID(id))
			return err
		}, `SELECT contact FROM inbox WHERE done = 0 AND received < $1 GROUP BY contact ORDER BY MIN(id) LIMIT $2`, ms(before), int64(limit))
	})
	if err != nil {
		return nil, fmt.Errorf("look for unanswered messages: %w", err)
	}
	return list, nil
}

// Bury keeps an update that cannot be read. What is not text is kept in base64.
func (s *Store) Bury(ctx context.Context, ch bot.Channel, provider string, raw []byte, why bot.Reason) error {
	text := string(raw)
	if !utf8.Valid(raw) || strings.ContainsRune(text, 0) {
		text = "base64:" + base64.StdEncoding.EncodeToString(raw)
	}
	err := s.db.write(ctx, func(t tx) error {
		t.do(`INSERT INTO dead_letter (channel, provider, raw, why, at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (channel, provider) DO NOTHING`, string(ch), provider, s.seal(sealedLetter, text), string(why), ms(s.now()))
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("keep an unreadable update: %w", err)
	}
	return nil
}

// Cursor returns the place of a poller, 0 for one that never set it.
func (s *Store) Cursor(ctx context.Context, name string) (int64, error) {
	var at int64
	err := s.db.read(ctx, func(t tx) { t.get(one(&at), `SELECT at FROM place WHERE name = $1`, name) })
	if err != nil {
		return 0, fmt.Errorf("read the place of %s: %w", name, err)
	}
	return at, nil
}

// SetCursor keeps the place of a poller.
func (s *Store) SetCursor(ctx context.Context, name string, at int64) error {
	err := s.db.write(ctx, func(t tx) error {
		t.do(`INSERT INTO place (name, at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET at = excluded.at`, name, at)
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("keep the place of %s: %w", name, err)
	}
	return nil
}
