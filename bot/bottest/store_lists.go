package bottest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"doudou/bot"
)

var listSuite = map[string]func(*storeTest){
	"where a case stands":        whereItStands,
	"who has waited longest":     longestFirst,
	"page after page":            pageAfterPage,
	"put aside":                  putAside,
	"those of one family":        ofContact,
	"walls":                      listWalls,
	"since when the family asks": sinceAsked,
	"what moved":                 whatMoved,
	"who is there":               whoIsThere,
}

// list asks for a list as an agent of the team of openCase.
func (t *storeTest) list(agent string, l bot.List) bot.CasePage {
	t.Helper()
	page, err := t.Store.List(t.ctx, bot.CaseQuery{Teams: []string{"rpe"}, Agent: agent, List: l, At: t.Now(), Limit: 50})
	t.must(err)
	return page
}

// numbers are the ids of a page.
func numbers(p bot.CasePage) string {
	var ids []string
	for _, c := range p.Cases {
		ids = append(ids, string(c.ID))
	}
	return strings.Join(ids, " ")
}

// stands tells where a case stands for an agent, with what the tabs count:
// "open 1 0 0".
func (t *storeTest) stands(id bot.CaseID, agent string) string {
	t.Helper()
	var in []string
	var counts map[bot.List]int
	for _, l := range []bot.List{bot.ToTake, bot.Mine, bot.ForTheFamily, bot.AlreadyClosed} {
		page := t.list(agent, l)
		counts = page.Counts
		if slices.ContainsFunc(page.Cases, func(c bot.Case) bool { return c.ID == id }) {
			in = append(in, string(l))
		}
	}
	return fmt.Sprint(strings.Join(in, "+"), " ", counts[bot.ToTake], " ", counts[bot.Mine], " ", counts[bot.ForTheFamily])
}

// says has the family write.
func (t *storeTest) says(from, text string) {
	t.Helper()
	t.commit(t.turn(t.next(t.hear(from, text))))
}

// whereItStands follows one case through the lists of who holds it and of a
// colleague: it is always in exactly one.
func whereItStands(t *storeTest) {
	_, id := t.openCase(phone)
	for _, step := range []struct {
		what      string
		do        func()
		awa, lea  string
		state     bot.CaseState
		awaits    bool
		firstWord bool
	}{
		{"opened", func() {}, "open 1 0 0", "open 1 0 0", bot.Open, true, false},
		{"taken", func() { t.must(t.act(id, "awa", bot.Take, "")) }, "mine 0 1 0", "waiting 0 0 1", bot.Taken, true, false},
		{"a note", func() { t.must(t.act(id, "awa", bot.NoteIt, "à voir")) }, "mine 0 1 0", "waiting 0 0 1", bot.Taken, true, false},
		{"answered", func() { t.must(t.act(id, "awa", bot.Reply, "Bonjour")) }, "waiting 0 0 1", "waiting 0 0 1", bot.Waiting, false, true},
		{"the family writes", func() { t.says(phone, "merci, et pour demain ?") }, "mine 0 1 0", "waiting 0 0 1", bot.Taken, true, true},
		{"given back", func() { t.must(t.act(id, "awa", bot.Release, "")) }, "open 1 0 0", "open 1 0 0", bot.Open, true, true},
		{"answered at once", func() { t.must(t.act(id, "lea", bot.Reply, "Oui")) }, "waiting 0 0 1", "waiting 0 0 1", bot.Waiting, false, true},
		{"given back, answered", func() { t.must(t.act(id, "lea", bot.Release, "")) }, "open 1 0 0", "open 1 0 0", bot.Open, false, true},
		{"closed", func() { t.must(t.act(id, "lea", bot.Close, "")) }, "closed 0 0 0", "closed 0 0 0", bot.Closed, false, true},
	} {
		t.Clock.Add(time.Minute)
		step.do()
		if awa, lea := t.stands(id, "awa"), t.stands(id, "lea"); awa != step.awa || lea != step.lea {
			t.Errorf("%s: stands %s for who holds it, %s for a colleague; want %s, %s", step.what, awa, lea, step.awa, step.lea)
		}
		if c := t.getCase(id); c.State != step.state || c.Asked.IsZero() == step.awaits || c.Answered.IsZero() == step.firstWord {
			t.Errorf("%s: %s, asked %v, answered %v", step.what, c.State, c.Asked, c.Answered)
		}
	}
}

// plant opens cases of the team, a minute after each other.
func (t *storeTest) plant(list ...bot.Case) {
	t.Helper()
	for i, c := range list {
		turn := t.turn(t.next(t.hear(fmt.Sprintf("+3360000%04d", i), "?")))
		turn.Open = &c
		t.commit(turn)
		t.Clock.Add(time.Minute)
	}
}

