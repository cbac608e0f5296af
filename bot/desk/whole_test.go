package desk

import (
	"context"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/store"
	"doudou/locales"
)

// TestWholeCase goes through a case at the desk with the true service on the
// true store: the fake of the other tests must not promise more than they do.
func TestWholeCase(t *testing.T) {
	ctx := context.Background()
	now := func() time.Time { return noon }
	s, err := store.Open(ctx, store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")}) // sessions go by the true clock
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	contact := hear(t, s, "1", "Bonjour, je voudrais une personne")
	turn(t, s, contact, &bot.Case{ID: "K7Q2", Contact: contact, Team: "relais", State: bot.Open, Topic: "person.call",
		Lang: "fr", Channel: bot.SMS, Opened: noon, Changed: noon})
	for _, a := range furnish().agents {
		if err := s.SaveAgent(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	words, err := catalogs()
	if err != nil {
		t.Fatal(err)
	}
	b := opened(t, newRelais(), func(o *Options) {
		o.Words = words
		o.Cases, o.Staff, o.Service, o.Sessions = s, s, service(t, s, o.Words, now, 0), s.DeskSessions()
	})
	awa, paul := b.enterReal(s, "awa"), b.another().enterReal(s, "paul")
	paul.get("/desk/cases/K7Q2").wants(t, 404)

	page := awa.get("/desk/cases/K7Q2")
	page.wants(t, 200, "je voudrais une personne")
	once, seen := page.form(t, replyTo, "once"), page.form(t, replyTo, "seen")
	hear(t, s, "2", "Vous êtes là ?")
	turn(t, s, contact, nil)
	awa.post(replyTo, "once", once, "seen", seen, "text", "Bonjour", "priced", "1").wants(t, 409, "Vous êtes là ?")
	awa.post(replyTo, "once", "again", "seen", "0", "text", "Bonjour", "priced", "1").wants(t, 303)
	awa.post(replyTo, "once", "again", "seen", "0", "text", "Bonjour", "priced", "1").wants(t, 303)
	awa.get("/desk/?tab=waiting").wants(t, 200, "K7Q2")
	lea := b.another().enterReal(s, "lea")
	lea.post(replyTo, "once", "lea", "seen", "0", "text", "Moi aussi", "priced", "1").wants(t, 409, "Awa a répondu", "Envoyer quand même")
	awa.post("/desk/cases/K7Q2/note", "once", "n", "text", "mot interne").wants(t, 303)
	awa.get("/desk/cases/K7Q2").wants(t, 200, "Note interne de Awa", "mot interne")
	awa.post("/desk/cases/K7Q2/close", "once", "c", "text", "").wants(t, 303)
	awa.get("/desk/?tab=closed").wants(t, 200, "K7Q2")
	if left := leaving(t, s); len(left) != 1 || left[0].Body != "Awa, relais petite enfance: Bonjour" {
		t.Errorf("what leaves: %+v", left)
	}
}

func service(t *testing.T, s *store.Store, words *locales.Catalog, now func() time.Time, undo time.Duration) *bot.Service {
	t.Helper()
	svc, err := bot.New(bot.Options{Store: s, Knowledge: knows(t), Words: words, Now: now, Draw: draw,
		NewID: func() string { return "ID" }, Undo: undo, Carriers: []bot.Carrier{{Channel: bot.SMS, Style: locales.Style{SMS: true}}}})
	if err != nil {
		t.Fatal(err)
	}
	return svc
}

// hear keeps an SMS of the family.
func hear(t *testing.T, s *store.Store, id, text string) bot.ContactID {
	t.Helper()
	c, _, err := s.Accept(context.Background(), bot.Message{Channel: bot.SMS, Provider: id, Kind: bot.Text, Text: text, At: noon,
		From: bot.Address{Channel: bot.SMS, ID: "+33600000001", To: "+33700000000"}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// turn answers the family's message with silence, and perhaps a case.
func turn(t *testing.T, s *store.Store, contact bot.ContactID, open *bot.Case) {
	t.Helper()
	w, err := s.Next(context.Background(), contact)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Commit(context.Background(), bot.Turn{Contact: contact, Inbox: w.Inbox, From: w.Stamp, At: noon, Open: open,
		To: bot.Stamp{Version: w.Stamp.Version + 1, Tag: draw()}, Session: []byte("{}"),
		Lines: []bot.Line{{At: noon, Speaker: bot.Family, Lang: "fr", Text: w.Message.Text}}})
	if err != nil {
		t.Fatal(err)
	}
}

func leaving(t *testing.T, s *store.Store) []bot.Outgoing {
	t.Helper()
	out, err := s.Claim(context.Background(), bot.SMS, noon.Add(time.Minute), bot.Lease{Token: 7, Until: noon.Add(time.Hour)}, 10)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// enterReal signs in by a link that the true store keeps.
func (b *browser) enterReal(s *store.Store, login string) *browser {
	b.t.Helper()
	token, hash := NewInvitation()
	if err := s.Invite(context.Background(), login, hash, noon.Add(time.Hour)); err != nil {
		b.t.Fatal(err)
	}
	b.post("/desk/sign-in/link", "token", token).wants(b.t, http.StatusSeeOther)
	return b
}
