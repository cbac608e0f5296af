package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/bot/store"
)

var (
	_ scs.Store    = store.DeskSessions{}
	_ scs.CtxStore = store.DeskSessions{}
)

func containsSecret(err error) bool { return strings.Contains(err.Error(), "secret") }

func TestOneProcessOpensTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "doudou.db")
	first := open(t, store.Options{Path: path})
	_, err := store.Open(t.Context(), store.Options{Path: path})
	if err == nil || !strings.Contains(err.Error(), "in use by another doudou") {
		t.Fatalf("opened twice: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatalf("closed again: %v", err)
	}
	open(t, store.Options{Path: path})
}

// A service that has ended leaves one file, which may be copied.
func TestClosedIsOneFile(t *testing.T) {
	o := store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")}
	s := open(t, o)
	if err := oneTurn(t.Context(), s, 1); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(o.Path + "-wal"); !os.IsNotExist(err) {
		t.Errorf("the log is still beside the file: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("not a database, and long enough to be read as one"+strings.Repeat(".", 200)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]store.Options{
		"nothing":               {},
		"a file of other kind":  {Path: file},
		"a folder that is none": {Path: filepath.Join(file, "doudou.db")},
		"a broken URL":          {Key: testKey, URL: "postgres://u:secret@h:port/x"},
		"nobody there":          {Key: testKey, URL: "postgres://u:secret@127.0.0.1:1/x"},
	} {
		s, err := store.Open(t.Context(), o)
		if err == nil {
			s.Close()
			t.Errorf("%s: opened", name)
		} else if containsSecret(err) {
			t.Errorf("%s: the error quotes the password: %v", name, err)
		}
	}
}

func TestPathsWithStrangeSigns(t *testing.T) {
	for _, name := range []string{"a b.db", "é?x=1.db", "100%.db", "#1.db"} {
		path := filepath.Join(t.TempDir(), name)
		open(t, store.Options{Path: path}).Close()
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReplicasStartAtOnce(t *testing.T) {
	url := bottest.Postgres(t)
	errs := make(chan error)
	for range 4 {
		go func() {
			s, err := store.Open(context.Background(), store.Options{Key: testKey, URL: url, Conns: 2})
			if err == nil {
				defer s.Close()
			}
			errs <- err
		}()
	}
	for range 4 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

// Two replicas share a contact: what one commits the other sees, and the keys of
// one whose clock is behind still come after.
func TestTwoReplicas(t *testing.T) {
	url := bottest.Postgres(t)
	now := time.Now()
	late := open(t, store.Options{Key: testKey, URL: url, Now: func() time.Time { return now }})
	early := open(t, store.Options{Key: testKey, URL: url, Now: func() time.Time { return now.Add(-time.Hour) }})
	for i := range 20 {
		s := late
		if i%2 == 1 {
			s = early
		}
		if err := oneTurn(t.Context(), s, 7); err != nil {
			t.Fatal(err)
		}
	}
	id, _, err := late.Accept(t.Context(), bot.Message{Channel: bot.Telegram, Provider: "last", From: bot.Address{Channel: bot.Telegram, ID: "7"}})
	if err != nil {
		t.Fatal(err)
	}
	lines, err := late.Thread(t.Context(), id, 99)
	if err != nil || len(lines) != 40 {
		t.Fatalf("%d lines %v", len(lines), err)
	}
	for i, l := range lines {
		if want := []bot.Speaker{bot.Family, bot.Robot}[i%2]; l.Speaker != want {
			t.Fatalf("line %d is of %s", i, l.Speaker)
		}
	}
}

func TestHealthCountsPurge(t *testing.T) {
	clock := bottest.NewClock("2026-11-23 08:30")
	o := store.Options{Path: filepath.Join(t.TempDir(), "doudou.db"), Now: clock.Now}
	s := open(t, o)
	if h := s.Health(t.Context()); h.SQL != nil || h.Sessions != nil {
		t.Fatalf("health %+v", h)
	}
	for i := range 3 {
		if err := oneTurn(t.Context(), s, i); err != nil {
			t.Fatal(err)
		}
	}
	kept := clock.Now()
	_, _, err := s.Accept(t.Context(), bot.Message{Channel: bot.Telegram, Provider: "waits", From: bot.Address{Channel: bot.Telegram, ID: "9"}})
	if err == nil {
		err = s.Bury(t.Context(), bot.Telegram, "bad", []byte("{"), "not JSON")
	}
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Counts(t.Context())
	want := store.Counts{Contacts: 4, Unread: 1, Oldest: kept.UTC(), Letters: 1}
	if err != nil || c != want {
		t.Fatalf("counts %+v %v, want %+v", c, err, want)
	}
	if err := s.Purge(t.Context(), time.Now().AddDate(0, 0, 8)); err != nil {
		t.Fatal(err)
	}
	text := dump(t, o)
	if strings.Contains(text, "310 euros") || !strings.Contains(text, "waits") {
		t.Fatalf("after the purge:\n%s", text)
	}
	s.Close()
	if h := s.Health(t.Context()); h.SQL == nil {
		t.Fatal("a closed store is well")
	}
	if _, err := s.Counts(t.Context()); err == nil {
		t.Fatal("a closed store counts")
	}
	if err := s.SetCursor(t.Context(), "x", 1); err == nil {
		t.Fatal("a closed store writes")
	}
}

func TestDeskSessions(t *testing.T) {
	clock := bottest.NewClock("2026-11-23 08:30")
	o := store.Options{Path: filepath.Join(t.TempDir(), "doudou.db"), Now: clock.Now}
	s := open(t, o)
	d := s.DeskSessions()
	find := func(token, want string, there bool) {
		t.Helper()
		if b, ok, err := d.Find(token); err != nil || ok != there || string(b) != want {
			t.Fatalf("find %s: %q %v %v, want %q %v", token, b, ok, err, want, there)
		}
	}
	find("a", "", false)
	for i, c := range []struct{ token, data string }{{"a", "x\x00\xff"}, {"a", "second"}, {"b", ""}} {
		if err := d.Commit(c.token, []byte(c.data), clock.Now().Add(time.Duration(i+1)*time.Hour)); err != nil {
			t.Fatal(err)
		}
		find(c.token, c.data, true)
	}
	if err := d.Delete("b"); err != nil {
		t.Fatal(err)
	}
	find("b", "", false)
	clock.Add(2*time.Hour - time.Millisecond)
	find("a", "second", true)
	clock.Add(time.Millisecond)
	find("a", "", false)
	if err := d.Commit("c", nil, clock.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if text := dump(t, o); strings.Contains(text, "[a ") {
		t.Fatal("an expired session is still kept")
	}
}

// A command beside the service reads and writes the same file.
func TestBeside(t *testing.T) {
	o := store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")}
	service := open(t, o)
	o.Beside = true
	command := open(t, o)
	for i, s := range []*store.Store{service, command, service} {
		if err := s.SaveAgent(t.Context(), bot.Agent{Login: fmt.Sprint("agent", i)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []*store.Store{service, command} {
		if list, err := s.Agents(t.Context()); err != nil || len(list) != 3 {
			t.Fatalf("agents %v %v", list, err)
		}
	}
}

// A service that starts on the file of one that was killed sends at once what
// that one was sending, but for SMS: there the operator may still ask for it.
func TestLeasesOfTheDead(t *testing.T) {
	for channel, want := range map[bot.Channel]int{bot.Telegram: 1, bot.SMS: 0} {
		o := store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")}
		s := open(t, o)
		m := bot.Message{Channel: channel, Provider: "1", From: bot.Address{Channel: channel, ID: "7"}}
		id, _, err := s.Accept(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		w, err := s.Next(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		lease := bot.Lease{Token: 1, Until: time.Now().Add(time.Hour)}
		out, err := s.Commit(t.Context(), bot.Turn{Contact: id, Inbox: w.Inbox, From: w.Stamp, To: bot.Stamp{Version: 1}, Lease: lease,
			Out: []bot.Outgoing{{To: m.From, Origin: bot.FromRobot, Body: "x"}}})
		if err != nil || len(out) != 1 {
			t.Fatalf("leased %v %v", out, err)
		}
		s.Close()
		s = open(t, o)
		again, err := s.Claim(t.Context(), channel, time.Now(), bot.Lease{Token: 2, Until: lease.Until}, 9)
		if err != nil || len(again) != want {
			t.Fatalf("%s: claimed %d after a restart, want %d (%v)", channel, len(again), want, err)
		}
	}
}
