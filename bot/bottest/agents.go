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
	t.Run("the last manager", func(t *testing.T) { lastManager(t, open(t)) })
	t.Run("two managers send each other away", func(t *testing.T) { eachOther(t, open(t)) })
	t.Run("journal", func(t *testing.T) { journal(t, open(t)) })
	t.Run("journal, in part", func(t *testing.T) { journalPart(t, open(t)) })
}

var noon = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)

func agentsByLogin(t *testing.T, s bot.AgentStore) {
	if _, err := s.Agent(t.Context(), "awa"); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("no such agent: %v", err)
	}
	lea := bot.Agent{Login: "lea", Name: "Léa", Role: bot.RoleObserver, Since: noon}
	awa := bot.Agent{Login: "awa", Name: "Awa", Teams: []string{"rpe", "pmi"}, Role: bot.RoleAgent, Password: "$argon2id$x", Active: true, Since: noon,
		Email: "awa@ville.test", Approved: true, Epoch: 3}
	for _, a := range []bot.Agent{lea, awa} {
		if err := s.SaveAgent(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	awa.Role, awa.Since, awa.Approved, awa.Email, awa.Epoch = bot.RoleManager, noon.Add(time.Hour), false, "a.diallo@ville.test", 4
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

// lastManager: no change leaves a team without a manager which has one.
func lastManager(t *testing.T, s bot.AgentStore) {
	save := func(want error, login string, role bot.Role, active bool, teams ...string) {
		t.Helper()
		if err := s.SaveAgent(t.Context(), bot.Agent{Login: login, Role: role, Active: active, Teams: teams}); !errors.Is(err, want) {
			t.Fatalf("%s as %s of %v: %v, want %v", login, role, teams, err, want)
		}
	}
	save(nil, "awa", bot.RoleManager, true, "rpe", "pmi")
	save(bot.ErrLast, "awa", bot.RoleAgent, true, "rpe", "pmi")
	save(bot.ErrLast, "awa", bot.RoleManager, false, "rpe", "pmi")
	save(bot.ErrLast, "awa", bot.RoleManager, true, "rpe")
	save(nil, "awa", bot.RoleManager, true, "rpe", "pmi", "caf")
	save(nil, "lea", bot.RoleManager, true, "pmi", "caf")
	save(bot.ErrLast, "awa", bot.RoleManager, false, "rpe", "pmi", "caf")
	save(nil, "awa", bot.RoleManager, true, "rpe")
	save(bot.ErrLast, "lea", bot.RoleObserver, true, "pmi", "caf")
	if a, err := s.Agent(t.Context(), "lea"); err != nil || a.Role != bot.RoleManager {
		t.Fatalf("what was refused has changed something: %+v %v", a, err)
	}
}

func eachOther(t *testing.T, s bot.AgentStore) {
	both := []string{"awa", "lea"}
	for range 10 {
		for _, login := range both {
			if err := s.SaveAgent(t.Context(), bot.Agent{Login: login, Role: bot.RoleManager, Active: true, Teams: []string{"rpe"}}); err != nil {
				t.Fatal(err)
			}
		}
		var gone atomic.Int64
		together(2, func(i int) {
			if err := s.SaveAgent(t.Context(), bot.Agent{Login: both[i], Role: bot.RoleManager, Teams: []string{"rpe"}}); err == nil {
				gone.Add(1)
			} else if !errors.Is(err, bot.ErrLast) {
				t.Error(err)
			}
		})
		if gone.Load() != 1 {
			t.Fatalf("%d of two managers left", gone.Load())
		}
	}
}

func journal(t *testing.T, s bot.AgentStore) {
	for i := range 5 {
		e := bot.Entry{At: noon.Add(time.Duration(i/2) * time.Second), Agent: "awa", Did: fmt.Sprint("read", i), Case: "C1"}
		if err := s.Record(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Journal(t.Context(), bot.JournalQuery{Limit: 3})
	if err != nil || len(list) != 3 || list[0].Did != "read4" || list[1].Did != "read3" || list[2].Did != "read2" {
		t.Fatalf("journal %+v %v", list, err)
	}
	if e := list[0]; e.Agent != "awa" || e.Case != "C1" || !e.At.Equal(noon.Add(2*time.Second)) {
		t.Fatalf("entry %+v", e)
	}
}

func journalPart(t *testing.T, s bot.AgentStore) {
	for i, e := range []bot.Entry{{Agent: "awa", Did: "read", Case: "C1"}, {Agent: "lea", Did: "read", Case: "C2"},
		{Agent: "awa", Did: "reply", Case: "C1"}, {Agent: "", Did: "alert", Case: "C2"}} {
		e.At = noon.Add(time.Duration(i) * time.Hour)
		if err := s.Record(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	want := func(q bot.JournalQuery, list string) {
		t.Helper()
		q.Limit = 10
		entries, err := s.Journal(t.Context(), q)
		got := ""
		for _, e := range entries {
			got += e.Agent + " " + e.Did + " " + string(e.Case) + ", "
		}
		if err != nil || got != list {
			t.Errorf("%+v: %q %v, want %q", q, got, err, list)
		}
	}
	want(bot.JournalQuery{Agents: []string{"lea", ""}}, " alert C2, lea read C2, ")
	want(bot.JournalQuery{Agents: []string{}}, "")
	want(bot.JournalQuery{Did: "read", Case: "C1"}, "awa read C1, ")
	want(bot.JournalQuery{Teams: []string{"rpe"}, Did: "reply"}, "awa reply C1, ") // C1 is no case: perhaps a date
	want(bot.JournalQuery{From: noon.Add(time.Hour), To: noon.Add(3 * time.Hour)}, "awa reply C1, lea read C2, ")
}
