package desk

import (
	"net/http"

	"doudou/bot"
)

// An account is what the page of one agent shows.
type account struct {
	member
	Self   bool // it is the manager's own
	Form   []group
	Faults []input
	Link   *invitation // just made, shown once
}

func (d *desk) agentPage(v *visit) error {
	a, err := d.managed(v)
	if err != nil {
		return err
	}
	return d.account(v, http.StatusOK, a, account{Form: d.agentForm(v, a, false, nil)})
}

func (d *desk) account(v *visit, status int, a bot.Agent, data account) error {
	data.member, data.Self, data.Faults = d.member(v, a), a.Login == v.agent.Login, faulty(data.Form)
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, status, "agent", page{Title: "desk.agent.title", Tab: "agents", Flash: flash, Data: data})
}

// editAgent keeps what a manager changed of an account. It holds from the next
// page that the agent opens.
func (d *desk) editAgent(v *visit) error {
	before, err := d.managed(v)
	if err != nil {
		return err
	}
	a, form, err := d.readAgent(v, before, false)
	if err != nil {
		return err
	}
	if len(faulty(form)) > 0 {
		return d.account(v, http.StatusUnprocessableEntity, before, account{Form: form})
	}
	if err := d.changeAgent(v, "rights", a); err != nil {
		return err
	}
	d.flash(v, "desk.agent.saved")
	return v.back("/desk/agents/" + a.Login)
}

// inviteAgain lets in again, by a new link, who forgot the password or comes
// back. The old password opens nothing any more, and every session ends.
func (d *desk) inviteAgain(v *visit) error {
	a, err := d.another(v)
	if err != nil {
		return err
	}
	a.Active, a.Password = true, ""
	a.Epoch++
	if err := d.changeAgent(v, "invite", a); err != nil {
		return err
	}
	link, err := d.invitation(v.r.Context(), a)
	if err != nil {
		return err
	}
	return d.account(v, http.StatusOK, a, account{Link: link, Form: d.agentForm(v, a, false, nil)})
}

// dismiss ends the access of an agent who leaves: at once, on every device.
func (d *desk) dismiss(v *visit) error {
	a, err := d.another(v)
	if err != nil {
		return err
	}
	a.Active, a.Password = false, ""
	a.Epoch++
	if err := d.changeAgent(v, "dismiss", a); err != nil {
		return err
	}
	d.flash(v, "desk.agent.dismissed")
	return v.back("/desk/agents/" + a.Login)
}
