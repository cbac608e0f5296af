package telegram

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

func out(text string) bot.Outgoing {
	return bot.Outgoing{ID: 1, To: bot.Address{Channel: bot.Telegram, ID: "501"}, Body: text}
}

func TestSend(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	o := out("Le CMG <aide> & \"le reste\" à 1 234,50 €\n\n\u2067مرحبا\u2069 👶🏽")
	o.Lead = "Nadia <PMI>"
	o.Buttons = [][]bot.Button{{{Label: "Oui", Data: "1|a|b|yes"}, {Label: "Non", Data: "1|a|b|no"}}, {{Label: "Une personne", Data: "1|a|b|human"}}}
	id, err := c.Send(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	m := s.Sent()[0]
	if strconv.Itoa(m.ID) != id || m.Chat != 501 || m.Mode != "HTML" {
		t.Errorf("sent %+v as %s", m, id)
	}
	if want := o.Lead + "\n" + o.Body; m.Text != want {
		t.Errorf("people read\n%q, want\n%q", m.Text, want)
	}
	if !strings.HasPrefix(m.Raw, "<b>Nadia &lt;PMI&gt;</b>\nLe CMG &lt;aide&gt; &amp; &#34;le") {
		t.Errorf("sent %q", m.Raw)
	}
	if got := fmt.Sprint(m.Buttons); got != "[[{Oui 1|a|b|yes} {Non 1|a|b|no}] [{Une personne 1|a|b|human}]]" {
		t.Errorf("buttons %s", got)
	}
	if f := s.Calls("sendMessage")[0].Fields["link_preview_options"]; f != `{"is_disabled":true}` {
		t.Errorf("previews: %q", f)
	}
}

func TestSendTakesUsedButtonsOff(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	first := out("Combien ?")
	first.Buttons = [][]bot.Button{{{Label: "Deux", Data: "2"}}}
	id, err := c.Send(context.Background(), first)
	if err != nil {
		t.Fatal(err)
	}
	for _, ref := range []string{id, id, "999999", "x"} { // used, used already, gone, not ours
		next := out("Merci")
		next.Ref = ref
		if _, err := c.Send(context.Background(), next); err != nil {
			t.Errorf("ref %s: %v", ref, err)
		}
	}
	if s.Sent()[0].Buttons != nil {
		t.Error("the buttons are still there")
	}
	if n := s.Count("editMessageReplyMarkup"); n != 3 {
		t.Errorf("%d edits", n)
	}
	calls := s.Calls("")
	if calls[1].Method != "editMessageReplyMarkup" || calls[2].Method != "sendMessage" {
		t.Errorf("order %s, %s", calls[1].Method, calls[2].Method)
	}
}

func TestSendRefusals(t *testing.T) {
	s := bottest.Telegram(t)
	tests := []struct {
		about  string
		answer bottest.TelegramAnswer
		kind   bot.SendKind
		code   string
		after  time.Duration
	}{
		{"too many", s.TooMany(7), bot.Throttled, "429", 7 * time.Second},
		{"too many, from a gateway", s.Page(429), bot.Throttled, "429", time.Second},
		{"blocked", s.Blocked(), bot.Unwanted, "403", 0},
		{"deactivated", s.Error(403, "Forbidden: user is deactivated"), bot.Unwanted, "403", 0},
		{"never spoke", s.Error(403, "Forbidden: bot can't initiate conversation with a user"), bot.Unwanted, "403", 0},
		{"chat not found", s.BadRequest("chat not found"), bot.Unwanted, "400", 0},
		{"peer invalid", s.BadRequest("PEER_ID_INVALID"), bot.Unwanted, "400", 0},
		{"migrated", s.Migrated(-100), bot.Permanent, "migrated", 0},
		{"bad request", s.BadRequest("BUTTON_DATA_INVALID"), bot.OurFault, "400", 0},
		{"token refused", s.Unauthorized(), bot.OurFault, "401", 0},
		{"not found", s.Error(404, "Not Found"), bot.OurFault, "404", 0},
		{"too large", s.Error(413, "Request Entity Too Large"), bot.OurFault, "413", 0},
		{"trouble", s.Error(500, "Internal Server Error: restart"), bot.Trouble, "500", 0},
		{"a gateway's page", s.Page(502), bot.Trouble, "502", 0},
		{"somebody else's page", s.Page(200), bot.Trouble, "200", 0},
		{"a redirection", s.Page(302), bot.Trouble, "302", 0},
		{"no message in the answer", s.Raw(200, `{"ok":true,"result":true}`), bot.Unknown, "no answer", 0},
		{"hung", s.Hang(true), bot.Unknown, "no answer", 0},
		{"cut", s.Cut(true), bot.Unknown, "no answer", 0},
		{"torn", s.Torn(true), bot.Unknown, "no answer", 0},
	}
	for _, test := range tests {
		t.Run(test.about, func(t *testing.T) {
			c := channel(t, s, func(o *Options) { o.CallTimeout = 200 * time.Millisecond })
			s.Script("sendMessage", test.answer)
			_, err := c.Send(context.Background(), out("secret-words"))
			var refusal *bot.SendError
			if !errors.As(err, &refusal) {
				t.Fatalf("error %v", err)
			}
			if refusal.Kind != test.kind || refusal.Code != test.code || refusal.After != test.after {
				t.Errorf("kind %d code %q after %s: %v", refusal.Kind, refusal.Code, refusal.After, err)
			}
			assertDiscreet(t, s, err.Error())
		})
	}
}

// assertDiscreet refuses a text that shows the token or what was written.
func assertDiscreet(t *testing.T, s *bottest.TelegramServer, shown string) {
	t.Helper()
	_, letters, _ := strings.Cut(s.Token, ":")
	for _, word := range []string{letters, "secret-words", "<h1>"} {
		if strings.Contains(shown, word) {
			t.Errorf("%q shows %q", shown, word)
		}
	}
}

func TestSendWithoutNetwork(t *testing.T) {
	s := bottest.Telegram(t)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for about, url := range map[string]string{"refused": "http://" + closed.Addr().String(), "no such host": "http://no-such-host.invalid"} {
		c := channel(t, s, func(o *Options) { o.ServerURL = url })
		_, err := c.Send(context.Background(), out("secret-words"))
		var refusal *bot.SendError
		if !errors.As(err, &refusal) || refusal.Kind != bot.Trouble || refusal.Code != "unsent" {
			t.Errorf("%s: %v", about, err)
		}
		assertDiscreet(t, s, err.Error())
	}
}

func TestSendMalformed(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	tests := map[string]func(*bot.Outgoing){
		"no text":           func(o *bot.Outgoing) { o.Body = " \n\u202e" },
		"not a chat":        func(o *bot.Outgoing) { o.To.ID = "+33600000000" },
		"65 bytes of data":  func(o *bot.Outgoing) { o.Buttons = [][]bot.Button{{{Label: "a", Data: strings.Repeat("a", 65)}}} },
		"33 é of data":      func(o *bot.Outgoing) { o.Buttons = [][]bot.Button{{{Label: "a", Data: strings.Repeat("é", 33)}}} },
		"no data":           func(o *bot.Outgoing) { o.Buttons = [][]bot.Button{{{Label: "a"}}} },
		"no label":          func(o *bot.Outgoing) { o.Buttons = [][]bot.Button{{{Data: "a"}}} },
		"a label of spaces": func(o *bot.Outgoing) { o.Buttons = [][]bot.Button{{{Label: " ", Data: "a"}}} },
	}
	for about, change := range tests {
		o := out("bonjour")
		change(&o)
		_, err := c.Send(context.Background(), o)
		var refusal *bot.SendError
		if !errors.As(err, &refusal) || refusal.Kind != bot.Permanent {
			t.Errorf("%s: %v", about, err)
		}
	}
	if n := s.Count("sendMessage"); n != 0 {
		t.Errorf("%d were sent all the same", n)
	}
	o := out("bonjour")
	o.Buttons = [][]bot.Button{{{Label: "a", Data: strings.Repeat("a", 64)}}, {}}
	if _, err := c.Send(context.Background(), o); err != nil {
		t.Errorf("64 bytes: %v", err)
	}
}

func TestSendPlainWhenFormattingIsRefused(t *testing.T) {
	s := bottest.Telegram(t)
	var n counter
	c := channel(t, s, func(o *Options) { o.Count = n.count })
	s.Script("sendMessage", s.BadRequest(`can't parse entities: Unsupported start tag "x" at byte offset 3`))
	o := out("1 < 2")
	o.Lead, o.Buttons = "Nadia", [][]bot.Button{{{Label: "Oui", Data: "y"}}}
	if _, err := c.Send(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	m := s.Sent()[0]
	if m.Text != "Nadia\n1 < 2" || m.Mode != "" || len(m.Buttons) != 1 || n.of(CountPlain) != 1 {
		t.Errorf("sent %+v", m)
	}
}

func TestSendUnderstandsAnAnswerOfTomorrow(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	s.Script("sendMessage", s.Raw(200, `{"ok":true,"result":{"message_id":77,"date":1,"chat":{"id":501,"type":"private"},"forward_origin":{"type":"dream"}}}`))
	if id, err := c.Send(context.Background(), out("bonjour")); id != "77" || err != nil {
		t.Errorf("id %q, %v", id, err)
	}
}

func TestSendLong(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	o := out(strings.Repeat("Une phrase de plus, et une autre. ", 300))
	o.Lead, o.Buttons = "Nadia", [][]bot.Button{{{Label: "Oui", Data: "y"}}}
	s.Script("sendMessage", s.OK(), s.Error(500, "Internal Server Error"))
	if _, err := c.Send(context.Background(), o); err == nil {
		t.Fatal("the second piece should fail")
	}
	o.Tries = 1
	id, err := c.Send(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for i, m := range s.Sent() {
		parts = append(parts, m.Text)
		if units(m.Text) > 4096 || (m.Buttons != nil) != (i == 2) {
			t.Errorf("piece %d: %d units, buttons %v", i, units(m.Text), m.Buttons)
		}
	}
	if len(parts) != 3 || strings.Join(parts, " ") != "Nadia\n"+strings.TrimSpace(o.Body) {
		t.Errorf("%d pieces", len(parts))
	}
	if last := s.Sent()[2]; strconv.Itoa(last.ID) != id {
		t.Errorf("id %s is not that of the last piece", id)
	}
}

func TestSendHoldsBackWhenAskedTo(t *testing.T) {
	s := bottest.Telegram(t)
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	c := channel(t, s, func(o *Options) { o.Now = func() time.Time { return now } })
	s.Script("sendMessage", s.TooMany(30))
	for i := range 3 {
		_, err := c.Send(context.Background(), out("bonjour"))
		var refusal *bot.SendError
		if !errors.As(err, &refusal) || refusal.Kind != bot.Throttled || refusal.After != 30*time.Second {
			t.Errorf("try %d: %v", i, err)
		}
	}
	if n := s.Count("sendMessage"); n != 1 {
		t.Errorf("%d requests although Telegram asked to wait", n)
	}
	now = now.Add(31 * time.Second)
	if _, err := c.Send(context.Background(), out("bonjour")); err != nil {
		t.Error(err)
	}
}

func TestSendAsksWhereSomebodyIs(t *testing.T) {
	s := bottest.Telegram(t)
	c := channel(t, s, nil)
	o := out("Où êtes-vous ?")
	o.Buttons = [][]bot.Button{{{Label: "Envoyer ma position", Data: bot.SharePlace}}}
	if _, err := c.Send(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	const want = `{"keyboard":[[{"text":"Envoyer ma position","request_location":true}]],"resize_keyboard":true,"one_time_keyboard":true}`
	if got := s.Calls("sendMessage")[0].Fields["reply_markup"]; got != want {
		t.Errorf("keys %s", got)
	}
	o.Buttons = nil
	if _, err := c.Send(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	if got, there := s.Calls("sendMessage")[1].Fields["reply_markup"]; there {
		t.Errorf("keys %s below a plain message", got)
	}
}
