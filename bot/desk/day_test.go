package desk

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"doudou/bot"
	"doudou/bot/store"
	"doudou/knowledge/events"
)

// A saturday is a speed-dating day on the true store, with a coordinator at her
// desk.
type saturday struct {
	*browser
	t        *testing.T
	store    *store.Store
	contacts []bot.ContactID
}

const rencontre = "rencontre-2027-04-17"

// openSaturday registers families and childminders: their numbers follow.
func openSaturday(t *testing.T, families, minders int) *saturday {
	t.Helper()
	ctx := context.Background()
	b, s := openedOnStore(t)
	options := events.Options{Begin: 9*60 + 30, Rounds: 6, Tables: 4, Minutes: 7, Pause: 1, Minimum: 2}
	day := events.Event{ID: rencontre, Kind: "speeddating", Title: "Rencontre nounous", Place: "Gymnase", Audience: "all",
		Start: at("2027-04-17", "09:30"), End: at("2027-04-17", "11:30"), Capacity: 60, Dating: &options}
	if err := s.SaveEvents(ctx, []events.Event{day}); err != nil {
		t.Fatal(err)
	}
	w := &saturday{browser: b.enterReal(s, "awa"), t: t, store: s}
	for i := range families + minders {
		w.register(i, i < families)
	}
	return w
}

func (w *saturday) register(i int, family bool) {
	p := events.Profile{Participant: events.Participant{Side: events.Childminder, Days: events.Monday, Places: 1}, Name: fmt.Sprintf("Nounou%d", i), Phone: "+33611223344", Until: noon.AddDate(1, 0, 0)}
	if family {
		p.Side, p.Name = events.Parent, fmt.Sprintf("Famille%d", i)
	}
	w.contacts = append(w.contacts, takes(w.t, w.store, strconv.Itoa(10+i), bot.Turn{Audience: string(p.Side), Register: []string{rencontre}, Changes: []bot.Change{bot.KeepProfile{Profile: p}}}))
}

const dayPath = "/desk/events/" + rencontre + "/day"

// plan sends the form that makes a plan.
func (w *saturday) plan(version string) reply {
	return w.post(dayPath+"/plan", "once", "k"+version, "version", version, "begin", "09:30", "rounds", "6", "tables", "4", "minutes", "7", "pause", "1", "minimum", "2")
}

