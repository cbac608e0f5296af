package store

import (
	"context"
	"fmt"

	"doudou/bot"
)

// Unseat takes somebody's seat, offer or place in the waiting list away, on
// behalf of staff.
func (s *Store) Unseat(ctx context.Context, event string, contact bot.ContactID) error {
	err := s.db.write(ctx, func(t tx) error {
		lockEvent(t, event)
		var there int64
		t.get(one(&there), `SELECT COUNT(*) FROM registration WHERE event = $1 AND contact = $2`, event, string(contact))
		if err := t.flush(); err != nil {
			return err
		}
		if there == 0 {
			return bot.ErrGone
		}
		if err := giveBack(t, string(contact), event); err != nil {
			return err
		}
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("take a seat away: %w", err)
	}
	return nil
}
