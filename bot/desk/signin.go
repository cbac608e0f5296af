package desk

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"doudou/bot"
)

// A door is what the page of sign-in shows.
type door struct {
	Token string // of a one-time link, not used up yet
	Login string
	Wrong string // text id of what was wrong
	Next  string // where to go then
	Typed string // an answer that came after the session had ended

	Provider bool // a provider of identities may vouch instead
}

// signInPage shows the form; with a one-time link, a button. Opening the page
// does not use the link up: mail programs and chats open links to preview them.
func (d *desk) signInPage(v *visit) error {
	q := v.r.URL.Query()
	return d.door(v, http.StatusOK, door{Token: q.Get("token"), Next: within(q.Get("next"))})
}

func (d *desk) door(v *visit, status int, data door) error {
	data.Provider = d.voucher != nil
	return d.show(v, status, "signin", page{Title: "desk.signin.title", Data: data})
}

// askSignIn leads somebody who is not signed in to the form. An answer that was
// typed meanwhile is shown, to be copied: it has not left.
func (d *desk) askSignIn(v *visit) error {
	if v.r.Method == http.MethodGet {
		return v.back("/desk/sign-in?next=" + url.QueryEscape(v.r.URL.Path))
	}
	next := within(v.r.URL.Path)
	if at := strings.LastIndexByte(next, '/'); strings.HasPrefix(next, "/desk/cases/") {
		next = next[:at]
	}
	return d.door(v, http.StatusUnauthorized, door{Wrong: "desk.signin.expired", Next: next, Typed: v.typed()})
}

// signIn signs in by login and password.
func (d *desk) signIn(v *visit) error {
	login, password := strings.ToLower(v.field("login")), v.r.PostFormValue("password")
	next := within(v.field("next"))
	if !d.guesses.may(login, d.ClientAddress(v.r)) {
		return d.door(v, http.StatusTooManyRequests, door{Login: login, Wrong: "desk.signin.slow", Next: next})
	}
	a, err := d.prove(v.r.Context(), login, password)
	if errors.Is(err, errSignedOut) {
		return d.door(v, http.StatusUnauthorized, door{Login: login, Wrong: "desk.signin.wrong", Next: next})
	}
	if err != nil {
		return err
	}
	return d.pass(v, a, next)
}

// prove returns the agent with this login and password, errSignedOut when there
// is none. It takes the same time in all cases.
func (d *desk) prove(ctx context.Context, login, password string) (bot.Agent, error) {
	a, err := d.Staff.Agent(ctx, login)
	if err != nil && !errors.Is(err, bot.ErrGone) {
		return a, err
	}
	hash := a.Password
	if err != nil || !a.Active {
		hash = ""
	}
	if utf8.RuneCountInString(password) > maxPassword {
		password = ""
	}
	fits, err := d.keys.fits(ctx, password, hash)
	if err == nil && !fits {
		err = errSignedOut
	}
	return a, err
}

// signInByLink uses a one-time link up.
func (d *desk) signInByLink(v *visit) error {
	ctx := v.r.Context()
	if !d.guesses.may("", d.ClientAddress(v.r)) {
		return d.door(v, http.StatusTooManyRequests, door{Wrong: "desk.signin.slow"})
	}
	login, err := d.Staff.Redeem(ctx, HashToken(v.field("token")), d.Now())
	var a bot.Agent
	if err == nil {
		a, err = d.Staff.Agent(ctx, login)
	}
	if errors.Is(err, bot.ErrGone) || err == nil && !a.Active {
		return d.door(v, http.StatusUnauthorized, door{Wrong: "desk.signin.used"})
	}
	if err != nil {
		return err
	}
	d.guesses.right("")
	if a.Password != "" || a.Linked {
		return d.pass(v, a, "/desk/")
	}
	return d.pass(v, a, "/desk/me")
}

func (d *desk) signOut(v *visit) error {
	if err := d.sessions.Destroy(v.r.Context()); err != nil {
		return err
	}
	return v.back("/desk/sign-in")
}
