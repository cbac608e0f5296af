package alert

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

// TestStepsFollowWorkingHours: two hours, then four, as the team counts them.
func TestStepsFollowWorkingHours(t *testing.T) {
	k, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	w := New(Options{Knowledge: k, Steps: []time.Duration{2 * time.Hour, 4 * time.Hour}})
	for _, test := range []struct{ what, team, topic, since, first, second string }{
		{"in the afternoon", "relais", "person.look", "2026-11-23 13:30", "2026-11-23 15:30", "2026-11-23 17:30"},
		{"Friday 11:58", "relais", "person.look", "2026-11-20 11:58", "2026-11-20 15:28", "2026-11-23 13:58"},
		{"at lunch", "relais", "person.look", "2026-11-24 12:30", "2026-11-24 15:30", "2026-11-24 17:30"},
		{"before 11 November", "relais", "person.look", "2026-11-10 16:30", "2026-11-12 10:00", "2026-11-12 12:00"},
		{"before Easter Monday", "relais", "person.look", "2027-03-26 16:00", "2027-03-30 10:00", "2027-03-30 12:00"},
		{"over the night when the clock goes back", "relais", "person.look", "2026-10-23 16:30", "2026-10-26 15:00", "2026-10-26 17:00"},
		{"over the night when it goes forward", "caf", "cmg.what", "2027-03-26 15:00", "2027-03-30 10:00", "2027-03-30 12:00"},
		{"the team is away for a week, its deputy counts", "relais", "finder.start", "2026-12-23 16:30", "2026-12-24 14:30", "2026-12-24 16:30"},
		{"away, and nobody stands in", "relais", "person.look", "2026-12-23 16:30", "2027-01-04 15:00", "2027-01-04 17:00"},
	} {
		wait := bot.Wait{Case: bot.Case{ID: "1", Team: test.team, Topic: test.topic}, Since: bottest.NewClock(test.since).Now()}
		for step, want := range []string{test.first, test.second} {
			wait.Step = step
			if got := firstDue(w, wait); got != want {
				t.Errorf("%s, step %d: %s, want %s", test.what, step+1, got, want)
			}
		}
	}
}

// firstDue is the first minute at which the next step of a wait has come.
func firstDue(w *Watch, wait bot.Wait) string {
	clock := bottest.NewClock("2026-01-01 00:00")
	for at := wait.Since; at.Before(wait.Since.AddDate(0, 0, 30)); at = at.Add(time.Minute) {
		clock.Add(at.Sub(clock.Now()))
		if w.due(&staff{knowledge: w.Knowledge, now: at}, wait) {
			return at.Format("2006-01-02 15:04")
		}
	}
	return "never"
}

func TestACaseThatNobodyTakesClimbs(t *testing.T) {
	w := newTown(t)
	w.calls("1", false)
	w.sees("", everybody(one)...)
	w.sees("2026-11-23 15:59")
	w.sees("2026-11-23 16:00", to("awa", one), to("lea", one)) // the manager comes next
	w.sees("2026-11-23 17:00")
	w.sees("2026-11-24 09:30", to("nora", one)) // half an hour of Tuesday
	w.sees("2026-11-25 17:00")
	w.journal("escalate-2", "escalate-1")
}

func TestACaseThatIsHeldAndNotAnsweredClimbs(t *testing.T) {
	w := newTown(t)
	w.calls("1", false)
	w.act("1", "awa", bot.Take)
	w.sees("2026-11-23 16:00", to("lea", one)) // not who holds it
	w.sees("2026-11-24 09:30", to("nora", one))
	if body := w.mail.last(); !strings.Contains(body, "remettre dans la liste") {
		t.Errorf("the manager is not told that the case can be given back:\n%s", body)
	}
	if c, err := w.store.Case(t.Context(), "1"); err != nil || c.Agent != "awa" {
		t.Errorf("the case was taken from Awa in silence: %+v %v", c, err)
	}
}

func TestWhatIsAnsweredDoesNotClimb(t *testing.T) {
	w := newTown(t)
	w.calls("1", false)
	w.act("1", "awa", bot.Reply)
	w.sees("2026-11-27 16:00")
	w.writes("+3361", nil)
	w.sees("", to("awa", one))
	w.act("1", "awa", bot.Reply) // in time
	w.sees("2026-12-01 16:00")
	w.journal()
}

func TestWhatIsPutAsideDoesNotClimb(t *testing.T) {
	w := newTown(t)
	w.calls("1", false)
	w.snooze("1", "awa", "2026-11-25 14:00")
	w.sees("2026-11-25 13:59")
	w.sees("2026-11-25 14:00", to("lea", one)) // it is late now that it is back
	w.journal("escalate-1")
}

// snooze has an agent put a case aside until a time.
func (w *town) snooze(id bot.CaseID, agent, until string) {
	w.Helper()
	turn := w.turns.Add(1)
	w.must(w.store.Act(w.Context(), bot.Act{Case: id, Agent: agent, Do: bot.Snooze, Once: fmt.Sprint(turn), Tag: turn, At: w.Now(),
		Until: bottest.NewClock(until).Now()}))
}

func TestTheDeputyIsAskedWhileTheTeamIsAway(t *testing.T) {
	w := newTown(t)
	w.agent(bot.Agent{Login: "ines", Name: "Inès", Role: bot.RoleAgent, Teams: []string{"inscription"}})
	w.Set("2026-12-23 16:30")
	w.writes("+3361", &bot.Case{ID: "1", Team: "relais", Topic: "finder.start", Lang: "ta"})
	w.sees("", everybody(one)...)
	w.sees("2026-12-24 14:30", to("ines", one), to("nora", one))
	body := w.mail.last()
	if strings.Contains(body, "/desk/cases/") == strings.Contains(body, "autre équipe") {
		t.Errorf("a link is for those who may open it:\n%s", body)
	}
}

// journal compares what the journal says was done, newest first.
func (w *town) journal(want ...string) {
	w.Helper()
	entries, err := w.store.Journal(w.Context(), bot.JournalQuery{Limit: 10})
	w.must(err)
	var did []string
	for _, e := range entries {
		did = append(did, e.Did)
	}
	if strings.Join(did, " ") != strings.Join(want, " ") {
		w.Errorf("the journal says %v, want %v", did, want)
	}
}
