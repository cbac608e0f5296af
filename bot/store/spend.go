package store

import (
	"context"
	"fmt"

	"doudou/bot"
)

// spend adds an SMS that has left to what its team has spent in the month.
func (s *Store) spend(t tx, o bot.Outcome) {
	t.do(`INSERT INTO spend (month, team, messages, segments)
		VALUES ($1, COALESCE((SELECT team FROM outbox WHERE contact = $2 AND id = $3), ''), 1, $4)
		ON CONFLICT (month, team) DO UPDATE SET messages = spend.messages + 1, segments = spend.segments + excluded.segments`,
		orNow(o.At, s.now()).In(s.zone).Format("2006-01"), string(o.Outgoing.Contact), o.Outgoing.ID, int64(o.Segments))
}

// Spendings returns what SMS cost since a month, the last month first.
func (s *Store) Spendings(ctx context.Context, from string) ([]bot.Spending, error) {
	var list []bot.Spending
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(r row) error {
			var messages, segments int64
			var p bot.Spending
			err := r.Scan(&p.Month, &p.Team, &messages, &segments)
			p.Messages, p.Segments = int(messages), int(segments)
			list = append(list, p)
			return err
		}, `SELECT month, team, messages, segments FROM spend WHERE month >= $1 ORDER BY month DESC, team`, from)
	})
	if err != nil {
		return nil, fmt.Errorf("read what SMS cost: %w", err)
	}
	return list, nil
}
