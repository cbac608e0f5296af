package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
)

// Hold tells whether who asks is the one replica that does something, and keeps
// it so until the lease ends.
func (s *Store) Hold(ctx context.Context, post string, now time.Time, l bot.Lease) (bool, error) {
	var mine int64
	err := s.db.write(ctx, func(t tx) error {
		t.count(&mine, `INSERT INTO post (name, token, until) VALUES ($1, $2, $3)
			ON CONFLICT (name) DO UPDATE SET token = excluded.token, until = excluded.until
			WHERE post.token = excluded.token OR post.until <= $4`, post, l.Token, ms(l.Until), ms(now))
		return t.flush()
	})
	if err != nil {
		return false, fmt.Errorf("see who does %s: %w", post, err)
	}
	return mine == 1, nil
}
