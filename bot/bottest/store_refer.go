package bottest

import (
	"slices"
	"strings"
	"time"

	"doudou/bot"
	"doudou/dialogs"
)

var referSuite = map[string]func(*storeTest){
	"to another team":         referred,
	"what stays behind":       staysBehind,
	"what goes along":         goesAlong,
	"the family is asked":     familyAsked,
	"the family says no":      familyRefuses,
	"asked twice":             askedTwice,
	"only by who may":         referTaken,
	"words on their way":      referLetsGo,
	"nothing left of it":      referForgotten,
	"an answer to no request": noRequest,
}

// refer passes a case to the PMI.
func (t *storeTest) refer(id bot.CaseID, agent string, r bot.Referral) error {
	r.Team = "pmi"
	return t.Store.Act(t.ctx, bot.Act{Case: id, Agent: agent, Do: bot.Transfer, Text: r.Reason, Referral: &r, Tag: t.number(), At: t.Now(),
		Says: []dialogs.Text{{Key: "bot.transfer.told"}},
		Out:  &bot.Outgoing{To: bot.Address{Channel: bot.SMS}, Origin: bot.FromStaff, Body: "transmis", Lang: "fr"}})
}

// answers has the family answer the question whether its case may go.
func (t *storeTest) answers(yes bool) {
	t.Helper()
	turn := t.turn(t.next(t.hear(phone, "oui ou non")))
	turn.Changes = []bot.Change{bot.Agree{Yes: yes}}
	t.commit(turn)
}

func referred(t *storeTest) {
	w, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.Reply, "je demande"))
	t.Clock.Add(time.Minute)
	t.must(t.refer(id, "awa", bot.Referral{Reason: "agrément"}))
	c := t.getCase(id)
	if c.Team != "pmi" || c.State != bot.Open || c.Agent != "" || len(c.Readers) != 0 || !c.Asked.Equal(t.Now().UTC()) {
		t.Fatalf("case %+v", c)
	}
	lines, _ := t.Store.Thread(t.ctx, w.Contact.ID, 9)
	why, told := lines[len(lines)-2], lines[len(lines)-1]
	if why.Speaker != bot.Aside || why.Text != "agrément" || why.Team != "" || told.Speaker != bot.Robot || told.Says[0].Key != "bot.transfer.told" {
		t.Fatalf("lines %+v", lines)
	}
	if all := t.drain(); !slices.Equal(all, []string{"je demande", "transmis"}) {
		t.Fatalf("left %q", all)
	}
	t.must(t.act(id, "paul", bot.Take, ""))
}

func staysBehind(t *storeTest) {
	w, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.NoteIt, planted))
	t.must(t.refer(id, "awa", bot.Referral{Keeps: true}))
	lines, _ := t.Store.Thread(t.ctx, w.Contact.ID, 9)
	if note := lines[1]; note.Text != planted || note.Team != "rpe" {
		t.Fatalf("note %+v", note)
	}
	if c := t.getCase(id); !slices.Equal(c.Readers, []string{"rpe"}) {
		t.Fatalf("readers %v", c.Readers)
	}
	page, err := t.Store.List(t.ctx, bot.CaseQuery{Teams: []string{"pmi"}, Terms: []bot.Term{{Word: planted}}, Limit: 9})
	t.must(err)
	if len(page.Cases) != 0 {
		t.Fatal("the other institution finds the case by the words of a note")
	}
}

func goesAlong(t *storeTest) {
	w, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.NoteIt, planted))
	t.must(t.refer(id, "awa", bot.Referral{Notes: true}))
	lines, _ := t.Store.Thread(t.ctx, w.Contact.ID, 9)
	if note := lines[1]; note.Team != "" {
		t.Fatalf("note %+v", note)
	}
}

func familyAsked(t *storeTest) {
	w, id := t.openCase(phone)
	t.must(t.refer(id, "awa", bot.Referral{Reason: "agrément", Ask: true, Keeps: true}))
	if c := t.getCase(id); c.Team != "rpe" || c.Toward != "pmi" || c.Agent != "awa" || !c.Held() {
		t.Fatalf("asked: %+v", c)
	}
	t.hear(phone, "attendez")
	if next := t.next(w.Contact.ID); next.Case.Toward != "pmi" {
		t.Fatalf("the turn sees %+v", next.Case)
	}
	t.commit(t.turn(t.next(w.Contact.ID)))
	t.answers(true)
	c := t.getCase(id)
	if c.Team != "pmi" || c.Toward != "" || c.State != bot.Open || !slices.Equal(c.Readers, []string{"rpe"}) {
		t.Fatalf("case %+v", c)
	}
	if !strings.Contains(t.Dump(), "transfer") {
		t.Fatal("the journal has no transfer")
	}
}

func familyRefuses(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.refer(id, "awa", bot.Referral{Ask: true}))
	t.answers(false)
	if c := t.getCase(id); c.Team != "rpe" || c.Toward != "" || c.Agent != "awa" {
		t.Fatalf("case %+v", c)
	}
	t.answers(true) // too late to change their mind without being asked
	if c := t.getCase(id); c.Team != "rpe" {
		t.Fatalf("case %+v", c)
	}
}

func askedTwice(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.refer(id, "awa", bot.Referral{Ask: true, Notes: true}))
	t.Clock.Add(time.Second)
	t.must(t.refer(id, "awa", bot.Referral{Ask: true, Keeps: true}))
	t.answers(true)
	if c := t.getCase(id); c.Team != "pmi" || len(c.Readers) != 1 {
		t.Fatalf("case %+v", c)
	}
}

func referTaken(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.Take, ""))
	before := t.Dump()
	if err := t.refer(id, "lea", bot.Referral{}); err == nil {
		t.Fatal("a colleague passed the case on")
	}
	r := bot.Act{Case: id, Agent: "awa", Do: bot.Transfer, Referral: &bot.Referral{Team: "rpe"}, Tag: 5, At: t.Now()}
	if err := t.Store.Act(t.ctx, r); err == nil {
		t.Fatal("the case went where it was")
	}
	if t.Dump() != before {
		t.Fatal("a refused transfer changed something")
	}
}

func referLetsGo(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.later(id, "awa", bot.Reply, "voilà"))
	t.must(t.refer(id, "awa", bot.Referral{}))
	if all := t.drain(); !slices.Equal(all, []string{"voilà", "transmis"}) {
		t.Fatalf("left %q", all)
	}
}

func referForgotten(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.refer(id, "awa", bot.Referral{Reason: planted, Ask: true}))
	t.must(t.later(id, "awa", bot.Reply, planted))
	t.forgetMe(t.lease())
	t.nothingOf(planted)
}

func noRequest(t *storeTest) {
	_, id := t.openCase(phone)
	t.answers(true)
	if c := t.getCase(id); c.Team != "rpe" {
		t.Fatalf("case %+v", c)
	}
}
