package main

import (
	"context"
	"fmt"

	"github.com/alexedwards/argon2id"

	"doudou/bot"
)

// demoPassword opens every account of a demonstration; the accounts end with it.
const demoPassword = "doudou en visite"

// demoAgents are the people who may sign in: one for each role, and one for each
// institution, so that the walls between them can be seen.
func demoAgents() []bot.Agent {
	return []bot.Agent{
		{Login: "ines", Name: "Inès", Role: bot.RoleManager, Teams: []string{"relais", "inscription"}, Email: "ines@ville-demo.example"},
		{Login: "awa", Name: "Awa", Role: bot.RoleAgent, Teams: []string{"relais"}, Email: "awa@ville-demo.example"},
		{Login: "tom", Name: "Tom", Role: bot.RoleAgent, Teams: []string{"relais"}, Approved: true},
		{Login: "nora", Name: "Nora", Role: bot.RoleObserver, Teams: []string{"relais", "inscription"}},
		{Login: "lucie", Name: "Lucie", Role: bot.RoleAgent, Teams: []string{"inscription"}},
		{Login: "paul", Name: "Paul", Role: bot.RoleAgent, Teams: []string{"pmi", "sam"}},
		{Login: "karim", Name: "Karim", Role: bot.RoleManager, Teams: []string{"caf"}},
	}
}

func (s *stage) playAgents(ctx context.Context) error {
	s.clock.set(s.morning.AddDate(0, -2, 0))
	hash, err := argon2id.CreateHash(demoPassword, &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		return fmt.Errorf("hash the password: %w", err)
	}
	for _, a := range demoAgents() {
		a.Active, a.Since, a.Password = true, s.p.now(), hash
		if err := s.store.SaveAgent(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// agent is one of the staff.
func (s *stage) agent(login string) bot.Agent {
	for _, a := range demoAgents() {
		if a.Login == login {
			a.Active = true
			return a
		}
	}
	return bot.Agent{}
}

// mute takes all that leaves and sends nothing.
type mute struct{}

// Send says that the message has left.
func (mute) Send(_ context.Context, o bot.Outgoing) (string, error) {
	return fmt.Sprint("demo-", o.ID), nil
}
