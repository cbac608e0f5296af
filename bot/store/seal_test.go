package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/bot/store"
	"doudou/knowledge/events"
)

// onBoth runs a test on a database of each kind.
func onBoth(t *testing.T, test func(*testing.T, store.Options)) {
	t.Run("SQLite", func(t *testing.T) {
		test(t, store.Options{Key: &store.Key{1}, Path: filepath.Join(t.TempDir(), "doudou.db")})
	})
	t.Run("PostgreSQL", func(t *testing.T) { test(t, store.Options{Key: &store.Key{1}, URL: bottest.Postgres(t)}) })
}

const (
	sealedNumber = "+33611223344"
	sealedName   = "Leïla Grenouille"
)

// planted plays a turn of somebody with a number, a profile, a prompt and a word
// that waits to leave, buries a letter of theirs, and returns who they are.
func planted(t *testing.T, s *store.Store) bot.ContactID {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	id := known(t, s, "SM1")
	w, err := s.Next(t.Context(), id)
	must(err)
	p := events.Profile{Participant: events.Participant{Side: events.Parent}, Name: sealedName, Phone: sealedNumber, Until: time.Now().Add(time.Hour)}
	_, err = s.Commit(t.Context(), bot.Turn{
		Contact: id, Inbox: w.Inbox, From: w.Stamp, To: bot.Stamp{Version: 1, Tag: 7}, Changes: []bot.Change{bot.KeepProfile{Profile: p}},
		Out: []bot.Outgoing{{To: w.Contact.Address, Origin: bot.FromRobot, Body: "bonjour"}},
	})
	must(err)
	_, err = s.Prompt(t.Context(), []bot.Prompt{{ID: "a", Contact: id, Node: "x", Slots: map[string]string{"name": sealedName}, Due: time.Now().Add(time.Hour)}})
	must(err)
	must(s.Bury(t.Context(), bot.SMS, "bad", []byte("From="+sealedNumber), "unreadable"))
	return id
}

// known sends a message of the family and returns whose it is taken for.
func known(t *testing.T, s *store.Store, provider string) bot.ContactID {
	t.Helper()
	id, _, err := s.Accept(t.Context(), bot.Message{
		Channel: bot.SMS, Provider: provider, Kind: bot.Text, From: bot.Address{Channel: bot.SMS, ID: sealedNumber, To: "36180"}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// stillThere checks that everything that was planted is read as it was.
func stillThere(t *testing.T, s *store.Store, id bot.ContactID) {
	t.Helper()
	p, err := s.Profile(t.Context(), id)
	if err != nil || p.Name != sealedName || p.Phone != sealedNumber {
		t.Errorf("profile %+v %v", p, err)
	}
	again := known(t, s, fmt.Sprint("SM", time.Now().UnixNano()))
	if again != id {
		t.Errorf("who writes again is %s, want %s", again, id)
	}
	if w, err := s.Next(t.Context(), id); err != nil || w.Contact.Address.ID != sealedNumber {
		t.Errorf("the address of the work: %q %v", w.Contact.Address.ID, err)
	}
	out, err := s.Claim(t.Context(), bot.SMS, time.Now().Add(time.Minute), bot.Lease{Token: time.Now().UnixNano(), Until: time.Now()}, 9)
	if err != nil || len(out) != 1 || out[0].To.ID != sealedNumber {
		t.Errorf("outbox %+v %v", out, err)
	}
}

func noTrace(t *testing.T, o store.Options) {
	t.Helper()
	for _, word := range []string{sealedNumber, sealedName} {
		if i := strings.Index(dump(t, o), word); i >= 0 {
			t.Errorf("%q stands in a table: %s", word, dump(t, o)[max(0, i-60):])
		}
	}
}

func TestSealedAtRest(t *testing.T) {
	onBoth(t, func(t *testing.T, o store.Options) {
		s := open(t, o)
		id := planted(t, s)
		noTrace(t, o)
		stillThere(t, s, id)
	})
}

// A store from before there was a key is sealed when it is opened; so is one whose
// sealing was interrupted half-way.
func TestSealsWhatWasClear(t *testing.T) {
	for name, clear := range map[string]string{
		"all": "", "half": `INSERT INTO house (name, value) SELECT 'sealing', '` + checkOf(t, store.Key{1}) + `'`,
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, o store.Options) {
				s := open(t, o)
				id := planted(t, s)
				s.Close()
				unsealed(t, o, clear)
				s = open(t, o)
				noTrace(t, o)
				stillThere(t, s, id)
			})
		})
	}
}

// checkOf is what a store notes of a key.
func checkOf(t *testing.T, k store.Key) string { return sealer(t, k).Seal("check", "doudou") }

