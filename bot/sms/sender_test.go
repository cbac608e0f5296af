package sms

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

func newTestSender(t testing.TB, serverURL string, change func(*Options)) *Channel {
	t.Helper()
	o := settings("https://doudou.example/")
	o.ServerURL = serverURL
	if change != nil {
		change(&o)
	}
	return channel(t, o)
}

func outgoing(body string) bot.Outgoing {
	return bot.Outgoing{ID: 1, To: bot.Address{Channel: bot.SMS, ID: family, To: number}, Body: body}
}

func TestSend(t *testing.T) {
	twilio := bottest.Twilio(t)
	const service = "MG00000000000000000000000000000001"
	for name, k := range map[string]struct {
		to            string
		service       string
		from, through string
	}{
		"the number written to":         {"+33939000001", "", "+33939000001", ""},
		"the same, with a service":      {"+33939000001", service, "+33939000001", ""},
		"nobody wrote":                  {"", "", number, ""},
		"nobody wrote, with a service":  {"", service, "", service},
		"a number that we have no more": {"+33939000009", "", number, ""},
	} {
		s := newTestSender(t, twilio.URL, func(o *Options) { o.MessagingService = k.service })
		o := outgoing("L’atelier est complet…")
		o.To.To, o.Lead = k.to, "Awa (relais)"
		sent, err := s.Send(t.Context(), o)
		if err != nil {
			t.Fatal(name, err)
		}
		all := twilio.SentTo(family)
		m := all[len(all)-1]
		if m.Sid != sent || m.From != k.from || m.Service != k.through || m.Body != "Awa (relais): L'atelier est complet..." || m.Callback != "https://doudou.example/sms/status" {
			t.Errorf("%s: %+v", name, m)
		}
	}
	if form := twilio.Calls()[0]; form.Get("SmartEncoded") != "true" || len(form) != 5 {
		t.Errorf("%v", form)
	}
}

// What Twilio may answer, and what is decided.
func TestSendRefused(t *testing.T) {
	page := "<html>502 Bad Gateway</html>"
	for name, k := range map[string]struct {
		answer bottest.TwilioAnswer
		kind   bot.SendKind
		code   string
	}{
		"said STOP":           {bottest.TwilioAnswer{Status: 400, Code: 21610}, bot.Unwanted, "21610"},
		"no such number":      {bottest.TwilioAnswer{Status: 400, Code: 21211}, bot.Permanent, "21211"},
		"landline":            {bottest.TwilioAnswer{Status: 400, Code: 21614}, bot.Permanent, "21614"},
		"no route":            {bottest.TwilioAnswer{Status: 400, Code: 21612}, bot.Permanent, "21612"},
		"filtered":            {bottest.TwilioAnswer{Status: 400, Code: 30007}, bot.Permanent, "30007"},
		"country":             {bottest.TwilioAnswer{Status: 403, Code: 21408}, bot.OurFault, "21408"},
		"credentials":         {bottest.TwilioAnswer{Status: 401, Code: 20003}, bot.OurFault, "20003"},
		"no body":             {bottest.TwilioAnswer{Status: 400, Code: 21602}, bot.OurFault, "21602"},
		"sender":              {bottest.TwilioAnswer{Status: 400, Code: 21603}, bot.OurFault, "21603"},
		"too long":            {bottest.TwilioAnswer{Status: 400, Code: 21617}, bot.OurFault, "21617"},
		"a code of tomorrow":  {bottest.TwilioAnswer{Status: 400, Code: 29999}, bot.OurFault, "29999"},
		"too fast":            {bottest.TwilioAnswer{Status: 429, Code: 20429, Retry: "7"}, bot.Throttled, "20429"},
		"too fast, a page":    {bottest.TwilioAnswer{Status: 429, Body: page, Retry: "7"}, bot.Throttled, "429"},
		"queue full":          {bottest.TwilioAnswer{Status: 400, Code: 30001}, bot.Trouble, "30001"},
		"trouble":             {bottest.TwilioAnswer{Status: 500, Code: 20500}, bot.Trouble, "20500"},
		"trouble, no code":    {bottest.TwilioAnswer{Status: 503, Body: "{}"}, bot.Trouble, "503"},
		"trouble, a page":     {bottest.TwilioAnswer{Status: 502, Body: page}, bot.Trouble, "502"},
		"a proxy's page":      {bottest.TwilioAnswer{Status: 403, Body: page}, bot.OurFault, "403"},
		"a proxy's JSON":      {bottest.TwilioAnswer{Status: 407, Body: `{"error":"proxy"}`}, bot.OurFault, "407"},
		"a redirect":          {bottest.TwilioAnswer{Status: 302, Body: page}, bot.Trouble, "302"},
		"a page with 200":     {bottest.TwilioAnswer{Status: 200, Body: page}, bot.Unknown, "no sid"},
		"nothing in the JSON": {bottest.TwilioAnswer{Status: 201, Body: "{}"}, bot.Unknown, "no sid"},
		"null":                {bottest.TwilioAnswer{Status: 201, Body: "null"}, bot.Unknown, "no sid"},
		"an odd sid":          {bottest.TwilioAnswer{Status: 201, Body: `{"sid":"1"}`}, bot.Unknown, "no sid"},
		"cut":                 {bottest.TwilioAnswer{Cut: true}, bot.Unknown, "no answer"},
		"silence":             {bottest.TwilioAnswer{Hang: true}, bot.Unknown, "no answer"},
		"silence, but sent":   {bottest.TwilioAnswer{Hang: true, Taken: true}, bot.Unknown, "no answer"},
	} {
		t.Run(name, func(t *testing.T) {
			twilio := bottest.Twilio(t)
			twilio.Script(k.answer)
			s := newTestSender(t, twilio.URL, nil)
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			sent, err := s.Send(ctx, outgoing("Bonjour"))
			e := wantError(t, err, k.kind, k.code)
			if sent != "" || (e.Kind == bot.Throttled) != (e.After == 7*time.Second) {
				t.Errorf("%q, %+v", sent, e)
			}
		})
	}
}

