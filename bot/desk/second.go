package desk

import (
	"errors"
	"net/http"
	"strings"

	"doudou/bot"
)

// Proofs is how agents prove who they are, beside a password: a code of their
// telephone, or a provider of identities.
type Proofs interface {
	bot.FactorStore
	bot.IdentityStore
}

// A lock is what the page of the second factor shows.
type lock struct {
	On     bool
	Must   bool     // the desk opens only with one
	Left   int      // recovery codes that are left
	Codes  []string // just made, shown once
	Secret string   // to share with a telephone
	Key    string   // the same, in groups that can be typed
	QR     square
	Wrong  string // text id
}

// mustEnrol tells whether an agent has to set a second factor up first. Whoever
// a provider of identities vouches for was asked for one there.
func (d *desk) mustEnrol(v *visit) bool {
	return d.RequireSecond && d.Proofs != nil && !v.agent.Second && d.sessions.GetString(v.r.Context(), sessionBy) != byProvider
}

// askEnrol leads an agent who must set a second factor up to where it is done.
func (d *desk) askEnrol(v *visit, who access) error {
	if who == live || who == typing {
		return errNoPage
	}
	return v.back("/desk/me/second")
}

// seconds serves a page about second factors, where there are any.
func (d *desk) seconds(h handler) handler {
	return func(v *visit) error {
		if d.Proofs == nil {
			return errNoPage
		}
		return h(v)
	}
}

func (d *desk) secondPage(v *visit) error {
	return d.showLock(v, http.StatusOK, lock{Secret: newSecret()})
}

func (d *desk) showLock(v *visit, status int, data lock) error {
	data.Must = d.RequireSecond
	f, err := d.Proofs.Factor(v.r.Context(), v.agent.Login)
	if err != nil && !errors.Is(err, bot.ErrGone) {
		return err
	}
	if data.On, data.Left = err == nil, len(f.Codes); !data.On {
		data.Key = groupsOfFour(data.Secret)
		if data.QR, err = qrOf(v.agent.Login, data.Secret); err != nil {
			return err
		}
	}
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, status, "second", page{Title: "desk.second.title", Tab: "me", Flash: flash, Data: data})
}

// groupsOfFour writes a secret as it can be typed.
func groupsOfFour(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// enrol keeps a secret once the telephone has shown that it holds it, and gives
// the recovery codes, this once.
func (d *desk) enrol(v *visit) error {
	secret := v.field("secret")
	if !isSecret(secret) {
		return errForm
	}
	if v.agent.Second {
		return v.back("/desk/me/second")
	}
	if !d.guesses.may(v.agent.Login, d.ClientAddress(v.r)) {
		return d.showLock(v, http.StatusTooManyRequests, lock{Secret: secret, Wrong: "desk.signin.slow"})
	}
	step, ok := stepOf(secret, plainCode(v.field("code")), d.Now())
	if !ok {
		return d.showLock(v, http.StatusUnprocessableEntity, lock{Secret: secret, Wrong: "desk.second.wrong"})
	}
	d.guesses.right(v.agent.Login)
	return d.giveCodes(v, "second-on", bot.Factor{Secret: secret, Step: step})
}

// renewCodes replaces the recovery codes, for whoever shows a code.
func (d *desk) renewCodes(v *visit) error {
	f, shown, err := d.proven(v)
	if shown || err != nil {
		return err
	}
	return d.giveCodes(v, "second-codes", f)
}

// giveCodes keeps a factor with new recovery codes, and shows them.
func (d *desk) giveCodes(v *visit, did string, f bot.Factor) error {
	if err := d.record(v.r.Context(), v.agent, did, ""); err != nil {
		return err
	}
	shown, hashes := newRecovery(v.agent.Login)
	f.Login, f.Codes, f.Since = v.agent.Login, hashes, d.Now()
	if err := d.Proofs.SaveFactor(v.r.Context(), f); err != nil {
		return err
	}
	v.agent.Second = true
	return d.showLock(v, http.StatusOK, lock{Codes: shown})
}

// endSecond ends the second factor, for whoever shows a code.
func (d *desk) endSecond(v *visit) error {
	_, shown, err := d.proven(v)
	if shown || err != nil {
		return err
	}
	if err := d.record(v.r.Context(), v.agent, "second-off", ""); err != nil {
		return err
	}
	if err := d.Proofs.DropFactor(v.r.Context(), v.agent.Login); err != nil {
		return err
	}
	d.flash(v, "desk.second.ended")
	return v.back("/desk/me/second")
}

// proven returns the factor of an agent who typed one of its codes; shown tells
// that a page has said what was wrong.
func (d *desk) proven(v *visit) (f bot.Factor, shown bool, err error) {
	wrong, status, err := d.tryCode(v, v.agent.Login)
	if err != nil {
		return f, false, err
	}
	if wrong != "" {
		return f, true, d.showLock(v, status, lock{Wrong: wrong})
	}
	d.guesses.right(v.agent.Login)
	f, err = d.Proofs.Factor(v.r.Context(), v.agent.Login)
	return f, false, err
}

// resetSecond takes the second factor of a colleague away who lost the telephone
// and the codes; every session of theirs ends.
func (d *desk) resetSecond(v *visit) error {
	a, err := d.another(v)
	if err != nil {
		return err
	}
	a.Epoch++
	if err := d.changeAgent(v, "second-reset", a); err != nil {
		return err
	}
	if err := d.Proofs.DropFactor(v.r.Context(), a.Login); err != nil {
		return err
	}
	d.flash(v, "desk.agent.secondgone")
	return v.back("/desk/agents/" + a.Login)
}
