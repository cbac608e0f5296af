package bottest

import (
	"fmt"
	"time"

	"doudou/bot"
)

var spendSuite = map[string]func(*storeTest){
	"what has left is counted": spent,
}

func spent(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.Store.Act(t.ctx, bot.Act{Case: id, Agent: "awa", Do: bot.Reply, Text: "un", Tag: 3, At: t.Now(),
		Out: &bot.Outgoing{To: bot.Address{Channel: bot.SMS}, Origin: bot.FromStaff, Team: "rpe", Body: "un"}}))
	t.say("+33600000009", "robot")
	spendings := func() string {
		list, err := t.Store.Spendings(t.ctx, "2026-11")
		t.must(err)
		return fmt.Sprint(list)
	}
	if got := spendings(); got != "[]" {
		t.Fatalf("before it leaves: %s", got)
	}
	for _, o := range t.claim() {
		done := bot.Outcome{Outgoing: o, State: bot.Sent, Sent: fmt.Sprint("s", o.ID), Segments: 2, At: t.Now()}
		t.must(t.Store.Settle(t.ctx, done))
		t.must(t.Store.Settle(t.ctx, done)) // the sender insists: it has left once
	}
	if got := spendings(); got != "[{2026-11  1 2} {2026-11 rpe 1 2}]" {
		t.Fatalf("spent %s", got)
	}
	t.Clock.Add(31 * 24 * time.Hour)
	t.must(t.Store.Act(t.ctx, bot.Act{Case: id, Agent: "awa", Do: bot.Reply, Text: "deux", Tag: 4, At: t.Now(),
		Out: &bot.Outgoing{To: bot.Address{Channel: bot.SMS}, Origin: bot.FromStaff, Team: "rpe", Body: "deux"}}))
	o := t.claim()[0]
	t.must(t.Store.Settle(t.ctx, bot.Outcome{Outgoing: o, State: bot.Dead, Segments: 1, At: t.Now()}))
	if got := spendings(); got != "[{2026-11  1 2} {2026-11 rpe 1 2}]" {
		t.Fatalf("what never left was counted: %s", got)
	}
}
