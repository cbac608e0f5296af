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

// A wholeDesk is the desk on the true service and the true store, with a clock
// that a test moves.
type wholeDesk struct {
	*browser
	t   *testing.T
	s   *store.Store
	now time.Time
}

// wholeCase opens the desk on one case of a family that writes by SMS.
func wholeCase(t *testing.T, change func(*Options)) *wholeDesk {
	t.Helper()
	w := &wholeDesk{t: t, now: noon}
	clock := func() time.Time { return w.now }
	ctx := context.Background()
	var err error
	if w.s, err = store.Open(ctx, store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.s.Close() })
	contact := hear(t, w.s, "1", "Bonjour, je voudrais une personne")
	turn(t, w.s, contact, &bot.Case{ID: "K7Q2", Contact: contact, Team: "relais", State: bot.Open, Topic: "person.call",
		Lang: "fr", Channel: bot.SMS, Opened: noon, Changed: noon})
	for _, a := range furnish().agents {
		if err := w.s.SaveAgent(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	texts, err := catalogs()
	if err != nil {
		t.Fatal(err)
	}
	w.browser = opened(t, newRelais(), func(o *Options) {
		o.Words, o.Now = texts, clock
		o.Cases, o.Staff, o.Service, o.Sessions = w.s, w.s, service(t, w.s, texts, clock, bot.UndoTime), w.s.DeskSessions()
		if change != nil {
			change(o)
		}
	})
	return w
}

// left lets time pass and returns what leaves meanwhile.
func (w *wholeDesk) left(d time.Duration) string {
	w.t.Helper()
	w.now = w.now.Add(d)
	if _, err := w.s.Depart(context.Background(), w.now, 9); err != nil {
		w.t.Fatal(err)
	}
	var bodies []string
	for {
		out, err := w.s.Claim(context.Background(), bot.SMS, w.now, bot.Lease{Token: 7, Until: w.now.Add(time.Hour)}, 9)
		if err != nil {
			w.t.Fatal(err)
		}
		if len(out) == 0 {
			return strings.Join(bodies, "|")
		}
		bodies = append(bodies, out[0].Body)
		if err := w.s.Settle(context.Background(), bot.Outcome{Outgoing: out[0], State: bot.Sent, Sent: "S" + out[0].Body, At: w.now}); err != nil {
			w.t.Fatal(err)
		}
	}
}

const undoAt = "/desk/cases/K7Q2/undo"

func TestUndo(t *testing.T) {
	w := wholeCase(t, nil)
	awa := w.another().enterReal(w.s, "awa")
	page := awa.get("/desk/cases/K7Q2")
	once, seen := page.form(t, replyTo, "once"), page.form(t, replyTo, "seen")
	send := func() reply {
		return awa.post(replyTo, "once", once, "seen", seen, "text", "Bonjour, venez mardi", "priced", "1")
	}
	send().wants(t, 303)
	page = awa.get("/desk/cases/K7Q2")
	page.wants(t, 200, "Votre réponse part à 12:00:10", "in-10", "Annuler l’envoi", "venez mardi")
	lea := w.another().enterReal(w.s, "lea")
	lea.get("/desk/cases/K7Q2").wants(t, 200, "La réponse de Awa part à 12:00:10")
	lea.get("/desk/cases/K7Q2").lacks(t, undoAt)
	if got := w.left(9 * time.Second); got != "" {
		t.Fatalf("left too early: %s", got)
	}
	key, part := page.form(t, undoAt, "once"), page.form(t, undoAt, "part")
	awa.post(undoAt, "once", key, "part", part).wants(t, 303)
	awa.post(undoAt, "once", key, "part", part).wants(t, 303) // a second click
	page = awa.get("/desk/cases/K7Q2")
	page.wants(t, 200, "L’envoi est annulé", "Bonjour, venez mardi</textarea>")
	page.lacks(t, "<p>Bonjour, venez mardi</p>", undoAt)
	send().wants(t, 422, "Cet envoi avait été annulé", "Bonjour, venez mardi</textarea>") // Back, and the old form again
	if got := w.left(time.Hour); got != "" {
		t.Fatalf("left after all: %s", got)
	}
	awa.post(replyTo, "once", "new", "seen", seen, "text", "Bonjour, venez mardi", "priced", "1").wants(t, 303)
	page = awa.get("/desk/cases/K7Q2")
	part = page.form(t, undoAt, "part")
	if got := w.left(bot.UndoTime); got != "Awa, relais petite enfance: Bonjour, venez mardi" {
		t.Fatalf("left: %s", got)
	}
	awa.post(undoAt, "once", "late", "part", part).wants(t, 303)
	awa.get("/desk/cases/K7Q2").wants(t, 200, "Trop tard", "<p>Bonjour, venez mardi</p>")
}

func TestTheCaseClosesWhenItsLastWordHasLeft(t *testing.T) {
	w := wholeCase(t, nil)
	awa := w.another().enterReal(w.s, "awa")
	awa.post("/desk/cases/K7Q2/close", "once", "c", "text", "Au revoir", "priced", "1").wants(t, 303)
	page := awa.get("/desk/cases/K7Q2")
	page.wants(t, 200, "puis la demande se ferme", "Annuler l’envoi")
	page.lacks(t, replyTo, "/close\"")
	awa.post(replyTo, "once", "r", "seen", "0", "text", "encore un mot", "priced", "1").wants(t, 409, "en train de se fermer", "encore un mot")
	awa.post(undoAt, "once", "u", "part", page.form(t, undoAt, "part")).wants(t, 303)
	awa.get("/desk/cases/K7Q2").wants(t, 200, "Au revoir</textarea>", replyTo)
	awa.post("/desk/cases/K7Q2/close", "once", "c2", "text", "Au revoir", "priced", "1").wants(t, 303)
	if got := w.left(bot.UndoTime); got != "Awa, relais petite enfance: Au revoir\nLa discussion avec le relais est finie. Doudou, le robot, vous répond de nouveau." {
		t.Fatalf("left: %q", got)
	}
	awa.get("/desk/cases/K7Q2").wants(t, 200, "Cette demande est fermée")
}

// TestAWrongNoteStaysANote: what was typed as a note never stands in the box
// of a reply.
func TestAWrongNoteStaysANote(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	long := strings.Repeat("secret ", 300)
	page := b.post("/desk/cases/K7Q2/note", "once", "n", "text", long)
	page.wants(t, 422, `<details class="card note" open>`)
	_, after, _ := strings.Cut(page.body, `<textarea id="text"`)
	box, _, _ := strings.Cut(after, "</textarea>")
	if strings.Contains(box, "secret") {
		t.Error("the note stands in the box of a reply")
	}
}
