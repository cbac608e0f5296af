package alert

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/bot/store"
	"doudou/knowledge"
	"doudou/locales"
)

// silent is a log that nobody reads.
var silent = slog.New(slog.DiscardHandler)

// A town is a relais with its store, its agents and a clock that the test moves.
type town struct {
	*testing.T
	*bottest.Clock
	store *store.Store
	watch *Watch
	mail  *box
	phone *box
	turns atomic.Int64
}

// What every test reads, once.
var (
	demo  = sync.OnceValues(knowledge.Demo)
	texts = sync.OnceValues(locales.Desk)
	words = sync.OnceValues(locales.Default)
)

// A box keeps what was carried to it, as "address: subject", or refuses.
type box struct {
	mu      sync.Mutex
	got     []string
	bodies  []string
	refusal error
}

func (b *box) Carry(_ context.Context, to string, m Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refusal != nil {
		return b.refusal
	}
	b.got, b.bodies = append(b.got, to+": "+m.Subject), append(b.bodies, m.Body)
	return nil
}

// take empties the box.
func (b *box) take() (got []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	got, b.got = b.got, nil
	slices.Sort(got)
	return got
}

// last is the body of the last message.
func (b *box) last() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bodies[len(b.bodies)-1]
}

// newTown opens a relais on a Monday afternoon on which its team is there: Awa
// and Lea answer, Nora manages.
func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{T: t, Clock: bottest.NewClock("2026-11-23 14:00"), mail: &box{}, phone: &box{}}
	var err error
	if w.store, err = store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "t.db"), Now: w.Now}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.store.Close() })
	w.agent(bot.Agent{Login: "awa", Name: "Awa", Role: bot.RoleAgent, Teams: []string{"relais"}})
	w.agent(bot.Agent{Login: "lea", Name: "Léa", Role: bot.RoleAgent, Teams: []string{"relais"}})
	w.agent(bot.Agent{Login: "nora", Name: "Nora", Role: bot.RoleManager, Teams: []string{"relais", "inscription"}})
	w.watch = w.replica()
	return w
}

// replica is another watch on the same store.
func (w *town) replica() *Watch {
	w.Helper()
	k, err := demo()
	w.must(err)
	desk, err := texts()
	w.must(err)
	families, err := words()
	w.must(err)
	paris, err := time.LoadLocation("Europe/Paris")
	w.must(err)
	return New(Options{
		Store: w.store, Knowledge: k, Texts: desk, Words: families, PublicURL: "https://doudou.example",
		Carriers: map[bot.Way]Carrier{bot.ByMail: w.mail, bot.ByTelegram: w.phone},
		Steps:    []time.Duration{2 * time.Hour, 4 * time.Hour}, Pause: 10 * time.Minute,
		Zone: paris, Now: w.Now, Draw: func() int64 { return w.turns.Add(1) },
	})
}

func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *town) agent(a bot.Agent) {
	w.Helper()
	a.Active, a.Email = true, a.Login+"@ville.example"
	w.must(w.store.SaveAgent(w.Context(), a))
}

// secret is what a family wrote: no message to staff may hold it.
const secret = "mon fils Youssef est malade"

// writes has a family write; open, when not nil, calls a person.
func (w *town) writes(phone string, open *bot.Case) {
	w.Helper()
	turn := w.turns.Add(1)
	m := bot.Message{Channel: bot.SMS, Provider: fmt.Sprint("SM", turn), Kind: bot.Text, Text: secret, At: w.Now(),
		From: bot.Address{Channel: bot.SMS, ID: phone, To: "36200"}}
	contact, _, err := w.store.Accept(w.Context(), m)
	w.must(err)
	work, err := w.store.Next(w.Context(), contact)
	w.must(err)
	_, err = w.store.Commit(w.Context(), bot.Turn{
		Contact: contact, Inbox: work.Inbox, From: work.Stamp, To: bot.Stamp{Version: work.Stamp.Version + 1, Tag: turn}, At: w.Now(),
		Lang: "ta", Lines: []bot.Line{{Speaker: bot.Family, Text: secret, At: w.Now()}}, Open: open,
	})
	w.must(err)
}

// calls has a family call a person of the relais.
func (w *town) calls(id bot.CaseID, urgent bool) {
	w.Helper()
	w.writes("+336"+string(id), &bot.Case{ID: id, Team: "relais", Topic: "person.look", Lang: "ta", Urgent: urgent})
}

func (w *town) act(id bot.CaseID, agent string, do bot.ActKind) {
	w.Helper()
	turn := w.turns.Add(1)
	a := bot.Act{Case: id, Agent: agent, Do: do, Once: fmt.Sprint(turn), Tag: turn, At: w.Now()}
	if do == bot.Reply {
		a.Text = "Bonjour"
	}
	w.must(w.store.Act(w.Context(), a))
}

// sees has the watch look, at a time, and compares who was told by e-mail.
func (w *town) sees(at string, want ...string) {
	w.Helper()
	if at != "" {
		w.Set(at)
	}
	w.must(w.watch.Round(w.Context()))
	w.told(want...)
}

