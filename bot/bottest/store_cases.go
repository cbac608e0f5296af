package bottest

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"doudou/bot"
	"doudou/dialogs"
)

var caseSuite = map[string]func(*storeTest){
	"opened, taken, closed":       caseLife,
	"one open case per contact":   oneCase,
	"lists":                       caseLists,
	"two agents take it":          twoAgents,
	"a colleague holds it":        colleague,
	"once":                        once,
	"new words of the family":     moved,
	"the turn under way is stale": actMovesStamp,
	"closing keeps what lasts":    closeKeeps,
	"what is gone":                goneCases,
	"notes stay inside":           notesInside,
	"reply against many turns":    replyAgainstTurns,
	"lines are counted":           linesCounted,
}

func (t *storeTest) getCase(id bot.CaseID) bot.Case {
	t.Helper()
	c, err := t.Store.Case(t.ctx, id)
	t.must(err)
	return c
}

func caseLife(t *storeTest) {
	w := t.next(t.hear(phone, "quelqu'un svp"))
	turn := t.turn(w)
	brief := []dialogs.BriefItem{{Slot: "children", Value: dialogs.Value{Kind: dialogs.KindCount, Text: "2"}}}
	turn.Open = &bot.Case{ID: "ABC", Team: "rpe", Urgent: true, Topic: "cmg.person", Lang: "pt", Channel: bot.SMS, Brief: brief, Notes: map[string]string{"speaks": "pt"}}
	t.commit(turn)
	c := t.getCase("ABC")
	if c.State != bot.Open || !c.Urgent || c.Topic != "cmg.person" || c.Lang != "pt" || c.Channel != bot.SMS || c.Contact != w.Contact.ID ||
		len(c.Brief) != 1 || c.Brief[0].Value.Text != "2" || c.Notes["speaks"] != "pt" || c.Lines != 1 || !c.Opened.Equal(t.Now().UTC()) {
		t.Fatalf("case %+v", c)
	}
	t.hear(phone, "alors ?")
	if next := t.next(w.Contact.ID); next.Case == nil || fmt.Sprint(*next.Case) != fmt.Sprint(c) {
		t.Fatalf("the next turn sees %+v, want %+v", next.Case, c)
	}
	t.Clock.Add(time.Minute)
	for _, step := range []struct {
		do    bot.ActKind
		state bot.CaseState
		agent string
	}{{bot.Take, bot.Taken, "awa"}, {bot.Release, bot.Open, ""}, {bot.Reply, bot.Waiting, "awa"}, {bot.NoteIt, bot.Waiting, "awa"}, {bot.Close, bot.Closed, "awa"}} {
		t.must(t.act("ABC", "awa", step.do, ""))
		if c := t.getCase("ABC"); c.State != step.state || c.Agent != step.agent || !c.Changed.After(c.Opened) {
			t.Fatalf("after %s: %+v", step.do, c)
		}
	}
	if next := t.next(w.Contact.ID); next.Case != nil {
		t.Fatalf("after the end the turn sees %+v", next.Case)
	}
}

func oneCase(t *storeTest) {
	_, id := t.openCase(phone)
	w := t.next(t.hear(phone, "c'est urgent"))
	turn := t.turn(w)
	turn.Open = &bot.Case{ID: "OTHER", Team: "pmi", Urgent: true, Topic: "safety.person", Notes: map[string]string{"speaks": "ar"},
		Brief: []dialogs.BriefItem{{Slot: "town", Value: dialogs.Value{Text: "93800"}}}}
	t.commit(turn)
	c := t.getCase(id)
	if !c.Urgent || c.Team != "rpe" || c.Topic != "safety.person" || c.Notes["speaks"] != "ar" || len(c.Brief) != 1 {
		t.Fatalf("case %+v", c)
	}
	if _, err := t.Store.Case(t.ctx, "OTHER"); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("a second case: %v", err)
	}
	w = t.next(t.hear(phone, "aussi"))
	turn = t.turn(w)
	turn.Open = &bot.Case{Team: "rpe", Topic: "cmg.person", Brief: []dialogs.BriefItem{{Slot: "town", Value: dialogs.Value{Text: "93000"}}, {Slot: "age"}}}
	t.commit(turn)
	if c := t.getCase(id); !c.Urgent || len(c.Brief) != 2 || c.Brief[0].Value.Text != "93000" {
		t.Fatalf("case %+v", c)
	}
	t.must(t.act(id, "awa", bot.Close, ""))
	if _, second := t.openCase(phone); second == id {
		t.Fatal("the closed case was opened again")
	}
}

