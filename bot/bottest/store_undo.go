package bottest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"doudou/bot"
)

var undoSuite = map[string]func(*storeTest){
	"it leaves when its time has come": leavesInTime,
	"taken back":                       takenBack,
	"too late":                         tooLate,
	"only by who said it":              onlyTheirs,
	"the same form after undo":         formUndone,
	"the robot does not wait":          robotFirst,
	"replies keep their order":         partingOrder,
	"the last word closes":             lastWord,
	"the last word taken back":         lastWordBack,
	"the family wrote meanwhile":       lastWordMoved,
	"closing lets go first":            closeLetsGo,
	"STOP meanwhile":                   stopMeanwhile,
	"clocks turn back":                 clocksBack,
	"a colleague has answered":         colleagueAnswered,
	"answer anyway":                    answerAnyway,
}

// later does something that leaves in ten seconds.
func (t *storeTest) later(id bot.CaseID, agent string, do bot.ActKind, text string) error {
	a := bot.Act{Case: id, Agent: agent, Do: do, Text: text, Tag: t.number(), At: t.Now(), Due: t.Now().Add(bot.UndoTime), Once: fmt.Sprintf("form %x", text)}
	a.Out = &bot.Outgoing{To: bot.Address{Channel: bot.SMS}, Origin: bot.FromStaff, Body: text}
	if do == bot.Close {
		a.Tail = "le robot est de retour"
	}
	return t.Store.Act(t.ctx, a)
}

// undo takes back the last that was said.
func (t *storeTest) undo(id bot.CaseID, agent string) error {
	list := t.partings(id)
	part := int64(404)
	if len(list) > 0 {
		part = list[len(list)-1].ID
	}
	return t.Store.Act(t.ctx, bot.Act{Case: id, Agent: agent, Do: bot.Undo, Part: part, Tag: t.number(), At: t.Now()})
}

func (t *storeTest) partings(id bot.CaseID) []bot.Parting {
	t.Helper()
	list, err := t.Store.Partings(t.ctx, id)
	t.must(err)
	return list
}

// after lets time pass and returns what has left.
func (t *storeTest) after(d time.Duration) string {
	t.Helper()
	t.Clock.Add(d)
	_, err := t.Store.Depart(t.ctx, t.Now(), 10)
	t.must(err)
	return strings.Join(t.drain(), "|")
}

func leavesInTime(t *storeTest) {
	w, id := t.openCase(phone)
	t.must(t.later(id, "awa", bot.Reply, "Bonjour"))
	list := t.partings(id)
	if len(list) != 1 || list[0].Agent != "awa" || list[0].Closes || !list[0].Due.Equal(t.Now().Add(bot.UndoTime).UTC()) {
		t.Fatalf("about to leave: %+v", list)
	}
	lines, _ := t.Store.Thread(t.ctx, w.Contact.ID, 9)
	if last := lines[len(lines)-1]; last.Text != "Bonjour" || last.Seq != list[0].Line {
		t.Fatalf("line %+v of %+v", last, list[0])
	}
	if got := t.after(9 * time.Second); got != "" {
		t.Fatalf("left too early: %s", got)
	}
	if got := t.after(time.Second); got != "Bonjour" {
		t.Fatalf("left: %s", got)
	}
	if got := t.after(time.Hour); got != "" || len(t.partings(id)) != 0 {
		t.Fatalf("left again: %s", got)
	}
}

func takenBack(t *storeTest) {
	w, id := t.openCase(phone)
	before := t.getCase(id)
	t.must(t.later(id, "awa", bot.Reply, "erreur"))
	t.must(t.undo(id, "awa"))
	if got := t.after(time.Hour); got != "" {
		t.Fatalf("left: %s", got)
	}
	lines, _ := t.Store.Thread(t.ctx, w.Contact.ID, 9)
	if last := lines[len(lines)-1]; last.Speaker != bot.Undone || last.Text != "" {
		t.Fatalf("line %+v", last)
	}
	t.nothingOf("erreur\"")
	c := t.getCase(id)
	if c.State != bot.Taken || c.Agent != "awa" || !c.Asked.Equal(before.Asked) || !c.Answered.IsZero() || c.Lines != len(lines) {
		t.Fatalf("case %+v, was %+v", c, before)
	}
}

