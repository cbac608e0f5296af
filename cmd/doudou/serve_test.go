package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"doudou/bot/bottest"
	"doudou/bot/sms"
)

// TestServe plays the main job on the real program: families write by real
// webhooks, somebody of the relais answers from the desk, and every answer
// arrives where it must.
func TestServe(t *testing.T) {
	p := newProcess(t)
	p.start()
	story := &story{process: p, t: t}

	story.sms("+33612345678", "slt cmt on fé pr avoir 1 place en creche")
	story.sms("+33612345678", "c koi 1 nounou agréé")
	story.sms("+33612345678", "0")
	id := story.signIn()
	story.desk("take", id, "")
	story.sms("+33612345678", "g pa internet pr le dossier")
	story.desk("reply", id, "Bonjour, venez mardi matin, on le remplit ensemble.")
	story.desk("close", id, "")
	story.sms("+33612345678", "merci")

	if silent := story.after("g pa internet"); silent != "" {
		t.Errorf("the robot spoke while a person held the case: %s", silent)
	}
	if got := story.after("merci"); got == "" {
		t.Error("the robot does not answer after the case was closed")
	}
	checkReadme(t, "case", story.text.String())
	p.stop()
}

// A story is what everybody says, as it happens.
type story struct {
	t       *testing.T
	process *process
	text    strings.Builder
	turns   [][2]string // what was written, what came back
	browser *http.Client
	heard   int // messages that reached phones so far
}

// sms sends a text and notes what comes back at once.
func (s *story) sms(from, body string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	answers, err := s.process.twilio.Text(ctx, s.process.base+pathSMS, bottest.TwilioText{From: from, To: testSender, Body: body})
	if err != nil {
		s.t.Fatal(err)
	}
	s.say("family  > ", body)
	answer := ""
	for _, m := range answers {
		answer += m.Body
		s.say("Doudou    ", m.Body)
	}
	if len(answers) == 0 {
		s.text.WriteString("          (the robot is silent)\n")
	}
	s.turns = append(s.turns, [2]string{body, answer})
	s.heard = len(s.process.twilio.Sent())
}

func (s *story) say(who, what string) {
	for i, line := range strings.Split(what, "\n") {
		if openOrClosed.MatchString(line) {
			line = "[relais open: a person will answer here. Closed: by when at the latest.]"
		}
		if i > 0 {
			who = strings.Repeat(" ", len(who))
		}
		s.text.WriteString(who + line + "\n")
	}
}

// openOrClosed is the only sentence of the story that the hour of the day changes.
var openOrClosed = regexp.MustCompile(`^(Question envoyée au relais|Le relais est fermé|Relais fermé)`)

// after returns what came back to a message.
func (s *story) after(start string) string {
	for _, turn := range s.turns {
		if strings.HasPrefix(turn[0], start) {
			return turn[1]
		}
	}
	s.t.Fatalf("nobody wrote %q", start)
	return ""
}

var caseLink = regexp.MustCompile(`/desk/cases/([A-Z0-9-]+)`)

// signIn opens the desk and returns the case in the list.
func (s *story) signIn() string {
	s.t.Helper()
	s.enter()
	list := s.get(s.process.base + "/desk/")
	found := caseLink.FindStringSubmatch(list)
	if found == nil {
		s.t.Fatalf("the list shows no case:\n%s", list)
	}
	s.text.WriteString("desk      (a new case is in the list)\n")
	return found[1]
}

// enter opens the desk by the link that the service printed.
func (s *story) enter() {
	s.t.Helper()
	s.enterBy(s.process.link())
}

// enterBy opens the desk by a one-time link.
func (s *story) enterBy(link string) {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	s.browser = &http.Client{Jar: jar, Timeout: 20 * time.Second}
	s.get(link)
	u, err := url.Parse(link)
	if err != nil {
		s.t.Fatal(err)
	}
	s.post("/desk/sign-in/link", url.Values{"token": {u.Query().Get("token")}})
}

func (s *story) get(address string) string {
	s.t.Helper()
	answer, err := s.browser.Get(address)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		s.t.Fatalf("GET %s: %s %v\n%s", address, answer.Status, err, body)
	}
	return string(body)
}

