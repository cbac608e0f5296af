package desk

import (
	"strings"
	"testing"
	"time"

	"doudou/knowledge/events"
)

func TestCalendarShowsWhatIsToCome(t *testing.T) {
	b, _ := hosted(t, "awa")
	page := b.get("/desk/events")
	page.wants(t, 200, "<h2>mars 2027</h2>", "<h2>avril 2027</h2>", "mercredi 7 avril 2027</time>, 9h30-11h", "Atelier peinture", "Salle des Lilas", "Les Lilas", "Parents",
		"<strong>3</strong> / 3", "2 en attente", "complet", "Sans inscription", "annulée", "/desk/events/new", "http://desk.test/calendar.ics")
	page.lacks(t, "Atelier d’hier")
	if strings.Index(page.body, "Jeux ouverts") > strings.Index(page.body, "Atelier peinture") {
		t.Error("a later date stands above an earlier one")
	}
	past := b.get("/desk/events?past=1")
	past.wants(t, 200, "Atelier d’hier", "passée")
	past.lacks(t, "Atelier peinture")
}

// aWorkshop is a form that is right, with some fields changed.
func aWorkshop(changes ...string) []string {
	form := map[string]string{"once": "k1", "kind": "workshop", "title": "Éveil musical", "place": "Salle Démo", "quarter": "Centre", "audience": "all",
		"languages": "fr", "note": "", "date": "2027-04-21", "from": "10:00", "to": "11:30", "capacity": "12", "waits": "yes", "opens": "", "closes": "",
		"repeat": "none", "until": "", "rounds": "8", "tables": "16", "minutes": "7", "pause": "1", "minimum": "3"}
	for i := 0; i+1 < len(changes); i += 2 {
		form[changes[i]] = changes[i+1]
	}
	var list []string
	for name, value := range form {
		list = append(list, name, value)
	}
	return list
}

func TestADateIsEnteredOnce(t *testing.T) {
	b, h := hosted(t, "awa")
	page := b.get("/desk/events/new")
	page.wants(t, 200, `for="title"`, "Chaque semaine", "Rencontres")
	for range 2 {
		b.post("/desk/events", aWorkshop()...).wants(t, 303)
	}
	if len(h.dates) != 6 {
		t.Fatalf("%d dates", len(h.dates))
	}
	e := h.dates["eveil-musical-"+mark6("k1")+"-2027-04-21"]
	if !e.Start.Equal(at("2027-04-21", "10:00")) || !e.End.Equal(at("2027-04-21", "11:30")) || e.Capacity != 12 || e.NoWait || e.Dating != nil {
		t.Errorf("kept %+v", e)
	}
	if last := b.relais.journal[len(b.relais.journal)-1]; last.Did != "event-add" || string(last.Case) != e.ID || last.Agent != "awa" {
		t.Errorf("the journal ends with %+v", last)
	}
}

func mark6(once string) string { return strings.TrimPrefix(stem("", once), "-") }

func TestFormsOfDatesAreRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		form  []string
		field string
		says  string
	}{
		"no title":         {[]string{"title", " "}, "title", "écrivez quelque chose"},
		"long title":       {[]string{"title", strings.Repeat("é", 61)}, "title", "trop long"},
		"no place":         {[]string{"place", ""}, "place", "écrivez quelque chose"},
		"other kind":       {[]string{"kind", "party"}, "kind", "dans la liste"},
		"other quarter":    {[]string{"quarter", "Ailleurs"}, "quarter", "dans la liste"},
		"other audience":   {[]string{"audience", "cats"}, "audience", "dans la liste"},
		"no day":           {[]string{"date", ""}, "date", "choisissez un jour"},
		"day that is past": {[]string{"date", "2027-03-02"}, "date", "déjà passé"},
		"no hour":          {[]string{"from", "ten"}, "from", "écrivez une heure"},
		"ends too early":   {[]string{"to", "09:00"}, "to", "la fin doit venir après"},
		"too many":         {[]string{"capacity", "1001"}, "capacity", "pas possible"},
		"no number":        {[]string{"capacity", "dix"}, "capacity", "pas possible"},
		"window, no seats": {[]string{"capacity", "0", "opens", "2027-04-01T08:00"}, "capacity", "il n’y a pas d’inscription"},
		"closes late":      {[]string{"closes", "2027-04-22T08:00"}, "closes", "avant le début"},
		"opens late":       {[]string{"opens", "2027-04-21T10:00"}, "opens", "avant le début"},
		"closes first":     {[]string{"opens", "2027-04-10T10:00", "closes", "2027-04-09T10:00"}, "closes", "avant le début"},
		"bad moment":       {[]string{"opens", "demain"}, "opens", "un jour et une heure"},
		"other repeat":     {[]string{"repeat", "daily"}, "repeat", "dans la liste"},
		"repeats for ever": {[]string{"repeat", "weekly"}, "until", "choisissez un jour"},
		"repeats backward": {[]string{"repeat", "weekly", "until", "2027-04-01"}, "until", "après la première"},
		"fifth Thursday":   {[]string{"repeat", "monthly", "date", "2027-04-29", "until", "2027-09-01"}, "repeat", "chaque mois"},
		"rounds too many":  {[]string{"kind", "speeddating", "rounds", "20"}, "rounds", "ne tiennent pas"},
		"no tables":        {[]string{"kind", "speeddating", "tables", "0"}, "tables", "pas possible"},
	} {
		t.Run(name, func(t *testing.T) {
			b, h := hosted(t, "awa")
			page := b.post("/desk/events", aWorkshop(tt.form...)...)
			page.wants(t, 422, `<a href="#`+tt.field+`">`, `id="`+tt.field+`-fault"`, tt.says, "<title>Erreur", `aria-invalid="true"`)
			checkAccess(t, name, "fr", page.body)
			if h.saves > 0 {
				t.Error("a wrong form was kept")
			}
		})
	}
}

