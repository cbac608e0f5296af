package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
)

// Attend notes who has a case before their eyes, or leaves it. Who has said
// nothing for long is forgotten.
func (s *Store) Attend(ctx context.Context, p bot.Presence) error {
	p.At = orNow(p.At, s.now())
	err := s.db.write(ctx, func(t tx) error {
		t.do(`DELETE FROM presence WHERE at < $1`, ms(p.At.Add(-2*bot.PresenceFor)))
		if p.Doing == bot.Leaving {
			t.do(`DELETE FROM presence WHERE casefile = $1 AND agent = $2`, string(p.Case), p.Agent)
			return t.flush()
		}
		t.do(`INSERT INTO presence (casefile, agent, doing, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (casefile, agent) DO UPDATE SET doing = excluded.doing, at = excluded.at`,
			string(p.Case), p.Agent, string(p.Doing), ms(p.At))
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("note who is at case %s: %w", p.Case, err)
	}
	return nil
}

// Attending returns who said so after a time.
func (s *Store) Attending(ctx context.Context, after time.Time) ([]bot.Presence, error) {
	var list []bot.Presence
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(from row) error {
			var at int64
			var kase, agent, doing string
			err := from.Scan(&kase, &agent, &doing, &at)
			list = append(list, bot.Presence{Case: bot.CaseID(kase), Agent: agent, Doing: bot.Doing(doing), At: fromMS(at)})
			return err
		}, `SELECT casefile, agent, doing, at FROM presence WHERE at > $1 ORDER BY casefile, agent`, ms(after))
	})
	if err != nil {
		return nil, fmt.Errorf("read who is at which case: %w", err)
	}
	return list, nil
}

// Moves returns the cases that moved after a mark, oldest move first.
func (s *Store) Moves(ctx context.Context, after int64, limit int) ([]bot.Move, error) {
	var list []bot.Move
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(from row) error {
			var m bot.Move
			var kase string
			err := from.Scan(&kase, &m.Team, &m.Mark, &m.Last)
			m.Case = bot.CaseID(kase)
			list = append(list, m)
			return err
		}, `SELECT k.id, k.team, k.mark, COALESCE((SELECT MAX(l.seq) FROM line l WHERE l.contact = k.contact), 0)
			FROM cases k WHERE k.mark > $1 ORDER BY k.mark LIMIT $2`, after, int64(limit))
	})
	if err != nil {
		return nil, fmt.Errorf("read which cases moved: %w", err)
	}
	return list, nil
}

// Mark returns the mark that a move at a time would have at least.
func (s *Store) Mark(at time.Time) int64 { return at.UnixMilli() << (counterBits + nodeBits) }
