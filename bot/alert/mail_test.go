package alert

import (
	"errors"
	"strings"
	"testing"

	"doudou/bot/bottest"
)

func TestMailer(t *testing.T) {
	server := bottest.Mail(t)
	m, err := NewMailer(server.URL, "Doudou <doudou@ville.example>")
	if err != nil {
		t.Fatal(err)
	}
	letter := Message{Subject: "Doudou : 1 famille attend une réponse", Body: "Bonjour Léa,\n\n.un point au début\nDemande 4182", Urgent: true}
	for _, test := range []struct {
		what, command, answer string
		why                   string // of the refusal; "" when the letter leaves
	}{
		{"all is well", "", "", ""},
		{"no such person", "RCPT", "550 no such user", "smtp 550"},
		{"come back later", ".", "451 later", "smtp 451"},
		{"the server hangs up before the letter", "MAIL", "", "no answer"},
		{"the goodbye is refused: the letter has left", "QUIT", "", ""},
	} {
		before := len(server.Letters())
		if test.command != "" {
			server.Answer(test.command, test.answer)
		}
		err := m.Carry(t.Context(), "lea@ville.example", letter)
		var refusal *Refusal
		if test.why == "" && err != nil || test.why != "" && (!errors.As(err, &refusal) || string(refusal.Why) != test.why) {
			t.Errorf("%s: %v, want %q", test.what, err, test.why)
		}
		if left := len(server.Letters()) - before; (left == 1) != (test.why == "") {
			t.Errorf("%s: %d letters left", test.what, left)
		}
		if err != nil && strings.Contains(err.Error(), "lea@") {
			t.Errorf("%s: the error holds an address: %v", test.what, err)
		}
	}
	got := server.Letters()[0]
	if got.To != "lea@ville.example" || got.From != "doudou@ville.example" || got.Subject != letter.Subject || strings.TrimSpace(got.Body) != letter.Body {
		t.Errorf("the letter is %+v", got)
	}
	if got.Header.Get("Auto-Submitted") != "auto-generated" || got.Header.Get("Importance") == "" {
		t.Errorf("its head is %v", got.Header)
	}
}

func TestMailSettingsThatAreWrong(t *testing.T) {
	for _, test := range []struct{ server, from string }{
		{"", "doudou@ville.example"},
		{"https://ville.example", "doudou@ville.example"},
		{"smtp://", "doudou@ville.example"},
		{"smtp://mail.ville.example:port", "doudou@ville.example"},
		{"smtp://mail.ville.example:70000", "doudou@ville.example"},
		{"smtp://mail.ville.example/path", "doudou@ville.example"},
		{"smtp://mail.ville.example", "Doudou"},
	} {
		_, err := NewMailer(test.server, test.from)
		if err == nil {
			t.Errorf("%q from %q is taken", test.server, test.from)
		}
	}
	if _, err := NewMailer("smtp://awa:s3cret@mail ville", "doudou@ville.example"); err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("the error holds the password: %v", err)
	}
}

// TestMailIsPrivate: a server elsewhere that offers no private connection gets
// neither the password nor the letter.
func TestMailIsPrivate(t *testing.T) {
	server := bottest.Mail(t)
	m, err := NewMailer(strings.Replace(server.URL, "smtp://127.0.0.1", "smtp://awa:s3cret@127.0.0.1.nip.invalid", 1), "doudou@ville.example")
	if err != nil {
		t.Fatal(err)
	}
	m.host = "127.0.0.1" // where that name would lead
	if err := m.Carry(t.Context(), "lea@ville.example", Message{Subject: "x", Body: "y"}); err == nil || len(server.Letters()) > 0 {
		t.Errorf("the letter left in the open: %v", err)
	}
}
