package bot_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/bot/sms"
	"doudou/bot/store"
	"doudou/dialogs"
	"doudou/dialogs/nlu"
	"doudou/knowledge"
	"doudou/locales"
)

var update = flag.Bool("update", false, "rewrite the conversations in testdata")

// TestConversations plays whole conversations on the real trees, words, facts
// and store. A file is a script and its result: a line "chat 7 > bonjour" is
// what somebody writes, the lines below it that begin with "|" what they get.
//
//	clock 2026-11-23 08:30          the time
//	chat 7 en > hello               by Telegram; the app is in English
//	tap 7 > Crèche                  a button, by its label
//	sms 0612345678 > bonjour        by SMS
//	send voice 7                    a voice note, a photo...
//	desk awa take 7                 an agent takes the case of a contact
//	desk awa reply 7 > Bonjour      answers, notes, closes
//	date jeux 2026-12-10T09:30 1 > Atelier jeux   a workshop of one seat; again: it is changed
//	date jour 2026-12-12T09:30 9 speeddating > Rencontre   another kind of date
//	cancel jeux                     the date is cancelled
//	plan jour                       staff plan the day and publish it
//	came jour 7                     somebody checks in
//	cry                             the relais says what is due
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversation: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := newStage(t).play(string(script))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got != string(script) {
				t.Errorf("the conversation went another way; it was (keep it with -update if it is better):\n%s", got)
			}
		})
	}
}

// A stage is a service with a store and two channels that only note what leaves.
type stage struct {
	t       *testing.T
	clock   *bottest.Clock
	store   *store.Store
	service *bot.Service
	count   int

	mu      sync.Mutex
	left    []bot.Outgoing
	seen    int                          // of left
	buttons map[string]map[string]string // per address: label to data, of the last message
	cases   map[string]bot.CaseID
	contact map[string]bot.ContactID
}

func newStage(t *testing.T) *stage {
	t.Helper()
	return newStageOf(t, content(t))
}

// newStageOf is a stage for other trees and words.
func newStageOf(t *testing.T, o bot.Options) *stage {
	t.Helper()
	s := &stage{t: t, clock: bottest.NewClock("2026-11-23 09:30"), buttons: map[string]map[string]string{},
		cases: map[string]bot.CaseID{}, contact: map[string]bot.ContactID{}}
	s.store = openSQLite(t, s.clock.Now)
	o.Store, o.Now, o.Draw = s.store, s.clock.Now, counter(1000)
	var cases int
	o.NewID = func() string { cases++; return fmt.Sprintf("K-%d", cases) }
	o.Carriers = []bot.Carrier{
		{Channel: bot.Telegram, Style: locales.Style{Isolate: true}, Buttons: true, Locates: true, Sender: s, Workers: 1},
		{Channel: bot.SMS, Style: locales.Style{SMS: true}, Pages: sms.Answer, Sender: s, Hold: time.Minute, Workers: 1},
	}
	service, err := bot.New(o)
	if err != nil {
		t.Fatal(err)
	}
	s.service = service
	if err := s.store.SaveEvents(t.Context(), o.Knowledge.Calendar(s.clock.Now())); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); service.Run(ctx) }()
	t.Cleanup(func() { stop(); <-done })
	return s
}

// Send notes what leaves.
func (s *stage) Send(_ context.Context, o bot.Outgoing) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left = append(s.left, o)
	s.contact[o.To.ID] = o.Contact
	return fmt.Sprint("sent", o.ID), nil
}

// play runs a script and returns it with what really came out.
func (s *stage) play(script string) string {
	var out bytes.Buffer
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "|") {
			continue
		}
		fmt.Fprintln(&out, line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for _, l := range s.step(line) {
			fmt.Fprintln(&out, strings.TrimRight("| "+l, " "))
		}
	}
	return out.String()
}

