package bottest

import (
	"fmt"
	"strings"
	"time"

	"doudou/bot"
	"doudou/dialogs"
)

var retentionSuite = map[string]func(*storeTest){
	"a closed case loses its words":     closedCaseBlank,
	"an open case keeps them":           openCaseKept,
	"words with the robot":              robotWordsBlank,
	"who falls silent loses the number": silentContact,
	"who is waited for keeps it":        awaitedContact,
	"the report counts the same":        sameFigures,
	"more than a batch":                 manyBlank,
}

// days lets days go by.
func (t *storeTest) days(n int) { t.Clock.Add(time.Duration(n) * 24 * time.Hour) }

// purge purges twice: the second time finds nothing to do.
func (t *storeTest) purge() {
	t.Helper()
	t.must(t.Store.Purge(t.ctx, t.Now()))
	before := t.Dump()
	t.must(t.Store.Purge(t.ctx, t.Now()))
	if t.Dump() != before {
		t.Error("a second purge on the same day changes something")
	}
}

// confided plays a turn in which the family writes and the robot answers with a value.
func (t *storeTest) confided(from string) bot.ContactID {
	t.Helper()
	w := t.next(t.hear(from, planted))
	turn := t.turn(w)
	turn.Session = []byte(`{"x":"` + planted + `"}`)
	turn.Lines = []bot.Line{
		{Speaker: bot.Family, Text: planted, Lang: "ta", Intent: "cmg_amount"},
		{Speaker: bot.Robot, Lang: "ta", Says: []dialogs.Text{{Key: "cmg.hello", Args: map[string]dialogs.Value{"name": {Kind: "text", Text: planted}}}}},
	}
	t.commit(turn)
	return w.Contact.ID
}

// answered has a colleague note and answer a question of the family.
func (t *storeTest) answered() bot.CaseID {
	t.Helper()
	_, id := t.openCase(phone)
	t.confided(phone)
	t.must(t.act(id, "awa", bot.NoteIt, planted+" note"))
	t.must(t.act(id, "awa", bot.Reply, planted+" reply"))
	t.drain()
	return id
}

func closedCaseBlank(t *storeTest) {
	id := t.answered()
	t.must(t.act(id, "awa", bot.Close, planted+" bye"))
	t.drain()
	t.days(364)
	t.purge()
	if c, err := t.Store.Case(t.ctx, id); err != nil || !strings.Contains(t.Dump(), planted+" reply") {
		t.Fatalf("before its day: %+v %v", c, err)
	}
	t.days(2)
	t.purge()
	t.nothingOf(planted)
	c, err := t.Store.Case(t.ctx, id)
	if err != nil || c.State != bot.Closed || c.Agent != "awa" || len(c.Brief) != 0 {
		t.Errorf("the case that stays to be counted: %+v %v", c, err)
	}
}

func openCaseKept(t *storeTest) {
	t.answered()
	t.days(2000)
	t.purge()
	if !strings.Contains(t.Dump(), planted+" reply") {
		t.Error("an open case has lost its words")
	}
	if got := t.hear(phone, "x"); t.next(got).Case == nil {
		t.Error("its family is not known any more")
	}
}

func robotWordsBlank(t *storeTest) {
	contact := t.confided(phone)
	t.drain()
	t.days(179)
	t.purge()
	if lines, _ := t.Store.Thread(t.ctx, contact, 9); len(lines) != 2 || lines[0].Text != planted {
		t.Fatalf("before their day: %+v", lines)
	}
	t.days(2)
	t.purge()
	t.nothingOf(planted)
	lines, err := t.Store.Thread(t.ctx, contact, 9)
	if err != nil || len(lines) != 2 || !lines[0].Masked || lines[0].Intent != "cmg_amount" || len(lines[1].Says) != 1 || lines[1].Says[0].Key != "cmg.hello" {
		t.Errorf("what stays to be counted: %+v %v", lines, err)
	}
	if again := t.next(t.hear(phone, "x")); again.Contact.ID != contact || len(again.Session) != 0 {
		t.Errorf("who writes again: %+v, session %s", again.Contact, again.Session)
	}
}

func silentContact(t *storeTest) {
	contact := t.confided(phone)
	t.drain()
	t.days(729)
	t.purge()
	if again := t.hear(phone, "x"); again != contact {
		t.Fatalf("before the day: %s, want %s", again, contact)
	}
	t.commit(t.turn(t.next(contact)))
	t.drain()
	t.days(731)
	t.purge()
	t.nothingOf(planted)
	again := t.hear(phone, "x")
	if again == contact {
		t.Error("who was let go is known again")
	}
	t.commit(t.turn(t.next(again)))
}

// awaitedContact keeps the number of whom something is still open with.
func awaitedContact(t *storeTest) {
	for i, keep := range []func(from string){
		func(from string) { t.hear(from, "waits") },
		func(from string) { t.change(from, bot.Subscribe{On: true}) },
		func(from string) {
			contact := t.known(from)
			p := t.prompt("later/"+string(contact), contact)
			p.Due = t.Now().AddDate(3, 0, 0)
			t.add(p)
		},
	} {
		from := fmt.Sprint("+3369000010", i)
		contact := t.confided(from)
		keep(from)
		t.drain()
		t.days(800)
		t.purge()
		if again := t.hear(from, "x"); again != contact {
			t.Errorf("case %d: %s is %s now", i, contact, again)
		}
	}
}

func sameFigures(t *storeTest) {
	figures, ok := t.Store.(bot.FigureStore)
	if !ok {
		t.Fatal("the store reads no figures")
	}
	from := t.Now().Add(-time.Hour)
	_, id := t.live()
	t.must(t.act(id, "awa", bot.Close, "bye"))
	t.confided(second)
	t.drain()
	count := func() string {
		var all strings.Builder
		t.must(figures.Heard(t.ctx, from, from.AddDate(0, 1, 0), func(h bot.Heard) { fmt.Fprintf(&all, "%+v\n", h) }))
		cases, err := figures.Opened(t.ctx, from, from.AddDate(0, 1, 0))
		t.must(err)
		for _, c := range cases {
			fmt.Fprintf(&all, "%+v\n", c)
		}
		return all.String()
	}
	before := count()
	t.days(800)
	t.purge()
	if after := count(); after != before || before == "" {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func manyBlank(t *storeTest) {
	for range 230 {
		t.confided(phone)
	}
	t.days(200)
	t.purge()
	t.nothingOf(planted)
}
