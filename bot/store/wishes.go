package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
)

const selectWishes = `SELECT agent, lang, mail, telegram, quiet, chat FROM wish `

// Wishes returns what agents have chosen.
func (s *Store) Wishes(ctx context.Context) ([]bot.Wish, error) {
	list, err := s.wishes(ctx, `ORDER BY agent`)
	if err != nil {
		return nil, fmt.Errorf("read how staff want to be told: %w", err)
	}
	return list, nil
}

// Wish returns what one agent has chosen.
func (s *Store) Wish(ctx context.Context, login string) (bot.Wish, error) {
	list, err := s.wishes(ctx, `WHERE agent = $1`, login)
	if err != nil {
		return bot.Wish{}, fmt.Errorf("read how %s wants to be told: %w", login, err)
	}
	if len(list) == 0 {
		return bot.NewWish(login), nil
	}
	return list[0], nil
}

func (s *Store) wishes(ctx context.Context, which string, args ...any) ([]bot.Wish, error) {
	var list []bot.Wish
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(from row) error {
			var w bot.Wish
			var mail, telegram, quiet int64
			err := from.Scan(&w.Agent, &w.Lang, &mail, &telegram, &quiet, &w.Chat)
			w.Mail, w.Telegram, w.Quiet = mail == 1, telegram == 1, quiet == 1
			if err == nil {
				w.Chat, err = s.unseal(sealedChat, w.Chat)
			}
			list = append(list, w)
			return err
		}, selectWishes+which, args...)
	})
	return list, err
}

// SaveWish keeps a choice.
func (s *Store) SaveWish(ctx context.Context, w bot.Wish) error {
	return s.wish(ctx, w.Agent, `INSERT INTO wish (agent, lang, mail, telegram, quiet) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (agent) DO UPDATE SET lang = excluded.lang, mail = excluded.mail, telegram = excluded.telegram, quiet = excluded.quiet`,
		w.Agent, w.Lang, bit(w.Mail), bit(w.Telegram), bit(w.Quiet))
}

// OfferLink keeps the hash of a code that links a Telegram.
func (s *Store) OfferLink(ctx context.Context, login, codeHash string, until time.Time) error {
	return s.wish(ctx, login, `INSERT INTO wish (agent, code, until) VALUES ($1, $2, $3)
		ON CONFLICT (agent) DO UPDATE SET code = excluded.code, until = excluded.until`, login, codeHash, ms(until))
}

// UnlinkChat forgets the Telegram of an agent.
func (s *Store) UnlinkChat(ctx context.Context, login string) error {
	return s.wish(ctx, login, `UPDATE wish SET chat = '', code = '', until = 0 WHERE agent = $1`, login)
}

// wish runs one statement about the wish of an agent.
func (s *Store) wish(ctx context.Context, login, q string, args ...any) error {
	err := s.db.write(ctx, func(t tx) error {
		t.do(q, args...)
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("keep how %s wants to be told: %w", login, err)
	}
	return nil
}

// LinkChat uses a code up. One that is too old is used up as well.
func (s *Store) LinkChat(ctx context.Context, codeHash, chat string, now time.Time) (string, error) {
	var login string
	err := s.db.write(ctx, func(t tx) error {
		var until int64
		login = ""
		t.get(one(&login, &until), `SELECT agent, until FROM wish WHERE code = $1 AND code <> '' /*FOR UPDATE*/`, codeHash)
		if err := t.flush(); err != nil || login == "" {
			return err
		}
		t.do(`UPDATE wish SET code = '', until = 0 WHERE agent = $1`, login)
		if until <= ms(now) {
			login = ""
			return t.flush()
		}
		return s.linkChat(t, login, chat)
	})
	if err != nil {
		return "", fmt.Errorf("link a Telegram: %w", err)
	}
	if login == "" {
		return "", bot.ErrGone
	}
	return login, nil
}

// linkChat makes a chat one agent's only. What is sealed may look different each
// time, so chats are compared as they are.
func (s *Store) linkChat(t tx, login, chat string) error {
	var others []string
	t.get(func(from row) error {
		var agent, sealed string
		err := from.Scan(&agent, &sealed)
		if err == nil {
			sealed, err = s.unseal(sealedChat, sealed)
		}
		if err == nil && sealed == chat {
			others = append(others, agent)
		}
		return err
	}, `SELECT agent, chat FROM wish WHERE chat <> ''`)
	if err := t.flush(); err != nil {
		return err
	}
	for _, agent := range others {
		t.do(`UPDATE wish SET chat = '' WHERE agent = $1`, agent)
	}
	t.do(`UPDATE wish SET chat = $1, telegram = 1 WHERE agent = $2`, s.seal(sealedChat, chat), login)
	return t.flush()
}