func TestWhatWasTypedStays(t *testing.T) {
	b, _ := hosted(t, "awa")
	page := b.post("/desk/events", aWorkshop("title", "", "place", `Salle "B" <1>`, "note", "Des bottes", "audience", "childminders")...)
	page.wants(t, 422, `value="Salle &#34;B&#34; &lt;1&gt;"`, ">Des bottes</textarea>", `<option value="childminders" selected>`, `value="fr" checked`)
}

func TestADateThatRepeats(t *testing.T) {
	b, h := hosted(t, "awa")
	form := []string{"date", "2027-04-26", "repeat", "weekly", "until", "2027-05-24", "from", "09:00", "to", "10:00", "opens", "2027-04-12T08:00"}
	page := b.post("/desk/events", aWorkshop(form...)...)
	page.wants(t, 200, "4 dates seront créées", "17 mai 2027", "Jours fériés", "Créer ces dates")
	if h.saves > 0 {
		t.Fatal("dates were made before they were shown")
	}
	b.post("/desk/events", append(aWorkshop(form...), "confirmed", "3")...).wants(t, 200, "4 dates")
	b.post("/desk/events", append(aWorkshop(form...), "confirmed", "4")...).wants(t, 303)
	if len(h.dates) != 9 {
		t.Fatalf("%d dates", len(h.dates))
	}
	last := h.dates["eveil-musical-"+mark6("k1")+"-2027-05-24"]
	if !last.Start.Equal(at("2027-05-24", "09:00")) || !last.Opens.Equal(at("2027-05-10", "08:00")) {
		t.Errorf("the last date is %+v", last)
	}
	only := aWorkshop("date", "2027-07-14", "repeat", "weekly", "until", "2027-07-15")
	b.post("/desk/events", only...).wants(t, 422, "jours fériés")
}

func TestMonthlyDatesKeepTheirHourOverTheChange(t *testing.T) {
	b, h := hosted(t, "awa")
	form := aWorkshop("date", "2027-03-13", "repeat", "monthly", "until", "2027-05-31", "once", "m")
	b.post("/desk/events", append(form, "confirmed", "2")...).wants(t, 303)
	for _, day := range []string{"2027-03-13", "2027-04-10", "2027-05-08"} {
		e, ok := h.dates["eveil-musical-"+mark6("m")+"-"+day]
		if day == "2027-05-08" {
			if ok {
				t.Error("a date falls on 8 May")
			}
			continue
		}
		if !ok || !e.Start.Equal(at(day, "10:00")) {
			t.Errorf("%s: %+v", day, e)
		}
	}
}

func TestAMoveIsShownBeforeItIsSaved(t *testing.T) {
	b, h := hosted(t, "awa")
	seen := b.get("/desk/events/atelier/edit").form(t, "/desk/events/atelier", "seen")
	form := aWorkshop("seen", seen, "title", "Atelier peinture", "place", "Gymnase", "quarter", "Les Lilas", "audience", "parents",
		"date", "2027-04-08", "from", "09:30", "to", "11:00", "capacity", "4")
	page := b.post("/desk/events/atelier", form...)
	page.wants(t, 200, "4 personnes", "[fr sms notice.moved] Atelier peinture", "Enregistrer et prévenir", `name="place" value="Gymnase"`)
	page.lacks(t, ">c5", `"c5"`)
	if h.saves > 0 {
		t.Fatal("it moved before it was shown")
	}
	b.post("/desk/events/atelier", append(form, "confirmed", "4-3")...).wants(t, 303)
	if e := h.dates["atelier"]; e.Place != "Gymnase" || e.Rev != 1 || !e.Start.Equal(at("2027-04-08", "09:30")) || e.Capacity != 4 {
		t.Errorf("kept %+v", e)
	}
	b.post("/desk/events/atelier", append(form, "confirmed", "4-3")...).wants(t, 422, "un collègue a changé")
}

