package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
)

// Purge erases profiles and introductions whose time is over.
func (s *Store) Purge(ctx context.Context, now time.Time) error {
	err := s.db.write(ctx, func(t tx) error {
		t.do(`DELETE FROM profile WHERE until < $1`, ms(now.AddDate(0, 0, -bot.ProfileDays)))
		t.do(`DELETE FROM introduction WHERE made < $1`, ms(now.AddDate(0, -bot.IntroductionMonths, 0)))
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("erase old profiles and introductions: %w", err)
	}
	return nil
}
