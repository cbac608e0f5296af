package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/bot/store"
)

// TestRestoreDrill backs a store up while it is in use, goes on, loses it and
// puts the backup back: each conversation stands where it stood at the backup,
// and nothing that waited then leaves again.
func TestRestoreDrill(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		drill(t, store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")})
	})
	t.Run("PostgreSQL", func(t *testing.T) { drill(t, store.Options{Key: testKey, URL: bottest.Postgres(t)}) })
	t.Run("PostgreSQL with Redis", func(t *testing.T) {
		drill(t, store.Options{Key: testKey, URL: bottest.Postgres(t), Sessions: redisSessions(t)})
	})
}

func drill(t *testing.T, o store.Options) {
	ctx, backup := t.Context(), filepath.Join(t.TempDir(), "night.backup")
	s := open(t, o)
	for contact := range 5 {
		if err := oneTurn(ctx, s, contact); err != nil {
			t.Fatal(err)
		}
	}
	waits := leave(t, s, 9, "Vous avez rendez-vous mardi.")
	if err := store.Backup(ctx, o, backup); err != nil {
		t.Fatal(err)
	}
	atBackup := dump(t, o, "outbox", "lane")

	for contact := range 5 { // the afternoon that is lost
		if err := oneTurn(ctx, s, contact); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	done, err := store.Restore(ctx, o, backup)
	if err != nil {
		t.Fatal(err)
	}
	if done.Held != 1 {
		t.Errorf("%d messages are held back, want 1", done.Held)
	}
	if got := dump(t, o, "outbox", "lane"); got != atBackup {
		t.Errorf("the store is not what it was at the backup:\n%s", got)
	}
	again := open(t, o)
	out, err := again.Claim(ctx, bot.Telegram, time.Now().Add(time.Hour), bot.Lease{Token: 99, Until: time.Now().Add(2 * time.Hour)}, 10)
	if err != nil || len(out) != 0 {
		t.Errorf("leaves again: %+v, %v; it waited as %d", out, err, waits)
	}
	for contact := range 5 { // and families are answered, whatever Redis remembers
		if err := oneTurn(ctx, again, contact); err != nil {
			t.Errorf("contact %d is not answered: %v", contact, err)
		}
	}
}

// leave puts a message of the robot into the outbox, without a sender.
func leave(t *testing.T, s *store.Store, contact int, body string) int64 {
	t.Helper()
	m := bot.Message{Channel: bot.Telegram, Provider: "leave " + body, Kind: bot.Text, Text: "et mardi ?", At: time.Now(), From: bot.Address{Channel: bot.Telegram, ID: string(rune('0' + contact))}}
	id, _, err := s.Accept(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Next(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Commit(t.Context(), bot.Turn{Contact: id, Inbox: w.Inbox, From: w.Stamp, To: bot.Stamp{Version: w.Stamp.Version + 1, Tag: 7}, At: time.Now(),
		Out: []bot.Outgoing{{To: m.From, Origin: bot.FromRobot, Body: body}}})
	if err != nil {
		t.Fatal(err)
	}
	return w.Inbox
}

// TestBackupRefuses: what cannot be done is said, and changes nothing.
func TestBackupRefuses(t *testing.T) {
	dir := t.TempDir()
	o := store.Options{Path: filepath.Join(dir, "doudou.db")}
	text, there := filepath.Join(dir, "text"), filepath.Join(dir, "there")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a backup. ", 400)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := store.Backup(t.Context(), o, there); err == nil || !strings.Contains(err.Error(), "no store") {
		t.Errorf("backed up what is not: %v", err)
	}
	s := open(t, o)
	if err := store.Backup(t.Context(), o, text); err == nil || !strings.Contains(err.Error(), "there already") {
		t.Errorf("wrote over a file: %v", err)
	}
	if err := store.Backup(t.Context(), o, there); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(there); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the backup: %v %v", info.Mode(), err)
	}
	if _, err := store.Restore(t.Context(), o, there); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("restored under a running service: %v", err)
	}
	s.Close()
	before := dump(t, o)
	broken := filepath.Join(dir, "broken")
	whole, err := os.ReadFile(there)
	if err != nil {
		t.Fatal(err)
	}
	copy(whole[len(whole)/2:], strings.Repeat("\xff", 9000))
	if err := os.WriteFile(broken, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, from := range map[string]string{"text": text, "nothing": filepath.Join(dir, "none"), "a damaged file": broken} {
		if _, err := store.Restore(t.Context(), o, from); err == nil {
			t.Errorf("%s: restored", name)
		}
	}
	if dump(t, o) != before {
		t.Error("a restore that failed changed the store")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
