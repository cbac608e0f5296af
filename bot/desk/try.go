package desk

import (
	"net/http"
	"slices"
	"unicode/utf8"

	"doudou/bot"
	"doudou/locales"
)

// phoneCookie names the conversation of a browser.
const phoneCookie = "doudou-phone"

// A trial is what the page of the try-it phone shows.
type trial struct {
	Channel   string
	Phone     string // language of the phone
	Languages []choice
	Bubbles   []bubble
	Samples   []sample
	Begin     bool   // nothing was said yet
	Segments  int    // SMS that Doudou's answers took so far
	Cost      string // of these, "" when nobody has set the price of one
	Max       int
}

// A sample is something to say, for whoever has no idea.
type sample struct{ Lang, Dir, Text string }

// tryPage shows the phone.
func (d *desk) tryPage(v *visit) error {
	if d.Rehearse == nil {
		return errNoPage
	}
	t := trial{Channel: string(bot.Telegram), Phone: d.Words.Best(v.lang), Begin: true, Max: maxTyped}
	if ph := d.phone(v); ph != nil {
		t.Channel, t.Phone, t.Bubbles = string(ph.Channel), ph.Lang, ph.screen()
		t.Begin = len(t.Bubbles) == 0
		for _, b := range t.Bubbles {
			t.Segments += b.Segments
		}
		t.Cost = d.cost(v.lang, t.Segments)
	}
	for _, lang := range d.Words.Languages() {
		t.Languages = append(t.Languages, choice{lang, d.name(lang, lang, "language."+lang)})
		key := "desk.try.sample." + lang
		if text := d.name("fr", "", key); text != "" {
			t.Samples = append(t.Samples, sample{lang, direction(lang), text})
		}
	}
	return d.show(v, http.StatusOK, "try", page{Title: "desk.try.title", Tab: "try", Data: t})
}

// phone returns the conversation of the browser, nil when there is none.
func (d *desk) phone(v *visit) *phone {
	c, err := v.r.Cookie(phoneCookie)
	if err != nil {
		return nil
	}
	return d.phones.get(c.Value)
}

// trySay starts a conversation, or says something in it.
func (d *desk) trySay(v *visit) error {
	if d.Rehearse == nil {
		return errNoPage
	}
	if v.field("do") == "new" {
		_, err := d.dial(v, bot.Channel(v.field("channel")), v.field("phone"))
		if err != nil {
			return err
		}
		return v.back("/try")
	}
	m, shown := typedOnPhone(v)
	ph := d.phone(v)
	if ph == nil {
		var err error
		if ph, err = d.dial(v, bot.Channel(v.field("channel")), v.field("phone")); err != nil {
			return err
		}
	}
	if utf8.RuneCountInString(m.Text) > maxTyped {
		return errForm
	}
	if m.Text == "" && m.Data == "" && m.Kind != bot.Greeting {
		return v.back("/try")
	}
	if err := ph.say(v.r.Context(), m, shown, d.Segments); err != nil {
		return err
	}
	return v.back("/try#end")
}

// typedOnPhone reads what was written or tapped; shown is how it looks on the
// screen.
func typedOnPhone(v *visit) (m bot.Message, shown string) {
	switch {
	case v.field("do") == "start":
		return bot.Message{Kind: bot.Greeting, Text: "/start"}, "/start"
	case v.field("tap") != "":
		return bot.Message{Kind: bot.Tap, Data: v.field("tap")}, ""
	case v.field("sample") != "":
		text := v.field("sample")
		return bot.Message{Kind: bot.Text, Text: text}, text
	}
	text := v.field("text")
	return bot.Message{Kind: bot.Text, Text: text}, text
}

// dial starts a conversation on a channel.
func (d *desk) dial(v *visit, ch bot.Channel, lang string) (*phone, error) {
	if ch == "" {
		ch = bot.Telegram
	}
	if lang == "" {
		lang = d.Words.Best(v.lang)
	}
	if ch != bot.Telegram && ch != bot.SMS || !slices.Contains(d.Words.Languages(), lang) {
		return nil, errForm
	}
	key, ph := d.phones.fresh(ch, lang)
	http.SetCookie(v.w, &http.Cookie{Name: phoneCookie, Value: key, Path: "/try", MaxAge: int(phoneLife.Seconds()),
		HttpOnly: true, Secure: d.sessions.Cookie.Secure, SameSite: http.SameSiteLaxMode})
	return ph, nil
}

// direction is the dir attribute of a language.
func direction(lang string) string {
	if locales.RightToLeft(lang) {
		return "rtl"
	}
	return "ltr"
}
