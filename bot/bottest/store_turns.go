package bottest

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"doudou/bot"
	"doudou/dialogs"
)

var turnSuite = map[string]func(*storeTest){
	"a turn changes the contact":          turnChanges,
	"two workers, one message":            twoWorkers,
	"a stamp of the past":                 pastStamp,
	"a stamp with another tag":            otherTag,
	"a failed turn counts a try":          failedTurn,
	"a private answer is not kept":        privateAnswer,
	"an answered message is blank":        answeredBlank,
	"one failing turn does not undo many": oneFails,
	"sessions of long conversations":      longConversation,
}

func turnChanges(t *storeTest) {
	id := t.hear(phone, "olá")
	w := t.next(id)
	turn := t.turn(w)
	turn.Lang, turn.Audience, turn.Notes = "pt", "parent", map[string]string{"speaks": "pt"}
	says := []dialogs.Text{{Key: "cmg.result", Args: map[string]dialogs.Value{"cmg": {Kind: dialogs.KindEuros, Text: "310.20"}}}}
	turn.Lines = append(turn.Lines, bot.Line{Speaker: bot.Robot, Says: says, Intent: "cmg_amount"})
	t.commit(turn)
	t.hear(phone, "sim")
	w = t.next(id)
	if c := w.Contact; c.Lang != "pt" || c.Audience != "parent" || c.Notes["speaks"] != "pt" {
		t.Errorf("contact %+v", c)
	}
	if w.Stamp != turn.To || string(w.Session) != string(turn.Session) {
		t.Errorf("stamp %v session %s", w.Stamp, w.Session)
	}
	second := t.turn(w)
	second.Notes = map[string]string{"half-day": "morning"}
	t.commit(second)
	t.hear(phone, "obrigada")
	if n := t.next(id).Contact.Notes; len(n) != 2 {
		t.Errorf("notes %v", n)
	}
	lines, err := t.Store.Thread(t.ctx, id, 10)
	t.must(err)
	if len(lines) != 3 || lines[0].Text != "olá" || lines[1].Says[0].Args["cmg"].Text != "310.20" || lines[1].Intent != "cmg_amount" || lines[2].Text != "sim" {
		t.Errorf("thread %+v", lines)
	}
	if last, _ := t.Store.Thread(t.ctx, id, 1); len(last) != 1 || last[0].Text != "sim" {
		t.Errorf("last line %+v", last)
	}
}

func twoWorkers(t *storeTest) {
	id := t.hear(phone, "bonjour")
	w := t.next(id)
	var won, stale atomic.Int64
	together(16, func(i int) {
		turn := t.turn(w)
		turn.Out = words(w, bot.FromRobot, "bonjour")
		switch _, err := t.Store.Commit(t.ctx, turn); {
		case err == nil:
			won.Add(1)
		case errors.Is(err, bot.ErrStale):
			stale.Add(1)
		default:
			t.Error(err)
		}
	})
	if won.Load() != 1 || stale.Load() != 15 {
		t.Fatalf("%d turns applied, %d stale", won.Load(), stale.Load())
	}
	if out := t.drain(); len(out) != 1 {
		t.Fatalf("sent %q", out)
	}
	if lines, _ := t.Store.Thread(t.ctx, id, 10); len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
}

func (t *storeTest) stale(turn bot.Turn) {
	t.Helper()
	before := t.Dump()
	if _, err := t.Store.Commit(t.ctx, turn); !errors.Is(err, bot.ErrStale) {
		t.Fatalf("commit: %v, want ErrStale", err)
	}
	if t.Dump() != before {
		t.Fatal("a stale turn changed something")
	}
}

func pastStamp(t *storeTest) {
	id := t.hear(phone, "a")
	w := t.next(id)
	t.commit(t.turn(w))
	t.hear(phone, "b")
	late := t.turn(t.next(id))
	late.From = w.Stamp
	t.stale(late)
	again := t.turn(t.next(id))
	again.Inbox = w.Inbox // answered already
	t.stale(again)
	ghost := t.turn(t.next(id))
	ghost.Contact = "nobody"
	t.stale(ghost)
}

func otherTag(t *storeTest) {
	id := t.hear(phone, "a")
	turn := t.turn(t.next(id))
	turn.From.Tag++
	t.stale(turn)
	turn.Failed = true
	t.stale(turn)
}

func failedTurn(t *storeTest) {
	id := t.hear(phone, "a")
	for tries := range 3 {
		w := t.next(id)
		if w.Tries != tries || w.Stamp.Version != 0 || w.Contact.Lang != "" {
			t.Fatalf("after %d failures: %+v", tries, w)
		}
		turn := t.turn(w)
		turn.Failed, turn.Lang, turn.Out = true, "ar", words(w, bot.FromRobot, "no")
		if out := t.commit(turn); len(out) != 0 {
			t.Fatalf("a failed turn says %v", out)
		}
	}
	if out := t.drain(); len(out) != 0 {
		t.Fatalf("a failed turn says %q", out)
	}
}

func privateAnswer(t *storeTest) {
	id := t.hear(phone, "1234567890123")
	turn := t.turn(t.next(id))
	turn.Mask = true
	t.commit(turn)
	lines, err := t.Store.Thread(t.ctx, id, 5)
	t.must(err)
	if len(lines) != 1 || !lines[0].Masked || lines[0].Text != "" {
		t.Fatalf("thread %+v", lines)
	}
	if strings.Contains(t.Dump(), "1234567890123") {
		t.Fatal("a private answer is kept")
	}
}

func answeredBlank(t *storeTest) {
	turn := t.turn(t.next(t.hear(phone, "grenouille")))
	turn.Lines = nil
	t.commit(turn)
	if strings.Contains(t.Dump(), "grenouille") {
		t.Fatal("the inbox keeps the words of an answered message")
	}
}

func oneFails(t *storeTest) {
	works := make([]bot.Work, 40)
	for i := range works {
		works[i] = t.next(t.hear(fmt.Sprintf("+336000001%02d", i), "a"))
	}
	var applied, refused atomic.Int64
	together(len(works), func(i int) {
		turn := t.turn(works[i])
		turn.Out = words(works[i], bot.FromRobot, "x")
		if i%4 == 0 {
			turn.Register = []string{"no such event"} // fails after it has written
		}
		switch _, err := t.Store.Commit(t.ctx, turn); {
		case err == nil:
			applied.Add(1)
		case errors.Is(err, bot.ErrFull):
			refused.Add(1)
		default:
			t.Error(err)
		}
	})
	if applied.Load() != 30 || refused.Load() != 10 {
		t.Fatalf("%d applied, %d refused", applied.Load(), refused.Load())
	}
	if out := t.drain(); len(out) != 30 {
		t.Fatalf("%d messages left", len(out))
	}
	for i, w := range works {
		_, err := t.Store.Next(t.ctx, w.Contact.ID)
		if waits := err == nil; waits != (i%4 == 0) {
			t.Errorf("contact %d waits: %v", i, waits)
		}
	}
}

func longConversation(t *storeTest) {
	for i := range 30 {
		w := t.next(t.hear(phone, fmt.Sprint(i)))
		if i > 0 && string(w.Session) != fmt.Sprintf(`{"turn":%d}`, i) {
			t.Fatalf("turn %d stands at %s", i, w.Session)
		}
		t.commit(t.turn(w))
	}
}
