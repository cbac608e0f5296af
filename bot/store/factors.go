package store

import (
	"context"
	"fmt"

	"doudou/bot"
)

// SaveFactor keeps a second factor in place of the one before.
func (s *Store) SaveFactor(ctx context.Context, f bot.Factor) error {
	err := s.db.write(ctx, func(t tx) error {
		t.do(`DELETE FROM recovery WHERE agent = $1`, f.Login)
		t.do(`INSERT INTO factor (agent, secret, step, since) VALUES ($1, $2, $3, $4)
			ON CONFLICT (agent) DO UPDATE SET secret = excluded.secret, step = excluded.step, since = excluded.since`,
			f.Login, s.seal(sealedFactor, f.Secret), f.Step, ms(orNow(f.Since, s.now())))
		for _, hash := range f.Codes {
			t.do(`INSERT INTO recovery (agent, hash) VALUES ($1, $2)`, f.Login, hash)
		}
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("save the second factor of %s: %w", f.Login, err)
	}
	return nil
}

// Factor returns the second factor of an agent.
func (s *Store) Factor(ctx context.Context, login string) (bot.Factor, error) {
	f := bot.Factor{Login: login}
	var sealed string
	var since int64
	err := s.db.read(ctx, func(t tx) {
		sealed, f.Codes = "", nil
		t.get(one(&sealed, &f.Step, &since), `SELECT secret, step, since FROM factor WHERE agent = $1`, login)
		t.get(collectTexts(&f.Codes), `SELECT hash FROM recovery WHERE agent = $1 ORDER BY hash`, login)
	})
	if err != nil {
		return bot.Factor{}, fmt.Errorf("read the second factor of %s: %w", login, err)
	}
	if sealed == "" {
		return bot.Factor{}, bot.ErrGone
	}
	f.Since = fromMS(since)
	if f.Secret, err = s.unseal(sealedFactor, sealed); err != nil {
		return bot.Factor{}, fmt.Errorf("open the second factor of %s: %w", login, err)
	}
	return f, nil
}

// DropFactor takes the second factor of an agent away.
func (s *Store) DropFactor(ctx context.Context, login string) error {
	err := s.db.write(ctx, func(t tx) error {
		t.do(`DELETE FROM recovery WHERE agent = $1`, login)
		t.do(`DELETE FROM factor WHERE agent = $1`, login)
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("drop the second factor of %s: %w", login, err)
	}
	return nil
}

// UseStep uses a step of time up.
func (s *Store) UseStep(ctx context.Context, login string, step int64) error {
	return s.useUp(ctx, login, func(t tx, used *int64) {
		t.count(used, `UPDATE factor SET step = $1 WHERE agent = $2 AND step < $3`, step, login, step)
	})
}

// UseCode uses a recovery code up.
func (s *Store) UseCode(ctx context.Context, login, hash string) (int, error) {
	var left int
	err := s.useUp(ctx, login, func(t tx, used *int64) {
		t.count(used, `DELETE FROM recovery WHERE agent = $1 AND hash = $2`, login, hash)
		t.get(one(&left), `SELECT COUNT(*) FROM recovery WHERE agent = $1`, login)
	})
	if err != nil {
		return 0, err
	}
	return left, nil
}

// useUp runs what uses a code up; ErrGone when there was nothing to use.
func (s *Store) useUp(ctx context.Context, login string, use func(t tx, used *int64)) error {
	var used int64
	err := s.db.write(ctx, func(t tx) error {
		use(t, &used)
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("use a code of %s: %w", login, err)
	}
	if used == 0 {
		return bot.ErrGone
	}
	return nil
}
