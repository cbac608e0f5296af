package desk

import (
	"errors"
	"net/http"
	"regexp"
	"slices"

	"doudou/bot"
)

// A crew is what the page of agents shows.
type crew struct {
	Agents []member
	Teams  []choice
	Link   string // just made, shown once
	For    string // whom it is for
	Wrong  string // text id
	Login  string
	Name   string
	Hours  int
}

type member struct {
	Login, Name, Role string
	Teams             []string
	Active, Mine      bool // Mine: the manager may end the access
}

// A choice is a value of a form and what it is called.
type choice struct{ Value, Label string }

var loginForm = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,31}$`)

func (d *desk) agentsPage(v *visit) error { return d.crew(v, http.StatusOK, crew{}) }

func (d *desk) crew(v *visit, status int, data crew) error {
	list, err := d.Staff.Agents(v.r.Context())
	if err != nil {
		return err
	}
	for _, a := range list {
		data.Agents = append(data.Agents, member{a.Login, a.Name, string(a.Role), d.teamNames(v.lang, a.Teams), a.Active,
			a.Login != v.agent.Login && mayManage(v.agent, a.Teams)})
	}
	for _, team := range v.agent.Teams {
		data.Teams = append(data.Teams, choice{team, d.teamName(v.lang, team)})
	}
	data.Hours = int(InviteFor.Hours())
	return d.show(v, status, "agents", page{Title: "desk.agents.title", Tab: "agents", Data: data})
}

// invite adds an agent, or lets one who forgot the password in again, by a
// one-time link that the manager hands over.
func (d *desk) invite(v *visit) error {
	ctx := v.r.Context()
	a, wrong, err := d.invited(v)
	if err != nil {
		return err
	}
	if wrong != "" {
		return d.crew(v, http.StatusUnprocessableEntity, crew{Wrong: wrong, Login: a.Login, Name: a.Name})
	}
	if err := d.record(ctx, v.agent, "invite", ""); err != nil {
		return err
	}
	if err := d.Staff.SaveAgent(ctx, a); err != nil {
		return err
	}
	token, hash := NewInvitation()
	if err := d.Staff.Invite(ctx, a.Login, hash, d.Now().Add(InviteFor)); err != nil {
		return err
	}
	return d.crew(v, http.StatusOK, crew{Link: SignInLink(d.PublicURL, token), For: a.Name})
}

// invited reads the form: a new agent, or a known one with what is changed.
func (d *desk) invited(v *visit) (a bot.Agent, wrong string, err error) {
	a, err = d.Staff.Agent(v.r.Context(), v.field("login"))
	if errors.Is(err, bot.ErrGone) {
		a, err = bot.Agent{Login: v.field("login"), Since: d.Now()}, nil
	}
	if err != nil {
		return a, "", err
	}
	if !mayManage(v.agent, a.Teams) {
		return a, "", errNoPage
	}
	a.Name, a.Teams, a.Role = v.field("name"), v.r.PostForm["team"], bot.Role(v.field("role"))
	a.Active, a.Password = true, "" // they choose a new one; whoever used the old one is signed out
	switch {
	case !loginForm.MatchString(a.Login):
		wrong = "desk.agents.badlogin"
	case a.Name == "" || len([]rune(a.Name)) > 40:
		wrong = "desk.agents.badname"
	case len(a.Teams) == 0 || !mayManage(v.agent, a.Teams):
		wrong = "desk.agents.badteam"
	case a.Role != bot.RoleAgent && a.Role != bot.RoleManager && a.Role != bot.RoleObserver:
		return a, "", errForm
	}
	return a, wrong, nil
}

// mayManage tells whether a manager holds all these teams: nobody opens the door
// of an institution that is not theirs.
func mayManage(manager bot.Agent, teams []string) bool {
	return !slices.ContainsFunc(teams, func(t string) bool { return !slices.Contains(manager.Teams, t) })
}

// dismiss ends the access of an agent who leaves.
func (d *desk) dismiss(v *visit) error {
	ctx := v.r.Context()
	a, err := d.Staff.Agent(ctx, v.r.PathValue("login"))
	if err != nil {
		return err
	}
	if a.Login == v.agent.Login || !mayManage(v.agent, a.Teams) {
		return errNoPage
	}
	a.Active, a.Password = false, ""
	if err := d.record(ctx, v.agent, "dismiss", ""); err != nil {
		return err
	}
	if err := d.Staff.SaveAgent(ctx, a); err != nil {
		return err
	}
	return v.back("/desk/agents")
}

// journalPage shows a manager the last entries of the journal.
func (d *desk) journalPage(v *visit) error {
	entries, err := d.Staff.Journal(v.r.Context(), bot.JournalQuery{Limit: 200})
	if err != nil {
		return err
	}
	list := make([]journalRow, 0, len(entries))
	for _, e := range entries {
		list = append(list, journalRow{d.when(v.lang, e.At), e.Agent, d.name(v.lang, e.Did, "desk.did."+e.Did), string(e.Case)})
	}
	return d.show(v, http.StatusOK, "journal", page{Title: "desk.journal.title", Tab: "journal", Data: list})
}

type journalRow struct {
	At               stamp
	Agent, Did, Case string
}
