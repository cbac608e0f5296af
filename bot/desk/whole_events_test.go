package desk

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/store"
)

// openedOnStore is the desk on the true store, with the agents of the other tests.
func openedOnStore(t *testing.T) (*browser, *store.Store) {
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
	for _, a := range furnish().agents {
		if err := s.SaveAgent(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	b := opened(t, newRelais(), func(o *Options) {
		o.Cases, o.Staff, o.Calendar, o.Days, o.Broadcasts, o.Meetings, o.Compose = s, s, s, s, s, s, compose
	})
	return b, s
}

// TestWholeDate goes through a date and its invitation on the true store: the
// hall of the other tests must not promise more than it does.
func TestWholeDate(t *testing.T) {
	ctx := context.Background()
	b, s := openedOnStore(t)
	awa := b.enterReal(s, "awa")

	awa.post("/desk/events", aWorkshop("capacity", "2")...).wants(t, 303)
	id := "eveil-musical-" + mark6("k1") + "-2027-04-21"
	awa.get("/desk/events").wants(t, 200, "Éveil musical", "<strong>0</strong> / 2")
	family := takes(t, s, "1", bot.Turn{Register: []string{id}, Changes: []bot.Change{bot.Subscribe{On: true}}})
	takes(t, s, "2", bot.Turn{Register: []string{id}})
	takes(t, s, "3", bot.Turn{Changes: []bot.Change{bot.JoinQueue{Event: id}, bot.Subscribe{On: true, Quarter: "Centre"}}})
	takes(t, s, "4", bot.Turn{Changes: []bot.Change{bot.Subscribe{On: true, Quarter: "Centre"}}})
	page := awa.get("/desk/events/" + id)
	page.wants(t, 200, "<strong>2</strong> / 2", "1 en attente", "<td>1</td>", "<td>2</td>", "Liste d’attente")

	seen := awa.get("/desk/events/"+id+"/edit").form(t, "/desk/events/"+id, "seen")
	moved := aWorkshop("capacity", "2", "seen", seen, "place", "Gymnase")
	awa.post("/desk/events/"+id, moved...).wants(t, 200, "3 personnes", "notice.moved")
	awa.post("/desk/events/"+id, append(moved, "confirmed", "3-3")...).wants(t, 303)
	awa.post("/desk/events/"+id, append(moved, "confirmed", "3-3")...).wants(t, 422)
	if e, err := s.Event(ctx, id); err != nil || e.Rev != 1 || !e.Staff || e.Place != "Gymnase" || e.Taken != 2 {
		t.Errorf("kept %+v, %v", e, err)
	}

	awa.post("/desk/events/"+id+"/came", "once", "k", "contact", string(family), "do", "came").wants(t, 303)
	awa.get("/desk/events/"+id).wants(t, 200, "✓")
	awa.post("/desk/events/"+id+"/remove", "once", "k", "contact", string(family)).wants(t, 303)
	awa.post("/desk/events/"+id+"/remove", "once", "k", "contact", string(family)).wants(t, 404)
	awa.get("/desk/events/"+id).wants(t, 200, "<strong>1</strong> / 2")

	form := []string{"once", "k", "event", id, "audience", "all", "quarter", "Centre"}
	awa.post("/desk/broadcasts", form...).wants(t, 200, "Envoyer à 2 personnes") // 3 waits already
	for range 2 {
		awa.post("/desk/broadcasts", append(form, "confirmed", "2-2")...).wants(t, 303)
	}
	page = awa.get("/desk/broadcasts")
	page.wants(t, 200, "2 à partir", "en cours", "adressé à 2 personnes")
	_, cry, _ := strings.Cut(page.body, `action="/desk/broadcasts/`)
	cry, _, _ = strings.Cut(cry, "/")
	awa.post("/desk/broadcasts/"+cry+"/stop", "once", "s").wants(t, 303)
	if woken, err := s.Start(ctx, noon.Add(time.Hour), 10); err != nil || len(woken) > 0 {
		t.Errorf("a broadcast that is stopped goes on: %v, %v", woken, err)
	}
	awa.post("/desk/broadcasts/"+cry+"/resume", "once", "r").wants(t, 303)
	if woken, err := s.Start(ctx, noon.Add(time.Hour), 10); err != nil || len(woken) != 2 {
		t.Errorf("started %v, %v", woken, err)
	}
	awa.get("/desk/broadcasts").wants(t, 200, "2 messages partis", "terminé")
	awa.get("/desk/places").wants(t, 200)
	awa.get("/calendar.ics").wants(t, 200, "Gymnase")
}

// takes plays a turn of somebody who writes by SMS.
func takes(t *testing.T, s *store.Store, id string, turn bot.Turn) bot.ContactID {
	t.Helper()
	ctx := context.Background()
	c, _, err := s.Accept(ctx, bot.Message{Channel: bot.SMS, Provider: id, Kind: bot.Text, Text: "je viens", At: noon,
		From: bot.Address{Channel: bot.SMS, ID: "+3360000000" + id, To: "+33700000000"}})
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Next(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	turn.Contact, turn.Inbox, turn.From, turn.At, turn.Session, turn.Lang = c, w.Inbox, w.Stamp, noon, []byte("{}"), "fr"
	turn.To = bot.Stamp{Version: w.Stamp.Version + 1, Tag: draw()}
	if _, err := s.Commit(ctx, turn); err != nil {
		t.Fatal(err)
	}
	return c
}
