package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"doudou/bot"
)

// How long an agent stays signed in: one working day, or one hour without a
// gesture. The screens of a reception desk are seen by many.
const (
	sessionLife = 10 * time.Hour
	sessionIdle = time.Hour
)

// What a session holds.
const (
	sessionLogin = "login"
	sessionMark  = "mark"  // of the password when signing in: a new password signs out everywhere
	sessionFlash = "flash" // a text id to show once
	sessionDraft = "draft" // words that were taken back, to be shown once in their box
)

func newSessions(store scs.Store, now func() time.Time, secure bool) *scs.SessionManager {
	m := scs.New()
	if kept, ok := store.(scs.CtxStore); ok {
		m.Store = clocked{kept, now}
	} else if store != nil {
		m.Store = store
	}
	m.Lifetime, m.IdleTimeout = sessionLife, sessionIdle
	m.HashTokenInStore = true
	m.Cookie.Name, m.Cookie.Secure = "doudou", secure
	if secure {
		m.Cookie.Name = "__Host-doudou"
	}
	m.Cookie.Path, m.Cookie.HttpOnly, m.Cookie.SameSite = "/", true, http.SameSiteLaxMode
	m.Cookie.Persist = false
	return m
}

// clocked keeps sessions by the clock of the service, as their store does;
// package scs counts from the clock of the machine.
type clocked struct {
	scs.CtxStore
	now func() time.Time
}

// CommitCtx moves the expiry over to the other clock.
func (c clocked) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	return c.CtxStore.CommitCtx(ctx, token, b, c.now().Add(time.Until(expiry)))
}

// enter signs an agent in, under a new session token.
func (d *desk) enter(ctx context.Context, a bot.Agent) error {
	if err := d.record(ctx, a, "sign-in", ""); err != nil {
		return err
	}
	if err := d.sessions.RenewToken(ctx); err != nil {
		return err
	}
	d.sessions.Put(ctx, sessionLogin, a.Login)
	d.sessions.Put(ctx, sessionMark, mark(a))
	return nil
}

// whoIs returns the agent who is signed in. The agent is read again each time:
// one who has left, or changed team, is seen so at once.
func (d *desk) whoIs(ctx context.Context) (bot.Agent, error) {
	login := d.sessions.GetString(ctx, sessionLogin)
	if login == "" {
		return bot.Agent{}, errSignedOut
	}
	a, err := d.Staff.Agent(ctx, login)
	if errors.Is(err, bot.ErrGone) || err == nil && (!a.Active || mark(a) != d.sessions.GetString(ctx, sessionMark)) {
		return bot.Agent{}, errSignedOut
	}
	return a, err
}

// mark changes when the password does, and tells nothing of it.
func mark(a bot.Agent) string {
	sum := sha256.Sum256([]byte("mark of " + a.Login + " " + a.Password))
	return hex.EncodeToString(sum[:8])
}

// flash leaves a word for the next page.
func (d *desk) flash(v *visit, key string) { d.sessions.Put(v.r.Context(), sessionFlash, key) }
