package desk

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"testing"
	"time"
)

// An issuer is a provider of identities on loopback, which signs true tokens and
// lies when it is told to.
type issuer struct {
	*httptest.Server
	key       *rsa.PrivateKey
	challenge string         // of PKCE, from the address that the browser was led to
	claims    map[string]any // what it says in place of the truth
	used      map[string]bool
	nonce     string
	subject   string
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{key: key, used: map[string]bool{}, subject: "agent-7"}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answerJSON(w, map[string]any{"issuer": i.URL, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token",
			"jwks_uri": i.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		answerJSON(w, map[string]any{"keys": []map[string]string{{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "k",
			"n": base64.RawURLEncoding.EncodeToString(key.N.Bytes()), "e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes())}}})
	})
	mux.HandleFunc("/token", i.token)
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

func answerJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the other side says so if it fails
}

// token gives a token for a code, once, to whoever shows the verifier.
func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	code := r.FormValue("code")
	if i.used[code] || base64.RawURLEncoding.EncodeToString(sum[:]) != i.challenge {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	i.used[code] = true
	claims := map[string]any{"iss": i.URL, "sub": i.subject, "aud": "doudou", "nonce": i.nonce, "email": "awa@ville.test",
		"iat": noon.Unix(), "exp": noon.Add(time.Hour).Unix()}
	for name, value := range i.claims {
		claims[name] = value
	}
	answerJSON(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": i.sign(claims)})
}

func (i *issuer) sign(claims map[string]any) string {
	body, _ := json.Marshal(claims) // plain values
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256","kid":"k"}`)) + "." + base64.RawURLEncoding.EncodeToString(body)
	sum := sha256.Sum256([]byte(text))
	sig, _ := rsa.SignPKCS1v15(rand.Reader, i.key, crypto.SHA256, sum[:]) // the key is sound
	return text + "." + base64.RawURLEncoding.EncodeToString(sig)
}

var leadsTo = regexp.MustCompile(`href="(http[^"]*/authorize[^"]*)"`)

// leave leaves for the provider, and returns the address to come back to.
func (i *issuer) leave(b *browser, form, code string) string {
	b.t.Helper()
	got := b.post(form)
	got.wants(b.t, 200, "Continuer")
	to, err := url.Parse(html.UnescapeString(leadsTo.FindStringSubmatch(got.body)[1]))
	if err != nil {
		b.t.Fatal(err)
	}
	q := to.Query()
	i.nonce, i.challenge = q.Get("nonce"), q.Get("code_challenge")
	if q.Get("code_challenge_method") != "S256" || q.Get("redirect_uri") != "http://desk.test"+providerBack {
		b.t.Fatalf("led to %s", to)
	}
	return providerBack + "?" + url.Values{"code": {code}, "state": {q.Get("state")}}.Encode()
}

func TestProviderVouchesForWhoWasBound(t *testing.T) {
	i := newIssuer(t)
	b, s := kept(t, func(o *Options) { o.Provider = &Provider{i.URL, "doudou", "secret"} })
	b.get("/desk/sign-in").wants(t, 200, "le compte de mon institution")
	b.get(i.leave(b, "/desk/sign-in/provider", "c0")).wants(t, 401, "relié à aucun agent") // no account is made
	b.enterReal(s, "awa")
	b.get(i.leave(b, "/desk/me/provider", "c1")).wants(t, 303)
	b.get("/desk/me").wants(t, 200, "Votre compte est relié")

	other := b.another()
	back := i.leave(other, "/desk/sign-in/provider", "c2")
	other.get(back).wants(t, 303)
	other.get("/desk/").wants(t, 200, "Awa")
	other.get(back).wants(t, 401) // a replay
	other.post("/desk/me/provider/unlink").wants(t, 303)
	other.get("/desk/me").wants(t, 200, "Choisissez d’abord un mot de passe")

	lea := b.another().enterReal(s, "lea")
	lea.get(i.leave(lea, "/desk/me/provider", "c3")).wants(t, 303)
	lea.get("/desk/me").wants(t, 200, "déjà relié à un autre agent")
}

func TestProviderIsNotBelievedBlindly(t *testing.T) {
	i := newIssuer(t)
	b, s := kept(t, func(o *Options) { o.Provider = &Provider{i.URL, "doudou", "secret"} })
	b.enterReal(s, "awa")
	b.get(i.leave(b, "/desk/me/provider", "bind")).wants(t, 303)
	for n, c := range []struct {
		what   string
		claims map[string]any
		spoil  func(back string) string
	}{
		{"another nonce", map[string]any{"nonce": "other"}, nil},
		{"another audience", map[string]any{"aud": "someone"}, nil},
		{"expired", map[string]any{"exp": noon.Add(-time.Minute).Unix()}, nil},
		{"another issuer", map[string]any{"iss": "https://evil.test"}, nil},
		{"nobody", map[string]any{"sub": ""}, nil},
		{"another state", nil, func(string) string { return providerBack + "?code=x&state=guessed" }},
		{"no code", nil, func(back string) string { return regexp.MustCompile(`code=\w+&`).ReplaceAllString(back, "") }},
		{"another verifier", nil, func(back string) string { i.challenge = "other"; return back }},
	} {
		i.claims = c.claims
		other := b.another()
		back := i.leave(other, "/desk/sign-in/provider", fmt.Sprint("t", n))
		if c.spoil != nil {
			back = c.spoil(back)
		}
		if got := other.get(back); got.status != 401 {
			t.Errorf("%s: %d", c.what, got.status)
		}
		other.get("/desk/").wants(t, 303)
	}
	i.claims = nil
	back := i.leave(b.another(), "/desk/sign-in/provider", "stolen")
	b.another().get(back).wants(t, 401) // brought by a browser that did not leave
	late := b.another()
	back = i.leave(late, "/desk/sign-in/provider", "late")
	*b.clock = b.clock.Add(providerFor + time.Minute)
	late.get(back).wants(t, 401)
	i.Close()
	fresh, _ := kept(t, func(o *Options) { o.Provider = &Provider{i.URL, "doudou", "secret"} })
	fresh.post("/desk/sign-in/provider").wants(t, 502, "ne répond pas")
}
