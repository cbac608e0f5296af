package desk

import (
	"context"
	"errors"
	"net/http"
	"time"

	"doudou/bot"
)

// halfFor is how long the second step of a sign-in may take.
const halfFor = 10 * time.Minute

// pass lets in somebody whose password or link was right: at once, or to the
// second step if they have a second factor.
func (d *desk) pass(v *visit, a bot.Agent, next string) error {
	ctx := v.r.Context()
	if d.Proofs == nil || !a.Second {
		d.guesses.right(a.Login)
		if err := d.enter(v, a); err != nil {
			return err
		}
		return v.back(next)
	}
	if err := d.sessions.Clear(ctx); err != nil {
		return err
	}
	if err := d.sessions.RenewToken(ctx); err != nil {
		return err
	}
	d.sessions.Put(ctx, sessionHalf, a.Login)
	d.sessions.Put(ctx, sessionMark, mark(a))
	d.sessions.Put(ctx, sessionAt, d.Now().Unix())
	d.sessions.Put(ctx, sessionNext, next)
	return v.back("/desk/sign-in/code")
}

// half returns who is at the second step; errSignedOut when nobody is.
func (d *desk) half(ctx context.Context) (bot.Agent, error) {
	login := d.sessions.GetString(ctx, sessionHalf)
	if login == "" || d.Proofs == nil || d.Now().Sub(time.Unix(d.sessions.GetInt64(ctx, sessionAt), 0)) > halfFor {
		return bot.Agent{}, errSignedOut
	}
	a, err := d.Staff.Agent(ctx, login)
	if errors.Is(err, bot.ErrGone) || err == nil && (!a.Active || mark(a) != d.sessions.GetString(ctx, sessionMark)) {
		return bot.Agent{}, errSignedOut
	}
	return a, err
}

// codePage asks for the code of the telephone.
func (d *desk) codePage(v *visit) error {
	if _, err := d.half(v.r.Context()); errors.Is(err, errSignedOut) {
		return v.back("/desk/sign-in")
	} else if err != nil {
		return err
	}
	return d.showCode(v, http.StatusOK, "")
}

func (d *desk) showCode(v *visit, status int, wrong string) error {
	return d.show(v, status, "code", page{Title: "desk.code.title", Data: door{Wrong: wrong}})
}

// signInCode is the second step: a code of the telephone, or a recovery code.
func (d *desk) signInCode(v *visit) error {
	ctx := v.r.Context()
	a, err := d.half(ctx)
	if errors.Is(err, errSignedOut) {
		return d.door(v, http.StatusUnauthorized, door{Wrong: "desk.code.late"})
	}
	if err != nil {
		return err
	}
	wrong, status, err := d.tryCode(v, a.Login)
	if err != nil {
		return err
	}
	if wrong != "" {
		return d.showCode(v, status, wrong)
	}
	d.guesses.right(a.Login)
	next := d.sessions.GetString(ctx, sessionNext)
	if err := d.enter(v, a); err != nil {
		return err
	}
	return v.back(within(next))
}

// tryCode uses up the code that was typed; wrong is the id of a text that says
// why it was not taken.
func (d *desk) tryCode(v *visit, login string) (wrong string, status int, err error) {
	if !d.guesses.may(login, d.ClientAddress(v.r)) {
		return "desk.signin.slow", http.StatusTooManyRequests, nil
	}
	err = d.useCode(v.r.Context(), login, plainCode(v.field("code")))
	if errors.Is(err, bot.ErrGone) {
		return "desk.code.wrong", http.StatusUnauthorized, nil
	}
	return "", http.StatusOK, err
}

// useCode uses a code up; bot.ErrGone for one that is wrong or has served.
func (d *desk) useCode(ctx context.Context, login, code string) error {
	f, err := d.Proofs.Factor(ctx, login)
	if err != nil {
		return err
	}
	if step, ok := stepOf(f.Secret, code, d.Now()); ok {
		return d.Proofs.UseStep(ctx, login, step)
	}
	if len(code) != recoveryRunes {
		return bot.ErrGone
	}
	_, err = d.Proofs.UseCode(ctx, login, recoveryHash(login, code))
	return err
}