func caseLists(t *storeTest) {
	for i, c := range []bot.Case{{ID: "1", Team: "rpe"}, {ID: "2", Team: "pmi", Urgent: true}, {ID: "3", Team: "rpe", Urgent: true}, {ID: "4", Team: "pmi"}} {
		w := t.next(t.hear(fmt.Sprint("+3360000000", i), "?"))
		turn := t.turn(w)
		turn.Open = &c
		t.commit(turn)
		t.Clock.Add(time.Second)
	}
	t.must(t.act("4", "awa", bot.Take, ""))
	both := []bot.CaseState{bot.Open, bot.Taken}
	for _, c := range []struct {
		teams  []string
		states []bot.CaseState
		limit  int
		want   string
	}{
		{nil, both, 9, "2314"}, {nil, both, 2, "23"}, {[]string{"rpe"}, both, 9, "31"}, {nil, both[:1], 9, "231"},
		{[]string{"pmi", "rpe"}, both[1:], 9, "4"}, {[]string{}, both, 9, ""}, {nil, nil, 9, ""},
	} {
		list, err := t.Store.Cases(t.ctx, c.teams, c.states, c.limit)
		t.must(err)
		got := ""
		for _, k := range list {
			got += string(k.ID)
		}
		if got != c.want {
			t.Errorf("cases of %v in %v, at most %d: %s, want %s", c.teams, c.states, c.limit, got, c.want)
		}
	}
}

func twoAgents(t *storeTest) {
	_, id := t.openCase(phone)
	var won, refused atomic.Int64
	together(8, func(i int) {
		switch err := t.act(id, fmt.Sprint("agent", i), bot.Take, ""); {
		case err == nil:
			won.Add(1)
		case errors.Is(err, bot.ErrTaken):
			refused.Add(1)
		default:
			t.Error(err)
		}
	})
	if won.Load() != 1 || refused.Load() != 7 {
		t.Fatalf("%d took it, %d refused", won.Load(), refused.Load())
	}
}

func colleague(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.Take, ""))
	t.must(t.act(id, "awa", bot.Take, ""))
	before := t.Dump()
	for _, do := range []bot.ActKind{bot.Take, bot.Reply, bot.Close} {
		if err := t.act(id, "lea", do, "x"); !errors.Is(err, bot.ErrTaken) {
			t.Errorf("%s by another agent: %v", do, err)
		}
	}
	if t.Dump() != before {
		t.Error("a refused act changed something")
	}
	t.must(t.act(id, "lea", bot.NoteIt, "je connais cette famille"))
	t.must(t.act(id, "lea", bot.Release, ""))
	t.must(t.act(id, "lea", bot.Take, ""))
}

func once(t *storeTest) {
	w, id := t.openCase(phone)
	a := bot.Act{Case: id, Agent: "awa", Do: bot.Reply, Once: "form 1", Text: "Bonjour", Tag: 5, At: t.Now(),
		Out: &bot.Outgoing{To: bot.Address{Channel: bot.SMS}, Origin: bot.FromStaff, Body: "Bonjour"}}
	together(8, func(int) {
		if err := t.Store.Act(t.ctx, a); err != nil {
			t.Error(err)
		}
	})
	if all := t.drain(); len(all) != 1 {
		t.Fatalf("sent %q", all)
	}
	lines, _ := t.Store.Thread(t.ctx, w.Contact.ID, 9)
	if len(lines) != 2 || lines[1].Speaker != bot.Staff || lines[1].Agent != "awa" || lines[1].Text != "Bonjour" || lines[1].Case != id {
		t.Fatalf("thread %+v", lines)
	}
	a.Once = "form 2"
	t.must(t.Store.Act(t.ctx, a))
	if all := t.drain(); len(all) != 1 {
		t.Fatalf("another form: %q", all)
	}
}

func moved(t *storeTest) {
	_, id := t.openCase(phone)
	seen := t.getCase(id).Lines
	reply := bot.Act{Case: id, Agent: "awa", Do: bot.Reply, Seen: seen, Text: "Bonjour", Once: "f", Tag: 9, At: t.Now()}
	t.must(t.act(id, "awa", bot.NoteIt, "a note is not a word of the family"))
	w := t.next(t.hear(phone, "en fait non"))
	t.commit(t.turn(w))
	before := t.Dump()
	if err := t.Store.Act(t.ctx, reply); !errors.Is(err, bot.ErrMoved) {
		t.Fatalf("reply to an old page: %v", err)
	}
	if t.Dump() != before {
		t.Fatal("a refused reply changed something")
	}
	reply.Seen = t.getCase(id).Lines
	t.must(t.act(id, "awa", bot.NoteIt, "again"))
	t.must(t.Store.Act(t.ctx, reply))
	reply.Seen, reply.Once = 0, "g"
	t.must(t.Store.Act(t.ctx, reply))
}