func tooLate(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.later(id, "awa", bot.Reply, "Bonjour"))
	part := t.partings(id)[0].ID
	t.after(bot.UndoTime)
	err := t.Store.Act(t.ctx, bot.Act{Case: id, Agent: "awa", Do: bot.Undo, Part: part, Tag: t.number(), At: t.Now()})
	if !errors.Is(err, bot.ErrLate) {
		t.Fatalf("undo of what has left: %v", err)
	}
}

func onlyTheirs(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.later(id, "awa", bot.Reply, "Bonjour"))
	if err := t.undo(id, "lea"); !errors.Is(err, bot.ErrLate) {
		t.Fatalf("a colleague took it back: %v", err)
	}
	_, other := t.openCase("+33600000002")
	err := t.Store.Act(t.ctx, bot.Act{Case: other, Agent: "awa", Do: bot.Undo, Part: t.partings(id)[0].ID, Tag: t.number(), At: t.Now()})
	if !errors.Is(err, bot.ErrLate) {
		t.Fatalf("taken back from another case: %v", err)
	}
	if got := t.after(bot.UndoTime); got != "Bonjour" {
		t.Fatalf("left: %s", got)
	}
}

// formUndone sends the form again whose words were taken back: it neither leaves
// nor is said to have left.
func formUndone(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.later(id, "awa", bot.Reply, "Bonjour"))
	t.must(t.later(id, "awa", bot.Reply, "Bonjour"))
	t.must(t.undo(id, "awa"))
	before := t.Dump()
	if err := t.later(id, "awa", bot.Reply, "Bonjour"); !errors.Is(err, bot.ErrUndone) {
		t.Fatalf("the form again: %v", err)
	}
	if t.Dump() != before || len(t.partings(id)) != 0 {
		t.Fatal("the form did something")
	}
}

func robotFirst(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.later(id, "awa", bot.Reply, "staff"))
	w := t.next(t.hear(phone, "au secours"))
	turn := t.turn(w)
	turn.Out = words(w, bot.FromSafety, "15")
	t.commit(turn)
	if all := t.drain(); !slices.Equal(all, []string{"15"}) {
		t.Fatalf("at once: %q", all)
	}
	if got := t.after(bot.UndoTime); got != "staff" {
		t.Fatalf("then: %s", got)
	}
}

func partingOrder(t *storeTest) {
	_, id := t.openCase(phone)
	for _, text := range []string{"1", "2", "3"} {
		t.must(t.later(id, "awa", bot.Reply, text))
		t.Clock.Add(time.Second)
	}
	if got := t.after(time.Minute); got != "1|2|3" {
		t.Fatalf("left: %s", got)
	}
}

func lastWord(t *storeTest) {
	w, id := t.openCase(phone)
	t.must(t.later(id, "awa", bot.Reply, "voilà"))
	t.must(t.later(id, "awa", bot.Close, "au revoir"))
	if c := t.getCase(id); c.State == bot.Closed {
		t.Fatal("closed before its last word has left")
	}
	for _, do := range []bot.ActKind{bot.Take, bot.Release, bot.Reply, bot.Close} {
		if err := t.later(id, "awa", do, "encore"); !errors.Is(err, bot.ErrClosing) {
			t.Errorf("%s while it closes: %v", do, err)
		}
	}
	t.must(t.act(id, "lea", bot.NoteIt, "une note"))
	if got := t.after(bot.UndoTime); got != "voilà|au revoir\nle robot est de retour" {
		t.Fatalf("left: %q", got)
	}
	if c := t.getCase(id); c.State != bot.Closed || c.Answered.IsZero() {
		t.Fatalf("case %+v", c)
	}
	t.hear(phone, "merci")
	if again := t.next(w.Contact.ID); again.Session != nil || again.Case != nil {
		t.Fatalf("the robot does not start afresh: %+v", again)
	}
}

