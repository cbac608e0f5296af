package store

import (
	"context"
	"fmt"
	"time"

	"doudou/bot"
)

// SaveAgent adds or changes an agent; Since is kept from the first time.
func (s *Store) SaveAgent(ctx context.Context, a bot.Agent) error {
	err := s.db.write(ctx, func(t tx) error {
		t.do(`INSERT INTO agent (login, name, teams, role, password, active, since) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (login) DO UPDATE SET name = excluded.name, teams = excluded.teams, role = excluded.role,
				password = excluded.password, active = excluded.active`,
			a.Login, a.Name, pack(a.Teams, len(a.Teams) == 0), string(a.Role), a.Password, bit(a.Active), ms(orNow(a.Since, s.now())))
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("save agent %s: %w", a.Login, err)
	}
	return nil
}

// Agent returns one agent.
func (s *Store) Agent(ctx context.Context, login string) (bot.Agent, error) {
	list, err := s.agents(ctx, `WHERE login = $1`, login)
	if err != nil {
		return bot.Agent{}, fmt.Errorf("read agent %s: %w", login, err)
	}
	if len(list) == 0 {
		return bot.Agent{}, bot.ErrGone
	}
	return list[0], nil
}

// Agents returns all agents, by login.
func (s *Store) Agents(ctx context.Context) ([]bot.Agent, error) {
	list, err := s.agents(ctx, `ORDER BY login`)
	if err != nil {
		return nil, fmt.Errorf("read the agents: %w", err)
	}
	return list, nil
}

func (s *Store) agents(ctx context.Context, which string, args ...any) ([]bot.Agent, error) {
	var list []bot.Agent
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(from row) error {
			var a bot.Agent
			var teams, role string
			var active, since int64
			if err := from.Scan(&a.Login, &a.Name, &teams, &role, &a.Password, &active, &since); err != nil {
				return err
			}
			a.Role, a.Active, a.Since = bot.Role(role), active == 1, fromMS(since)
			err := unpack(teams, &a.Teams)
			list = append(list, a)
			return err
		}, `SELECT login, name, teams, role, password, active, since FROM agent `+which, args...)
	})
	return list, err
}

// Invite keeps the hash of a one-time sign-in token.
func (s *Store) Invite(ctx context.Context, login, tokenHash string, until time.Time) error {
	err := s.db.write(ctx, func(t tx) error {
		t.do(`INSERT INTO invite (login, hash, until) VALUES ($1, $2, $3)
			ON CONFLICT (login) DO UPDATE SET hash = excluded.hash, until = excluded.until`, login, tokenHash, ms(until))
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("invite %s: %w", login, err)
	}
	return nil
}

// Redeem uses a sign-in token up. One that is too old is used up as well.
func (s *Store) Redeem(ctx context.Context, tokenHash string, now time.Time) (string, error) {
	var login string
	var until int64
	err := s.db.write(ctx, func(t tx) error {
		login = ""
		t.get(one(&login, &until), `DELETE FROM invite WHERE hash = $1 RETURNING login, until`, tokenHash)
		return t.flush()
	})
	if err != nil {
		return "", fmt.Errorf("redeem an invitation: %w", err)
	}
	if login == "" || until <= ms(now) {
		return "", bot.ErrGone
	}
	return login, nil
}

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

// Journal returns the last entries, newest first.
func (s *Store) Journal(ctx context.Context, limit int) ([]bot.Entry, error) {
	var list []bot.Entry
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
		}, `SELECT at, agent, did, casefile FROM journal ORDER BY at DESC, id DESC LIMIT $1`, int64(limit))
	})
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	return list, nil
}
