package desk

import (
	"context"
	"html"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"doudou/bot"
	"doudou/bot/store"
)

// kept is a desk on the true store, with the staff of furnish.
func kept(t *testing.T, change func(*Options)) (*browser, *store.Store) {
	t.Helper()
	clock := noon
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "doudou.db"),
		Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, a := range furnish().agents {
		if err := s.SaveAgent(context.Background(), a); err != nil {
			t.Fatal(err)
		}
	}
	b := opened(t, newRelais(), func(o *Options) {
		o.Now = func() time.Time { return clock }
		o.Cases, o.Staff, o.Proofs, o.Sessions = s, s, s, s.DeskSessions()
		if change != nil {
			change(o)
		}
	})
	b.clock = &clock
	return b, s
}

var secretField = regexp.MustCompile(`name="secret" value="([A-Z2-7]+)"`)

// telephone sets a second factor up, and returns its secret and recovery codes.
func (b *browser) telephone() (secret string, codes []string) {
	b.t.Helper()
	secret = secretField.FindStringSubmatch(b.get("/desk/me/second").body)[1]
	got := b.post("/desk/me/second", "secret", secret, "code", b.code(secret))
	got.wants(b.t, 200, "Vos codes de secours")
	for _, m := range regexp.MustCompile(`<code>([a-z2-7-]+)</code>`).FindAllStringSubmatch(got.body, -1) {
		codes = append(codes, m[1])
	}
	return secret, codes
}

// code is what the telephone shows now.
func (b *browser) code(secret string) string {
	b.t.Helper()
	code, err := totp.GenerateCode(secret, *b.clock)
	if err != nil {
		b.t.Fatal(err)
	}
	return code
}

// password signs in by password, the first step.
func (b *browser) password(login string) reply {
	return b.post("/desk/sign-in", "login", login, "password", sentence, "next", "/desk/journal")
}

func TestSignInInTwoSteps(t *testing.T) {
	b, s := kept(t, nil)
	b.enterReal(s, "chef").post("/desk/me/password", "password", sentence, "again", sentence).wants(t, 303)
	page := b.get("/desk/me/second")
	page.wants(t, 200, "<svg", `autocomplete="one-time-code"`)
	secret := secretField.FindStringSubmatch(page.body)[1]
	b.post("/desk/me/second", "secret", secret, "code", "000000").wants(t, 422, "code suivant", secret)
	b.post("/desk/me/second", "secret", "mine", "code", "000000").wants(t, 400)
	secret, codes := b.telephone()
	if len(codes) != recoveryCodes {
		t.Fatalf("%d recovery codes", len(codes))
	}
	b.get("/desk/me/second").wants(t, 200, "10 codes de secours")

	other := b.another()
	if got := other.password("chef"); got.header.Get("Location") != "/desk/sign-in/code" {
		t.Fatalf("%d to %s", got.status, got.header.Get("Location"))
	}
	other.get("/desk/").wants(t, 303) // half is not whole
	other.get("/desk/live").wants(t, 401)
	other.get("/desk/sign-in/code").wants(t, 200, `autocomplete="one-time-code"`)
	other.post("/desk/sign-in/code", "code", b.code(secret)).wants(t, 401, "il a déjà servi") // at the enrolment
	*b.clock = b.clock.Add(codeStep)
	last := b.code(secret)
	got := other.post("/desk/sign-in/code", "code", " "+last[:3]+" "+last[3:]) // as it is pasted
	if got.status != 303 || got.header.Get("Location") != "/desk/journal" {
		t.Fatalf("%d to %s", got.status, got.header.Get("Location"))
	}
	other.get("/desk/").wants(t, 200)
	third := b.another()
	third.password("chef")
	third.post("/desk/sign-in/code", "code", last).wants(t, 401)
	*b.clock = b.clock.Add(2 * codeStep)
	before, _ := totp.GenerateCode(secret, b.clock.Add(-codeStep))
	third.post("/desk/sign-in/code", "code", before).wants(t, 303) // the step before, once
	b.another().post("/desk/sign-in/code", "code", b.code(secret)).wants(t, 401, "Recommencez")
}

func TestRecoveryCodeServesOnce(t *testing.T) {
	b, s := kept(t, nil)
	b.enterReal(s, "awa").post("/desk/me/password", "password", sentence, "again", sentence).wants(t, 303)
	_, codes := b.telephone()
	b.post("/desk/me/elsewhere").wants(t, 303)
	for i, want := range []int{303, 401} {
		other := b.another()
		other.password("awa").wants(t, 303)
		if got := other.post("/desk/sign-in/code", "code", strings.ToUpper(codes[3])); got.status != want {
			t.Errorf("time %d: %d, want %d", i+1, got.status, want)
		}
	}
	b.get("/desk/me/second").wants(t, 200, "9 codes de secours")
	b.post("/desk/me/second/end", "code", "aaaa-aaaa-aaaa-aaaa").wants(t, 401)
	b.post("/desk/me/second/end", "code", codes[4]).wants(t, 303)
	other := b.another()
	if got := other.password("awa"); got.header.Get("Location") != "/desk/journal" {
		t.Errorf("to %s without a second factor", got.header.Get("Location"))
	}
}