func longestFirst(t *storeTest) {
	t.plant(bot.Case{ID: "A", Team: "rpe"}, bot.Case{ID: "B", Team: "rpe", Urgent: true}, bot.Case{ID: "C", Team: "rpe"}, bot.Case{ID: "D", Team: "rpe", Urgent: true})
	if got := numbers(t.list("awa", bot.ToTake)); got != "B D A C" {
		t.Errorf("to take: %s", got)
	}
	for _, id := range []bot.CaseID{"C", "A", "D", "B"} {
		t.must(t.act(id, "awa", bot.Reply, "Bonjour"))
		t.Clock.Add(time.Minute)
	}
	if got := numbers(t.list("awa", bot.ForTheFamily)); got != "D B C A" {
		t.Errorf("answered: %s", got)
	}
	t.says("+33600000000", "A écrit")
	t.Clock.Add(time.Minute)
	t.says("+33600000003", "D écrit")
	t.Clock.Add(time.Minute)
	t.says("+33600000000", "A écrit encore")
	t.says("+33600000002", "C écrit")
	if got := numbers(t.list("awa", bot.Mine)); got != "D A C" {
		t.Errorf("mine: %s", got)
	}
	if got := numbers(t.list("lea", bot.ForTheFamily)); got != "B D A C" {
		t.Errorf("for a colleague, what waits for its family first: %s", got)
	}
	for _, id := range []bot.CaseID{"A", "D"} {
		t.must(t.act(id, "awa", bot.Close, ""))
		t.Clock.Add(time.Minute)
	}
	if got := numbers(t.list("awa", bot.AlreadyClosed)); got != "D A" {
		t.Errorf("closed, the last first: %s", got)
	}
}

