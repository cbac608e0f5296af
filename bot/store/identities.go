package store

import (
	"context"
	"fmt"

	"doudou/bot"
)

// Link binds an identity to an agent, in place of their identity before.
func (s *Store) Link(ctx context.Context, id bot.Identity, login string) error {
	err := s.db.write(ctx, func(t tx) error {
		t.do(`DELETE FROM identity WHERE agent = $1`, login)
		t.do(`INSERT INTO identity (issuer, subject, agent) VALUES ($1, $2, $3) ON CONFLICT (issuer, subject) DO NOTHING`, id.Issuer, id.Subject, login)
		holder := ""
		t.get(one(&holder), `SELECT agent FROM identity WHERE issuer = $1 AND subject = $2`, id.Issuer, id.Subject)
		if err := t.flush(); err != nil {
			return err
		}
		if holder != login {
			return bot.ErrTaken
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("link an identity to %s: %w", login, err)
	}
	return nil
}

// Linked returns who an identity is bound to.
func (s *Store) Linked(ctx context.Context, id bot.Identity) (string, error) {
	login := ""
	err := s.db.read(ctx, func(t tx) {
		login = ""
		t.get(one(&login), `SELECT agent FROM identity WHERE issuer = $1 AND subject = $2`, id.Issuer, id.Subject)
	})
	if err != nil {
		return "", fmt.Errorf("read whose identity it is: %w", err)
	}
	if login == "" {
		return "", bot.ErrGone
	}
	return login, nil
}

// Unlink ends the bond of an agent.
func (s *Store) Unlink(ctx context.Context, login string) error {
	err := s.db.write(ctx, func(t tx) error {
		t.do(`DELETE FROM identity WHERE agent = $1`, login)
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("unlink the identity of %s: %w", login, err)
	}
	return nil
}
