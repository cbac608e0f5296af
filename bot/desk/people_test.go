package desk

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/store"
)

// rightsDesk is a desk on the true store, with one family that has an open
// question with the relais and a closed one with the PMI.
func rightsDesk(t *testing.T) (*browser, *store.Store, bot.ContactID) {
	t.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{Path: filepath.Join(t.TempDir(), "doudou.db"), Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	agents := furnish().agents
	agents["pmichef"] = bot.Agent{Login: "pmichef", Name: "Marc", Teams: []string{"pmi"}, Role: bot.RoleManager, Active: true}
	agents["cafchef"] = bot.Agent{Login: "cafchef", Name: "Lou", Teams: []string{"caf"}, Role: bot.RoleManager, Active: true}
	for _, a := range agents {
		if err := s.SaveAgent(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	contact := hear(t, s, "1", "une question de santé")
	turn(t, s, contact, &bot.Case{ID: "P111", Team: "pmi", Topic: "person.call", Lang: "fr", Channel: bot.SMS})
	if err := s.Act(ctx, bot.Act{Case: "P111", Agent: "paul", Do: bot.Close, At: noon}); err != nil {
		t.Fatal(err)
	}
	hear(t, s, "2", "une place à la crèche")
	turn(t, s, contact, &bot.Case{ID: "K7Q2", Team: "relais", Topic: "person.call", Lang: "fr", Channel: bot.SMS})
	b := opened(t, newRelais(), func(o *Options) { o.Cases, o.Staff, o.People = s, s, s })
	return b, s, contact
}

func TestPersonIsFoundAndRead(t *testing.T) {
	b, s, contact := rightsDesk(t)
	at := "/desk/people/" + string(contact)
	chef := b.enterReal(s, "chef")
	chef.get("/desk/people").wants(t, 200, "Numéro de téléphone", "EFFACE")
	for _, typed := range []string{"06 00 00 00 01", "+33 6 00 00 00 01", "k7q2"} {
		if got := chef.post("/desk/people", "who", typed); got.status != 303 || got.header.Get("Location") != at {
			t.Errorf("%q leads to %d %s", typed, got.status, got.header.Get("Location"))
		}
	}
	chef.post("/desk/people", "who", "06 99 99 99 99").wants(t, 404, "Personne de connu", "06 99 99 99 99")
	chef.post("/desk/people", "who", "P111").wants(t, 404, "Personne de connu")
	if got := chef.get("/desk/people?case=K7Q2"); got.header.Get("Location") != at {
		t.Errorf("the case leads to %s", got.header.Get("Location"))
	}
	chef.get("/desk/cases/K7Q2").wants(t, 200, "/desk/people?case=K7Q2")
	page := chef.get(at)
	page.wants(t, 200, "33600000001", "une place à la crèche", "1 question est suivie par une autre institution")
	page.lacks(t, "une question de santé")
	chef.get(at+"/paper").wants(t, 200, "Ce que le relais garde de vous", "une place à la crèche", "www.cnil.fr")
	journal, err := s.Journal(t.Context(), bot.JournalQuery{Limit: 9})
	if err != nil {
		t.Fatal(err)
	}
	if e := journal[0]; e.Did != "person-export" || e.Agent != "chef" || string(e.Case) != string(contact) {
		t.Errorf("the journal ends with %+v", e)
	}
}

// An institution reads and hands out its own part only, by every route.
func TestPersonBehindWalls(t *testing.T) {
	b, s, contact := rightsDesk(t)
	at := "/desk/people/" + string(contact)
	pmi, caf, awa := b.enterReal(s, "pmichef"), b.another().enterReal(s, "cafchef"), b.another().enterReal(s, "awa")
	for _, path := range []string{at, at + "/paper", at + "/data.json"} {
		page := pmi.get(path)
		page.wants(t, 200, "une question de santé")
		page.lacks(t, "une place à la crèche")
	}
	for _, path := range []string{at, at + "/paper", at + "/data.json", at + "/erase", "/desk/people?case=K7Q2"} {
		caf.get(path).wants(t, 404)
		awa.get(path).wants(t, 404)
	}
	caf.post("/desk/people", "who", "0600000001").wants(t, 404, "Personne de connu")
	caf.post(at+"/erase", "once", "k", "word", "EFFACER", "force", "yes").wants(t, 404)
	if _, err := s.Person(t.Context(), contact); err != nil {
		t.Errorf("somebody who may not has erased them: %v", err)
	}
}

func TestPersonAsJSON(t *testing.T) {
	b, s, contact := rightsDesk(t)
	got := b.enterReal(s, "chef").get("/desk/people/" + string(contact) + "/data.json")
	var o dossier
	if err := json.Unmarshal([]byte(got.body), &o); err != nil || got.status != 200 {
		t.Fatalf("%d %v", got.status, err)
	}
	if o.Who != string(contact) || o.Elsewhere != 1 || len(o.Parts) != 8 || o.Parts[0].Facts[0].Value != "+33600000001" {
		t.Errorf("%+v", o)
	}
	if !strings.Contains(got.header.Get("Content-Disposition"), "attachment") {
		t.Error("it is not a file to keep")
	}
}

func TestPersonIsErased(t *testing.T) {
	b, s, contact := rightsDesk(t)
	at := "/desk/people/" + string(contact) + "/erase"
	chef := b.enterReal(s, "chef")
	page := chef.get(at)
	page.wants(t, 200, "écrivez EFFACER", "Une question est en cours", "1 question est suivie par une autre institution")
	once := page.form(t, at, "once")
	chef.post(at, "once", once, "word", "oui", "force", "yes").wants(t, 422, "Rien n’est effacé")
	chef.post(at, "once", once, "word", "EFFACER").wants(t, 409, "Rien n’est effacé", `name="force"`)
	chef.post(at, "word", "EFFACER", "force", "yes").wants(t, 400)
	if _, err := s.Person(t.Context(), contact); err != nil {
		t.Fatalf("erased too early: %v", err)
	}
	chef.post(at, "once", once, "word", "effacer", "force", "yes").wants(t, 303)
	chef.get("/desk/people").wants(t, 200, "C’est effacé")
	if _, err := s.Person(t.Context(), contact); !errors.Is(err, bot.ErrGone) {
		t.Errorf("still kept: %v", err)
	}
	chef.get("/desk/cases/K7Q2").wants(t, 404)
	chef.post(at, "once", once, "word", "effacer", "force", "yes").wants(t, 404) // sent again: there is nobody
}
