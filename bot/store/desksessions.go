package store

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"
)

// DeskSessions keep the sessions of the staff's desk, as package scs wants them
// kept. Make it with [Store.DeskSessions].
type DeskSessions struct{ s *Store }

// DeskSessions returns the sessions of the desk.
func (s *Store) DeskSessions() DeskSessions { return DeskSessions{s} }

// Find returns what is kept under a token; found is false when nothing is, or
// what is there has expired.
func (d DeskSessions) Find(token string) (b []byte, found bool, err error) {
	return d.FindCtx(context.Background(), token)
}

// Commit keeps b under a token until the expiry. What has expired goes.
func (d DeskSessions) Commit(token string, b []byte, expiry time.Time) error {
	return d.CommitCtx(context.Background(), token, b, expiry)
}

// Delete forgets a token.
func (d DeskSessions) Delete(token string) error {
	return d.DeleteCtx(context.Background(), token)
}

// FindCtx is Find under a context.
func (d DeskSessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data string
	err := d.s.db.read(ctx, func(t tx) {
		data = ""
		t.get(one(&data), `SELECT data FROM desk_session WHERE token = $1 AND expires > $2`, token, ms(d.s.now()))
	})
	if err != nil {
		return nil, false, fmt.Errorf("read a desk session: %w", err)
	}
	if data == "" {
		return nil, false, nil
	}
	b, err := base64.StdEncoding.DecodeString(data[1:])
	return b, err == nil, err
}

// All returns every session that has not expired, by token.
func (d DeskSessions) All() (map[string][]byte, error) { return d.AllCtx(context.Background()) }

// AllCtx is All under a context.
func (d DeskSessions) AllCtx(ctx context.Context) (map[string][]byte, error) {
	var all map[string][]byte
	err := d.s.db.read(ctx, func(t tx) {
		all = map[string][]byte{}
		t.get(func(from row) error {
			var token, data string
			if err := from.Scan(&token, &data); err != nil || data == "" {
				return err
			}
			b, err := base64.StdEncoding.DecodeString(data[1:])
			all[token] = b
			return err
		}, `SELECT token, data FROM desk_session WHERE expires > $1`, ms(d.s.now()))
	})
	if err != nil {
		return nil, fmt.Errorf("list the desk sessions: %w", err)
	}
	return all, nil
}

// CommitCtx is Commit under a context.
func (d DeskSessions) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	err := d.s.db.write(ctx, func(t tx) error {
		t.do(`DELETE FROM desk_session WHERE expires <= $1`, ms(d.s.now()))
		t.do(`INSERT INTO desk_session (token, data, expires) VALUES ($1, $2, $3)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires`,
			token, "."+base64.StdEncoding.EncodeToString(b), ms(expiry)) // the dot: an empty session is one too
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("keep a desk session: %w", err)
	}
	return nil
}

// DeleteCtx is Delete under a context.
func (d DeskSessions) DeleteCtx(ctx context.Context, token string) error {
	err := d.s.db.write(ctx, func(t tx) error {
		t.do(`DELETE FROM desk_session WHERE token = $1`, token)
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("end a desk session: %w", err)
	}
	return nil
}