// post sends a form; a second click on it may be told that it is done already.
func (s *story) post(path string, form url.Values, also ...int) {
	s.t.Helper()
	answer, err := s.browser.PostForm(s.process.base+path, form)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK && !slices.Contains(also, answer.StatusCode) {
		s.t.Fatalf("POST %s: %s\n%s", path, answer.Status, body)
	}
}

// desk does one thing to the case, twice: a double click must count once.
func (s *story) desk(do, id, text string) {
	s.t.Helper()
	form := url.Values{"once": {"form-" + do}, "text": {text}}
	if do == "reply" {
		form.Set("seen", lines(s.get(s.process.base+"/desk/cases/"+id)))
		form.Set("priced", "1")
	}
	s.post("/desk/cases/"+id+"/"+do, form)
	s.post("/desk/cases/"+id+"/"+do, form, http.StatusConflict)
	s.say("desk    > ", strings.TrimSpace(do+": "+text))
	if do == "take" {
		return
	}
	if !s.process.twilio.WaitSent(s.heard+1, 20*time.Second) {
		s.t.Fatalf("%s: nothing reached the family", do)
	}
	time.Sleep(1500 * time.Millisecond) // would a second one leave?
	sent := s.process.twilio.Sent()
	if len(sent) != s.heard+1 {
		s.t.Errorf("%s: %d messages left, want one", do, len(sent)-s.heard)
	}
	s.say("family    ", sent[len(sent)-1].Body)
	s.heard = len(sent)
}

var seenField = regexp.MustCompile(`name="seen" value="(\d+)"`)

func lines(page string) string {
	if found := seenField.FindStringSubmatch(page); found != nil {
		return found[1]
	}
	return "0"
}

// TestServeTelegram: a family in Arabic on the webhook; the same update twice
// is one message; what is not signed is none.
func TestServeTelegram(t *testing.T) {
	p := newProcess(t)
	p.start()
	_, raw := p.telegram.Update(bottest.TelegramText(42, "ar", "كم أدفع للحاضنة؟ عندي طفلان"))
	for range 3 {
		status, err := p.telegram.Deliver(context.Background(), p.base+pathTelegram, testSecret, raw)
		if err != nil || status != http.StatusOK {
			t.Fatalf("the webhook answered %d, %v", status, err)
		}
	}
	if !p.telegram.WaitSent(1, 20*time.Second) {
		t.Fatalf("no answer; it said:\n%s", p.said())
	}
	if status, _ := p.telegram.Deliver(context.Background(), p.base+pathTelegram, "wrong", raw); status != http.StatusUnauthorized {
		t.Errorf("a wrong secret was answered %d", status)
	}
	time.Sleep(time.Second)
	sent := p.telegram.SentTo(42)
	if len(sent) != 1 {
		t.Fatalf("%d answers to one message", len(sent))
	}
	if !strings.ContainsAny(sent[0].Text, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي") {
		t.Errorf("a question in Arabic was answered: %s", sent[0].Text)
	}
	p.stop()
}

// TestServePolling: without a public address Telegram is polled, and nothing is
// lost over a stop and a start.
func TestServePolling(t *testing.T) {
	p := newProcess(t, "DOUDOU_PUBLIC_URL=", "DOUDOU_TWILIO_ACCOUNT_SID=", "DOUDOU_TWILIO_AUTH_TOKEN=", "DOUDOU_TWILIO_SENDERS=")
	p.start()
	const families = 20
	for i := range families {
		p.telegram.Text(int64(100+i), "fr", "MENU")
	}
	time.Sleep(300 * time.Millisecond)
	p.stop()
	for i := range families {
		p.telegram.Text(int64(100+i), "fr", "AIDE")
	}
	p.start()
	if !p.telegram.WaitSent(2*families, 30*time.Second) {
		t.Fatalf("%d answers to %d messages; it said:\n%s", len(p.telegram.Sent()), 2*families, p.said())
	}
	for i := range families {
		if sent := p.telegram.SentTo(int64(100 + i)); len(sent) != 2 || !strings.Contains(sent[1].Text, helpMark) {
			t.Errorf("a family got %d answers, out of order or twice", len(sent))
		}
	}
	p.stop()
}

