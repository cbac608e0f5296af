package desk

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"doudou/bot"
)

// A crew is what the page of agents shows.
type crew struct {
	Agents []member
	Form   []group
	Faults []input
	Link   *invitation // just made, shown once
}

// An invitation is a one-time link to hand over.
type invitation struct {
	Link, For string
	Hours     int
}

type member struct {
	Login, Name, Role        string
	Teams                    []string
	Active, Second, Approved bool
	Mine                     bool // the manager may change the account
}

// A choice is a value of a form and what it is called.
type choice struct{ Value, Label string }

func (d *desk) agentsPage(v *visit) error {
	return d.crew(v, http.StatusOK, crew{Form: d.agentForm(v, bot.Agent{Role: bot.RoleAgent}, true, nil)})
}

func (d *desk) crew(v *visit, status int, data crew) error {
	list, err := d.Staff.Agents(v.r.Context())
	if err != nil {
		return err
	}
	for _, a := range list {
		data.Agents = append(data.Agents, d.member(v, a))
	}
	data.Faults = faulty(data.Form)
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, status, "agents", page{Title: "desk.agents.title", Tab: "agents", Flash: flash, Data: data})
}

func (d *desk) member(v *visit, a bot.Agent) member {
	return member{a.Login, a.Name, string(a.Role), d.teamNames(v.lang, a.Teams), a.Active, a.Second, a.Approved, mayManage(v.agent, a.Teams)}
}

// invite adds an agent, by a one-time link that the manager hands over.
func (d *desk) invite(v *visit) error {
	a, form, err := d.readAgent(v, bot.Agent{Login: v.field("login"), Since: d.Now(), Active: true}, true)
	if err != nil {
		return err
	}
	if len(faulty(form)) > 0 {
		return d.crew(v, http.StatusUnprocessableEntity, crew{Form: form})
	}
	if err := d.changeAgent(v, "invite", a); err != nil {
		return err
	}
	link, err := d.invitation(v.r.Context(), a)
	if err != nil {
		return err
	}
	return d.crew(v, http.StatusOK, crew{Link: link, Form: d.agentForm(v, bot.Agent{Role: bot.RoleAgent}, true, nil)})
}

// invitation makes a one-time link for an agent.
func (d *desk) invitation(ctx context.Context, a bot.Agent) (*invitation, error) {
	token, hash := NewInvitation()
	if err := d.Staff.Invite(ctx, a.Login, hash, d.Now().Add(InviteFor)); err != nil {
		return nil, err
	}
	return &invitation{SignInLink(d.PublicURL, token), a.Name, int(InviteFor.Hours())}, nil
}

// changeAgent keeps an account that a manager has changed. The journal says so
// first: a change of rights that nobody can trace is not made.
func (d *desk) changeAgent(v *visit, did string, a bot.Agent) error {
	if err := d.record(v.r.Context(), v.agent, did, bot.CaseID(a.Login)); err != nil {
		return err
	}
	return d.Staff.SaveAgent(v.r.Context(), a)
}

// mayManage tells whether a manager holds all these teams: nobody opens the door
// of an institution that is not theirs. Who holds all teams, as the first agent
// does, manages everybody.
func mayManage(manager bot.Agent, teams []string) bool {
	return !slices.ContainsFunc(teams, func(t string) bool { return !slices.Contains(manager.Teams, t) })
}

// managed returns the agent of the address, if the one who asks may change the
// account. Nobody ends or judges their own.
func (d *desk) managed(v *visit) (bot.Agent, error) {
	a, err := d.Staff.Agent(v.r.Context(), v.r.PathValue("login"))
	if err == nil && !mayManage(v.agent, a.Teams) {
		err = errNoPage
	}
	return a, err
}

func (d *desk) another(v *visit) (bot.Agent, error) {
	a, err := d.managed(v)
	if err == nil && a.Login == v.agent.Login {
		err = errNoPage
	}
	return a, err
}

// taken tells whether a login belongs to somebody.
func (d *desk) taken(ctx context.Context, login string) (bool, error) {
	_, err := d.Staff.Agent(ctx, login)
	if errors.Is(err, bot.ErrGone) {
		return false, nil
	}
	return err == nil, err
}
