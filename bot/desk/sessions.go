package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/alexedwards/scs/v2"

	"doudou/bot"
)

// How long an agent stays signed in: one working day, or half an hour without a
// gesture. The screens of a reception desk are seen by many.
const (
	sessionLife = 10 * time.Hour
	sessionIdle = 30 * time.Minute
)

// What a session holds.
const (
	sessionLogin = "login"
	sessionMark  = "mark"  // of the password when signing in: a new password signs out everywhere
	sessionFlash = "flash" // a text id to show once
	sessionDraft = "draft" // words that were taken back, to be shown once in their box
	sessionID    = "id"    // tells the devices of an agent apart
	sessionAt    = "at"    // when they signed in, or made the first step, in seconds
	sessionFrom  = "from"  // browser and machine
	sessionBy    = "by"    // byProvider, or nothing
	sessionHalf  = "half"  // login of who has made the first step of two
	sessionNext  = "next"  // where to go after the second
	byProvider   = "provider"
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

// enter signs an agent in, under a new session token. Nothing of what the session
// held before passes over.
func (d *desk) enter(v *visit, a bot.Agent) error {
	ctx := v.r.Context()
	if err := d.record(ctx, a, "sign-in", ""); err != nil {
		return err
	}
	if err := d.sessions.Clear(ctx); err != nil {
		return err
	}
	if err := d.sessions.RenewToken(ctx); err != nil {
		return err
	}
	for key, value := range map[string]any{sessionLogin: a.Login, sessionMark: mark(a), sessionID: rand.Text(),
		sessionAt: d.Now().Unix(), sessionFrom: deviceName(v.r.UserAgent())} {
		d.sessions.Put(ctx, key, value)
	}
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

// mark changes when the password does, and when they are signed out everywhere;
// it tells nothing of it.
func mark(a bot.Agent) string {
	sum := sha256.Sum256([]byte("mark of " + a.Login + " " + a.Password + " " + strconv.FormatInt(a.Epoch, 10)))
	return hex.EncodeToString(sum[:8])
}

// flash leaves a word for the next page.
func (d *desk) flash(v *visit, key string) { d.sessions.Put(v.r.Context(), sessionFlash, key) }
