package desk

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"doudou/bot"
	"doudou/dialogs"
	"doudou/knowledge"
	"doudou/locales"
)

// noon is the day of all tests: a Wednesday.
var noon = time.Date(2027, 3, 3, 11, 0, 0, 0, time.UTC)

var wordsEnglish = strings.NewReplacer(`"{n}\u00a0€"`, `"€{n}"`, `"writing.decimal" = ","`, `"writing.decimal" = "."`).Replace(writing) + textsEnglish

// writing is how these test catalogs write numbers and dates.
const writing = `
"writing.group" = " "
"writing.decimal" = ","
"writing.euros" = "{n}\u00a0€"
"writing.percent" = "{n} %"
"writing.months" = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."]
"writing.days" = ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."]
"writing.date" = "{day} {month} {year}"
"writing.moment" = "{weekday} {day} {month} {time}"
"writing.clock" = "{h}h{mm}"
"writing.month" = "{month} {year}"
"writing.hours" = "{from}-{to}"
"writing.through" = "du {from} au {to}"
"writing.comma" = ", "
"writing.and" = "{a} et {b}"
"writing.yes" = "oui"
"writing.no" = "non"
`

const words = writing + `
"bot.staff" = "{{.agent}}, {{.team}}"
"bot.closed" = "Doudou est de retour."
"team.relais" = "relais petite enfance"
"team.pmi" = "PMI"
"cmg.children" = "Combien d'enfants ?"
"cmg.result" = "Il vous reste {{.rest}} par mois."
"cmg.offer.more" = "En savoir plus"
"global.human" = "Une personne"
`

const textsEnglish = `
"cmg.children" = "How many children?"
"cmg.result" = "You have {{.rest}} a month left to pay."
"cmg.offer.more" = "Tell me more"
"global.human" = "A person"
`

// talk is a family's conversation: the robot's words as keys, theirs as typed.
func talk() []bot.Line {
	at := noon.Add(-2 * time.Hour)
	lines := []bot.Line{
		{Speaker: bot.Family, Lang: "ar", Text: "كم سأدفع؟ <script>alert(1)</script>"},
		{Speaker: bot.Robot, Lang: "ar", Says: []dialogs.Text{{Key: "cmg.children"}}},
		{Speaker: bot.Family, Lang: "ar", Text: "2"},
		{Speaker: bot.Family, Lang: "ar", Masked: true},
		{Speaker: bot.Robot, Lang: "ar", Says: []dialogs.Text{
			{Key: "cmg.result", Args: map[string]dialogs.Value{"rest": {Kind: dialogs.KindEuros, Text: "312.50"}}},
			{Key: "cmg.offer.more"}, {Key: "global.human"}}},
		{Speaker: bot.Family, Lang: "ar", Says: []dialogs.Text{{Key: "global.human"}}},
	}
	for i := range lines {
		lines[i].Seq, lines[i].At = int64(i+1), at.Add(time.Duration(i)*time.Minute)
	}
	return lines
}

// furnish fills a relais with a family, its case and the staff.
func furnish() *relais {
	f := newRelais()
	for _, a := range []bot.Agent{
		{Login: "awa", Name: "Awa", Teams: []string{"relais"}, Role: bot.RoleAgent, Active: true},
		{Login: "lea", Name: "Léa", Teams: []string{"relais"}, Role: bot.RoleAgent, Active: true},
		{Login: "paul", Name: "Paul", Teams: []string{"pmi"}, Role: bot.RoleAgent, Active: true},
		{Login: "nora", Name: "Nora", Teams: []string{"relais"}, Role: bot.RoleObserver, Active: true},
		{Login: "chef", Name: "Inès", Teams: []string{"relais"}, Role: bot.RoleManager, Active: true},
		{Login: "none", Name: "Zoé", Role: bot.RoleAgent, Active: true},
	} {
		f.agents[a.Login] = a
	}
	f.lines["family"] = talk()
	f.cases["K7Q2"] = bot.Case{ID: "K7Q2", Contact: "family", Team: "relais", State: bot.Open, Topic: "cmg.offer", Asked: noon.Add(-90 * time.Minute),
		Lang: "ar", Channel: bot.Telegram, Opened: noon.Add(-90 * time.Minute), Changed: noon,
		Notes: map[string]string{"half": "morning", "spoken": "soninké"},
		Brief: []dialogs.BriefItem{{Slot: "children", Value: dialogs.Value{Kind: dialogs.KindCount, Text: "2"}},
			{Slot: "resources", Value: dialogs.Value{Kind: dialogs.KindEuros, Text: "1999", Private: true}}}}
	f.lines["other"] = []bot.Line{{Seq: 1, At: noon, Speaker: bot.Family, Lang: "fr", Text: "Bonjour", Case: "M3X9"}}
	f.cases["M3X9"] = bot.Case{ID: "M3X9", Contact: "other", Team: "pmi", State: bot.Open, Topic: "safety.baby", Urgent: true, Asked: noon.Add(-time.Minute),
		Lang: "fr", Channel: bot.SMS, Opened: noon.Add(-time.Minute), Changed: noon}
	return f
}