func TestASmallChangeTellsNobody(t *testing.T) {
	b, h := hosted(t, "awa")
	seen := b.get("/desk/events/atelier/edit").form(t, "/desk/events/atelier", "seen")
	same := []string{"seen", seen, "title", "Atelier peinture", "place", "Salle des Lilas", "quarter", "Les Lilas", "audience", "parents",
		"date", "2027-04-07", "from", "09:30", "to", "11:00"}
	b.post("/desk/events/atelier", aWorkshop(append(same, "capacity", "2")...)...).wants(t, 422, "plus de personnes ont déjà une place")
	b.post("/desk/events/atelier", aWorkshop(append(same, "capacity", "6")...)...).wants(t, 303)
	if e := h.dates["atelier"]; e.Rev != 0 || e.Capacity != 6 {
		t.Errorf("kept %+v", e)
	}
}

func TestCancellingSaysWhoIsTold(t *testing.T) {
	b, h := hosted(t, "awa")
	b.get("/desk/events/atelier/cancel").wants(t, 200, "4 personnes", "[en sms notice.cancelled]", "Annuler cette date")
	b.post("/desk/events/atelier/cancel", "once", "c").wants(t, 200, "4 personnes")
	if h.dates["atelier"].Cancelled {
		t.Fatal("cancelled without being confirmed")
	}
	b.post("/desk/events/atelier/cancel", "once", "c", "confirmed", "4-3").wants(t, 303)
	if e := h.dates["atelier"]; !e.Cancelled || e.Rev != 1 {
		t.Errorf("kept %+v", e)
	}
	b.get("/desk/events/atelier/edit").wants(t, 409, "passée ou annulée")
	b.post("/desk/events/atelier/cancel", "once", "c", "confirmed", "4-3").wants(t, 409)
	b.get("/desk/events/hier/edit").wants(t, 409)
	b.get("/desk/events/jeux/cancel").wants(t, 200, "0 personne")
	b.post("/desk/events/jeux/cancel", "once", "d", "confirmed", "0-0").wants(t, 303)
}

func TestWhoComesIsForTheRelais(t *testing.T) {
	b, h := hosted(t, "awa")
	page := b.get("/desk/events/atelier")
	page.wants(t, 200, "Salma", "4071", "arabe", "Telegram", "place proposée jusqu", "Liste d’attente", "a dit STOP", "Un vieux tee-shirt",
		"À envoyer avant le", "/desk/events/atelier/roll")
	page.lacks(t, "+336", "06 11")
	for _, login := range []string{"paul", "none"} {
		other := b.another().enter(login)
		other.get("/desk/events").wants(t, 200, "Atelier peinture")
		page := other.get("/desk/events/atelier")
		page.wants(t, 200, "Salle des Lilas", "Seule l’équipe du relais")
		page.lacks(t, "Salma", "4071", "/edit", "/cancel", "/remove", "/roll", "who=c2", `"c2"`)
		for _, path := range []string{"/roll", "/edit", "/cancel", "/remove?who=c2"} {
			other.get("/desk/events/atelier"+path).wants(t, 404)
		}
		for _, path := range []string{"/desk/events", "/desk/events/atelier", "/desk/events/atelier/cancel", "/desk/events/atelier/came",
			"/desk/events/atelier/remove", "/desk/broadcasts", "/desk/events/import"} {
			other.post(path, aWorkshop("contact", "c2", "confirmed", "4-3")...).wants(t, 404)
		}
		for _, path := range []string{"/desk/broadcasts", "/desk/broadcasts/new", "/desk/events/new", "/desk/events/import"} {
			other.get(path).wants(t, 404)
		}
	}
	if h.saves+len(h.sent) > 0 || len(h.seats["atelier"]) != 5 {
		t.Error("somebody of another team changed something")
	}
}

