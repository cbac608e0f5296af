package desk

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"doudou/bot"
)

func TestLinkIsNotUsedUpByLooking(t *testing.T) {
	b := opened(t, furnish(), nil)
	token, hash := NewInvitation()
	if err := b.relais.Invite(context.Background(), "awa", hash, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		b.get("/desk/sign-in?token="+token).wants(t, 200, "Ce lien ne sert qu’une fois", token)
	}
	got := b.post("/desk/sign-in/link", "token", token)
	if got.status != 303 || got.header.Get("Location") != "/desk/me" {
		t.Fatalf("%d to %s: one without a password chooses it first", got.status, got.header.Get("Location"))
	}
	b.get("/desk/me").wants(t, 200, "Choisissez un mot de passe")
	b.another().post("/desk/sign-in/link", "token", token).wants(t, 401, "a déjà servi")
}

func TestLinkOfTooLongAgo(t *testing.T) {
	b := opened(t, furnish(), nil)
	token, hash := NewInvitation()
	if err := b.relais.Invite(context.Background(), "awa", hash, noon.Add(-time.Minute)); err != nil {
		t.Fatal(err)
	}
	b.post("/desk/sign-in/link", "token", token).wants(t, 401)
	b.post("/desk/sign-in/link", "token", "").wants(t, 401)
}

const sentence = "le doudou est bleu"

func TestPassword(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	second := b.another().enter("awa")
	b.post("/desk/me/password", "password", "court", "again", "court").wants(t, 422, "entre 12 et 128")
	b.post("/desk/me/password", "password", "aaaaaaaaaaaaaa", "again", "aaaaaaaaaaaaaa").wants(t, 422, "facile à deviner")
	b.post("/desk/me/password", "password", "je suis awa oui", "again", "je suis awa oui").wants(t, 422, "facile à deviner")
	b.post("/desk/me/password", "password", sentence, "again", sentence+"x").wants(t, 422, "différents")
	b.post("/desk/me/password", "password", sentence, "again", sentence).wants(t, 303)
	b.get("/desk/me").wants(t, 200, "Le mot de passe est gardé")
	if got := second.get("/desk/"); got.status != 303 || !strings.HasPrefix(got.header.Get("Location"), "/desk/sign-in") {
		t.Errorf("another device is still signed in: %d", got.status)
	}
	b.post("/desk/me/password", "old", "faux", "password", sentence+"!", "again", sentence+"!").wants(t, 422, "actuel")
	if a := b.relais.agents["awa"]; !strings.HasPrefix(a.Password, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash %q", a.Password)
	}
	third := b.another()
	third.post("/desk/sign-in", "login", "awa", "password", sentence+"x").wants(t, 401, "n’est pas le bon")
	got := third.post("/desk/sign-in", "login", " AWA ", "password", sentence, "next", "/desk/cases/K7Q2")
	if got.status != 303 || got.header.Get("Location") != "/desk/cases/K7Q2" {
		t.Fatalf("%d to %q", got.status, got.header.Get("Location"))
	}
	third.get("/desk/").wants(t, 200, "K7Q2")
	a := b.relais.agents["awa"]
	a.Active = false
	b.relais.agents["awa"] = a
	b.another().post("/desk/sign-in", "login", "awa", "password", sentence).wants(t, 401, "n’est pas le bon")
}

func TestSignInTellsNothing(t *testing.T) {
	f := furnish()
	b := opened(t, f, nil)
	unknown := b.post("/desk/sign-in", "login", "nobody", "password", sentence)
	without := b.post("/desk/sign-in", "login", "awa", "password", "")
	unknown.wants(t, 401)
	if strings.ReplaceAll(unknown.body, "nobody", "awa") != without.body {
		t.Error("the page tells who has an account")
	}
}

func TestGuessesAreSlowedDown(t *testing.T) {
	b := opened(t, furnish(), nil)
	for i := range guessesAccount {
		if got := b.post("/desk/sign-in", "login", "awa", "password", "no"); got.status != 401 {
			t.Fatalf("try %d: %d", i, got.status)
		}
	}
	b.post("/desk/sign-in", "login", "awa", "password", "no").wants(t, 429, "Trop d’essais")
	b.post("/desk/sign-in", "login", "lea", "password", "no").wants(t, 401)
	b.another().enter("awa").get("/desk/").wants(t, 200) // a link still opens
	*b.clock = noon.Add(guessesWindow + time.Second)
	b.post("/desk/sign-in", "login", "awa", "password", "no").wants(t, 401)
}

func TestGuessesFromOneAddress(t *testing.T) {
	now := noon
	g := newGuesses(func() time.Time { return now })
	for i := range guessesAddress {
		if !g.may(string(rune('a'+i)), "one") {
			t.Fatalf("try %d refused", i)
		}
	}
	if g.may("zoe", "one") || !g.may("zoe", "two") {
		t.Error("the address is not what is counted")
	}
	for i := range guessesKept + 10 {
		g.may("x"+strings.Repeat("y", i%7)+time.Duration(i).String(), "z")
	}
	if len(g.tries) > guessesKept+2 {
		t.Errorf("%d tries are remembered", len(g.tries))
	}
}

func TestTwoHashesAtATime(t *testing.T) {
	k := newKeys()
	one, err1 := k.slot(context.Background())
	_, err2 := k.slot(context.Background())
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, err := k.slot(ctx); !errors.Is(err, errBusy) {
		t.Fatalf("a third hash: %v", err)
	}
	one()
	if _, err := k.slot(context.Background()); err != nil {
		t.Error("a slot that was given back is not free")
	}
}

