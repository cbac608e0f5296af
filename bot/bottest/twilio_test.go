package bottest

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestTwilioTextUntilAnswered(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	var calls atomic.Int32
	service := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		if r.Header.Get("X-Twilio-Signature") != TwilioSignature(TwilioToken, "http://"+address+"/sms", r.PostForm) {
			t.Error("wrong signature")
		}
		switch calls.Add(1) {
		case 1:
			panic(http.ErrAbortHandler)
		case 2:
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			w.Write([]byte(`<?xml version="1.0"?><Response><Message>un &amp; deux</Message><Message>trois</Message></Response>`))
		}
	})}
	defer service.Close()
	time.AfterFunc(60*time.Millisecond, func() { // Twilio calls before the service listens
		if l, err := net.Listen("tcp", address); err == nil {
			service.Serve(l)
		}
	})
	s := Twilio(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	out, err := s.Text(ctx, "http://"+address+"/sms", TwilioText{From: "+33700000001", To: "38123", Body: "Bonjour"})
	if err != nil || len(out) != 2 || calls.Load() != 3 {
		t.Fatal(out, err, calls.Load())
	}
	if got := s.SentTo("+33700000001"); len(got) != 2 || got[0].Body != "un & deux" || got[1].Answers == "" || got[0].From != "38123" {
		t.Errorf("%+v", got)
	}
	if !s.WaitSent(2, time.Second) || s.WaitSent(3, 10*time.Millisecond) {
		t.Error("WaitSent")
	}
}

func TestReadTwiML(t *testing.T) {
	for body, n := range map[string]int{
		`<Response/>`: 0, `<Response></Response>`: 0, `<Response><Message>a</Message></Response>`: 1,
		`<Response><Message></Message></Response>`: -1, `<Response><Say>a</Say></Response>`: -1, `ok`: -1, ``: -1, `<Reponse/>`: -1,
		`<Response><Message>` + strings.Repeat("a", 1601) + `</Message></Response>`: -1,
	} {
		texts, err := ReadTwiML(body)
		if n < 0 && err == nil || n >= 0 && (err != nil || len(texts) != n) {
			t.Errorf("%.40s: %v, %v", body, texts, err)
		}
	}
}

func TestTwilioREST(t *testing.T) {
	s := Twilio(t)
	post := func(token string, form url.Values) int {
		q, _ := http.NewRequest(http.MethodPost, s.URL+"/2010-04-01/Accounts/"+TwilioAccount+"/Messages.json", strings.NewReader(form.Encode()))
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		q.SetBasicAuth(TwilioAccount, token)
		r, err := http.DefaultClient.Do(q)
		if err != nil {
			return 0
		}
		r.Body.Close()
		return r.StatusCode
	}
	good := url.Values{"To": {"+33700000001"}, "From": {"38123"}, "Body": {"Bonjour"}}
	s.Script(TwilioAnswer{Status: 429}, TwilioAnswer{Cut: true}, TwilioAnswer{Cut: true, Taken: true}, TwilioAnswer{After: time.Millisecond})
	for i, want := range []int{429, 0, 0, 201, 201} {
		if got := post(TwilioToken, good); got != want {
			t.Errorf("call %d: %d, want %d", i, got, want)
		}
	}
	if post("wrong", good) != 401 || post(TwilioToken, url.Values{"To": {"1"}}) != 400 {
		t.Error("wrong calls are accepted")
	}
	if n := len(s.Sent()); n != 3 || !s.WaitCalls(7, time.Second) {
		t.Errorf("%d sent, %d calls", n, len(s.Calls()))
	}
}

func TestTwilioReport(t *testing.T) {
	s := Twilio(t)
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		if r.PostForm.Get("MessageStatus") == "failed" && r.PostForm.Get("ErrorCode") == "21610" {
			w.WriteHeader(http.StatusNoContent)
		}
	}))
	defer service.Close()
	if status, err := s.Report(t.Context(), service.URL, s.Sid(), "failed", "21610"); status != 204 || err != nil {
		t.Error(status, err)
	}
}
