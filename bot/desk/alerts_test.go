package desk

import (
	"context"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/store"
)

// warned opens the desk of a furnished relais on which staff are told of what
// waits, with the true store of who is told.
func warned(t *testing.T, change func(*Options)) (*browser, *store.Store) {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	b := opened(t, furnish(), func(o *Options) {
		o.Alerts, o.Reach = s, Reach{Mail: true, Telegram: true, BotName: func() string { return "RelaisTestBot" }}
		if change != nil {
			change(o)
		}
	})
	return b, s
}

func TestAnAgentChoosesHowToBeTold(t *testing.T) {
	b, s := warned(t, nil)
	b.enter("awa").get("/desk/me").wants(t, 200, "Par e-mail", "Sur mon Telegram", `value="team" checked`)
	b.post("/desk/me/alerts", "mail", "yes", "hours", "any").wants(t, 303)
	if w, err := s.Wish(t.Context(), "awa"); err != nil || w != (bot.Wish{Agent: "awa", Lang: "fr", Mail: true}) {
		t.Errorf("kept %+v %v", w, err)
	}
	b.get("/desk/me").wants(t, 200, "C’est gardé", `value="any" checked`)
	b.post("/desk/me/alerts", "mail", "no", "hours", "at night").wants(t, 400)
	if w, err := s.Wish(t.Context(), "awa"); err != nil || !w.Mail {
		t.Errorf("a form that cannot be read changed %+v %v", w, err)
	}
}

func TestAnAgentLinksTheirTelegram(t *testing.T) {
	b, s := warned(t, nil)
	page := b.enter("awa").post("/desk/me/telegram")
	page.wants(t, 200, "https://t.me/RelaisTestBot?start=", "/start ")
	code := regexp.MustCompile(`value="/start ([A-Z2-7]+)"`).FindStringSubmatch(page.body)
	if code == nil {
		t.Fatal("the page shows no code")
	}
	login, err := s.LinkChat(t.Context(), bot.LinkHash(code[1]), "4711", noon)
	if err != nil || login != "awa" {
		t.Fatalf("the code links %q %v", login, err)
	}
	b.get("/desk/me").wants(t, 200, "Votre Telegram est relié")
	b.post("/desk/me/telegram/unlink").wants(t, 303)
	b.get("/desk/me").wants(t, 200, "plus relié", "pas encore relié")
}

func TestWithoutWaysNobodyIsAsked(t *testing.T) {
	b, _ := warned(t, func(o *Options) { o.Reach = Reach{} })
	b.enter("awa").post("/desk/me/telegram").wants(t, 404)
	none := opened(t, furnish(), nil).enter("awa")
	none.get("/desk/me").lacks(t, "Être prévenu")
	none.post("/desk/me/alerts", "hours", "any").wants(t, 404)
}

// climbed is the store of a relais in which a case has climbed, and whose e-mail
// does not leave.
type climbed struct {
	*store.Store
	step int
}

func (c climbed) Escalated(context.Context) ([]bot.Wait, error) {
	return []bot.Wait{{Case: bot.Case{ID: "K7Q2"}, Step: c.step}}, nil
}

func (c climbed) Outage(context.Context, bot.Way) (bot.Outage, error) {
	return bot.Outage{Since: noon.Add(-time.Hour), Agents: []string{"awa"}, Why: "smtp 451"}, nil
}

func TestWhatHasClimbedIsSeen(t *testing.T) {
	for step, words := range map[int][2]string{1: {"collègues prévenus", "Les collègues ont été prévenus"}, 2: {"responsable prévenu", "Le responsable a été prévenu"}} {
		b, _ := warned(t, func(o *Options) { o.Alerts = climbed{o.Alerts.(*store.Store), step} })
		b.enter("awa").get("/desk/").wants(t, 200, words[0])
		b.get("/desk/cases/K7Q2").wants(t, 200, words[1])
	}
	b := opened(t, furnish(), nil).enter("awa")
	b.get("/desk/").lacks(t, "prévenus")
}

func TestManagersSeeThatMailDoesNotLeave(t *testing.T) {
	b, _ := warned(t, func(o *Options) { o.Alerts = climbed{o.Alerts.(*store.Store), 1} })
	b.enter("chef").get("/desk/").wants(t, 200, "ne partent plus depuis")
	b.another().enter("awa").get("/desk/").lacks(t, "ne partent plus")
}
