package desk

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"doudou/bot"
)

func TestABroadcastIsShownBeforeItLeaves(t *testing.T) {
	b, h := hosted(t, "awa")
	b.get("/desk/broadcasts/new?event=atelier").wants(t, 200, "Inviter à cette date", "Atelier peinture", `<option value="parent" selected>`, `<option value="Les Lilas" selected>`)
	form := []string{"once", "k", "event", "atelier", "audience", "parent", "quarter", ""}
	page := b.post("/desk/broadcasts", form...)
	page.wants(t, 200, "4 personnes", "Envoyer à 4 personnes", "[fr sms notice.invite] Atelier peinture", "[en sms notice.invite]", "4 SMS",
		"DOUDOU_SMS_PRICE", `lang="en"`)
	page.lacks(t, "telegram") // she has a seat already
	if len(h.sent) > 0 {
		t.Fatal("it left before it was shown")
	}
	b.post("/desk/broadcasts", append(form, "confirmed", "5-5")...).wants(t, 200, "Envoyer à 4 personnes")
	for range 2 {
		b.post("/desk/broadcasts", append(form, "confirmed", "4-4")...).wants(t, 303)
	}
	if len(h.sent) != 1 || len(h.prompts) != 4 {
		t.Fatalf("%d broadcasts, %d prompts", len(h.sent), len(h.prompts))
	}
	p := h.prompts["invite/atelier/0/n2"]
	if p.Node != "notice.invite" || p.Slots["start"] != "2027-04-07T09:30" || p.Batch != h.sent[0].ID || !p.Until.Equal(h.dates["atelier"].Start) {
		t.Errorf("prompt %+v", p)
	}
	if s := h.sent[0]; s.People != 4 || s.Segments != 4 || s.Agent != "awa" || s.Event != "atelier" || s.Audience != "parent" {
		t.Errorf("broadcast %+v", s)
	}
	b.post("/desk/broadcasts", "once", "k2", "event", "atelier", "audience", "all", "quarter", "", "confirmed", "4-4").wants(t, 303)
	if len(h.prompts) != 4 {
		t.Error("somebody was invited twice")
	}
	b.get("/desk/events/atelier").wants(t, 200, "4 personnes invitées le")
}

func TestABroadcastLeavesAtCourteousHours(t *testing.T) {
	b, h := hosted(t, "awa")
	*b.clock = at("2027-03-06", "19:59").Add(45 * time.Second) // a Saturday
	form := []string{"once", "k", "audience", "all", "quarter", "", "words", "Le relais ferme mardi."}
	b.post("/desk/broadcasts", form...).wants(t, 200, "sam. 6 mars", "lun. 8 mars")
	b.post("/desk/broadcasts", append(form, "confirmed", "5-4")...).wants(t, 303)
	for id, p := range h.prompts {
		if local := p.Due.In(at("2027-03-06", "00:00").Location()); local.Hour() < 8 || local.Hour() > 19 || local.Weekday() == time.Sunday {
			t.Errorf("%s leaves on %s", id, local)
		}
	}
	if due := h.prompts["news/"+h.sent[0].ID+"/1/n4"].Due; !due.After(at("2027-03-08", "07:59")) {
		t.Errorf("the last SMS leaves at %s, faster than the channel sends", due)
	}
}

func TestNewsAreFrenchWordsForAll(t *testing.T) {
	b, h := hosted(t, "awa")
	form := []string{"once", "k", "audience", "all", "quarter", "", "words", "Le relais ferme mardi."}
	b.post("/desk/broadcasts", form...).wants(t, 200, "Envoyer à 5 personnes", "[en sms notice.news] Le relais ferme mardi.")
	b.post("/desk/broadcasts", append(form, "confirmed", "5-4")...).wants(t, 303)
	for id, p := range h.prompts {
		if p.Node != "notice.news" || p.Slots["words"] != "Le relais ferme mardi." || !strings.HasPrefix(id, "news/") {
			t.Errorf("%s: %+v", id, p)
		}
	}
	b.get("/desk/broadcasts").wants(t, 200, "Le relais ferme mardi.", "5 à partir", "en cours")
	h.started[h.sent[0].ID] = 5
	page := b.get("/desk/broadcasts")
	page.wants(t, 200, "5 messages partis", "terminé")
	page.lacks(t, "/stop")
}

