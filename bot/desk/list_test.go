package desk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"doudou/bot"
)

// TestAgesCountWorkingTime: a family waits while somebody of the team is there,
// and an answer is late when the half-day has passed in which it was due.
func TestAgesCountWorkingTime(t *testing.T) {
	b := opened(t, furnish(), nil)
	zone, _ := time.LoadLocation("Europe/Paris")
	const none = "attend : l’équipe n’a pas encore ouvert depuis"
	for _, c := range []struct{ asked, now, waits, due, why string }{
		{"2026-11-27 11:58", "2026-11-27 11:59", "attend depuis 1 min (heures d’ouverture)", "", "a minute"},
		{"2026-11-27 11:58", "2026-11-27 13:29", "attend depuis 2 min", "", "lunch does not count"},
		{"2026-11-27 11:58", "2026-11-27 13:32", "attend depuis 4 min", "", "after lunch"},
		{"2026-11-27 11:58", "2026-11-30 13:40", "attend depuis 3 h 42", "ven. 27 novembre à 17h", "Friday to Monday"},
		{"2026-11-10 17:00", "2026-11-11 11:00", "attend depuis 30 min", "", "11 November"},
		{"2026-11-10 17:00", "2026-11-12 10:00", "attend depuis 1 h 30", "", "the day after"},
		{"2026-11-10 17:00", "2026-11-12 12:01", "attend depuis 3 h 30", "jeu. 12 novembre à 12h", "the end of the half-day has passed"},
		{"2027-03-27 20:00", "2027-03-29 15:00", none, "", "Easter Monday"},
		{"2027-03-27 20:00", "2027-03-30 09:30", "attend depuis 30 min", "", "the Tuesday after"},
		{"2026-03-28 20:00", "2026-03-30 14:00", "attend depuis 30 min", "", "the night of summer time"},
		{"2026-10-24 20:00", "2026-10-26 13:31", "attend depuis 1 min", "", "the night of winter time"},
		{"2026-11-24 09:00", "2026-11-26 19:00", "attend depuis 19 h 00", "mar. 24 novembre à 12h", "days of several intervals"},
	} {
		asked, err := time.ParseInLocation("2006-01-02 15:04", c.asked, zone)
		now, err2 := time.ParseInLocation("2006-01-02 15:04", c.now, zone)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		*b.clock = now
		k := b.relais.cases["K7Q2"]
		k.Asked = asked.UTC()
		b.relais.cases["K7Q2"] = k
		awa := b.another()
		awa.clock = b.clock
		page := awa.enterAt("awa", now).get("/desk/")
		body := strings.ReplaceAll(page.body, "\u00a0", " ")
		if !strings.Contains(body, c.waits) || strings.Contains(body, "en retard") != (c.due != "") || !strings.Contains(body, c.due) {
			_, row, _ := strings.Cut(body, `class="side">`)
			t.Errorf("%s, from %s to %s: want %q, due %q; the row says %.200s", c.why, c.asked, c.now, c.waits, c.due, row)
		}
	}
}

// enterAt signs in by a link of that day.
func (b *browser) enterAt(login string, now time.Time) *browser {
	b.t.Helper()
	token, hash := NewInvitation()
	if err := b.relais.Invite(b.t.Context(), login, hash, now.Add(time.Hour)); err != nil {
		b.t.Fatal(err)
	}
	b.post("/desk/sign-in/link", "token", token).wants(b.t, 303)
	return b
}

func TestWhoIsAnsweredHasNoAge(t *testing.T) {
	f := furnish()
	c := f.cases["K7Q2"]
	c.State, c.Agent, c.Asked, c.Changed = bot.Waiting, "awa", time.Time{}, noon.Add(-time.Hour)
	f.cases["K7Q2"] = c
	page := opened(t, f, nil).enter("awa").get("/desk/?tab=waiting")
	page.wants(t, 200, "réponse envoyée", "il y a 1 heure")
	page.lacks(t, "attend depuis", "en retard")
}