// wantError checks the decision, and that the error says nothing private.
func wantError(t *testing.T, err error, kind bot.SendKind, code string) *bot.SendError {
	t.Helper()
	e := (*bot.SendError)(nil)
	if !errors.As(err, &e) {
		t.Fatalf("%T: %v", err, err)
	}
	if e.Kind != kind || e.Code != code {
		t.Errorf("kind %d, %v; want %d, %s", e.Kind, e, kind, code)
	}
	for _, secret := range []string{family, family[1:], bottest.TwilioToken, "Bonjour"} {
		if text := fmt.Sprintf("%v %+v %#v", err, e.Err, e.Err); strings.Contains(text, secret) {
			t.Errorf("the error holds %q: %s", secret, text)
		}
	}
	return e
}

func TestSendUnreached(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	l.Close()
	_, err = newTestSender(t, address, nil).Send(t.Context(), outgoing("Bonjour"))
	wantError(t, err, bot.Trouble, "network")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = newTestSender(t, address, nil).Send(ctx, outgoing("Bonjour"))
	if e := (*bot.SendError)(nil); !errors.As(err, &e) || e.Kind == bot.Unknown {
		t.Error("nothing left, but it is not known:", err)
	}
}

func TestSendWrongLength(t *testing.T) {
	twilio := bottest.Twilio(t)
	s := newTestSender(t, twilio.URL, nil)
	for _, body := range []string{"", "\u200b", strings.Repeat("a", 1601)} {
		_, err := s.Send(t.Context(), outgoing(body))
		wantError(t, err, bot.Permanent, "length")
	}
	if n := len(twilio.Calls()); n != 0 {
		t.Errorf("%d calls", n)
	}
}

// Each sender has its own rate.
func TestSendPaced(t *testing.T) {
	twilio := bottest.Twilio(t)
	s := newTestSender(t, twilio.URL, func(o *Options) { o.Rate = 1 })
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if _, err := s.Send(ctx, outgoing("un")); err != nil {
		t.Fatal(err)
	}
	_, err := s.Send(ctx, outgoing("deux"))
	if e := wantError(t, err, bot.Throttled, "rate"); e.After != time.Second {
		t.Error(e.After)
	}
	other := outgoing("trois")
	other.To.To = "+33939000001"
	if _, err := s.Send(ctx, other); err != nil {
		t.Error(err)
	}
	if n := len(twilio.Sent()); n != 2 {
		t.Errorf("%d left", n)
	}
}

// Refusals are read whole, so that the connection serves again.
func TestSendKeepsItsConnection(t *testing.T) {
	twilio := bottest.Twilio(t)
	for range 20 {
		twilio.Script(bottest.TwilioAnswer{Status: 502, Body: "<html>" + strings.Repeat("x", 5000)})
	}
	s := newTestSender(t, twilio.URL, nil)
	dialled := 0
	network := s.network.(*http.Transport)
	dial := network.DialContext
	network.DialContext = func(ctx context.Context, n, a string) (net.Conn, error) {
		dialled++
		return dial(ctx, n, a)
	}
	for range 20 {
		_, err := s.Send(t.Context(), outgoing("Bonjour"))
		wantError(t, err, bot.Trouble, "502")
	}
	if dialled != 1 {
		t.Errorf("%d connections for 20 refusals", dialled)
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": time.Second, "0": time.Second, "-4": time.Second, "12": 12 * time.Second, "soon": time.Second, "99999999": time.Hour,
		"Sun, 01 Nov 2026 12:00:30 GMT": 30 * time.Second, "Sun, 01 Nov 2020 12:00:30 GMT": time.Second,
	} {
		if got := wait(header, now); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for _, o := range []Options{{}, settings("https://doudou.example")} {
		if _, err := New(o); err == nil {
			t.Errorf("%v is accepted", o)
		}
	}
	var _ bot.Sender = (*Channel)(nil)
}

func BenchmarkSend(b *testing.B) {
	twilio := bottest.Twilio(b)
	s := newTestSender(b, twilio.URL, func(o *Options) { o.Rate = 1000 })
	for _, limit := range s.limits {
		limit.SetLimit(1e9)
	}
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := s.Send(b.Context(), outgoing(french)); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "texts/s")
	if n := len(twilio.Sent()); n < b.N || slices.ContainsFunc(twilio.Sent(), func(m bottest.TwilioMessage) bool { return m.Body != french }) {
		b.Errorf("%d of %d arrived", n, b.N)
	}
}
