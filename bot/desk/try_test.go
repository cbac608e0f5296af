package desk

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"doudou/bot"
)

func osDir(t *testing.T) fs.FS {
	t.Helper()
	return os.DirFS(".")
}

// A parrot is a rehearsal that says again what it heard.
type parrot struct {
	ch    bot.Channel
	lang  string
	heard int
}

func (p *parrot) Say(_ context.Context, m bot.Message) (bot.Played, error) {
	p.heard++
	out := bot.Outgoing{Body: fmt.Sprintf("%d %s %s\n<b>%s%s", p.heard, m.Kind, m.Lang, m.Text, m.Data), Lang: p.lang}
	if p.ch == bot.Telegram {
		out.Buttons = [][]bot.Button{{{Label: "Oui", Data: "yes:" + fmt.Sprint(p.heard)}}}
	}
	t := bot.Turn{Out: []bot.Outgoing{out}}
	switch m.Text {
	case "silence":
		t.Out = nil
	case "personne":
		t.Open = &bot.Case{}
	}
	return bot.Played{Turn: t}, nil
}

func rehearsing(*testing.T) func(*Options) {
	return func(o *Options) {
		o.Rehearse = func(ch bot.Channel, lang string) Rehearsal { return &parrot{ch: ch, lang: lang} }
	}
}

func TestPhone(t *testing.T) {
	b := opened(t, furnish(), rehearsing(t))
	b.get("/try").wants(t, 200, "Démarrer", `lang="en" dir="ltr">How do I find`)
	b.post("/try", "do", "start", "channel", "telegram", "phone", "en").wants(t, 303)
	page := b.get("/try")
	page.wants(t, 200, "1 start en", `lang="en" dir="ltr"`, `name="tap" value="yes:1">Oui`, `role="log"`)
	b.post("/try", "tap", "yes:1").wants(t, 303)
	page = b.get("/try")
	page.wants(t, 200, "2 tap en", `yes:1`, `bubble mine`)
	page.lacks(t, `value="yes:1"`)
	b.post("/try", "tap", "yes:1").wants(t, 303) // used up
	b.get("/try").lacks(t, "3 tap")
	b.post("/try", "text", "<script>x</script>").wants(t, 303)
	page = b.get("/try")
	page.wants(t, 200, "3 text en", "&lt;script&gt;x")
	page.lacks(t, "<script>x", "<b>")
	b.post("/try", "text", "personne").wants(t, 303)
	b.get("/try").wants(t, 200, "arriverait sur le bureau")
	b.post("/try", "text", "silence").wants(t, 303)
	b.get("/try").wants(t, 200, "Doudou ne répond pas")
	b.another().get("/try").lacks(t, "3 text")
}

func TestPhoneBySMS(t *testing.T) {
	b := opened(t, furnish(), rehearsing(t))
	b.post("/try", "do", "new", "channel", "sms", "phone", "en").wants(t, 303)
	b.get("/try").wants(t, 200, "par SMS", "Écrivez un premier SMS")
	b.post("/try", "text", "bonjour").wants(t, 303)
	b.get("/try").wants(t, 200, "1 text en", "1 SMS")
}

func TestPhoneRefuses(t *testing.T) {
	b := opened(t, furnish(), rehearsing(t))
	b.post("/try", "do", "new", "channel", "fax", "phone", "fr").wants(t, 400)
	b.post("/try", "do", "new", "channel", "sms", "phone", "xx").wants(t, 400)
	b.post("/try", "text", strings.Repeat("a", maxTyped+1)).wants(t, 400)
	b.post("/try", "text", "  ").wants(t, 303)
	without := opened(t, furnish(), nil)
	without.get("/try").wants(t, 404)
	without.post("/try", "text", "a").wants(t, 404)
}

func TestPhonesAreForgotten(t *testing.T) {
	now := noon
	p := newPhones(func(ch bot.Channel, lang string) Rehearsal { return &parrot{} }, func() time.Time { return now })
	first, _ := p.fresh(bot.SMS, "fr")
	for range maxPhones + 20 {
		now = now.Add(time.Second)
		p.fresh(bot.SMS, "fr")
	}
	if len(p.byKey) > maxPhones || p.get(first) != nil {
		t.Errorf("%d phones are kept", len(p.byKey))
	}
	key, ph := p.fresh(bot.SMS, "fr")
	for range maxBubbles {
		if err := ph.say(context.Background(), bot.Message{Kind: bot.Text, Text: "a"}, "a", nil); err != nil {
			t.Fatal(err)
		}
	}
	if len(ph.screen()) > maxBubbles {
		t.Errorf("%d bubbles are kept", len(ph.screen()))
	}
	now = now.Add(phoneLife - time.Second)
	if p.get(key) != ph {
		t.Error("a phone in use was forgotten")
	}
	now = now.Add(phoneLife + time.Second)
	if p.get(key) != nil {
		t.Error("an old phone is kept")
	}
}