func TestSecondStepDoesNotWait(t *testing.T) {
	b, s := kept(t, nil)
	b.enterReal(s, "awa").post("/desk/me/password", "password", sentence, "again", sentence).wants(t, 303)
	secret, _ := b.telephone()
	other := b.another()
	other.password("awa").wants(t, 303)
	*b.clock = b.clock.Add(halfFor + time.Minute)
	other.post("/desk/sign-in/code", "code", b.code(secret)).wants(t, 401, "Recommencez")
	other.password("awa").wants(t, 303)
	for range guessesAccount {
		other.post("/desk/sign-in/code", "code", "000000")
	}
	other.post("/desk/sign-in/code", "code", b.code(secret)).wants(t, 429, "Trop d’essais")
}

func TestSecondFactorIsCompulsoryWhereItIsSaid(t *testing.T) {
	b, s := kept(t, func(o *Options) { o.RequireSecond = true })
	b.enterReal(s, "awa")
	for _, path := range []string{"/desk/", "/desk/cases/K7Q2", "/desk/agents", "/desk/nothing"} {
		if got := b.get(path); got.status == 200 {
			t.Errorf("%s opens without the second factor", path)
		}
	}
	b.get("/desk/live").wants(t, 404)
	b.get("/desk/me").wants(t, 200)
	b.telephone()
	b.get("/desk/").wants(t, 200)
}

func TestManagerResetsTheSecondFactor(t *testing.T) {
	b, s := kept(t, nil)
	b.enterReal(s, "chef")
	awa := b.another().enterReal(s, "awa")
	awa.telephone()
	b.get("/desk/agents/awa").wants(t, 200, "Enlever le téléphone")
	b.post("/desk/agents/awa/second").wants(t, 303)
	awa.get("/desk/").wants(t, 303)
	if a, err := s.Agent(t.Context(), "awa"); err != nil || a.Second {
		t.Errorf("%+v %v", a, err)
	}
	b.post("/desk/agents/chef/second").wants(t, 404) // not one's own
	b.post("/desk/agents/paul/second").wants(t, 404) // not of one's teams
	b.get("/desk/journal").wants(t, 200, "téléphone d’un collègue enlevé")
}

func TestSecretIsSealedInTheStore(t *testing.T) {
	b, s := kept(t, nil)
	secret, codes := b.enterReal(s, "awa").telephone()
	f, err := s.Factor(t.Context(), "awa")
	if err != nil || f.Secret != secret || len(f.Codes) != recoveryCodes {
		t.Fatalf("%+v %v", f, err)
	}
	if strings.Contains(strings.Join(f.Codes, " "), plainCode(codes[0])) {
		t.Error("recovery codes are kept as they are shown")
	}
}

func TestWhereIAmSignedIn(t *testing.T) {
	b, s := kept(t, nil)
	b.enterReal(s, "awa")
	other, paul := b.another().enterReal(s, "awa"), b.another().enterReal(s, "paul")
	page := b.get("/desk/me")
	if n := strings.Count(page.body, "navigateur inconnu") + strings.Count(page.body, "Navigateur inconnu"); n != 2 {
		t.Errorf("%d devices: %s", n, html.UnescapeString(page.body))
	}
	if strings.Count(page.body, "<strong>ici</strong>") != 1 {
		t.Error("this browser is not told apart")
	}
	b.post("/desk/me/elsewhere").wants(t, 303)
	b.get("/desk/me").wants(t, 200, "Vos autres appareils sont déconnectés")
	other.get("/desk/").wants(t, 303)
	paul.get("/desk/").wants(t, 200)
}

func TestDeviceName(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0":                                      "Firefox, Windows",
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0":             "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/6": "Safari, iPhone",
		"": "", "curl/8": "",
	} {
		if got := deviceName(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}

func TestManagerEditsAnAccount(t *testing.T) {
	b, s := kept(t, nil)
	b.enterReal(s, "chef")
	awa := b.another().enterReal(s, "awa")
	b.get("/desk/agents/awa").wants(t, 200, `value="Awa"`, "Fermer l’accès")
	b.post("/desk/agents/awa", "name", "Awa", "email", "pas une adresse", "team", "relais", "role", "agent").wants(t, 422, "n’est pas complète")
	b.post("/desk/agents/awa", "name", "Awa", "team", "pmi", "role", "agent").wants(t, 422, "parmi les vôtres")
	b.post("/desk/agents/awa", "name", "Awa D.", "email", "awa@ville.test", "team", "relais", "role", "observer", "approved", "yes").wants(t, 303)
	a, err := s.Agent(t.Context(), "awa")
	if err != nil || a.Name != "Awa D." || a.Email != "awa@ville.test" || a.Role != bot.RoleObserver || !a.Approved {
		t.Errorf("%+v %v", a, err)
	}
	awa.get("/desk/").wants(t, 200) // rights change under a session that goes on
	awa.post("/desk/cases/K7Q2/take", "once", "k").wants(t, 403)
	b.post("/desk/agents/awa/dismiss").wants(t, 303)
	awa.get("/desk/").wants(t, 303)
	b.get("/desk/agents/awa").wants(t, 200, "est fermé", "Rouvrir")
	b.post("/desk/agents/awa/invite").wants(t, 200, "sign-in?token=")
	b.post("/desk/agents/chef", "name", "Inès B.", "role", "agent", "team", "pmi").wants(t, 303) // her name, not her rights
	if a, _ := s.Agent(t.Context(), "chef"); a.Name != "Inès B." || a.Role != bot.RoleManager || a.Teams[0] != "relais" {
		t.Errorf("%+v", a)
	}
	b.get("/desk/agents/paul").wants(t, 404)
}
