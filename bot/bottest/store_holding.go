package bottest

import (
	"slices"
	"time"

	"doudou/bot"
)

var holdingSuite = map[string]func(*storeTest){
	"STOP holds all but safety":            stopHolds,
	"STOP and START in turns":              stopAndStart,
	"an unwanted message stops the others": unwantedStops,
	"a case in hands silences the robot":   caseSilences,
	"silenced in flight":                   silencedInFlight,
	"a silenced word does not block staff": silencedDoesNotBlock,
	"held stays held after the case":       heldStays,
	"no answer while a person holds":       noAnswerWhileHeld,
}

func stopHolds(t *storeTest) {
	t.say(phone, "a", "b")
	w := t.next(t.hear(phone, "STOP"))
	turn := t.turn(w)
	yes := true
	turn.Stopped = &yes
	turn.Out = append(words(w, bot.FromSafety, "bye"), words(w, bot.FromRobot, "more")...)
	turn.Lease = t.lease()
	t.commit(turn)
	t.Clock.Add(time.Hour)
	if all := t.drain(); !slices.Equal(all, []string{"bye"}) {
		t.Fatalf("sent after STOP: %q", all)
	}
}

func stopAndStart(t *storeTest) {
	id := t.hear(phone, "STOP")
	for _, stopped := range []bool{true, false} {
		w := t.next(id)
		turn := t.turn(w)
		turn.Stopped, turn.Lease, turn.Out = &stopped, t.lease(), words(w, bot.FromRobot, "ok")
		if out := t.commit(turn); (len(out) == 0) != stopped {
			t.Fatalf("stopped %v: leased %q", stopped, bodies(out))
		}
		t.hear(phone, "encore")
		if c := t.next(id).Contact; c.Stopped != stopped {
			t.Fatalf("contact %+v, want stopped %v", c, stopped)
		}
	}
}

func unwantedStops(t *storeTest) {
	out := t.answer(phone, t.lease(), "a")
	t.say(phone, "b")
	t.must(t.Store.Settle(t.ctx, bot.Outcome{Outgoing: out[0], State: bot.Dead, Why: "unwanted", Stop: true, At: t.Now()}))
	t.say(phone, "c")
	if all := t.drain(); len(all) != 0 {
		t.Fatalf("sent to somebody who blocked us: %q", all)
	}
	if c := t.next(t.hear(phone, "d")).Contact; !c.Stopped {
		t.Fatalf("contact %+v", c)
	}
}

func caseSilences(t *storeTest) {
	_, id := t.openCase(phone)
	t.say(phone, "robot 1")
	w := t.next(t.hear(phone, "je saigne"))
	turn := t.turn(w)
	turn.Out = words(w, bot.FromSafety, "15")
	t.commit(turn)
	t.must(t.act(id, "awa", bot.Take, ""))
	t.must(t.act(id, "awa", bot.Reply, "Bonjour, Awa"))
	if all := t.drain(); !slices.Equal(all, []string{"15", "Bonjour, Awa"}) {
		t.Fatalf("sent while a person holds the case: %q", all)
	}
}

// silencedInFlight: the first word is at the provider when an agent takes the
// case. It counts as sent; the next does not leave.
func silencedInFlight(t *storeTest) {
	_, id := t.openCase(phone)
	before := t.answer(phone, t.lease(), "0")
	t.sent(before[0])
	t.say(phone, "a", "b")
	out := t.claim()
	t.must(t.act(id, "awa", bot.Take, ""))
	t.sent(out[0])
	if all := t.drain(); len(all) != 0 {
		t.Fatalf("sent after the case was taken: %q", all)
	}
	for want, o := range map[string]bot.Outgoing{"0": before[0], "a": out[0]} {
		if got, _, _ := t.Store.Replies(t.ctx, bot.SMS, o.Reply); bodies(got) != want {
			t.Fatalf("known to have left: %q, want %s", bodies(got), want)
		}
	}
	t.must(t.act(id, "awa", bot.Reply, "moi"))
	if all := t.drain(); !slices.Equal(all, []string{"moi"}) {
		t.Fatalf("sent: %q", all)
	}
}

// silencedDoesNotBlock: a robot's word that waits for a retry in an hour is held
// back; the agent's reply must not wait for that hour.
func silencedDoesNotBlock(t *storeTest) {
	_, id := t.openCase(phone)
	t.say(phone, "a")
	t.retry(t.claim()[0], time.Hour)
	t.must(t.act(id, "awa", bot.Take, ""))
	t.must(t.act(id, "awa", bot.Reply, "moi"))
	if all := t.drain(); !slices.Equal(all, []string{"moi"}) {
		t.Fatalf("sent: %q", all)
	}
	// refused while in flight, and held back meanwhile: not tried again
	_, second := t.openCase("+33600000002")
	t.say("+33600000002", "b")
	out := t.claim()
	t.must(t.act(second, "awa", bot.Take, ""))
	t.retry(out[0], time.Hour)
	t.must(t.act(second, "awa", bot.Reply, "moi"))
	if all := t.drain(); !slices.Equal(all, []string{"moi"}) {
		t.Fatalf("sent: %q", all)
	}
}

func heldStays(t *storeTest) {
	_, id := t.openCase(phone)
	t.say(phone, "a")
	t.must(t.act(id, "awa", bot.Take, ""))
	t.must(t.act(id, "awa", bot.Close, "au revoir"))
	t.say(phone, "b")
	if all := t.drain(); !slices.Equal(all, []string{"au revoir", "b"}) {
		t.Fatalf("sent after the case: %q", all)
	}
}

func noAnswerWhileHeld(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.Take, ""))
	if out := t.answer(phone, t.lease(), "robot"); len(out) != 0 {
		t.Fatalf("leased %q", bodies(out))
	}
	t.must(t.act(id, "awa", bot.Release, ""))
	if out := t.answer(phone, t.lease(), "again"); bodies(out) != "again" {
		t.Fatalf("after the release: %q", bodies(out))
	}
}
