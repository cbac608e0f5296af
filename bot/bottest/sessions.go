package bottest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"doudou/bot"
)

// Sessions is what a live copy of sessions does (see store.Sessions).
type Sessions interface {
	Get(ctx context.Context, contact bot.ContactID) (bot.Stamp, []byte, bool)
	Put(ctx context.Context, contact bot.ContactID, stamp bot.Stamp, session []byte)
	Drop(ctx context.Context, contact bot.ContactID)
}

// TestSessions is the contract of a live copy of sessions.
func TestSessions(t *testing.T, open func(testing.TB) Sessions) {
	for name, test := range map[string]func(*sessionTest){
		"nothing yet":                nothingYet,
		"what was put":               whatWasPut,
		"an older one does not win":  olderLoses,
		"another of the same number": sameNumber,
		"any order of puts":          anyOrder,
		"many at once":               manyPuts,
	} {
		t.Run(name, func(t *testing.T) {
			test(&sessionTest{T: t, s: open(t), id: bot.ContactID(fmt.Sprintf("c%d", rand.Uint64()))})
		})
	}
}

type sessionTest struct {
	*testing.T
	s  Sessions
	id bot.ContactID
}

func (t *sessionTest) put(version, tag int64, session string) {
	t.s.Put(t.Context(), t.id, bot.Stamp{Version: version, Tag: tag}, []byte(session))
}

func (t *sessionTest) want(version, tag int64, session string) {
	t.Helper()
	stamp, got, ok := t.s.Get(t.Context(), t.id)
	if !ok || stamp != (bot.Stamp{Version: version, Tag: tag}) || string(got) != session {
		t.Fatalf("got %v %q %v, want %d/%d %q", stamp, got, ok, version, tag, session)
	}
}

func nothingYet(t *sessionTest) {
	if _, _, ok := t.s.Get(t.Context(), t.id); ok {
		t.Fatal("a session that nobody has put")
	}
	t.s.Drop(t.Context(), t.id)
}

func whatWasPut(t *sessionTest) {
	for i, session := range []string{`{"a":1}`, "two\nlines\n", "", "é\x00ü"} {
		t.put(int64(i+1), 1<<62, session)
		t.want(int64(i+1), 1<<62, session)
	}
	t.s.Drop(t.Context(), t.id)
	if _, _, ok := t.s.Get(t.Context(), t.id); ok {
		t.Fatal("a dropped session is there")
	}
	t.put(1, 1, "again")
	t.want(1, 1, "again")
}

func olderLoses(t *sessionTest) {
	for _, v := range []int64{9, 10, 1 << 53, 1<<53 + 1} {
		t.put(v, 7, "new")
		t.put(v-1, 8, "old")
		t.want(v, 7, "new")
	}
}

func sameNumber(t *sessionTest) {
	t.put(5, 1, "ours")
	t.put(5, 2, "of another database")
	t.want(5, 2, "of another database")
}

func anyOrder(t *sessionTest) {
	for round := range 20 {
		t.s.Drop(t.Context(), t.id)
		for _, v := range rand.Perm(12) {
			t.put(int64(v+1), int64(round), fmt.Sprint(v+1))
		}
		t.want(12, int64(round), "12")
	}
}

func manyPuts(t *sessionTest) {
	together(32, func(i int) { t.put(int64(i+1), 3, fmt.Sprint(i+1)) })
	t.want(32, 3, "32")
}
