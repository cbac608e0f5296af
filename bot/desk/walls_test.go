package desk

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/store"
	"doudou/dialogs"
)

// A town of walls: cases of every team, each with words that stand nowhere else.
type walled struct {
	*browser
	store  *store.Store
	random *rand.Rand
	cases  []bot.Case
	lines  strings.Builder // of the log
}

// secretOf is what only the team of a case may read.
func secretOf(id bot.CaseID) string { return "secret-" + strings.ToLower(string(id)) + "-secret" }

func (w *walled) Write(b []byte) (int, error) { return w.lines.Write(b) }

// wall opens a desk on the true store with random cases of three teams.
func wall(t *testing.T, seed uint64) *walled {
	t.Helper()
	w := &walled{random: rand.New(rand.NewPCG(seed, 7))}
	words, err := catalogs()
	if err != nil {
		t.Fatal(err)
	}
	w.browser, w.store = kept(t, func(o *Options) {
		s := o.Cases.(*store.Store)
		o.Words, o.Log = words, slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
		o.Service = service(t, s, words, o.Now, 0)
		o.Calendar, o.Days, o.Broadcasts, o.Meetings, o.Alerts = s, s, s, s, s
	})
	if err := w.store.SaveAgent(t.Context(), bot.Agent{Login: "karl", Name: "Karl", Teams: []string{"caf"}, Role: bot.RoleManager, Active: true}); err != nil {
		t.Fatal(err)
	}
	for i := range 24 {
		w.settle(t, i)
	}
	return w
}