func TestABroadcastToNobody(t *testing.T) {
	b, h := hosted(t, "awa")
	form := []string{"once", "k", "audience", "all", "quarter", "Le Parc", "words", "Bonjour"}
	page := b.post("/desk/broadcasts", append(form, "confirmed", "0-0")...)
	page.wants(t, 200, "Rien ne partira")
	page.lacks(t, "Envoyer à")
	if len(h.sent) > 0 {
		t.Error("a broadcast to nobody was kept")
	}
}

func TestBroadcastsAreRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		form        []string
		field, says string
	}{
		"no words":     {[]string{"words", ""}, "words", "écrivez quelque chose"},
		"long words":   {[]string{"words", strings.Repeat("a", 301)}, "words", "trop long"},
		"shortener":    {[]string{"words", "Voir https://bit.ly/abc"}, "words", "lien raccourci"},
		"bare":         {[]string{"words", "voir TinyURL.com/x"}, "words", "lien raccourci"},
		"who":          {[]string{"words", "a", "audience", "cats"}, "audience", "dans la liste"},
		"what quarter": {[]string{"words", "a", "quarter", "Ailleurs"}, "quarter", "dans la liste"},
	} {
		t.Run(name, func(t *testing.T) {
			b, h := hosted(t, "awa")
			form := append([]string{"once", "k"}, tt.form...)
			for _, f := range [][2]string{{"audience", "all"}, {"quarter", ""}} {
				if !strings.Contains(strings.Join(tt.form, " "), f[0]) {
					form = append(form, f[0], f[1])
				}
			}
			page := b.post("/desk/broadcasts", form...)
			page.wants(t, 422, `<a href="#`+tt.field+`">`, tt.says)
			checkAccess(t, name, "fr", page.body)
			if len(h.sent) > 0 {
				t.Error("it left")
			}
		})
	}
	b, _ := hosted(t, "awa")
	for _, id := range []string{"neige", "hier"} {
		b.get("/desk/broadcasts/new?event="+id).wants(t, 409)
		b.post("/desk/broadcasts", "once", "k", "event", id, "audience", "all", "quarter", "").wants(t, 409)
	}
	b.get("/desk/broadcasts/new?event=none").wants(t, 404)
}

func TestShorteners(t *testing.T) {
	for text, want := range map[string]bool{
		"https://bit.ly/abc": true, "voir bit.ly": true, "t.co/x": true, "www.tinyurl.com/x": true, "HTTP://URLZ.FR/a": true,
		"epinay-sur-seine.fr": false, "monenfant.fr/web": false, "Rendez-vous à 10h. Tout le monde vient": false, "chat.co": false, "orbit.ly": false,
	} {
		if got := shortened(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestStopAndResume(t *testing.T) {
	b, h := hosted(t, "awa")
	b.post("/desk/broadcasts", "once", "k", "audience", "all", "quarter", "", "words", "Bonjour", "confirmed", "5-4").wants(t, 303)
	id := h.sent[0].ID
	b.post("/desk/broadcasts/"+id+"/stop", "once", "s").wants(t, 303)
	b.get("/desk/broadcasts").wants(t, 200, "arrêté", "Reprendre")
	if h.sent[0].State != bot.Halted {
		t.Error("it goes on")
	}
	b.post("/desk/broadcasts/"+id+"/resume", "once", "r").wants(t, 303)
	b.get("/desk/broadcasts").wants(t, 200, "en cours", "/stop")
	b.post("/desk/broadcasts/none/stop", "once", "s").wants(t, 404)
	var did []string
	for _, e := range b.relais.journal {
		did = append(did, e.Did)
	}
	if got := strings.Join(did, " "); got != "sign-in cry cry-stop cry-resume" {
		t.Errorf("journal: %s", got)
	}
}

func TestWhatABroadcastCosts(t *testing.T) {
	h := newHall()
	b := opened(t, furnish(), func(o *Options) {
		inHall(h)(o)
		o.SegmentPrice = decimal.RequireFromString("0.0725")
		o.Segments = func(string) int { return 3 }
	}).enter("awa")
	b.post("/desk/broadcasts", "once", "k", "audience", "all", "quarter", "", "words", "Bonjour").wants(t, 200,
		"12 SMS", "0,87\u00a0€", "3 SMS par personne") // 4 people by SMS, 3 each, 7.25 cents
}
