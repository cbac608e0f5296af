package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"doudou/bot"
)

// Record adds to the journal.
func (s *Store) Record(ctx context.Context, e bot.Entry) error {
	err := s.db.write(ctx, func(t tx) error {
		t.do(`INSERT INTO journal (id, at, agent, did, casefile) VALUES ($1, $2, $3, $4, $5)`,
			s.keys.next(), ms(orNow(e.At, s.now())), e.Agent, e.Did, string(e.Case))
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	return nil
}

// Journal returns the last entries that are asked for, newest first.
func (s *Store) Journal(ctx context.Context, q bot.JournalQuery) ([]bot.Entry, error) {
	var list []bot.Entry
	where, args := narrow(q)
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(from row) error {
			var e bot.Entry
			var at int64
			var kase string
			err := from.Scan(&at, &e.Agent, &e.Did, &kase)
			e.At, e.Case = fromMS(at), bot.CaseID(kase)
			list = append(list, e)
			return err
		}, `SELECT j.at, j.agent, j.did, j.casefile FROM journal j `+where, args...)
	})
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	return list, nil
}

// narrow writes what a query asks for.
func narrow(q bot.JournalQuery) (where string, args []any) {
	mark := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	marks := func(list []string) string {
		all := make([]string, len(list))
		for i, v := range list {
			all[i] = mark(v)
		}
		return "(" + strings.Join(append(all, "NULL"), ", ") + ")"
	}
	wanted := []string{"1 = 1"}
	add := func(asked bool, condition func() string) {
		if asked {
			wanted = append(wanted, condition())
		}
	}
	add(q.Agents != nil, func() string { return "j.agent IN " + marks(q.Agents) })
	add(q.Teams != nil, func() string {
		return "NOT EXISTS (SELECT 1 FROM cases k WHERE k.id = j.casefile AND NOT (COALESCE(k.team IN " + marks(q.Teams) + ", 1 = 0)))"
	})
	add(q.Did != "", func() string { return "j.did = " + mark(q.Did) })
	add(q.Case != "", func() string { return "j.casefile = " + mark(string(q.Case)) })
	add(!q.From.IsZero(), func() string { return "j.at >= " + mark(ms(q.From)) })
	add(!q.To.IsZero(), func() string { return "j.at < " + mark(ms(q.To)) })
	where = "WHERE " + strings.Join(wanted, " AND ") + " ORDER BY j.at DESC, j.id DESC LIMIT " + mark(int64(q.Limit))
	return where, args
}
