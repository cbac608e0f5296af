package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"doudou/bot"
)

// SaveAgent adds or changes an agent; Since is kept from the first time.
func (s *Store) SaveAgent(ctx context.Context, a bot.Agent) error {
	err := s.db.write(ctx, func(t tx) error {
		var list []bot.Agent
		t.get(collectAgents(&list), selectAgents+`ORDER BY a.login /*FOR UPDATE OF a*/`)
		if err := t.flush(); err != nil {
			return err
		}
		if orphaned(list, a) {
			return bot.ErrLast
		}
		t.do(`INSERT INTO agent (login, name, teams, role, password, active, since, email, approved, epoch)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			ON CONFLICT (login) DO UPDATE SET name = excluded.name, teams = excluded.teams, role = excluded.role,
				password = excluded.password, active = excluded.active, email = excluded.email,
				approved = excluded.approved, epoch = excluded.epoch`,
			a.Login, a.Name, pack(a.Teams, len(a.Teams) == 0), string(a.Role), a.Password, bit(a.Active), ms(orNow(a.Since, s.now())),
			a.Email, bit(a.Approved), a.Epoch)
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("save agent %s: %w", a.Login, err)
	}
	return nil
}

// orphaned tells whether a change leaves a team without a manager which has one.
func orphaned(list []bot.Agent, changed bot.Agent) bool {
	managed := map[string]bool{}
	for _, a := range list {
		if a.Login == changed.Login {
			a = changed
		}
		for _, team := range managing(a) {
			managed[team] = true
		}
	}
	at := slices.IndexFunc(list, func(a bot.Agent) bool { return a.Login == changed.Login })
	return at >= 0 && slices.ContainsFunc(managing(list[at]), func(team string) bool { return !managed[team] })
}

// managing returns the teams that somebody manages.
func managing(a bot.Agent) []string {
	if !a.Active || a.Role != bot.RoleManager {
		return nil
	}
	return a.Teams
}

// Agent returns one agent.
func (s *Store) Agent(ctx context.Context, login string) (bot.Agent, error) {
	list, err := s.agents(ctx, `WHERE a.login = $1`, login)
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
	list, err := s.agents(ctx, `ORDER BY a.login`)
	if err != nil {
		return nil, fmt.Errorf("read the agents: %w", err)
	}
	return list, nil
}

const selectAgents = `SELECT a.login, a.name, a.teams, a.role, a.password, a.active, a.since, a.email, a.approved, a.epoch,
	CASE WHEN EXISTS (SELECT 1 FROM factor f WHERE f.agent = a.login) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM identity i WHERE i.agent = a.login) THEN 1 ELSE 0 END FROM agent a `

// collectAgents adds the rows of selectAgents to a list.
func collectAgents(list *[]bot.Agent) func(row) error {
	return func(from row) error {
		var a bot.Agent
		var teams, role string
		var active, since, approved, second, linked int64
		err := from.Scan(&a.Login, &a.Name, &teams, &role, &a.Password, &active, &since, &a.Email, &approved, &a.Epoch, &second, &linked)
		if err != nil {
			return err
		}
		a.Role, a.Active, a.Since, a.Approved = bot.Role(role), active == 1, fromMS(since), approved == 1
		a.Second, a.Linked = second == 1, linked == 1
		err = unpack(teams, &a.Teams)
		*list = append(*list, a)
		return err
	}
}

func (s *Store) agents(ctx context.Context, which string, args ...any) ([]bot.Agent, error) {
	var list []bot.Agent
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectAgents(&list), selectAgents+which, args...)
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