// TestServeRefuses: what must be refused at the doors, with the status that
// tells why; nothing of it is kept.
func TestServeRefuses(t *testing.T) {
	p := newProcess(t)
	p.start()
	good := bottest.TwilioText{Sid: p.twilio.Sid(), From: "+33612345678", To: testSender, Body: "bonjour"}.Form()
	twice := good.Encode() + "&Body=STOP"
	tests := []struct {
		name, path, body, signature string
		status                      int
	}{
		{"SMS unsigned", pathSMS, good.Encode(), "", 403},
		{"SMS signed for another body", pathSMS, good.Encode() + "x", bottest.TwilioSignature(bottest.TwilioToken, p.base+pathSMS, good), 403},
		{"SMS with a key twice", pathSMS, twice, bottest.TwilioSignature(bottest.TwilioToken, p.base+pathSMS, good), 400},
		{"SMS of a megabyte", pathSMS, "Body=" + strings.Repeat("a", 1<<20), "x", 413},
		{"SMS with a broken escape", pathSMS, "Body=%zz", "x", 400},
		{"report unsigned", sms.StatusPath, good.Encode(), "", 403},
		{"update unsigned", pathTelegram, `{"update_id":1}`, "", 401},
		{"update of a megabyte", pathTelegram, strings.Repeat("a", 1<<20), testSecret, 413},
		{"update that is no JSON", pathTelegram, "hello", testSecret, 400},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			req, err := http.NewRequest(http.MethodPost, p.base+tt.path, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set("X-Twilio-Signature", tt.signature)
			req.Header.Set("X-Telegram-Bot-Api-Secret-Token", tt.signature)
			answer, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != tt.status {
				t.Errorf("answered %d, want %d", answer.StatusCode, tt.status)
			}
		})
	}
	if n := len(p.twilio.Sent()) + len(p.telegram.Sent()); n != 0 {
		t.Errorf("%d answers to what was refused", n)
	}
	p.stop()
}

// TestServeNoWords: nothing that a family wrote, and no number, is in what the
// service says of itself.
func TestServeNoWords(t *testing.T) {
	p := newProcess(t, "DOUDOU_LOG=debug")
	p.start()
	s := &story{process: p, t: t}
	s.sms("+33698765432", "ma fille Zébulonne a 2 ans")
	s.sms("+33698765432", "0")
	p.update(987654321, "fr", "je suis Zébulonne Dupont")
	p.telegram.Script("sendMessage", p.telegram.BadRequest("chat not found"))
	p.update(987654322, "fr", "Zébulonne encore")
	time.Sleep(time.Second)
	p.stop()
	for _, planted := range []string{"Zébulonne", "98765432", bottest.TwilioToken, p.telegram.Token, testSecret} {
		if said := p.said(); strings.Contains(said, planted) {
			t.Errorf("the log holds %q:\n%s", planted, said)
		}
	}
}

// TestChatJSON keeps the names of `doudou chat --json`: people and programs
// rely on them.
func TestChatJSON(t *testing.T) {
	var out, errs bytes.Buffer
	p := &program{in: strings.NewReader("je veux calculer mon cmg\n1\n2\nje prefere pas dire\nje veux parler a quelqu'un\n"), out: &out, err: &errs, getenv: func(string) string { return "" }, now: time.Now}
	if code := p.run(t.Context(), []string{"chat", "--channel", "sms", "--json"}); code != 0 {
		t.Fatalf("code %d: %s", code, errs.String())
	}
	var turns []map[string]any
	for line := range strings.Lines(out.String()) {
		var turn map[string]any
		if err := json.Unmarshal([]byte(line), &turn); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"in", "lang", "intent", "dialog", "node", "replies", "case"} {
			if _, ok := turn[name]; !ok {
				t.Errorf("%q is missing in %s", name, line)
			}
		}
		turns = append(turns, turn)
	}
	if len(turns) != 5 {
		t.Fatalf("%d turns for 5 messages", len(turns))
	}
	if turns[0]["intent"] != "cmg_amount" || turns[0]["dialog"] != "cmg" || turns[0]["lang"] != "fr" {
		t.Errorf("first turn: %v", turns[0])
	}
	if _, open := turns[4]["case"].(map[string]any); !open {
		t.Errorf("asking for a person opened no case: %v", turns[4])
	}
	reply := turns[0]["replies"].([]any)[0].(map[string]any)
	if fmt.Sprint(reply["encoding"]) != "GSM-7" || reply["segments"].(float64) < 1 || len(reply["choices"].([]any)) != 3 {
		t.Errorf("reply: %v", reply)
	}
}
