package desk

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"doudou/bot"
)

// A Provider of identities vouches for agents, by OpenID Connect. It makes no
// account: an agent who was invited binds theirs to it, once, and is known by the
// provider's own number from then on, never by an e-mail address.
type Provider struct{ Issuer, ClientID, ClientSecret string }

// What a session holds between leaving for the provider and coming back.
const (
	sessionState    = "provider-state"
	sessionNonce    = "provider-nonce"
	sessionVerifier = "provider-verifier"
	sessionLinks    = "provider-links" // login to be bound; "" to sign in
	sessionLeft     = "provider-left"  // when they left, in seconds
)

const (
	providerBack    = "/desk/sign-in/provider/back"
	providerFor     = 10 * time.Minute // that somebody may take to come back
	providerTimeout = 10 * time.Second
)

// errUnproved says that what came back proves nothing.
var errUnproved = errors.New("the provider's answer does not prove who somebody is")

// A voucher asks a provider. It is found when it is first needed: the desk opens
// without it.
type voucher struct {
	Provider
	back   string
	now    func() time.Time
	client *http.Client
	mu     sync.Mutex
	found  *oidc.Provider
}

func newVoucher(p *Provider, publicURL string, now func() time.Time) *voucher {
	if p == nil {
		return nil
	}
	return &voucher{Provider: *p, back: strings.TrimRight(publicURL, "/") + providerBack, now: now, client: &http.Client{Timeout: providerTimeout}}
}

// discover returns the provider and how we speak to it.
func (p *voucher) discover(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		found, err := oidc.NewProvider(oidc.ClientContext(ctx, p.client), p.Issuer)
		if err != nil {
			return nil, nil, fmt.Errorf("find the provider of identities: %w", err)
		}
		p.found = found
	}
	return p.found, &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret, RedirectURL: p.back,
		Endpoint: p.found.Endpoint(), Scopes: []string{oidc.ScopeOpenID}}, nil
}

// proves exchanges what the browser brought back, once, and returns whom the
// provider vouches for.
func (p *voucher) proves(ctx context.Context, code, verifier, nonce string) (bot.Identity, error) {
	found, config, err := p.discover(ctx)
	if err != nil {
		return bot.Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	tokens, err := config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return bot.Identity{}, errUnproved // its answer may hold secrets
	}
	raw, _ := tokens.Extra("id_token").(string)
	token, err := found.VerifierContext(ctx, &oidc.Config{ClientID: p.ClientID, Now: p.now}).Verify(ctx, raw)
	if err != nil || nonce == "" || subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(nonce)) != 1 || token.Subject == "" {
		return bot.Identity{}, errUnproved
	}
	return bot.Identity{Issuer: token.Issuer, Subject: token.Subject}, nil
}

// vouched serves what needs a provider.
func (d *desk) vouched(h handler) handler {
	return func(v *visit) error {
		if d.voucher == nil || d.Proofs == nil {
			return errNoPage
		}
		return h(v)
	}
}

// leave leads to the provider. A form may not lead to another site (see policy):
// the page that answers it does.
func (d *desk) leave(v *visit) error {
	ctx := v.r.Context()
	_, config, err := d.voucher.discover(ctx)
	if err != nil {
		d.Log.Warn("the provider of identities does not answer", "error", err)
		return d.door(v, http.StatusBadGateway, door{Wrong: "desk.provider.away"})
	}
	state, nonce, verifier := rand.Text(), rand.Text(), oauth2.GenerateVerifier()
	for key, value := range map[string]any{sessionState: state, sessionNonce: nonce, sessionVerifier: verifier,
		sessionLinks: v.agent.Login, sessionLeft: d.Now().Unix()} {
		d.sessions.Put(ctx, key, value)
	}
	to := config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier))
	v.w.Header().Set("Refresh", "0; url="+to)
	return d.show(v, http.StatusOK, "leave", page{Title: "desk.provider.title", Data: to})
}

// comeBack takes what the provider sent the browser back with. It serves once.
func (d *desk) comeBack(v *visit) error {
	ctx, q := v.r.Context(), v.r.URL.Query()
	state, nonce := d.sessions.PopString(ctx, sessionState), d.sessions.PopString(ctx, sessionNonce)
	verifier, links := d.sessions.PopString(ctx, sessionVerifier), d.sessions.PopString(ctx, sessionLinks)
	late := d.Now().Sub(time.Unix(d.sessions.GetInt64(ctx, sessionLeft), 0)) > providerFor
	if state == "" || late || subtle.ConstantTimeCompare([]byte(state), []byte(q.Get("state"))) != 1 || q.Get("code") == "" {
		return d.door(v, http.StatusUnauthorized, door{Wrong: "desk.provider.failed"})
	}
	id, err := d.voucher.proves(ctx, q.Get("code"), verifier, nonce)
	if errors.Is(err, errUnproved) {
		return d.door(v, http.StatusUnauthorized, door{Wrong: "desk.provider.failed"})
	}
	if err != nil {
		return err
	}
	if links != "" {
		return d.bind(v, id, links)
	}
	return d.enterVouched(v, id)
}

// bind binds an identity to the agent who is signed in, and who left to do so.
func (d *desk) bind(v *visit, id bot.Identity, login string) error {
	a, err := d.whoIs(v.r.Context())
	if err != nil || a.Login != login {
		return d.door(v, http.StatusUnauthorized, door{Wrong: "desk.provider.failed"})
	}
	if err := d.record(v.r.Context(), a, "link", ""); err != nil {
		return err
	}
	err = d.Proofs.Link(v.r.Context(), id, login)
	if errors.Is(err, bot.ErrTaken) {
		d.flash(v, "desk.provider.taken")
		return v.back("/desk/me")
	}
	if err != nil {
		return err
	}
	d.flash(v, "desk.provider.linked")
	return v.back("/desk/me")
}

// enterVouched signs in whoever an identity is bound to. The provider has asked
// for what it asks for: no second factor of ours is.
func (d *desk) enterVouched(v *visit, id bot.Identity) error {
	ctx := v.r.Context()
	login, err := d.Proofs.Linked(ctx, id)
	var a bot.Agent
	if err == nil {
		a, err = d.Staff.Agent(ctx, login)
	}
	if errors.Is(err, bot.ErrGone) || err == nil && !a.Active {
		return d.door(v, http.StatusUnauthorized, door{Wrong: "desk.provider.unknown"})
	}
	if err != nil {
		return err
	}
	if err := d.enter(v, a); err != nil {
		return err
	}
	d.sessions.Put(ctx, sessionBy, byProvider)
	return v.back("/desk/")
}

// unbind ends the bond, for an agent who can still sign in by password.
func (d *desk) unbind(v *visit) error {
	if v.agent.Password == "" {
		d.flash(v, "desk.provider.nopassword")
		return v.back("/desk/me")
	}
	if err := d.record(v.r.Context(), v.agent, "unlink", ""); err != nil {
		return err
	}
	if err := d.Proofs.Unlink(v.r.Context(), v.agent.Login); err != nil {
		return err
	}
	d.flash(v, "desk.provider.unlinked")
	return v.back("/desk/me")
}