func lastWordBack(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.Take, ""))
	before := t.getCase(id)
	for _, text := range []string{"", "au revoir"} {
		t.must(t.later(id, "awa", bot.Close, text))
		t.must(t.undo(id, "awa"))
		if got := t.after(time.Hour); got != "" {
			t.Fatalf("left: %s", got)
		}
		c := t.getCase(id)
		c.Lines = before.Lines
		if c.State != bot.Taken || !c.Asked.Equal(before.Asked) {
			t.Fatalf("case %+v, was %+v", c, before)
		}
	}
}

func lastWordMoved(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.Take, ""))
	t.must(t.later(id, "awa", bot.Close, "au revoir"))
	t.commit(t.turn(t.next(t.hear(phone, "attendez"))))
	if got := t.after(bot.UndoTime); got != "au revoir" {
		t.Fatalf("left: %q", got)
	}
	if c := t.getCase(id); c.State != bot.Taken || c.Asked.IsZero() {
		t.Fatalf("the family wrote and the case is %+v", c)
	}
}

func closeLetsGo(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.later(id, "awa", bot.Reply, "voilà"))
	t.must(t.act(id, "awa", bot.Close, "fini"))
	if all := t.drain(); !slices.Equal(all, []string{"voilà", "fini"}) {
		t.Fatalf("left: %q", all)
	}
}

func stopMeanwhile(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.later(id, "awa", bot.Reply, "Bonjour"))
	turn := t.turn(t.next(t.hear(phone, "STOP")))
	stopped := true
	turn.Stopped = &stopped
	t.commit(turn)
	if got := t.after(bot.UndoTime); got != "" {
		t.Fatalf("left to somebody who said STOP: %s", got)
	}
}

// clocksBack takes two replies back, in either order, around a word of the family.
func clocksBack(t *storeTest) {
	_, id := t.openCase(phone)
	asked := t.getCase(id).Asked
	t.must(t.later(id, "awa", bot.Reply, "un"))
	t.Clock.Add(time.Second)
	t.must(t.later(id, "awa", bot.Reply, "deux"))
	first := t.partings(id)[0].ID
	t.must(t.Store.Act(t.ctx, bot.Act{Case: id, Agent: "awa", Do: bot.Undo, Part: first, Tag: t.number(), At: t.Now()}))
	if c := t.getCase(id); c.State != bot.Waiting || !c.Asked.IsZero() {
		t.Fatalf("one reply stands: %+v", c)
	}
	t.commit(t.turn(t.next(t.hear(phone, "?"))))
	t.must(t.undo(id, "awa"))
	if c := t.getCase(id); c.State != bot.Taken || !c.Asked.Equal(asked) || !c.Answered.IsZero() {
		t.Fatalf("no reply stands: %+v, asked %v", c, asked)
	}
}

func colleagueAnswered(t *storeTest) {
	_, id := t.openCase(phone)
	seen := t.getCase(id).Lines
	t.must(t.act(id, "awa", bot.Reply, "Bonjour"))
	t.must(t.act(id, "awa", bot.Release, ""))
	reply := bot.Act{Case: id, Agent: "lea", Do: bot.Reply, Seen: seen, Text: "Bonjour aussi", Once: "l", Tag: 9, At: t.Now()}
	if err := t.Store.Act(t.ctx, reply); !errors.Is(err, bot.ErrMoved) {
		t.Fatalf("reply over that of a colleague: %v", err)
	}
	reply.Agent, reply.Once = "awa", "a"
	t.must(t.Store.Act(t.ctx, reply)) // one's own words are known
}

func answerAnyway(t *storeTest) {
	_, id := t.openCase(phone)
	t.must(t.act(id, "awa", bot.Take, ""))
	reply := bot.Act{Case: id, Agent: "lea", Do: bot.Reply, Text: "vu avec Awa", Once: "l", Tag: 9, At: t.Now(), Anyway: true,
		Out: &bot.Outgoing{To: bot.Address{Channel: bot.SMS}, Origin: bot.FromStaff, Body: "vu avec Awa"}}
	t.must(t.Store.Act(t.ctx, reply))
	if c := t.getCase(id); c.Agent != "awa" || c.State != bot.Waiting {
		t.Fatalf("case %+v", c)
	}
	if all := t.drain(); !slices.Equal(all, []string{"vu avec Awa"}) {
		t.Fatalf("left %q", all)
	}
}