func TestObserversOnlyReadTheCalendar(t *testing.T) {
	b, h := hosted(t, "nora")
	page := b.get("/desk/events/atelier")
	page.wants(t, 200, "Salma", "/roll")
	page.lacks(t, "/edit", "/cancel", "/remove", "/came", "broadcasts/new")
	b.get("/desk/events").lacks(t, "/desk/events/new", "/desk/events/import")
	b.get("/desk/broadcasts").lacks(t, "broadcasts/new")
	for _, path := range []string{"/desk/events", "/desk/events/atelier", "/desk/events/atelier/cancel", "/desk/events/atelier/came",
		"/desk/events/atelier/remove", "/desk/broadcasts", "/desk/broadcasts/x/stop", "/desk/events/import"} {
		b.post(path, aWorkshop("contact", "c2", "confirmed", "4-3")...).wants(t, 403)
	}
	if h.saves+len(h.sent) > 0 || len(h.seats["atelier"]) != 5 {
		t.Error("an observer changed something")
	}
}

func TestFormsWithoutTheirKeyDoNothing(t *testing.T) {
	b, h := hosted(t, "awa")
	for _, path := range []string{"/desk/events", "/desk/events/atelier", "/desk/events/atelier/cancel", "/desk/events/atelier/came",
		"/desk/events/atelier/remove", "/desk/broadcasts", "/desk/events/import"} {
		b.post(path, aWorkshop("once", "", "contact", "c2", "confirmed", "4-3")...).wants(t, 400)
	}
	if h.saves+len(h.sent) > 0 {
		t.Error("something was done")
	}
}

func TestCheckInAndRemoval(t *testing.T) {
	b, h := hosted(t, "awa")
	b.get("/desk/events/atelier").lacks(t, "/came")
	*b.clock = at("2027-04-07", "09:20")
	b.get("/desk/events/atelier").wants(t, 200, "/came", "Le numéro 2 est là")
	b.post("/desk/events/atelier/came", "once", "k", "contact", "c2", "do", "came").wants(t, 303)
	b.get("/desk/events/atelier").wants(t, 200, "✓ 09:20", "1 personne est là", "Annuler l’arrivée du numéro 2")
	b.post("/desk/events/atelier/came", "once", "k", "contact", "c2", "do", "undo").wants(t, 303)
	b.get("/desk/events/atelier").lacks(t, "✓")
	b.post("/desk/events/atelier/came", "once", "k", "contact", "nobody").wants(t, 404)

	page := b.get("/desk/events/atelier/remove?who=family")
	page.wants(t, 200, "Salma", "Doudou ne prévient pas", "06 11 22 33 44", `href="/desk/cases/K7Q2"`)
	b.get("/desk/events/atelier/remove?who=c2").wants(t, 200, "ni numéro ni demande")
	b.get("/desk/events/atelier/remove?who=nobody").wants(t, 404)
	b.post("/desk/events/atelier/remove", "once", "k", "contact", "family").wants(t, 303)
	b.get("/desk/events/atelier").lacks(t, "Salma")
	if len(h.seats["atelier"]) != 4 {
		t.Error("the seat is still there")
	}
}

func TestTheSheetToSign(t *testing.T) {
	b, _ := hosted(t, "nora")
	page := b.get("/desk/events/atelier/roll")
	page.wants(t, 200, `<html lang="fr">`, "Feuille de présence", "Atelier peinture", "Salma", "Signature", "sheet.css")
	page.lacks(t, "4071", "+336", "arabe", "<form", "<script")
}

func TestDatesOfADesk(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	for _, path := range []string{"/desk/events", "/desk/events/new", "/desk/broadcasts", "/desk/places", "/calendar.ics"} {
		b.get(path).wants(t, 404)
	}
	b.get("/desk/").lacks(t, "/desk/events")
}

func TestStateOf(t *testing.T) {
	e := events.Event{Start: noon.Add(time.Hour), End: noon.Add(2 * time.Hour), Capacity: 2}
	change := func(f func(*events.Event)) events.Event { c := e; f(&c); return c }
	for want, s := range map[string]events.Standing{
		"free": {Event: e}, "full": {Event: e, Taken: 2},
		"doors":     {Event: change(func(e *events.Event) { e.Capacity = 0 })},
		"early":     {Event: change(func(e *events.Event) { e.Opens = noon.Add(time.Minute) })},
		"late":      {Event: change(func(e *events.Event) { e.Closes = noon.Add(-time.Minute) })},
		"running":   {Event: change(func(e *events.Event) { e.Start = noon })},
		"past":      {Event: change(func(e *events.Event) { e.End = noon })},
		"cancelled": {Event: change(func(e *events.Event) { e.Cancelled = true })},
	} {
		if got := stateOf(s, noon); got != want {
			t.Errorf("%s: %s", want, got)
		}
	}
}