// step plays one line and returns what left because of it.
func (s *stage) step(line string) []string {
	words, text, _ := strings.Cut(line, " > ")
	f := strings.Fields(words)
	switch f[0] {
	case "clock":
		s.clock.Set(strings.Join(f[1:], " "))
		return nil
	case "chat", "tap", "send":
		return s.telegram(f, text)
	case "sms":
		return s.sms(f[1], text)
	case "desk":
		return s.desk(f[1], f[2], f[3], text)
	case "date", "cancel":
		return s.date(f, text)
	case "plan":
		return s.plan(f[1])
	case "came":
		return s.came(f[1], f[2])
	case "cry":
		return s.cry()
	}
	s.t.Fatalf("no such step: %s", line)
	return nil
}

func (s *stage) message(ch bot.Channel, from, text string) bot.Message {
	s.count++
	return bot.Message{Channel: ch, Provider: fmt.Sprintf("m%d", s.count), Kind: bot.Text, Text: text,
		From: bot.Address{Channel: ch, ID: from}, At: s.clock.Now()}
}

func (s *stage) telegram(f []string, text string) []string {
	from := f[1]
	if f[0] == "send" {
		from = f[2]
	}
	m := s.message(bot.Telegram, from, text)
	if len(f) > 2 && f[0] == "chat" {
		m.Lang = f[2]
	}
	switch {
	case f[0] == "send":
		m.Kind, m.Text = bot.MessageKind(f[1]), ""
	case f[0] == "tap":
		m.Kind, m.Text, m.Data, m.Ref = bot.Tap, "", s.buttons[from][text], "ref"
		if m.Data == "" {
			return []string{"(no such button)"}
		}
	case strings.HasPrefix(text, "/start"):
		m.Kind, m.Text, m.Data = bot.Greeting, "", strings.TrimSpace(strings.TrimPrefix(text, "/start"))
	}
	if _, err := s.service.Receive(s.t.Context(), m); err != nil {
		s.t.Fatal(err)
	}
	s.settle(m)
	return s.take(from)
}

func (s *stage) sms(from, text string) []string {
	m := s.message(bot.SMS, from, text)
	out, err := s.service.Converse(s.t.Context(), m)
	if err != nil {
		s.t.Fatal(err)
	}
	s.service.Delivered(s.t.Context(), out)
	s.settle(m)
	var lines []string
	for _, o := range out {
		lines = append(lines, s.shown(o)...)
		s.contact[from] = o.Contact
	}
	return append(lines, s.take(from)...)
}