// unsealed puts the columns back as they were before anything was sealed; the
// number of the profile stays sealed when sealing had begun.
func unsealed(t *testing.T, o store.Options, begun string) {
	t.Helper()
	for _, q := range []string{
		`DELETE FROM house`,
		`UPDATE address SET sealed = '` + sealedNumber + `', lookup = '` + sealedNumber + `'`,
		`UPDATE outbox SET sealed = '` + sealedNumber + `'`,
		`UPDATE profile SET name = '` + sealedName + `'`,
		`UPDATE prompt SET slots = '{"name":"` + sealedName + `"}'`,
		`UPDATE dead_letter SET raw = 'From=` + sealedNumber + `'`,
		begun,
	} {
		execute(t, o, q)
	}
	if begun == "" {
		execute(t, o, `UPDATE profile SET phone = '`+sealedNumber+`'`)
	}
}

func execute(t *testing.T, o store.Options, q string) {
	t.Helper()
	driver, source := "sqlite", o.Path
	if o.URL != "" {
		driver, source = "pgx", o.URL
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(q); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
}

// A store moves to another key, and then the one before opens it no more.
func TestChangesKeys(t *testing.T) {
	onBoth(t, func(t *testing.T, o store.Options) {
		s := open(t, o)
		id := planted(t, s)
		s.Close()
		o.Key, o.OldKey = &store.Key{2}, o.Key
		s = open(t, o)
		stillThere(t, s, id)
		s.Close()
		old := o.OldKey
		o.OldKey = nil
		s = open(t, o)
		stillThere(t, s, id)
		s.Close()
		o.Key = old
		refused(t, o, "another key")
	})
}

// A change of keys that was interrupted is taken up again, with both keys.
func TestChangeOfKeysInterrupted(t *testing.T) {
	onBoth(t, func(t *testing.T, o store.Options) {
		s := open(t, o)
		id := planted(t, s)
		s.Close()
		execute(t, o, `INSERT INTO house (name, value) VALUES ('sealing', '`+checkOf(t, store.Key{2})+`')`)
		third := o
		third.Key, third.OldKey = &store.Key{3}, o.Key
		refused(t, third, "on its way to another key")
		o.Key, o.OldKey = &store.Key{2}, o.Key
		stillThere(t, open(t, o), id)
	})
}

func refused(t *testing.T, o store.Options, why string) {
	t.Helper()
	s, err := store.Open(t.Context(), o)
	if err == nil {
		s.Close()
	}
	if err == nil || !strings.Contains(err.Error(), why) {
		t.Errorf("opened with another key: %v, want %q", err, why)
	}
}

// Without a key a file store makes one beside it, once, for its owner alone; and
// never a second one when that is lost.
func TestKeyFile(t *testing.T) {
	o := store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")}
	s := open(t, o)
	id := planted(t, s)
	if s.MadeKey() != store.KeyFile(o.Path) {
		t.Errorf("it does not say which key file it made: %q", s.MadeKey())
	}
	s.Close()
	if info, err := os.Stat(store.KeyFile(o.Path)); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the key file: %v %v", info, err)
	}
	s = open(t, o)
	if s.MadeKey() != "" {
		t.Error("a second key was made")
	}
	stillThere(t, s, id)
	s.Close()
	if err := os.Rename(store.KeyFile(o.Path), o.Path+".kept"); err != nil {
		t.Fatal(err)
	}
	refused(t, o, "its key file is not there")
	if _, err := os.Stat(store.KeyFile(o.Path)); err == nil {
		t.Error("a new key was made over a sealed store")
	}
}

func TestPostgresNeedsAKey(t *testing.T) {
	refused(t, store.Options{URL: bottest.Postgres(t)}, "DOUDOU_KEY")
}

// TestReplicasWithKeysOfTheirOwn: of replicas that start on a new database without
// a common key, one serves, and the others are told what to do, at once or later.
func TestReplicasWithKeysOfTheirOwn(t *testing.T) {
	url := bottest.Postgres(t)
	type opened struct {
		s   *store.Store
		err error
	}
	all := make(chan opened)
	for range 4 {
		o := store.Options{URL: url, Conns: 2, KeyFile: filepath.Join(t.TempDir(), "data", "doudou.key")}
		go func() {
			s, err := store.Open(context.Background(), o)
			all <- opened{s, err}
		}()
	}
	serve := 0
	for range 4 {
		got := <-all
		if got.err == nil {
			serve++
			t.Cleanup(func() { got.s.Close() })
		} else if !strings.Contains(got.err.Error(), "DOUDOU_KEY") {
			t.Errorf("a replica is not told what to do: %v", got.err)
		}
	}
	if serve != 1 {
		t.Errorf("%d replicas serve, each with a key of its own", serve)
	}
}