func TestWhoLeavesIsSignedOut(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	a := b.relais.agents["awa"]
	a.Active = false
	_ = b.relais.SaveAgent(context.Background(), a) // the fake cannot fail
	b.get("/desk/").wants(t, 303)
	b.get("/desk/live").wants(t, 401)
	token, hash := NewInvitation()
	_ = b.relais.Invite(context.Background(), "awa", hash, noon.Add(time.Hour))
	b.post("/desk/sign-in/link", "token", token).wants(t, 401)
}

func TestSessionEnds(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	b.get("/desk/sign-out").wants(t, 404) // a GET changes nothing
	b.get("/desk/").wants(t, 200)
	b.post("/desk/sign-out").wants(t, 303)
	b.get("/desk/").wants(t, 303)
}

func TestManagerInvites(t *testing.T) {
	f := furnish()
	b := opened(t, f, nil).enter("chef")
	b.get("/desk/agents").wants(t, 200, "Awa", "Paul")
	b.post("/desk/agents", "name", "Sam", "login", "Sam !", "team", "relais", "role", "agent").wants(t, 422, "en minuscules", `value="Sam"`)
	b.post("/desk/agents", "name", "", "login", "sam", "team", "relais", "role", "agent").wants(t, 422)
	b.post("/desk/agents", "name", "Sam", "login", "sam", "role", "agent").wants(t, 422)
	b.post("/desk/agents", "name", "Sam", "login", "sam", "team", "pmi", "role", "agent").wants(t, 422) // not her door to open
	b.post("/desk/agents", "name", "Sam", "login", "sam", "team", "relais", "role", "king").wants(t, 400)
	b.post("/desk/agents", "name", "Paul", "login", "paul", "team", "relais", "role", "agent").wants(t, 422, "existe déjà")
	got := b.post("/desk/agents", "name", "Sam", "login", "sam", "team", "relais", "role", "agent")
	got.wants(t, 200, "http://desk.test/desk/sign-in?token=")
	_, token, _ := strings.Cut(got.body, "sign-in?token=")
	token, _, _ = strings.Cut(token, `"`)
	sam := b.another()
	sam.post("/desk/sign-in/link", "token", token).wants(t, 303)
	sam.get("/desk/").wants(t, 200, "K7Q2")
	b.post("/desk/agents/sam/dismiss").wants(t, 303)
	sam.get("/desk/").wants(t, 303)
	b.post("/desk/agents/paul/dismiss").wants(t, 404)
	b.post("/desk/agents/chef/dismiss").wants(t, 404)
	b.get("/desk/journal").wants(t, 200, "invitation", "chef")
}

func TestOnlyManagersManage(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	b.get("/desk/agents").wants(t, 404)
	b.get("/desk/journal").wants(t, 404)
	b.post("/desk/agents", "name", "Sam", "login", "sam", "team", "relais", "role", "manager").wants(t, 404)
	b.post("/desk/agents/lea/dismiss").wants(t, 404)
	if _, ok := b.relais.agents["sam"]; ok || !b.relais.agents["lea"].Active {
		t.Error("an agent managed")
	}
}

func TestSharedSessionStoreHoldsNoToken(t *testing.T) {
	store := &spyStore{found: map[string][]byte{}}
	b := opened(t, furnish(), func(o *Options) { o.Sessions = store; o.PublicURL = "https://desk.test" })
	token, hash := NewInvitation()
	_ = b.relais.Invite(context.Background(), "awa", hash, noon.Add(time.Hour))
	got := b.post("/desk/sign-in/link", "token", token)
	cookie := got.header.Get("Set-Cookie")
	for _, want := range []string{"__Host-doudou=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("cookie %q lacks %s", cookie, want)
		}
	}
	value, _, _ := strings.Cut(strings.TrimPrefix(cookie, "__Host-doudou="), ";")
	if _, ok := store.found[value]; ok || len(store.found) == 0 {
		t.Error("the store holds the token itself")
	}
	if got.header.Get("Strict-Transport-Security") == "" {
		t.Error("https is not kept")
	}
}

// A spyStore keeps sessions and shows under what names.
type spyStore struct {
	mu    sync.Mutex
	found map[string][]byte
}

func (s *spyStore) Find(token string) ([]byte, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.found[token]
	return b, ok, nil
}

func (s *spyStore) Commit(token string, b []byte, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.found[token] = b
	return nil
}

func (s *spyStore) Delete(token string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.found, token)
	return nil
}

func TestReturnStaysInside(t *testing.T) {
	for to, want := range map[string]string{
		"/desk/cases/K7Q2": "/desk/cases/K7Q2", "/try": "/try", "": "/desk/", "https://evil.test": "/desk/",
		"//evil.test": "/desk/", "/desk//evil": "/desk/", `/desk/\evil`: "/desk/", "/tryst": "/desk/", "/desk/\nX: y": "/desk/",
	} {
		if got := within(to); got != want {
			t.Errorf("within(%q) = %q", to, got)
		}
	}
}

func TestNewNeedsItsParts(t *testing.T) {
	if _, err := New(Options{}); err == nil {
		t.Error("a desk without cases opened")
	}
	f := furnish()
	_, err := New(Options{Cases: f, Staff: f, Service: f, Words: catalog(t), Knowledge: knows(t), PublicURL: "http://bad host/%"})
	if err == nil {
		t.Error("a public URL that cannot be read was taken")
	}
}

var _ Cases = bot.Store(nil)
var _ Staff = bot.AgentStore(nil)
var _ Service = (*bot.Service)(nil)
var _ Rehearsal = (*bot.Rehearsal)(nil)