func pageAfterPage(t *storeTest) {
	var cases []bot.Case
	for i := range 7 {
		cases = append(cases, bot.Case{ID: bot.CaseID(fmt.Sprint("K", i)), Team: "rpe", Urgent: i == 5})
	}
	t.plant(cases...)
	q := bot.CaseQuery{Teams: []string{"rpe"}, List: bot.ToTake, At: t.Now(), Limit: 3}
	var pages []string
	for {
		page, err := t.Store.List(t.ctx, q)
		t.must(err)
		pages = append(pages, numbers(page))
		if page.Counts[bot.ToTake] != 7 {
			t.Errorf("counts %v", page.Counts)
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	if got := strings.Join(pages, "|"); got != "K5 K0 K1|K2 K3 K4|K6" {
		t.Errorf("pages %s", got)
	}
	q.After = "nonsense"
	if _, err := t.Store.List(t.ctx, q); err == nil {
		t.Error("a page after nonsense")
	}
}

func putAside(t *storeTest) {
	_, id := t.openCase(phone)
	until := t.Now().Add(2 * time.Hour)
	snooze := func(to time.Time) {
		t.Helper()
		t.must(t.Store.Act(t.ctx, bot.Act{Case: id, Agent: "awa", Do: bot.Snooze, Until: to, Tag: t.number(), At: t.Now()}))
	}
	want := func(when, awa, lea string, asleep bool) {
		t.Helper()
		if a, l := t.stands(id, "awa"), t.stands(id, "lea"); a != awa || l != lea {
			t.Errorf("%s: stands %s and %s, want %s and %s", when, a, l, awa, lea)
		}
		if c := t.getCase(id); c.Asleep(t.Now()) != asleep {
			t.Errorf("%s: put aside until %v", when, c.Snoozed)
		}
	}
	snooze(until)
	want("put aside by who takes it so", "mine 0 0 0", " 0 0 0", true)
	t.Clock.Add(2 * time.Hour)
	want("its time has come", "mine 0 1 0", "waiting 0 0 1", false)
	t.must(t.act(id, "awa", bot.Reply, "Bonjour"))
	snooze(t.Now().Add(time.Hour))
	want("answered, then put aside", "mine 0 0 0", " 0 0 0", true)
	t.says(phone, "oui")
	want("the family wrote", "mine 0 1 0", "waiting 0 0 1", false)
	snooze(t.Now().Add(time.Hour))
	snooze(time.Time{})
	want("woken by hand", "mine 0 1 0", "waiting 0 0 1", false)
	snooze(t.Now().Add(time.Hour))
	t.must(t.act(id, "awa", bot.Release, ""))
	want("given back", "open 1 0 0", "open 1 0 0", false)
	t.must(t.act(id, "lea", bot.Take, ""))
	err := t.Store.Act(t.ctx, bot.Act{Case: id, Agent: "awa", Do: bot.Snooze, Until: until, Tag: 1, At: t.Now()})
	if !errors.Is(err, bot.ErrTaken) {
		t.Errorf("a colleague's case is put aside: %v", err)
	}
}

// ofContact sees that the cases of one family are found, the open one first.
func ofContact(t *storeTest) {
	w, first := t.openCase(phone)
	t.must(t.act(first, "awa", bot.Close, ""))
	_, second := t.openCase(phone)
	t.plant(bot.Case{ID: "OTHER", Team: "rpe"})
	page, err := t.Store.List(t.ctx, bot.CaseQuery{Teams: []string{"rpe"}, Contact: w.Contact.ID, At: t.Now(), Limit: 9})
	t.must(err)
	if got := numbers(page); got != fmt.Sprint(second, " ", first) {
		t.Errorf("cases of the family: %s", got)
	}
}

func listWalls(t *storeTest) {
	t.plant(bot.Case{ID: "OURS", Team: "rpe"}, bot.Case{ID: "THEIRS", Team: "pmi"})
	for _, c := range []struct {
		teams []string
		want  string
		count int
	}{{[]string{"rpe"}, "OURS", 1}, {[]string{"pmi"}, "THEIRS", 1}, {[]string{"rpe", "pmi"}, "OURS THEIRS", 2}, {nil, "", 0}, {[]string{"other"}, "", 0}} {
		page, err := t.Store.List(t.ctx, bot.CaseQuery{Teams: c.teams, List: bot.ToTake, At: t.Now(), Limit: 9})
		t.must(err)
		if got := numbers(page); got != c.want || page.Counts[bot.ToTake] != c.count {
			t.Errorf("%v see %q, counted %d", c.teams, got, page.Counts[bot.ToTake])
		}
	}
}

func sinceAsked(t *storeTest) {
	_, id := t.openCase(phone)
	opened := t.Now()
	want := func(when string, asked, answered time.Time) {
		t.Helper()
		if c := t.getCase(id); !c.Asked.Equal(asked) || !c.Answered.Equal(answered) {
			t.Errorf("%s: asked %v, answered %v; want %v, %v", when, c.Asked, c.Answered, asked, answered)
		}
	}
	want("opened", opened, time.Time{})
	t.Clock.Add(time.Minute)
	t.says(phone, "vous êtes là ?")
	want("the first question counts", opened, time.Time{})
	t.Clock.Add(time.Minute)
	t.must(t.act(id, "awa", bot.Reply, "Bonjour"))
	first := t.Now()
	want("answered", time.Time{}, first)
	t.Clock.Add(time.Minute)
	t.says(phone, "et demain ?")
	second := t.Now()
	t.Clock.Add(time.Minute)
	t.says(phone, "et jeudi ?")
	want("asked again", second, first)
	t.must(t.act(id, "awa", bot.Reply, "Oui"))
	want("answered again", time.Time{}, first)
	t.must(t.act(id, "awa", bot.Close, "Au revoir"))
	want("closed", time.Time{}, first)
}

func whatMoved(t *storeTest) {
	_, id := t.openCase(phone)
	var last int64
	fresh := func(what string) {
		t.Helper()
		list, err := t.Store.Moves(t.ctx, last, 9)
		t.must(err)
		if len(list) != 1 || list[0].Case != id || list[0].Team != "rpe" || list[0].Mark <= last {
			t.Fatalf("%s: moved %+v", what, list)
		}
		lines, err := t.Store.Thread(t.ctx, t.getCase(id).Contact, 9)
		t.must(err)
		if seq := lines[len(lines)-1].Seq; list[0].Last != seq {
			t.Errorf("%s: the last line is %d, want %d", what, list[0].Last, seq)
		}
		if last == 0 && list[0].Mark < t.Store.Mark(t.Now()) {
			t.Errorf("mark %d is below %d", list[0].Mark, t.Store.Mark(t.Now()))
		}
		last = list[0].Mark
	}
	fresh("opened")
	t.Clock.Add(time.Minute)
	t.says(phone, "x")
	fresh("the family wrote")
	for _, do := range []bot.ActKind{bot.Take, bot.NoteIt, bot.Reply, bot.Snooze, bot.Release, bot.Close} {
		t.must(t.act(id, "awa", do, "x"))
		fresh(string(do))
	}
	if list, err := t.Store.Moves(t.ctx, last, 9); err != nil || len(list) != 0 {
		t.Errorf("nothing moved: %v %v", list, err)
	}
}

func whoIsThere(t *storeTest) {
	_, id := t.openCase(phone)
	attend := func(agent string, doing bot.Doing) {
		t.Helper()
		t.must(t.Store.Attend(t.ctx, bot.Presence{Case: id, Agent: agent, Doing: doing, At: t.Now()}))
	}
	want := func(want string) {
		t.Helper()
		list, err := t.Store.Attending(t.ctx, t.Now().Add(-bot.PresenceFor))
		t.must(err)
		var got []string
		for _, p := range list {
			got = append(got, fmt.Sprint(p.Case == id, p.Agent, p.Doing))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("there are %v, want %s", got, want)
		}
	}
	attend("awa", bot.Viewing)
	t.Clock.Add(10 * time.Second)
	attend("lea", bot.Viewing)
	attend("lea", bot.Writing)
	want("trueawaview truelea" + "write")
	t.Clock.Add(16 * time.Second)
	want("truelea" + "write")
	attend("lea", bot.Leaving)
	want("")
	attend("awa", bot.Viewing)
	t.must(t.act(id, "awa", bot.Close, ""))
	want("")
}