// A browser goes through the desk as an agent does.
type browser struct {
	t      *testing.T
	client *http.Client
	base   string
	relais *relais
	clock  *time.Time

	handler http.Handler
}

// opened returns a desk and a browser that is not signed in.
func opened(t *testing.T, f *relais, change func(*Options)) *browser {
	t.Helper()
	now := noon
	o := Options{Cases: f, Staff: f, Service: f, Words: catalog(t), Knowledge: knows(t), PublicURL: "http://desk.test",
		Now: func() time.Time { return now }, Segments: func(s string) int { return (len(s) + 159) / 160 }}
	if change != nil {
		change(&o)
	}
	h, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	b := &browser{t: t, base: s.URL, relais: f, clock: &now, handler: h}
	b.client = client()
	return b
}

func client() *http.Client {
	jar, _ := cookiejar.New(nil) // cannot fail without options
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// another is a second browser at the same desk.
func (b *browser) another() *browser {
	c := *b
	c.client = client()
	return &c
}

func catalog(t *testing.T) *locales.Catalog {
	t.Helper()
	c, err := locales.Read(fstest.MapFS{"active.fr.toml": {Data: []byte(words)}, "active.en.toml": {Data: []byte(wordsEnglish)}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What all tests read alike is read once: ten catalogs take a second.
var (
	demo     = sync.OnceValues(knowledge.Demo)
	catalogs = sync.OnceValues(locales.Default)
)

func knows(t *testing.T) *knowledge.Knowledge {
	t.Helper()
	k, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A reply is what a browser got.
type reply struct {
	status int
	body   string
	header http.Header
}

func (b *browser) send(r *http.Request) reply {
	b.t.Helper()
	answer, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return reply{answer.StatusCode, string(body), answer.Header}
}

func (b *browser) get(path string) reply {
	b.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, b.base+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.send(r)
}

func (b *browser) post(path string, form ...string) reply {
	b.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Add(form[i], form[i+1])
	}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, b.base+path, strings.NewReader(values.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.send(r)
}

// enter signs in by a one-time link.
func (b *browser) enter(login string) *browser {
	b.t.Helper()
	token, hash := NewInvitation()
	if err := b.relais.Invite(context.Background(), login, hash, b.clock.Add(time.Hour)); err != nil {
		b.t.Fatal(err)
	}
	if got := b.post("/desk/sign-in/link", "token", token); got.status != http.StatusSeeOther {
		b.t.Fatalf("sign-in of %s: %d", login, got.status)
	}
	return b
}

var hidden = regexp.MustCompile(`name="([a-z]+)" value="([^"]*)"`)

// form returns a hidden field of the first form that goes to an address.
func (r reply) form(t *testing.T, action, field string) string {
	t.Helper()
	_, rest, ok := strings.Cut(r.body, `action="`+action+`"`)
	if !ok {
		t.Fatalf("no form goes to %s", action)
	}
	rest, _, _ = strings.Cut(rest, "</form>")
	for _, m := range hidden.FindAllStringSubmatch(rest, -1) {
		if m[1] == field {
			return m[2]
		}
	}
	t.Fatalf("the form to %s has no %s", action, field)
	return ""
}

func (r reply) wants(t *testing.T, status int, texts ...string) {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d, want %d: %.300s", r.status, status, r.body)
	}
	for _, text := range texts {
		if !strings.Contains(r.body, text) {
			t.Errorf("the page lacks %q", text)
		}
	}
}

func (r reply) lacks(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(r.body, text) {
			t.Errorf("the page shows %q", text)
		}
	}
}