func (w *town) told(want ...string) {
	w.Helper()
	if got := w.mail.take(); fmt.Sprint(got) != fmt.Sprint(want) {
		w.Errorf("%s: told\n  %s\nwant\n  %s", w.Now().Format("Mon 15:04"), strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

const one, two, oneUrgent = "Doudou : 1 famille attend une réponse", "Doudou : 2 familles attendent une réponse", "Doudou, URGENT : 1 famille attend une réponse"

func to(login, subject string) string { return login + "@ville.example: " + subject }

// everybody is what the whole team is told.
func everybody(subject string) []string {
	return []string{to("awa", subject), to("lea", subject), to("nora", subject)}
}

func TestTheTeamIsToldWithinARound(t *testing.T) {
	w := newTown(t)
	w.calls("4182", false)
	w.Add(12 * time.Minute)
	w.sees("", everybody(one)...)
	w.sees("")
	body := w.mail.last()
	for _, want := range []string{"4182", "relais petite enfance", "tamoul", "depuis 12 minutes", "https://doudou.example/desk/cases/4182"} {
		if !strings.Contains(body, want) {
			t.Errorf("the message lacks %q:\n%s", want, body)
		}
	}
	if strings.Contains(body, "Youssef") || strings.Contains(body, "+336") {
		t.Errorf("the message holds what a family wrote:\n%s", body)
	}
}

func TestManyWaitsAreOneMessage(t *testing.T) {
	w := newTown(t)
	w.calls("1", false)
	w.calls("2", false)
	w.sees("", everybody(two)...)
	w.Add(time.Minute)
	w.calls("3", false)
	w.sees("") // the last message left a minute ago
	w.Add(10 * time.Minute)
	w.sees("", everybody(one)...)
	w.Add(time.Minute)
	w.calls("4", true)
	w.sees("", everybody(oneUrgent)...) // does not wait
}

func TestNobodyIsToldOfWhatIsTaken(t *testing.T) {
	w := newTown(t)
	w.calls("1", false)
	w.act("1", "awa", bot.Take)
	w.sees("")
	w.calls("2", false)
	w.mail.refusal = errors.New("the server is away")
	w.sees("")
	w.act("2", "lea", bot.Reply)
	w.mail.refusal = nil
	w.Add(time.Hour)
	w.sees("")
}

func TestWhoHoldsACaseIsToldThatTheFamilyWrote(t *testing.T) {
	w := newTown(t)
	w.calls("1", false)
	w.sees("", everybody(one)...)
	w.act("1", "awa", bot.Reply)
	w.Add(time.Hour)
	w.writes("+3361", nil)
	w.sees("", to("awa", one))
	if !strings.Contains(w.mail.last(), "écrit de nouveau") {
		t.Errorf("it does not say why:\n%s", w.mail.last())
	}
}

func TestQuietOutsideOfTheHours(t *testing.T) {
	w := newTown(t)
	w.must(w.store.SaveWish(t.Context(), bot.Wish{Agent: "lea", Lang: "en", Mail: true}))
	w.Set("2026-11-20 19:30") // Friday evening
	w.calls("1", false)
	w.sees("", to("lea", "Doudou: 1 family is waiting for an answer")) // she wants to know at any hour
	w.sees("2026-11-22 15:00")
	w.calls("2", true)
	w.sees("", "awa@ville.example: "+oneUrgent, "lea@ville.example: Doudou, URGENT: 1 family is waiting for an answer", "nora@ville.example: "+oneUrgent)
	w.act("2", "awa", bot.Reply)
	w.sees("2026-11-23 13:30", to("awa", one), to("nora", one))
}

func TestWhoWantsNoMail(t *testing.T) {
	w := newTown(t)
	w.must(w.store.SaveWish(t.Context(), bot.Wish{Agent: "lea", Lang: "fr", Quiet: true}))
	w.must(w.store.OfferLink(t.Context(), "awa", "hash", w.Now().Add(time.Hour)))
	_, err := w.store.LinkChat(t.Context(), "hash", "4711", w.Now())
	w.must(err)
	w.calls("1", false)
	w.sees("", to("awa", one), to("nora", one))
	if got := w.phone.take(); fmt.Sprint(got) != fmt.Sprint([]string{"4711: " + one}) {
		t.Errorf("on Telegram %v", got)
	}
}

func TestMailIsAway(t *testing.T) {
	w := newTown(t)
	w.calls("1", false)
	w.mail.refusal = &Refusal{Why: "smtp 451", Err: errors.New("later")}
	w.sees("")
	o, err := w.store.Outage(t.Context(), bot.ByMail)
	if err != nil || len(o.Agents) != 3 || o.Why != "smtp 451" {
		t.Fatalf("outage %+v %v", o, err)
	}
	w.mail.refusal = nil
	w.sees("")
	w.Add(30 * time.Second)
	w.sees("", everybody(one)...)
	if o, _ := w.store.Outage(t.Context(), bot.ByMail); !o.Since.IsZero() {
		t.Errorf("the outage is not over: %+v", o)
	}
}

// TestTwoReplicasTellOnce has two services look at the same time, again and
// again, while families call.
func TestTwoReplicasTellOnce(t *testing.T) {
	w := newTown(t)
	watches := []*Watch{w.watch, w.replica()}
	for id := range 5 {
		w.calls(bot.CaseID(fmt.Sprint(id)), true)
		var both sync.WaitGroup
		for _, watch := range watches {
			both.Go(func() { w.must(watch.Round(t.Context())) })
		}
		both.Wait()
		w.told(everybody(oneUrgent)...)
	}
}

// TestARestartTellsNothingTwice starts a new watch on the old store.
func TestARestartTellsNothingTwice(t *testing.T) {
	w := newTown(t)
	w.calls("1", false)
	w.sees("", everybody(one)...)
	w.watch = w.replica()
	w.Add(time.Hour)
	w.sees("")
}
