package store_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/store"
	"doudou/knowledge/events"
)

// Who is forgotten leaves the live copy of those who learned their name too.
func TestForgottenInLiveCopies(t *testing.T) {
	sessions := redisSessions(t)
	s := open(t, store.Options{Path: filepath.Join(t.TempDir(), "doudou.db"), Sessions: sessions})
	play := func(from string, change func(*bot.Turn)) bot.ContactID {
		t.Helper()
		address := bot.Address{Channel: bot.SMS, ID: from}
		id, _, err := s.Accept(t.Context(), bot.Message{Channel: bot.SMS, Provider: fmt.Sprint(rand.Uint64()), From: address})
		if err != nil {
			t.Fatal(err)
		}
		w, err := s.Next(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		turn := bot.Turn{Contact: id, Inbox: w.Inbox, From: w.Stamp, To: bot.Stamp{Version: w.Stamp.Version + 1, Tag: rand.Int64()}}
		change(&turn)
		if _, err := s.Commit(t.Context(), turn); err != nil {
			t.Fatal(err)
		}
		return id
	}
	keep := func(side events.Side, name string, more ...bot.Change) func(*bot.Turn) {
		p := events.Profile{Participant: events.Participant{Side: side}, Name: name, Phone: "+33611223344", Until: time.Now().Add(time.Hour)}
		return func(turn *bot.Turn) { turn.Changes = append([]bot.Change{bot.KeepProfile{Profile: p}}, more...) }
	}
	minder := play("2", keep(events.Childminder, "Awa"))
	mother := play("1", keep(events.Parent, "Leïla", bot.Introduce{With: []bot.ContactID{minder}}))
	play("2", keep(events.Childminder, "Awa", bot.Introduce{With: []bot.ContactID{mother}}))
	nothing := func(bot.Introduction, events.Profile, events.Profile) []bot.Prompt { return nil }
	if err := s.Exchange(t.Context(), time.Now(), nothing); err != nil {
		t.Fatal(err)
	}
	play("2", func(turn *bot.Turn) { turn.Session = []byte(`{"dialog":{"slots":{"name":"Leïla"}}}`) })
	if _, live, _ := sessions.Get(t.Context(), minder); !strings.Contains(string(live), "Leïla") {
		t.Fatalf("before: the live copy is %s", live)
	}
	play("1", func(turn *bot.Turn) { turn.Forget = true })
	if _, live, _ := sessions.Get(t.Context(), minder); strings.Contains(string(live), "Leïla") {
		t.Errorf("after: the live copy is %s", live)
	}
	play("2", func(*bot.Turn) {}) // goes on
}