func TestPutAside(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	lea := b.another().enter("lea")
	page := b.get("/desk/cases/K7Q2")
	page.wants(t, 200, "Mettre de côté", `value="2027-03-03T13:00:00Z"`, `value="2027-03-04T08:00:00Z"`, `value="2027-03-10T12:30:00Z"`)
	const to = "/desk/cases/K7Q2/snooze"
	for _, bad := range [][]string{{"until", "soon"}, {"until", "2027-03-03T11:00:00+01:00"}, {"until", "2031-01-01T11:00:00+01:00"}, {"until", ""}, {"day", "2027-02-30"}, {"day", "2027-03-01"}} {
		b.post(to, append(bad, "once", "bad")...).wants(t, 422, "Choisissez un jour à venir")
	}
	if b.relais.cases["K7Q2"].State != bot.Open {
		t.Fatal("a wrong form changed the case")
	}
	b.post(to, "once", page.form(t, to, "once"), "until", "2027-03-03T14:00:00+01:00", "day", "2027-03-08").wants(t, 303)
	b.get("/desk/?tab=mine").wants(t, 200, "Mises de côté", "mise de côté jusqu’au lun. 8 mars à 13h30", `<span class="count">0</span>`)
	for _, tab := range []string{"open", "waiting", "closed"} {
		b.get("/desk/?tab="+tab).lacks(t, "K7Q2")
		lea.get("/desk/?tab="+tab).lacks(t, "K7Q2")
	}
	b.get("/desk/cases/K7Q2").wants(t, 200, "La reprendre maintenant", "Mise de côté jusqu’au")
	b.post(to, "once", "w", "do", "wake").wants(t, 303)
	b.get("/desk/?tab=mine").wants(t, 200, "K7Q2", "La famille attend")
	b.another().enter("paul").post(to, "once", "p", "day", "2027-03-08").wants(t, 404)
	b.another().enter("nora").post(to, "once", "n", "day", "2027-03-08").wants(t, 403)
}

func TestSearch(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	for _, c := range []struct {
		typed string
		found string
	}{
		{"سأدفع", "les mots de la famille"}, {"arabe", "la langue"}, {"ARAB", "la langue"}, {"cmg", "le sujet"}, {"reste", "le sujet"}, {"payer arabe", "le sujet, la langue"},
		{"rien", ""}, {"arabe rien", ""}, {"bonjour", ""}, {"?!", ""},
	} {
		page := b.get("/desk/?q=" + strings.ReplaceAll(c.typed, " ", "+"))
		page.wants(t, 200, "Recherche", `type="search"`)
		if got := strings.Contains(page.body, "/desk/cases/K7Q2"); got != (c.found != "") || !strings.Contains(page.body, c.found) {
			t.Errorf("%q: found %v, want %q", c.typed, got, c.found)
		}
		page.lacks(t, "M3X9", `aria-current="page">À prendre`)
	}
	b.get("/desk/?q=%3Cscript%3E").lacks(t, "<script>alert", "<script> ")
	b.another().enter("paul").get("/desk/?q=arabe").lacks(t, "K7Q2")
	b.another().enter("none").get("/desk/?q=arabe").lacks(t, "K7Q2")
	b.get("/desk/live?q=arabe").wants(t, 200, "K7Q2")
}

func TestListsHavePages(t *testing.T) {
	f := furnish()
	for i := range 2*perPage + 1 {
		id := bot.CaseID(fmt.Sprintf("P%03d", i))
		f.cases[id] = bot.Case{ID: id, Contact: bot.ContactID(id), Team: "relais", State: bot.Open, Topic: "cmg.offer", Lang: "fr",
			Channel: bot.SMS, Opened: noon.Add(time.Duration(i) * time.Second), Asked: noon}
	}
	delete(f.cases, "K7Q2")
	b := opened(t, f, nil).enter("awa")
	seen, pages := map[string]bool{}, 0
	for at := "/desk/?tab=open"; at != "" && pages < 9; pages++ {
		page := b.get(at)
		page.wants(t, 200, "101</span>")
		for _, part := range strings.Split(page.body, `href="/desk/cases/`)[1:] {
			seen[part[:4]] = true
		}
		_, next, more := strings.Cut(page.body, `id="next" href="`)
		if at, _, _ = strings.Cut(next, `"`); !more {
			at = ""
		}
		at = strings.ReplaceAll(at, "&amp;", "&")
	}
	if len(seen) != 101 || pages != 3 {
		t.Errorf("%d cases on %d pages", len(seen), pages)
	}
}

func TestWhoIsThere(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	lea, nora, paul := b.another().enter("lea"), b.another().enter("nora"), b.another().enter("paul")
	const here = "/desk/cases/K7Q2/here"
	lea.post(here, "doing", "write").wants(t, 204)
	nora.post(here, "doing", "write").wants(t, 204) // who may not write does not
	paul.post(here, "doing", "view").wants(t, 404)
	lea.post(here, "doing", "dance").wants(t, 400)
	b.another().post(here, "doing", "view").wants(t, 401)
	for _, path := range []string{"/desk/", "/desk/cases/K7Q2"} {
		b.get(path).wants(t, 200, "Léa écrit", "Nora consulte")
	}
	lea.get("/desk/").lacks(t, "Léa écrit")
	nora.post(here, "doing", "leave").wants(t, 204)
	b.get("/desk/").lacks(t, "Nora consulte")
	*b.clock = noon.Add(bot.PresenceFor)
	b.get("/desk/").lacks(t, "Léa écrit")
}
