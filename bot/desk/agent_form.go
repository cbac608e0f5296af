package desk

import (
	"net/mail"
	"regexp"
	"slices"

	"doudou/bot"
)

// Bounds of an account, in characters.
const (
	maxName  = 40
	maxLogin = 32
	maxEmail = 254
)

var loginForm = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,31}$`)

// agentForm asks what an account is: the login of a new one, and of everybody
// but the manager themselves, what they may do.
func (d *desk) agentForm(v *visit, a bot.Agent, fresh bool, faults map[string]string) []group {
	who := []input{{ID: "name", Type: "text", Label: "desk.agents.first", Hint: "desk.agents.firsthint", Value: a.Name, Max: maxName, Needed: true}}
	if fresh {
		who = append(who, input{ID: "login", Type: "text", Label: "desk.signin.login", Hint: "desk.agents.loginhint", Value: a.Login, Max: maxLogin, Needed: true})
	}
	who = append(who, input{ID: "email", Type: "email", Label: "desk.agents.email", Hint: "desk.agents.emailhint", Value: a.Email, Max: maxEmail})
	groups := []group{{Legend: "desk.agents.who", Inputs: who}}
	if a.Login != v.agent.Login || fresh {
		groups = append(groups, group{Legend: "desk.agents.rights", Inputs: d.rightsForm(v, a)})
	}
	for _, g := range groups {
		for i := range g.Inputs {
			g.Inputs[i].Fault = faults[g.Inputs[i].ID]
		}
	}
	return groups
}

func (d *desk) rightsForm(v *visit, a bot.Agent) []input {
	approved := []string{}
	if a.Approved {
		approved = []string{"yes"}
	}
	return []input{
		{ID: "team", Type: "checks", Label: "desk.agents.teams", Chosen: a.Teams, Choices: d.teamChoices(v.lang, v.agent.Teams)},
		{ID: "role", Type: "select", Label: "desk.agents.role", Value: string(a.Role), Needed: true, Choices: []choice{
			d.role(v.lang, bot.RoleAgent), d.role(v.lang, bot.RoleObserver), d.role(v.lang, bot.RoleManager)}},
		{ID: "approved", Type: "checks", Label: "desk.agents.words", Hint: "desk.agents.approvedhint", Chosen: approved,
			Choices: []choice{{"yes", d.name(v.lang, "approved", "desk.agents.approved")}}},
	}
}

func (d *desk) role(lang string, r bot.Role) choice {
	return choice{string(r), d.name(lang, string(r), "desk.role."+string(r))}
}

func (d *desk) teamChoices(lang string, ids []string) []choice {
	list := make([]choice, 0, len(ids))
	for _, id := range ids {
		list = append(list, choice{id, d.teamName(lang, id)})
	}
	return list
}

// readAgent reads the form into an account, and returns the form again with what
// is wrong.
func (d *desk) readAgent(v *visit, a bot.Agent, fresh bool) (bot.Agent, []group, error) {
	r := d.reads(v)
	a.Name, a.Email = r.text("name", maxName, true), r.email("email")
	if a.Login != v.agent.Login || fresh {
		a.Teams, a.Role, a.Approved = v.r.PostForm["team"], bot.Role(v.field("role")), v.field("approved") == "yes"
		if len(a.Teams) == 0 || !mayManage(v.agent, a.Teams) {
			r.refuse("team", "desk.agents.badteam")
		}
		if !slices.Contains([]bot.Role{bot.RoleAgent, bot.RoleObserver, bot.RoleManager}, a.Role) {
			return a, nil, errForm
		}
	}
	if fresh {
		if err := d.freshLogin(v, r, a.Login); err != nil {
			return a, nil, err
		}
	}
	return a, d.agentForm(v, a, fresh, r.faults), nil
}

// freshLogin checks the login of a new account.
func (d *desk) freshLogin(v *visit, r *formReader, login string) error {
	if !loginForm.MatchString(login) {
		r.refuse("login", "desk.agents.badlogin")
		return nil
	}
	taken, err := d.taken(v.r.Context(), login)
	if taken {
		r.refuse("login", "desk.agents.taken")
	}
	return err
}

// email reads an e-mail address, "" for none.
func (r *formReader) email(id string) string {
	text := r.text(id, maxEmail, false)
	if a, err := mail.ParseAddress(text); text != "" && (err != nil || a.Address != text) {
		r.refuse(id, "desk.agents.bademail")
	}
	return text
}
