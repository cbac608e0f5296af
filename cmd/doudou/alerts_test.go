package main

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"doudou/bot/bottest"
)

// TestStaffAreTold plays it on the real program: a family calls a person by SMS,
// and within a minute an agent has an e-mail, once, without a word of the family.
func TestStaffAreTold(t *testing.T) {
	mail := bottest.Mail(t)
	p := newProcess(t, "DOUDOU_SMTP_URL="+mail.URL, "DOUDOU_MAIL_FROM=Doudou <doudou@ville.example>")
	p.start()
	story := &story{process: p, t: t}
	p.email("coordination", "coordination@ville.example")
	story.enter()
	story.post("/desk/me/alerts", url.Values{"mail": {"yes"}, "hours": {"any"}})

	called := time.Now()
	story.sms("+33612345678", "mon fils Youssef a de la fievre, c koi les horaires de la pmi")
	story.sms("+33612345678", "0")
	id := caseLink.FindStringSubmatch(story.get(p.base + "/desk/"))[1]
	if !mail.WaitLetters(1, time.Minute) {
		t.Fatalf("no e-mail within a minute; the service said:\n%s", p.said())
	}
	t.Logf("the e-mail came %.1f s after the call", time.Since(called).Seconds())
	letter := mail.Letters()[0]
	if letter.To != "coordination@ville.example" || !strings.Contains(letter.Body, p.base+"/desk/cases/"+id) {
		t.Errorf("the letter is\n%s", letter.Raw)
	}
	for _, word := range []string{"Youssef", "fils", "fievre", "horaires", "612345678"} {
		if strings.Contains(strings.ToLower(letter.Raw), strings.ToLower(word)) {
			t.Errorf("the letter holds %q of the family:\n%s", word, letter.Raw)
		}
	}
	p.kill()
	p.start()
	time.Sleep(7 * time.Second) // would it be told again?
	if n := len(mail.Letters()); n != 1 {
		t.Errorf("%d e-mails left, want one", n)
	}
	if said := p.said(); strings.Contains(said, "coordination@") {
		t.Errorf("the log holds an address:\n%s", said)
	}
	p.stop()
}

// email gives an agent an e-mail address, as a command beside the service would.
func (p *process) email(login, address string) {
	p.t.Helper()
	folder := ""
	for _, setting := range p.env {
		if value, ok := strings.CutPrefix(setting, "DOUDOU_DATA="); ok {
			folder = value
		}
	}
	s, err := openStore(p.t.Context(), &program{now: time.Now}, config{data: folder}, false)
	if err != nil {
		p.t.Fatal(err)
	}
	defer s.Close()
	agent, err := s.Agent(p.t.Context(), login)
	if err != nil {
		p.t.Fatal(err)
	}
	agent.Email = address
	if err := s.SaveAgent(p.t.Context(), agent); err != nil {
		p.t.Fatal(err)
	}
}