func actMovesStamp(t *storeTest) {
	first, id := t.openCase(phone)
	contact := first.Contact.ID
	t.hear(phone, "encore")
	for _, do := range []bot.ActKind{bot.Take, bot.NoteIt, bot.Reply, bot.Release, bot.Close} {
		w := t.next(contact)
		t.must(t.act(id, "awa", do, "x"))
		t.stale(t.turn(w))
		again := t.next(contact)
		session := string(w.Session)
		if do == bot.Close {
			session = "" // the robot starts afresh
		}
		if again.Stamp.Version != w.Stamp.Version+1 || again.Stamp.Tag == w.Stamp.Tag || string(again.Session) != session {
			t.Fatalf("after %s: stamp %v was %v, session %q, want %q", do, again.Stamp, w.Stamp, again.Session, session)
		}
	}
}

// closeKeeps sees that a path of several days outlives the talk with a person.
func closeKeeps(t *storeTest) {
	first, id := t.openCase(phone)
	contact := first.Contact.ID
	t.hear(phone, "encore")
	turn := t.turn(t.next(contact))
	turn.Session = []byte(`{"dialog":{"dialog":"cmg","node":"hours","slots":{"children":"2"},"kept":{"contract.step":"write"},"greeted":true},"more":["x"]}`)
	t.commit(turn)
	t.must(t.act(id, "awa", bot.Close, ""))
	t.hear(phone, "bonjour")
	if got := string(t.next(contact).Session); got != `{"dialog":{"kept":{"contract.step":"write"}}}` {
		t.Fatalf("the session is now %s", got)
	}
}

func goneCases(t *storeTest) {
	if _, err := t.Store.Case(t.ctx, "none"); !errors.Is(err, bot.ErrGone) {
		t.Errorf("no such case: %v", err)
	}
	if err := t.act("none", "awa", bot.Take, ""); !errors.Is(err, bot.ErrGone) {
		t.Errorf("act on no case: %v", err)
	}
	_, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.Close, ""))
	if err := t.act(id, "awa", bot.Reply, "x"); !errors.Is(err, bot.ErrGone) {
		t.Errorf("reply to a closed case: %v", err)
	}
	if all := t.drain(); len(all) != 0 {
		t.Errorf("sent %q", all)
	}
}

func notesInside(t *storeTest) {
	w, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.NoteIt, "à rappeler"))
	lines, _ := t.Store.Thread(t.ctx, w.Contact.ID, 9)
	if last := lines[len(lines)-1]; last.Speaker != bot.Aside || last.Text != "à rappeler" {
		t.Fatalf("line %+v", last)
	}
	if all := t.drain(); len(all) != 0 {
		t.Fatalf("a note left: %q", all)
	}
}

// replyAgainstTurns has staff and robot write at once: nothing gets lost, the
// keys of the thread stay in order.
func replyAgainstTurns(t *storeTest) {
	first, id := t.openCase(phone)
	contact := first.Contact.ID
	t.must(t.act(id, "awa", bot.Take, ""))
	together(4, func(i int) {
		for n := range 5 {
			if i < 2 {
				if err := t.act(id, "awa", bot.Reply, fmt.Sprintf("%d.%d", i, n)); err != nil {
					t.Error(err)
				}
				continue
			}
			if _, _, err := t.Store.Accept(t.ctx, t.message(phone, "?")); err != nil {
				t.Error(err)
			}
			for {
				w, err := t.Store.Next(t.ctx, contact)
				if err == nil {
					_, err = t.Store.Commit(t.ctx, t.turn(w))
				}
				if err == nil || errors.Is(err, bot.ErrNothing) {
					break
				}
				if !errors.Is(err, bot.ErrStale) {
					t.Error(err)
					break
				}
			}
		}
	})
	lines, err := t.Store.Thread(t.ctx, contact, 100)
	t.must(err)
	if len(lines) != 21 || t.getCase(id).Lines != 21 {
		t.Fatalf("%d lines, counted %d", len(lines), t.getCase(id).Lines)
	}
	if all := t.drain(); len(all) != 10 {
		t.Fatalf("%d replies left", len(all))
	}
	if !slices.IsSortedFunc(lines, func(a, b bot.Line) int { return int(a.Seq - b.Seq) }) {
		t.Fatal("the thread is out of order")
	}
}

func linesCounted(t *storeTest) {
	w, id := t.openCase(phone)
	for range 3 {
		t.say(phone, "x")
		t.must(t.act(id, "awa", bot.NoteIt, "y"))
	}
	lines, _ := t.Store.Thread(t.ctx, w.Contact.ID, 99)
	if n := t.getCase(id).Lines; n != len(lines) || n != 7 {
		t.Fatalf("%d lines counted, %d there", n, len(lines))
	}
}