// settle makes a family whose question stands with a random team.
func (w *walled) settle(t *testing.T, i int) {
	t.Helper()
	id := bot.CaseID(fmt.Sprintf("W%03d", i))
	c := bot.Case{ID: id, Team: []string{"relais", "pmi", "caf"}[w.random.IntN(3)], State: bot.Open, Topic: "person.call",
		Lang: "fr", Channel: bot.SMS, Opened: noon, Changed: noon, Urgent: w.random.IntN(4) == 0,
		Brief: []dialogs.BriefItem{{Slot: "quarter", Value: dialogs.Value{Kind: dialogs.KindText, Text: secretOf(id)}}}}
	contact, _, err := w.store.Accept(t.Context(), bot.Message{Channel: bot.SMS, Provider: string(id), Kind: bot.Text, Text: "aide " + secretOf(id),
		At: noon, From: bot.Address{Channel: bot.SMS, ID: fmt.Sprintf("+336391101%02d", i), To: "+33700000000"}})
	if err != nil {
		t.Fatal(err)
	}
	c.Contact = contact
	turn(t, w.store, contact, &c)
	if w.random.IntN(3) == 0 {
		act := bot.Act{Case: id, Agent: "someone", Do: bot.Take, Once: "take" + string(id), Tag: draw(), At: noon}
		if err := w.store.Act(t.Context(), act); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.store.Record(t.Context(), bot.Entry{At: noon, Agent: "awa", Did: "read", Case: id}); err != nil {
		t.Fatal(err)
	}
	w.cases = append(w.cases, c)
}

// foreign returns the cases that are none of an agent's.
func (w *walled) foreign(a bot.Agent) []bot.Case {
	return slices.DeleteFunc(slices.Clone(w.cases), func(c bot.Case) bool { return slices.Contains(a.Teams, c.Team) })
}

// open asks for an address in place of a pattern, with forms that are whole.
func (w *walled) open(ctx context.Context, who *browser, pattern, id, query string) reply {
	method, path, _ := strings.Cut(pattern, " ")
	path = strings.NewReplacer("{$}", "", "{id}", id, "{login}", "awa", "{file}", "desk.css", "{sheet}", "rounds").Replace(path)
	form := "once=k" + id + "&text=Bonjour&seen=0&priced=1&until=tomorrow&team=pmi&to=pmi&reason=x&consent=yes&do=seen&confirm=" + id
	r, err := http.NewRequestWithContext(ctx, method, who.base+path+query, strings.NewReader(form))
	if err != nil {
		who.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return who.send(r)
}

// TestWallsBetweenInstitutions: by every address of the desk, a case of another
// team answers exactly as one that does not exist, and is named nowhere.
func TestWallsBetweenInstitutions(t *testing.T) {
	for seed := range uint64(2) {
		w := wall(t, seed)
		for _, login := range []string{"awa", "paul", "nora", "chef", "karl", "none"} {
			a, err := w.store.Agent(t.Context(), login)
			if err != nil {
				t.Fatal(err)
			}
			who := w.another().enterReal(w.store, login)
			for _, r := range (&desk{}).routes() {
				w.check(t, who, a, r)
			}
		}
	}
}

// check comes to one address about each foreign case, and looks for all of them.
func (w *walled) check(t *testing.T, who *browser, a bot.Agent, r route) {
	t.Helper()
	if strings.Contains(r.pattern, "sign-") || strings.Contains(r.pattern, "/me") || strings.Contains(r.pattern, "/stream") || r.who == anybody {
		return // one's own account; the stream is looked at below
	}
	if strings.HasPrefix(r.pattern, "POST /desk/agents") || strings.HasPrefix(r.pattern, "POST /desk/offices") {
		return // changes who sees what; tested where it is changed
	}
	foreign := w.foreign(a)
	if len(foreign) == 0 {
		return
	}
	queries := []string{""}
	if strings.HasPrefix(r.pattern, "GET") {
		one := foreign[w.random.IntN(len(foreign))]
		for _, q := range []string{"tab=mine", "tab=waiting", "tab=closed", "tab=snoozed", "q=" + secretOf(one.ID), "q=" + string(one.ID), "case=" + string(one.ID), "after=0", "who=awa"} {
			queries = append(queries, "?"+q)
		}
	}
	if strings.Contains(r.pattern, "/cases/{id}") {
		w.samePage(t, who, r, foreign)
		queries = queries[:1]
	}
	own := "atelier"
	if i := slices.IndexFunc(w.cases, func(c bot.Case) bool { return slices.Contains(a.Teams, c.Team) }); i >= 0 && strings.Contains(r.pattern, "/cases/") {
		own = string(w.cases[i].ID)
	}
	for _, q := range queries {
		body := w.open(t.Context(), who, r.pattern, own, q).body
		for _, c := range foreign {
			asked := strings.Contains(q, string(c.ID)) || strings.Contains(q, secretOf(c.ID))
			if strings.Contains(body, secretOf(c.ID)) && !asked || strings.Contains(body, "/cases/"+string(c.ID)) {
				t.Errorf("%s%s shows %s the case %s of %s", r.pattern, q, a.Login, c.ID, c.Team)
			}
		}
	}
}

// samePage compares what a foreign case answers with what no case does.
func (w *walled) samePage(t *testing.T, who *browser, r route, foreign []bot.Case) {
	t.Helper()
	for _, c := range []bot.Case{foreign[0], foreign[len(foreign)-1]} {
		before, err := w.store.Case(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		got, none := w.open(t.Context(), who, r.pattern, string(c.ID), ""), w.open(t.Context(), who, r.pattern, "NONE", "")
		same := strings.ReplaceAll(got.body, string(c.ID), "NONE") == none.body
		if got.status != none.status || !same || got.status != http.StatusNotFound && got.status != http.StatusForbidden {
			t.Errorf("%s about a case of %s: %d, for no case %d", r.pattern, c.Team, got.status, none.status)
		}
		after, err := w.store.Case(t.Context(), c.ID)
		if err != nil || !reflect.DeepEqual(after, before) {
			t.Errorf("%s changed a case of %s %v", r.pattern, c.Team, err)
		}
	}
}

// TestNothingInternalReachesAFamily: after random acts of staff, no note and no
// private slot is in what leaves, in what families are shown, or in the log.
func TestNothingInternalReachesAFamily(t *testing.T) {
	w := wall(t, 11)
	staff := map[string]*browser{"relais": w.another().enterReal(w.store, "awa"), "pmi": w.another().enterReal(w.store, "paul"), "caf": w.another().enterReal(w.store, "karl")}
	notes, replies := 0, 0
	for i := range 150 {
		c := w.cases[w.random.IntN(len(w.cases))]
		who, once := staff[c.Team], fmt.Sprint("once", i)
		path := "/desk/cases/" + string(c.ID)
		switch w.random.IntN(7) {
		case 0, 1:
			notes += accepted(who.post(path+"/note", "once", once, "text", fmt.Sprint("INTERNE ", secretOf(c.ID), i)))
		case 2, 3:
			replies += accepted(who.post(path+"/reply", "once", once, "seen", "0", "text", fmt.Sprint("Bonjour ", i), "priced", "1", "anyway", "1"))
		case 4:
			who.post(path+"/release", "once", once)
		case 5:
			who.post(path+"/take", "once", once)
		case 6:
			who.post(path+"/close", "once", once, "text", "")
		}
	}
	if notes < 10 || replies < 5 {
		t.Fatalf("%d notes and %d replies: too few to prove anything", notes, replies)
	}
	left := everythingLeaving(t, w.store)
	if len(left) < 5 {
		t.Fatalf("%d messages leave", len(left))
	}
	for _, o := range left {
		if strings.Contains(o.Body+o.Lead, "INTERNE") || strings.Contains(o.Body+o.Lead, "secret-") {
			t.Errorf("a family is sent %q", o.Lead+o.Body)
		}
	}
	if log := w.lines.String(); strings.Contains(log, "INTERNE") || strings.Contains(log, "secret-") || strings.Contains(log, "+3363") {
		t.Errorf("the log holds words of staff or families: %s", log)
	}
}

// accepted is 1 for a form that was done.
func accepted(r reply) int { return one(r.status == http.StatusSeeOther) }

// everythingLeaving claims all that is to leave, now and later.
func everythingLeaving(t *testing.T, s *store.Store) []bot.Outgoing {
	t.Helper()
	var all []bot.Outgoing
	for round := range 200 {
		at := noon.Add(time.Hour + time.Duration(round)*time.Minute)
		out, err := s.Claim(t.Context(), bot.SMS, at, bot.Lease{Token: int64(round + 1), Until: at.Add(time.Minute)}, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range out {
			if err := s.Settle(t.Context(), bot.Outcome{Outgoing: o, State: bot.Sent, At: at}); err != nil {
				t.Fatal(err)
			}
		}
		if all = append(all, out...); len(out) == 0 && round > 3 {
			break
		}
	}
	return all
}
