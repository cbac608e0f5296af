package bottest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"
	"unicode/utf16"
)

// A TwilioAnswer is what a TwilioServer says to one call of its REST API; the
// zero value accepts the message.
type TwilioAnswer struct {
	Status int           // HTTP status; 0 for 201
	Code   int           // Twilio's error code, in a JSON error
	Retry  string        // Retry-After header
	Body   string        // said instead of JSON, with Status (or 200)
	After  time.Duration // to wait before answering
	Hang   bool          // never answer
	Cut    bool          // close the connection instead of answering
	Taken  bool          // the message leaves all the same
}

// Script gives the answers to the next calls, in order; later calls are
// accepted.
func (s *TwilioServer) Script(answers ...TwilioAnswer) {
	s.change(func() { s.answers = append(s.answers, answers...) })
}

// create takes a message, as POST Messages.json does.
func (s *TwilioServer) create(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		twilioError(w, 400, 20001, "the form cannot be read")
		return
	}
	a := s.next(r.PostForm)
	s.pause(r, a)
	if user, password, _ := r.BasicAuth(); user != TwilioAccount || password != TwilioToken || r.PathValue("account") != TwilioAccount {
		twilioError(w, 401, 20003, "Authenticate")
		return
	}
	if code := wrongMessage(r.PostForm); code != 0 {
		twilioError(w, 400, code, "The 'To' number "+r.PostForm.Get("To")+" or another field is wrong")
		return
	}
	sid := s.Sid()
	if a.takes() {
		s.take(sid, r.PostForm)
	}
	s.give(w, r, a, sid)
}

func (a TwilioAnswer) takes() bool {
	return a.Taken || a.Status < 300 && a.Code == 0 && !a.Hang && !a.Cut && a.Body == ""
}

// next notes a call and returns its answer.
func (s *TwilioServer) next(form url.Values) (a TwilioAnswer) {
	s.change(func() {
		s.count++
		s.calls = append(s.calls, form)
		if len(s.answers) > 0 {
			a, s.answers = s.answers[0], s.answers[1:]
		}
	})
	return a
}

func (s *TwilioServer) pause(r *http.Request, a TwilioAnswer) {
	if a.After == 0 {
		return
	}
	select {
	case <-time.After(a.After):
	case <-r.Context().Done():
	case <-s.closed:
	}
}

func (s *TwilioServer) take(sid string, f url.Values) {
	m := TwilioMessage{Sid: sid, From: f.Get("From"), To: f.Get("To"), Body: f.Get("Body"), Service: f.Get("MessagingServiceSid"), Callback: f.Get("StatusCallback"), At: time.Now()}
	s.change(func() { s.sent = append(s.sent, m) })
}

// give answers a call.
func (s *TwilioServer) give(w http.ResponseWriter, r *http.Request, a TwilioAnswer, sid string) {
	switch {
	case a.Hang:
		select {
		case <-r.Context().Done():
		case <-s.closed:
		}
		panic(http.ErrAbortHandler)
	case a.Cut:
		panic(http.ErrAbortHandler)
	}
	if a.Retry != "" {
		w.Header().Set("Retry-After", a.Retry)
	}
	switch {
	case a.Body != "":
		w.WriteHeader(max(a.Status, 200))
		fmt.Fprint(w, a.Body)
	case a.Code != 0 || a.Status >= 300:
		twilioError(w, max(a.Status, 400), a.Code, "The message to "+r.PostForm.Get("To")+" was refused")
	default:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		json.NewEncoder(w).Encode(map[string]any{"sid": sid, "account_sid": TwilioAccount, "status": "queued", "to": r.PostForm.Get("To"), "num_segments": "1", "error_code": nil})
	}
}

func twilioError(w http.ResponseWriter, status, code int, words string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]any{"code": code, "message": words, "more_info": fmt.Sprintf("https://www.twilio.com/docs/errors/%d", code), "status": status})
}

// wrongMessage returns the code of what Twilio would refuse in a form, 0 when
// nothing.
func wrongMessage(f url.Values) int {
	callback, err := url.Parse(f.Get("StatusCallback"))
	switch {
	case f.Get("To") == "":
		return 21604
	case f.Get("From") == "" && f.Get("MessagingServiceSid") == "":
		return 21603
	case f.Get("Body") == "":
		return 21602
	case len(utf16.Encode([]rune(f.Get("Body")))) > 1600:
		return 21617
	case f.Get("StatusCallback") != "" && (err != nil || callback.Host == ""):
		return 21609
	}
	return 0
}
