package store

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strings"
	"time"

	"doudou/bot"
)

// keepUnclear keeps what was not understood in the turn, and lets the oldest go
// when there is too much.
func (s *Store) keepUnclear(t tx, turn bot.Turn) {
	u := turn.Unclear
	if u == nil || turn.Mask {
		return
	}
	t.do(`INSERT INTO unclear (id, day, lang, audience, text, top) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
		unclearID(), u.Day, u.Lang, u.Audience, u.Text, strings.Join(u.Top, " "))
	t.do(`DELETE FROM unclear WHERE day < $1`, s.firstUnclear(turn.At))
	t.do(`DELETE FROM unclear WHERE id IN (SELECT id FROM unclear ORDER BY day DESC, id DESC LIMIT $1 OFFSET $2)`, int64(s.mostUnclear), int64(s.mostUnclear))
}

// unclearID draws a key that can be typed and tells nothing.
func unclearID() string {
	var b [5]byte
	rand.Read(b[:])
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

// firstUnclear is the oldest day that may be kept at a time.
func (s *Store) firstUnclear(now time.Time) string {
	return s.keep.Before(bot.KindUnclear, now).Format(time.DateOnly)
}

// Unclear returns the messages that wait, those of the last days first; inside
// a day their order tells nothing.
func (s *Store) Unclear(ctx context.Context) ([]bot.Unclear, error) {
	var list []bot.Unclear
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(from row) error {
			var u bot.Unclear
			var top string
			err := from.Scan(&u.ID, &u.Day, &u.Lang, &u.Audience, &u.Text, &top)
			u.Top = strings.Fields(top)
			list = append(list, u)
			return err
		}, `SELECT id, day, lang, audience, text, top FROM unclear WHERE day >= $1 ORDER BY day DESC, id DESC`, s.firstUnclear(s.now()))
	})
	if err != nil {
		return nil, fmt.Errorf("read what was not understood: %w", err)
	}
	return list, nil
}

// Settled erases what somebody has looked at.
func (s *Store) Settled(ctx context.Context, ids []string) (int, error) {
	var all int64
	err := s.db.write(ctx, func(t tx) error {
		all = 0
		counts := make([]int64, len(ids))
		for i, id := range ids {
			t.count(&counts[i], `DELETE FROM unclear WHERE id = $1`, id)
		}
		err := t.flush()
		for _, n := range counts {
			all += n
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("erase what was learned: %w", err)
	}
	return int(all), nil
}