// settle waits until a message is answered and what it says has left.
func (s *stage) settle(m bot.Message) {
	s.t.Helper()
	for range 2000 {
		out, answered, err := s.store.Replies(s.t.Context(), m.Channel, m.Provider)
		if err != nil {
			s.t.Fatal(err)
		}
		if answered && s.hasLeft(m.Channel, out) {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	s.t.Fatalf("message %s was not answered", m.Provider)
}

// hasLeft tells whether an answer is with its reader. One to somebody who was
// forgotten is not in the store any more: it gets a moment.
func (s *stage) hasLeft(ch bot.Channel, out []bot.Outgoing) bool {
	if ch == bot.SMS {
		return true
	}
	if len(out) == 0 {
		time.Sleep(100 * time.Millisecond)
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range out {
		if !slices.ContainsFunc(s.left, func(l bot.Outgoing) bool { return l.Contact == o.Contact && l.ID == o.ID }) {
			return false
		}
	}
	return true
}

// take returns what left for an address since it was last looked at.
func (s *stage) take(to string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var lines []string
	var rest []bot.Outgoing
	for _, o := range s.left {
		if o.To.ID != to {
			rest = append(rest, o)
			continue
		}
		lines = append(lines, s.shown(o)...)
	}
	s.left = rest
	return lines
}

// shown writes a message as its reader sees it.
func (s *stage) shown(o bot.Outgoing) []string {
	var lines []string
	if o.Lead != "" {
		lines = append(lines, "**"+o.Lead+"**")
	}
	lines = append(lines, strings.Split(o.Body, "\n")...)
	known := map[string]string{}
	for _, row := range o.Buttons {
		var labels []string
		for _, b := range row {
			labels = append(labels, "["+b.Label+"]")
			known[b.Label] = b.Data
		}
		lines = append(lines, strings.Join(labels, " "))
	}
	s.buttons[o.To.ID] = known
	if o.To.Channel == bot.SMS {
		size := sms.Measure(o.Body)
		lines = append(lines, fmt.Sprintf("(%s, %d SMS)", size.Encoding, size.Segments))
	}
	return lines
}

// desk plays an agent who acts on the open case of a contact, by its place in
// the list.
func (s *stage) desk(login, do, number, text string) []string {
	ctx := s.t.Context()
	agent := bot.Agent{Login: login, Name: strings.ToUpper(login[:1]) + login[1:], Role: bot.RoleAgent}
	id := bot.CaseID(number)
	s.count++
	once := fmt.Sprint("form", s.count)
	var err error
	switch do {
	case "reply":
		err = s.service.Answer(ctx, agent, id, text, once, 0)
	case "close":
		err = s.service.CloseCase(ctx, agent, id, text, once)
	case "show":
		return s.show(ctx, id)
	default:
		err = s.store.Act(ctx, bot.Act{Case: id, Agent: login, Do: bot.ActKind(do), Once: once, Text: text, Tag: int64(s.count), At: s.clock.Now()})
	}
	if err != nil {
		return []string{"refused: " + err.Error()}
	}
	time.Sleep(1200 * time.Millisecond) // the sender looks for it twice a second
	return s.everything()
}

func (s *stage) everything() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var lines []string
	slices.SortStableFunc(s.left, func(a, b bot.Outgoing) int { return strings.Compare(a.To.ID, b.To.ID) })
	for _, o := range s.left {
		lines = append(lines, "to "+o.To.ID)
		lines = append(lines, s.shown(o)...)
	}
	s.left = nil
	return lines
}

// show prints a case as the desk's list and page know it.
func (s *stage) show(ctx context.Context, id bot.CaseID) []string {
	c, err := s.store.Case(ctx, id)
	if err != nil {
		return []string{"refused: " + err.Error()}
	}
	lines := []string{fmt.Sprintf("%s team %s state %s urgent %v topic %s lang %s notes %v", c.ID, c.Team, c.State, c.Urgent, c.Topic, c.Lang, c.Notes)}
	for _, b := range c.Brief {
		lines = append(lines, "brief "+b.Slot+" = "+b.Value.Text)
	}
	thread, err := s.store.Thread(ctx, c.Contact, 100)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, l := range thread {
		text := l.Text
		if l.Masked {
			text = "(private)"
		}
		for _, say := range l.Says {
			text += " " + say.Key
		}
		lines = append(lines, string(l.Speaker)+": "+strings.TrimSpace(text))
	}
	return lines
}

// content is everything that Doudou says and knows.
func content(t testing.TB) bot.Options {
	t.Helper()
	book, problems := dialogs.Default()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	o := bot.Options{Book: book}
	var err error
	if o.Words, err = catalogs(); err != nil {
		t.Fatal(err)
	}
	if o.Knowledge, err = demo(); err != nil {
		t.Fatal(err)
	}
	o.Reader = reader(t)
	return o
}

// What all tests read alike is read once: it never changes, and ten catalogs take
// a second.
var (
	trained  = sync.OnceValues(nlu.Default)
	catalogs = sync.OnceValues(locales.Default)
	demo     = sync.OnceValues(knowledge.Demo)
)

// reader returns the trained reader.
func reader(t testing.TB) *nlu.Model {
	m, err := trained()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// counter draws numbers one after the other, so that a run can be repeated.
func counter(from int64) func() int64 {
	var mu sync.Mutex
	return func() int64 {
		mu.Lock()
		defer mu.Unlock()
		from++
		return from
	}
}

func openSQLite(t testing.TB, now func() time.Time) *store.Store {
	t.Helper()
	ids := counter(0)
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "doudou.db"), Now: now,
		NewID: func() string { return fmt.Sprintf("id%06d", ids()) }, Draw: func(int) int { return 4000 }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
