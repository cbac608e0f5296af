package desk

import (
	"context"
	"html"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/store"
	"doudou/dialogs"
	"doudou/dialogs/nlu"
)

// A counter is a desk with true answers, a true service and a true store, and one
// case by SMS in a language.
type counter struct {
	*browser
	store   *store.Store
	contact bot.ContactID
}

func answering(t *testing.T, lang string, change func(*Options)) *counter {
	t.Helper()
	ctx, now := context.Background(), func() time.Time { return noon }
	s, err := store.Open(ctx, store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	contact := hear(t, s, "1", "Je voudrais la liste des nounous agréées")
	turn(t, s, contact, &bot.Case{ID: "K7Q2", Contact: contact, Team: "relais", State: bot.Open, Topic: "childminder.find",
		Lang: lang, Channel: bot.SMS, Opened: noon, Changed: noon})
	ines := furnish().agents["awa"]
	ines.Login, ines.Name, ines.Approved = "ines", "Inès", true
	for _, a := range furnish().agents {
		if err := s.SaveAgent(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SaveAgent(ctx, ines); err != nil {
		t.Fatal(err)
	}
	words, err := catalogs()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := nlu.Default()
	if err != nil {
		t.Fatal(err)
	}
	book, _ := dialogs.Default()
	b := opened(t, newRelais(), func(o *Options) {
		o.Words = words
		o.Cases, o.Staff, o.Service, o.Sessions = s, s, service(t, s, words, now, 0), s.DeskSessions()
		o.Answers = bot.NewShelf(reader, book, words, knows(t), now)
		if change != nil {
			change(o)
		}
	})
	return &counter{b, s, contact}
}

const pickAt = "/desk/cases/K7Q2/answers"

// TestReplyPickedInFrench: an answer is found in French, filled in, read in both
// languages, and leaves to the letter in that of the family, once.
func TestReplyPickedInFrench(t *testing.T) {
	for lang, want := range map[string]string{
		"ta": "Awa, relais (குழந்தைகள் அலுவலகம்): உங்கள் கோப்பில் ஓர் ஆவணம் இல்லை: avis d'imposition. கொடுக்க வேண்டிய கடைசி நாள்: 24 டிசம்பர் 2026.",
		"ar": "تنقص ورقة في ملفكم: avis d'imposition. أحضروها قبل 24 ديسمبر 2026.",
		"en": "Awa, early childhood office (relais): One paper is missing in your file: avis d'imposition. Bring it before 24 December 2026.",
	} {
		t.Run(lang, func(t *testing.T) {
			b := answering(t, lang, nil)
			awa := b.enterReal(b.store, "awa")
			awa.get("/desk/cases/K7Q2").wants(t, 200, "Réponses toutes prêtes", "La liste des nounous est envoyée", pickAt+"/reply.list_sent")
			awa.post(pickAt, "q", "il manque un papier", "do", "search").wants(t, 200, "Il manque un papier, avant une date", "pas encore relue")
			awa.post(pickAt, "key", "reply.missing_by", "do", "open").wants(t, 200, "Le papier qui manque", "Voir le texte")
			to := pickAt + "/reply.missing_by"
			awa.post(to, "do", "show", "b-paper", "", "b-date", "2026-12-24").wants(t, 422, "b-paper-fault")
			page := awa.post(to, "do", "show", "b-paper", "avis d'imposition", "b-date", "2026-12-24")
			page.wants(t, 200, "Il manque un papier dans votre dossier : avis d&#39;imposition", " SMS</strong>")
			page = awa.post(to, "do", "send", "once", "k", "seen", "0", "shown", "old", "b-paper", "avis d'imposition", "b-date", "2026-12-24")
			page.wants(t, 200, "n’est plus celui que vous avez lu")
			send := []string{"do", "send", "once", page.form(t, to, "once"), "seen", page.form(t, to, "seen"), "shown", page.form(t, to, "shown"),
				"b-paper", "avis d'imposition", "b-date", "2026-12-24"}
			awa.post(to, send...).wants(t, http.StatusSeeOther)
			awa.post(to, send...).wants(t, http.StatusSeeOther)
			left := leaving(t, b.store)
			if len(left) != 1 || !strings.HasSuffix(left[0].Body, want) || left[0].Lang != lang {
				t.Fatalf("what leaves: %+v", left)
			}
			shown := html.UnescapeString(page.body)
			if !strings.Contains(shown, left[0].Body) {
				t.Errorf("%q was not on the page", left[0].Body)
			}
			awa.get("/desk/cases/K7Q2").wants(t, 200, "Il manque un papier dans votre dossier : avis d&#39;imposition. Apportez-le avant le 24 décembre 2026.")
		})
	}
}

// TestTwoAnswersKeepTheDraft: two answers and the words that were typed leave in
// one message.
func TestTwoAnswersKeepTheDraft(t *testing.T) {
	b := answering(t, "es", nil)
	awa := b.enterReal(b.store, "awa")
	awa.post(pickAt, "text", "À demain", "seen", "1").wants(t, 200, `name="text" value="À demain"`)
	one := pickAt + "/reply.wait"
	page := awa.post(one, "do", "more", "b-date", "2026-12-24", "text", "À demain", "seen", "1")
	page.wants(t, 200, "Déjà dans le message", "Nous cherchons la réponse", `value="À demain"`)
	two := pickAt + "/reply.sorry"
	page = awa.post(two, "do", "show", "pick", html.UnescapeString(page.form(t, pickAt, "pick")), "text", "À demain", "seen", "0")
	page.wants(t, 200, "Buscamos la respuesta", "Perdón por la espera", "À demain")
	awa.post(two, "do", "send", "pick", html.UnescapeString(page.form(t, two, "pick")), "text", "À demain", "seen", "0", "once", "k", "shown", page.form(t, two, "shown")).wants(t, 303)
	left := leaving(t, b.store)
	if len(left) != 1 || !strings.HasSuffix(left[0].Body, "24 de diciembre de 2026.\nPerdón por la espera.\nÀ demain") {
		t.Fatalf("what leaves: %+v", left)
	}
	awa.get("/desk/cases/K7Q2").wants(t, 200, "Pardon pour l&#39;attente", "À demain")
}

// TestAnswerWaitsForWhatIsNew: the family wrote meanwhile, and the agent reads it
// before anything leaves.
func TestAnswerWaitsForWhatIsNew(t *testing.T) {
	b := answering(t, "fr", nil)
	awa := b.enterReal(b.store, "awa")
	to := pickAt + "/reply.complete"
	page := awa.get(to)
	hear(t, b.store, "2", "J'ai trouvé, merci")
	turn(t, b.store, b.contact, nil)
	got := awa.post(to, "do", "send", "once", "k", "seen", page.form(t, to, "seen"), "shown", page.form(t, to, "shown"))
	got.wants(t, http.StatusConflict, "La conversation a continué", "J&#39;ai trouvé, merci", "Envoyer quand même")
	if left := leaving(t, b.store); len(left) != 0 {
		t.Fatalf("left: %+v", left)
	}
	awa.post(to, "do", "send", "once", got.form(t, to, "once"), "seen", got.form(t, to, "seen"), "shown", got.form(t, to, "shown")).wants(t, 303)
	if left := leaving(t, b.store); len(left) != 1 {
		t.Fatalf("left: %+v", left)
	}
}

// TestApprovedOnlyOnEveryRoute: an agent who is kept to approved answers sends no
// word of their own, whatever the form says; notes stay free.
func TestApprovedOnlyOnEveryRoute(t *testing.T) {
	b := answering(t, "fr", nil)
	ines := b.enterReal(b.store, "ines")
	page := ines.get("/desk/cases/K7Q2")
	page.wants(t, 200, "seulement des réponses toutes prêtes", "Note")
	for _, gone := range []string{`id="reply"`, `id="last"`} {
		page.lacks(t, gone)
	}
	own := []string{"once", "k", "seen", "0", "text", "Bonjour", "priced", "1", "do", "send", "shown", "x"}
	for _, path := range []string{replyTo, "/desk/cases/K7Q2/close", pickAt + "/reply.reads"} {
		ines.post(path, own...).wants(t, http.StatusForbidden, "seulement des réponses toutes prêtes")
	}
	if left := leaving(t, b.store); len(left) != 0 {
		t.Fatalf("left: %+v", left)
	}
	ines.post("/desk/cases/K7Q2/note", "once", "n", "text", "à rappeler").wants(t, 303)
	to := pickAt + "/reply.reads"
	page = ines.get(to)
	page.lacks(t, `id="own"`)
	ines.post(to, "do", "send", "once", "k", "seen", "0", "shown", page.form(t, to, "shown")).wants(t, 303)
	ines.post("/desk/cases/K7Q2/close", "once", "c").wants(t, 303)
	if left := leaving(t, b.store); len(left) == 0 || !strings.Contains(left[0].Body, "J'ai lu votre question") {
		t.Fatalf("left: %+v", left)
	}
}

// TestExpiredAnswer: what is out of date is seen, and does not leave.
func TestExpiredAnswer(t *testing.T) {
	b := answering(t, "fr", func(o *Options) {
		words, _ := catalogs()
		reader, _ := nlu.Default()
		book, _ := dialogs.Default()
		late := func() time.Time { return time.Date(2027, 4, 1, 12, 0, 0, 0, time.UTC) }
		o.Answers = bot.NewShelf(reader, book, words, o.Knowledge, late)
	})
	awa := b.enterReal(b.store, "awa")
	awa.post(pickAt, "q", "coûte une crèche", "do", "search").wants(t, 200, "Périmée", `value="creche.cost" disabled`)
	awa.get(pickAt+"/creche.cost").wants(t, 200, "plus à jour")
	awa.get(pickAt+"/creche.cost").lacks(t, `value="send"`)
	awa.get(pickAt+"/bot.oops").wants(t, http.StatusNotFound)
	paul := b.another().enterReal(b.store, "paul")
	for _, path := range []string{pickAt, pickAt + "/reply.reads"} {
		paul.get(path).wants(t, http.StatusNotFound)
	}
}
