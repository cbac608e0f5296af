package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"

	"doudou/bot"
)

// A visit is one request: who asks, in which language they read.
type visit struct {
	w     http.ResponseWriter
	r     *http.Request
	agent bot.Agent          // zero for somebody who is not signed in
	lang  string             // fr or en
	steps map[bot.CaseID]int // how far cases have climbed; nil until read
}

// A handler answers a visit; an error becomes a page that says what to do.
type handler func(v *visit) error

// Errors that a visitor may cause.
var (
	errNoPage    = errors.New("no such page, or not for this agent")
	errForeign   = errors.New("form sent from another site")
	errReadOnly  = errors.New("this role only reads")
	errSignedOut = errors.New("not signed in")
	errBusy      = errors.New("too many sign-ins at once")
	errForm      = errors.New("form cannot be read")
	errClosed    = errors.New("the case is closed")
	errOver      = errors.New("the date is over or cancelled")
)

// open serves a page to anybody.
func (d *desk) open(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{w: w, r: r, lang: d.language(r)}
		if err := h(v); err != nil {
			d.fail(v, err)
		}
	})
}

// signed serves a page to agents who are signed in.
func (d *desk) signed(h handler) http.Handler {
	return d.open(func(v *visit) error {
		agent, err := d.whoIs(v.r.Context())
		if errors.Is(err, errSignedOut) {
			return d.askSignIn(v)
		}
		if err != nil {
			return err
		}
		v.agent = agent
		return h(v)
	})
}

// signedLive serves what a page of a signed-in agent asks for by itself: one who
// is not signed in gets a bare refusal, not a page.
func (d *desk) signedLive(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{w: w, r: r, lang: d.language(r)}
		var err error
		if v.agent, err = d.whoIs(r.Context()); err == nil {
			err = h(v)
		}
		if err != nil {
			status, _ := d.judge(err)
			w.WriteHeader(status)
		}
	})
}

// peek reads the session without prolonging it.
func (d *desk) peek(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := ""
		if c, err := r.Cookie(d.sessions.Cookie.Name); err == nil {
			token = c.Value
		}
		ctx, err := d.sessions.Load(r.Context(), token)
		if err != nil {
			d.Log.Error("cannot read a session", "error", err)
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// sees tells whether an agent may see a case: it belongs to one of their teams,
// or did and they may still read it.
func sees(a bot.Agent, c bot.Case) bool {
	return owns(a, c) || slices.ContainsFunc(c.Readers, func(team string) bool { return slices.Contains(a.Teams, team) })
}

// owns tells whether a case belongs to one of an agent's teams.
func owns(a bot.Agent, c bot.Case) bool { return slices.Contains(a.Teams, c.Team) }

// writes tells whether an agent may do more than read.
func writes(a bot.Agent) bool { return a.Role == bot.RoleAgent || a.Role == bot.RoleManager }

// record writes to the journal. What cannot be written down is not done or shown.
func (d *desk) record(ctx context.Context, a bot.Agent, did string, id bot.CaseID) error {
	return d.Staff.Record(ctx, bot.Entry{At: d.Now(), Agent: a.Login, Did: did, Case: id})
}

// back answers a form: the browser goes on to a page, so that a reload sends
// nothing again.
func (v *visit) back(to string) error {
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// field returns a field of the form without what surrounds it.
func (v *visit) field(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(v.r.PostFormValue(name), "\r\n", "\n"))
}

// key is the key of the form that was sent, or a new one.
func (v *visit) key() string {
	if once := v.field("once"); once != "" {
		return once
	}
	return rand.Text()
}
