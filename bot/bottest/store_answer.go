package bottest

import (
	"time"

	"doudou/bot"
	"doudou/dialogs"
)

var answerSuite = map[string]func(*storeTest){
	"answers by key are kept as keys": keyedAnswer,
	"a keyed answer taken back":       keyedBack,
}

// keyed answers by key, in ten seconds.
func (t *storeTest) keyed(id bot.CaseID, text string) error {
	a := bot.Act{Case: id, Agent: "awa", Do: bot.Reply, Text: text, Tag: t.number(), At: t.Now(), Due: t.Now().Add(bot.UndoTime), Once: "keyed"}
	a.Says = []dialogs.Text{{Key: "reply.sorry"}, {Key: "reply.wait", Args: map[string]dialogs.Value{"date": {Kind: dialogs.KindDate, Text: "2026-12-24"}}}}
	a.Out = &bot.Outgoing{To: bot.Address{Channel: bot.SMS}, Origin: bot.FromStaff, Body: "மன்னிக்கவும்", Lang: "ta"}
	return t.Store.Act(t.ctx, a)
}

func (t *storeTest) lastLine(contact bot.ContactID) bot.Line {
	t.Helper()
	lines, err := t.Store.Thread(t.ctx, contact, 1)
	t.must(err)
	return lines[0]
}

func keyedAnswer(t *storeTest) {
	w, id := t.openCase(phone)
	t.must(t.keyed(id, ""))
	t.must(t.keyed(id, "")) // the same form
	l := t.lastLine(w.Contact.ID)
	if l.Speaker != bot.Staff || l.Agent != "awa" || l.Lang != "ta" || l.Text != "" || len(l.Says) != 2 {
		t.Fatalf("kept as %+v", l)
	}
	if l.Says[0].Key != "reply.sorry" || l.Says[1].Args["date"].Text != "2026-12-24" {
		t.Fatalf("kept as %+v", l.Says)
	}
	if c := t.getCase(id); c.State != bot.Waiting || c.Agent != "awa" {
		t.Fatalf("the case is %+v", c)
	}
	if got := t.after(time.Minute); got != "மன்னிக்கவும்" {
		t.Fatalf("left: %q", got)
	}
}

func keyedBack(t *storeTest) {
	w, id := t.openCase(phone)
	t.must(t.keyed(id, "À demain"))
	t.must(t.undo(id, "awa"))
	if l := t.lastLine(w.Contact.ID); l.Speaker != bot.Undone || len(l.Says) != 0 || l.Text != "" {
		t.Fatalf("kept %+v", l)
	}
	if got := t.after(time.Minute); got != "" {
		t.Fatalf("left: %q", got)
	}
}
