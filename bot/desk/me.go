package desk

import (
	"net/http"
	"strings"
	"unicode/utf8"
)

// A me is what the agent's own page shows.
type me struct {
	Wrong string // text id
	Has   bool   // a password was chosen before
	Teams []string
	Min   int
	Told  *told // nil where nobody is told of what waits

	Seconds  bool // there are second factors
	Devices  []device
	Provider bool // somebody vouches for identities
}

func (d *desk) mePage(v *visit) error { return d.me(v, http.StatusOK, "") }

func (d *desk) me(v *visit, status int, wrong string) error {
	how, err := d.wish(v)
	if err != nil {
		return err
	}
	data := me{Wrong: wrong, Has: v.agent.Password != "", Teams: d.teamNames(v.lang, v.agent.Teams), Min: minPassword, Told: how,
		Seconds: d.Proofs != nil, Provider: d.voucher != nil}
	if data.Devices, err = d.devices(v); err != nil {
		return err
	}
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	if flash == "" && wrong == "" && v.agent.Password == "" && !v.agent.Linked {
		flash = "desk.me.choose"
	}
	return d.show(v, status, "me", page{Title: "desk.me.title", Tab: "me", Flash: flash, Data: data})
}

// setPassword keeps a new password. It signs the agent out everywhere else.
func (d *desk) setPassword(v *visit) error {
	ctx := v.r.Context()
	password := v.r.PostFormValue("password")
	if wrong := weak(password, v.r.PostFormValue("again"), v.agent.Login); wrong != "" {
		return d.me(v, http.StatusUnprocessableEntity, wrong)
	}
	if v.agent.Password != "" {
		if !d.guesses.may(v.agent.Login, d.ClientAddress(v.r)) {
			return d.me(v, http.StatusTooManyRequests, "desk.signin.slow")
		}
		fits, err := d.keys.fits(ctx, v.r.PostFormValue("old"), v.agent.Password)
		if err != nil {
			return err
		}
		if !fits {
			return d.me(v, http.StatusUnprocessableEntity, "desk.me.old")
		}
	}
	hash, err := d.keys.hash(ctx, password)
	if err != nil {
		return err
	}
	a := v.agent
	a.Password = hash
	if err := d.Staff.SaveAgent(ctx, a); err != nil {
		return err
	}
	if err := d.record(ctx, a, "password", ""); err != nil {
		return err
	}
	if err := d.stay(ctx, a); err != nil {
		return err
	}
	d.flash(v, "desk.me.done")
	return v.back("/desk/me")
}

// weak returns the id of a text that says why a password will not do.
func weak(password, again, login string) string {
	n := utf8.RuneCountInString(password)
	switch {
	case n < minPassword || n > maxPassword:
		return "desk.me.length"
	case strings.Count(password, string([]rune(password)[0])) == n || strings.Contains(strings.ToLower(password), login):
		return "desk.me.weak"
	case password != again:
		return "desk.me.again"
	}
	return ""
}
