package bottest

import (
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	"doudou/bot"
)

// TestAgents is the contract of bot.AgentStore; open returns an empty one.
func TestAgents(t *testing.T, open func(testing.TB) bot.AgentStore) {
	t.Run("agents", func(t *testing.T) { agentsByLogin(t, open(t)) })
	t.Run("invitations", func(t *testing.T) { invitations(t, open(t)) })
	t.Run("two redeem at once", func(t *testing.T) { redeemTogether(t, open(t)) })
	t.Run("journal", func(t *testing.T) { journal(t, open(t)) })
}

var noon = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)

func agentsByLogin(t *testing.T, s bot.AgentStore) {
	if _, err := s.Agent(t.Context(), "awa"); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("no such agent: %v", err)
	}
	lea := bot.Agent{Login: "lea", Name: "Léa", Role: bot.RoleObserver, Since: noon}
	awa := bot.Agent{Login: "awa", Name: "Awa", Teams: []string{"rpe", "pmi"}, Role: bot.RoleAgent, Password: "$argon2id$x", Active: true, Since: noon}
	for _, a := range []bot.Agent{lea, awa} {
		if err := s.SaveAgent(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	awa.Role, awa.Since = bot.RoleManager, noon.Add(time.Hour)
	if err := s.SaveAgent(t.Context(), awa); err != nil {
		t.Fatal(err)
	}
	awa.Since = noon // is kept from the first time
	list, err := s.Agents(t.Context())
	if err != nil || !reflect.DeepEqual(list, []bot.Agent{awa, lea}) {
		t.Fatalf("agents %+v %v", list, err)
	}
	if got, err := s.Agent(t.Context(), "awa"); err != nil || !reflect.DeepEqual(got, awa) {
		t.Fatalf("agent %+v %v", got, err)
	}
}

func invitations(t *testing.T, s bot.AgentStore) {
	invite := func(login, hash string) {
		t.Helper()
		if err := s.Invite(t.Context(), login, hash, noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	redeem := func(hash string, at time.Time, want string) {
		t.Helper()
		login, err := s.Redeem(t.Context(), hash, at)
		if login != want || (want == "") != errors.Is(err, bot.ErrGone) {
			t.Fatalf("redeem %s: %q %v, want %q", hash, login, err, want)
		}
	}
	invite("awa", "old")
	invite("awa", "new")
	invite("lea", "hers")
	redeem("old", noon, "")
	redeem("new", noon, "awa")
	redeem("new", noon, "")
	redeem("hers", noon.Add(time.Hour), "")
	redeem("never", noon, "")
	redeem("", noon, "")
}

func redeemTogether(t *testing.T, s bot.AgentStore) {
	if err := s.Invite(t.Context(), "awa", "hash", noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	var won atomic.Int64
	together(16, func(int) {
		if login, err := s.Redeem(t.Context(), "hash", noon); err == nil && login == "awa" {
			won.Add(1)
		} else if !errors.Is(err, bot.ErrGone) {
			t.Error(err)
		}
	})
	if won.Load() != 1 {
		t.Fatalf("%d redeemed one invitation", won.Load())
	}
}

func journal(t *testing.T, s bot.AgentStore) {
	for i := range 5 {
		e := bot.Entry{At: noon.Add(time.Duration(i/2) * time.Second), Agent: "awa", Did: fmt.Sprint("read", i), Case: "C1"}
		if err := s.Record(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Journal(t.Context(), 3)
	if err != nil || len(list) != 3 || list[0].Did != "read4" || list[1].Did != "read3" || list[2].Did != "read2" {
		t.Fatalf("journal %+v %v", list, err)
	}
	if e := list[0]; e.Agent != "awa" || e.Case != "C1" || !e.At.Equal(noon.Add(2*time.Second)) {
		t.Fatalf("entry %+v", e)
	}
}