func (w *saturday) day() bot.Day {
	w.t.Helper()
	d, err := w.store.Day(context.Background(), rencontre)
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// TestSaturday is the coordinator's morning: the plan, the door, two who do not
// come, one who comes late, and the figures.
func TestSaturday(t *testing.T) {
	w := openSaturday(t, 6, 4)
	w.get("/desk/events/"+rencontre).wants(t, 200, dayPath)
	w.get(dayPath).wants(t, 200, "Le plan n’est pas encore fait", "Famille0", "Nounou6", "lundi")
	w.plan("0").wants(t, 303)
	w.plan("0").wants(t, 409, "Un collègue a changé le plan")
	w.get(dayPath).wants(t, 200, "24 rencontres, 6 tours, 4 tables", "Aucun plan n’est meilleur", "Personne ne connaît encore ses heures")
	w.post(dayPath+"/tell", "once", "t", "version", "1").wants(t, 303)
	if d := w.day(); !d.Published || d.Version != 2 || len(d.Told) != 10 {
		t.Fatalf("published %v, version %d, %d people are told their times", d.Published, d.Version, len(d.Told))
	}

	*w.clock = at("2027-04-17", "09:10")
	roster, err := w.store.Roster(context.Background(), rencontre)
	if err != nil {
		t.Fatal(err)
	}
	w.post(dayPath+"/in", "once", "d", "code", "99999").wants(t, 422, "Personne n’a ce code")
	w.post(dayPath+"/in", "once", "d", "code", roster[0].Code).wants(t, 303)
	for _, s := range roster[1:8] { // 9 and 10 do not come
		w.post(dayPath+"/in", "once", "d", "code", strconv.Itoa(s.Number)).wants(t, 303)
	}
	*w.clock = at("2027-04-17", "09:39")
	w.get(dayPath).wants(t, 200, "Maintenant : tour 2, jusqu’à 09:45")
	again := w.get(dayPath + "/again")
	again.wants(t, 200, "Pas venus : 2", `<option value="3" selected>`, "Confirmer")
	if w.day().Version != 2 {
		t.Error("looking at a new plan made one")
	}
	w.post(dayPath+"/again", "once", "a", "version", "2", "round", "2").wants(t, 409) // it has begun
	w.post(dayPath+"/again", "once", "a", "version", "2", "round", "3").wants(t, 303)
	for _, m := range w.day().Schedule.Meetings {
		for _, absent := range roster[8:] {
			if m.Round >= 3 && (m.Parent == string(absent.Contact) || m.Childminder == string(absent.Contact)) {
				t.Errorf("round %d seats somebody who did not come", m.Round)
			}
		}
	}

	*w.clock = at("2027-04-17", "09:47")
	w.post(dayPath+"/in", "once", "d", "code", strconv.Itoa(roster[8].Number)).wants(t, 303) // late
	w.get(dayPath+"/again").wants(t, 200, "Arrivés en retard : 1", "Pas venus : 1")
	w.post(dayPath+"/again", "once", "b", "version", "3", "round", "4").wants(t, 303)
	late := 0
	for _, m := range w.day().Schedule.Meetings {
		if m.Childminder == string(roster[8].Contact) && !m.Missed {
			late++
		}
	}
	if late == 0 {
		t.Error("who came late meets nobody")
	}

	*w.clock = at("2027-04-17", "12:00")
	w.get(dayPath).wants(t, 200, "Ce qui s’est passé", "Assistantes maternelles venues")
	csv := w.get(dayPath + "/figures.csv")
	csv.wants(t, 200, "Familles venues;6\r\n", "Assistantes maternelles venues;3\r\n")
}

// TestSaturdayPapers: everything that the hall needs is on paper, and nothing
// that a stranger could use: no telephone, no code.
func TestSaturdayPapers(t *testing.T) {
	w := openSaturday(t, 6, 4)
	w.get(dayPath+"/print/waves").wants(t, 404)
	w.plan("0").wants(t, 303)
	roster, err := w.store.Roster(context.Background(), rencontre)
	if err != nil {
		t.Fatal(err)
	}
	for sheet, wants := range map[string][]string{
		"waves":     {"Liste d’accueil", "09:30", "Famille0", "Première table"},
		"tables":    {"Table 1", "Nounou6", "Famille, badge"},
		"rotations": {"Badge 1", "Famille0", "À revoir", "Nounou9"},
	} {
		page := w.get(dayPath + "/print/" + sheet)
		page.wants(t, 200, wants...)
		for _, s := range roster {
			page.lacks(t, "+336", "06 11", ">"+s.Code+"<")
		}
	}
	if got := strings.Count(w.get(dayPath+"/print/rotations").body, `class="rotation"`); got != 10 {
		t.Errorf("%d sheets for 10 people", got)
	}
	w.get(dayPath+"/print/secrets").wants(t, 404)
}

// TestSaturdayIsForItsTeam: colleagues of other institutions see no name, and
// who only reads changes nothing.
func TestSaturdayIsForItsTeam(t *testing.T) {
	w := openSaturday(t, 2, 1)
	w.plan("0").wants(t, 303)
	other := w.another()
	other.enterReal(w.store, "paul")
	for _, path := range []string{"", "/again", "/print/waves", "/figures.csv"} {
		other.get(dayPath+path).wants(t, http.StatusNotFound)
	}
	other.post(dayPath+"/plan", "once", "k", "version", "1", "begin", "09:30", "rounds", "6", "tables", "4", "minutes", "7", "pause", "1", "minimum", "2").wants(t, http.StatusNotFound)
}

// TestPlanIsRefused: a plan that cannot be made changes nothing and says why.
func TestPlanIsRefused(t *testing.T) {
	w := openSaturday(t, 2, 1)
	for name, form := range map[string][]string{
		"no hour":        {"begin", "neuf", "rounds", "6"},
		"no round":       {"begin", "09:30", "rounds", "0"},
		"after midnight": {"begin", "23:00", "rounds", "60"},
	} {
		form = append(form, "once", "k", "version", "0", "tables", "4", "minutes", "7", "pause", "1", "minimum", "2")
		w.post(dayPath+"/plan", form...).wants(t, http.StatusUnprocessableEntity, "Le plan ne peut pas se faire ainsi")
		if _, err := w.store.Day(context.Background(), rencontre); err == nil {
			t.Errorf("%s: a plan was kept", name)
		}
	}
}

var anyPhone = regexp.MustCompile(`\+33\d{9}`)

// TestSaturdayIsSilent: no page of the day shows a telephone.
func TestSaturdayIsSilent(t *testing.T) {
	w := openSaturday(t, 2, 1)
	w.plan("0").wants(t, 303)
	if body := w.get(dayPath).body; anyPhone.MatchString(body) {
		t.Error("the page of the day shows a telephone")
	}
}
