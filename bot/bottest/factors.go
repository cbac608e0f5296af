package bottest

import (
	"errors"
	"reflect"
	"sync/atomic"
	"testing"

	"doudou/bot"
)

// Proofs is how agents prove who they are, beside a password.
type Proofs interface {
	bot.AgentStore
	bot.FactorStore
	bot.IdentityStore
}

// TestProofs is the contract of bot.FactorStore and bot.IdentityStore; open
// returns an empty store.
func TestProofs(t *testing.T, open func(testing.TB) Proofs) {
	t.Run("factor", func(t *testing.T) { factors(t, open(t)) })
	t.Run("a step serves once", func(t *testing.T) { factorStep(t, open(t)) })
	t.Run("a recovery code serves once", func(t *testing.T) { codeOnce(t, open(t)) })
	t.Run("identities", func(t *testing.T) { identities(t, open(t)) })
}

func factors(t *testing.T, s Proofs) {
	if err := s.SaveAgent(t.Context(), bot.Agent{Login: "awa"}); err != nil {
		t.Fatal(err)
	}
	second := func(want bool) {
		t.Helper()
		if a, err := s.Agent(t.Context(), "awa"); err != nil || a.Second != want {
			t.Fatalf("%+v %v, want second %v", a, err, want)
		}
	}
	if _, err := s.Factor(t.Context(), "awa"); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("no factor yet: %v", err)
	}
	second(false)
	for _, f := range []bot.Factor{
		{Login: "awa", Secret: "JBSWY3DPEHPK3PXP", Step: 5, Codes: []string{"a", "b"}, Since: noon},
		{Login: "awa", Secret: "KRSXG5CTMVRXEZLU", Codes: []string{"b", "c"}, Since: noon},
	} {
		if err := s.SaveFactor(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Factor(t.Context(), "awa"); err != nil || !reflect.DeepEqual(got, f) {
			t.Fatalf("factor %+v %v, want %+v", got, err, f)
		}
	}
	second(true)
	if err := s.DropFactor(t.Context(), "awa"); err != nil {
		t.Fatal(err)
	}
	second(false)
	if _, err := s.UseCode(t.Context(), "awa", "b"); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("a code of a factor that is gone: %v", err)
	}
}

func factorStep(t *testing.T, s Proofs) {
	if err := s.UseStep(t.Context(), "awa", 1); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("nobody has a factor: %v", err)
	}
	if err := s.SaveFactor(t.Context(), bot.Factor{Login: "awa", Secret: "S", Step: 10}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		step int64
		want error
	}{{10, bot.ErrGone}, {9, bot.ErrGone}, {11, nil}, {11, bot.ErrGone}, {10, bot.ErrGone}, {13, nil}, {12, bot.ErrGone}} {
		if err := s.UseStep(t.Context(), "awa", c.step); !errors.Is(err, c.want) {
			t.Errorf("step %d: %v, want %v", c.step, err, c.want)
		}
	}
	var used atomic.Int64
	together(16, func(int) {
		if err := s.UseStep(t.Context(), "awa", 20); err == nil {
			used.Add(1)
		} else if !errors.Is(err, bot.ErrGone) {
			t.Error(err)
		}
	})
	if used.Load() != 1 {
		t.Errorf("%d used one step", used.Load())
	}
}

func codeOnce(t *testing.T, s Proofs) {
	for _, login := range []string{"awa", "lea"} {
		if err := s.SaveFactor(t.Context(), bot.Factor{Login: login, Secret: "S", Codes: []string{login + "1", login + "2"}}); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := s.UseCode(t.Context(), "awa", "awa1"); err != nil || left != 1 {
		t.Fatalf("%d left, %v", left, err)
	}
	for _, hash := range []string{"awa1", "lea1", ""} {
		if _, err := s.UseCode(t.Context(), "awa", hash); !errors.Is(err, bot.ErrGone) {
			t.Errorf("code %q of awa: %v", hash, err)
		}
	}
	if f, err := s.Factor(t.Context(), "lea"); err != nil || len(f.Codes) != 2 {
		t.Errorf("the codes of lea: %v %v", f.Codes, err)
	}
}

func identities(t *testing.T, s Proofs) {
	for _, login := range []string{"awa", "lea"} {
		if err := s.SaveAgent(t.Context(), bot.Agent{Login: login}); err != nil {
			t.Fatal(err)
		}
	}
	one, other := bot.Identity{Issuer: "https://id.test", Subject: "1"}, bot.Identity{Issuer: "https://other.test", Subject: "1"}
	link := func(id bot.Identity, login string, want error) {
		t.Helper()
		if err := s.Link(t.Context(), id, login); !errors.Is(err, want) {
			t.Fatalf("link %v to %s: %v, want %v", id, login, err, want)
		}
	}
	whose := func(id bot.Identity, want string) {
		t.Helper()
		login, err := s.Linked(t.Context(), id)
		if login != want || (want == "") != errors.Is(err, bot.ErrGone) {
			t.Fatalf("%v is %q %v, want %q", id, login, err, want)
		}
	}
	whose(one, "")
	link(one, "awa", nil)
	link(one, "awa", nil)
	link(one, "lea", bot.ErrTaken)
	whose(one, "awa")
	whose(other, "")
	link(other, "awa", nil)
	whose(one, "")
	whose(other, "awa")
	if a, err := s.Agent(t.Context(), "awa"); err != nil || !a.Linked {
		t.Errorf("%+v %v", a, err)
	}
	if a, err := s.Agent(t.Context(), "lea"); err != nil || a.Linked {
		t.Errorf("%+v %v", a, err)
	}
	if err := s.Unlink(t.Context(), "awa"); err != nil {
		t.Fatal(err)
	}
	whose(other, "")
}
