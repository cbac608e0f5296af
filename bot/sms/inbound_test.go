package sms

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

const (
	number = "38123"
	family = "+33700000001"
)

func settings(publicURL string) Options {
	return Options{AccountSid: bottest.TwilioAccount, AuthToken: bottest.TwilioToken, Senders: []string{number, "+33939000001"}, PublicURL: publicURL, Rate: 1000}
}

// inbound is where the tests serve messages.
const inbound = "/sms/inbound"

// channel makes a channel of settings, with whoever is not needed left out.
func channel(t testing.TB, o Options) *Channel {
	t.Helper()
	if o.Converse == nil {
		o.Converse = new(counter).converse
	}
	if o.Store == nil {
		o.Store = noted(func(string, bot.Delivery) error { return nil })
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// noted is a Store.
type noted func(sent string, d bot.Delivery) error

func (n noted) Delivered(_ context.Context, ch bot.Channel, sent string, d bot.Delivery) error {
	if ch != bot.SMS {
		return errors.New("not ours")
	}
	return n(sent, d)
}

// A tally counts by name.
type tally struct {
	sync.Mutex
	n map[string]int
}

func (c *tally) count(name string) {
	c.Lock()
	defer c.Unlock()
	if c.n == nil {
		c.n = map[string]int{}
	}
	c.n[name]++
}

// A desk of the service: answers each message once and remembers.
type counter struct {
	tally
	answer    func(m bot.Message) []bot.Outgoing
	err       error
	got       []bot.Message
	delivered []bot.Outgoing
}

func (c *counter) converse(_ context.Context, m bot.Message) ([]bot.Outgoing, error) {
	c.Lock()
	defer c.Unlock()
	if c.err != nil {
		return nil, c.err
	}
	c.got = append(c.got, m)
	if c.answer == nil {
		return nil, nil
	}
	return c.answer(m), nil
}

func (c *counter) left(_ context.Context, out []bot.Outgoing) {
	c.Lock()
	defer c.Unlock()
	c.delivered = append(c.delivered, out...)
}

func (c *counter) messages() (got []bot.Message, delivered []bot.Outgoing) {
	c.Lock()
	defer c.Unlock()
	return c.got, c.delivered
}

// open serves the webhook of messages on loopback, at its own public URL.
func (c *counter) open(t testing.TB, change func(*Options)) (webhook string) {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	o := settings(server.URL)
	o.Converse, o.Delivered, o.Count, o.Now = c.converse, c.left, c.count, func() time.Time { return time.Unix(1_800_000_000, 0) }
	if change != nil {
		change(&o)
	}
	mux.Handle(inbound, channel(t, o).Inbound())
	return server.URL + inbound
}

func saying(texts ...string) func(bot.Message) []bot.Outgoing {
	return func(m bot.Message) (out []bot.Outgoing) {
		for i, text := range texts {
			out = append(out, bot.Outgoing{ID: int64(i + 1), To: m.From, Body: text})
		}
		return out
	}
}

func TestInbound(t *testing.T) {
	c := &counter{answer: saying("L’accueil <ouvre> & c'est \"bien\"\x07\nà 9h", "Suite")}
	webhook := c.open(t, nil)
	twilio := bottest.Twilio(t)
	text := bottest.TwilioText{Sid: twilio.Sid(), From: family, To: number, Body: "Bonjour\x00, ça va ? 👶"}
	out, err := twilio.Text(t.Context(), webhook, text)
	if err != nil {
		t.Fatal(err)
	}
	if len(out) != 2 || out[0].Body != "L'accueil <ouvre> & c'est \"bien\"\nà 9h" || out[1].Body != "Suite" || out[0].To != family || out[0].From != number {
		t.Errorf("%+v", out)
	}
	want := bot.Message{
		Channel: bot.SMS, Provider: text.Sid, From: bot.Address{Channel: bot.SMS, ID: family, To: number},
		Kind: bot.Text, Text: "Bonjour, ça va ? 👶", At: time.Unix(1_800_000_000, 0),
	}
	waitFor(t, func() bool { _, d := c.messages(); return len(d) == 2 })
	if got, delivered := c.messages(); len(got) != 1 || got[0] != want || delivered[0].ID != 1 || delivered[1].ID != 2 {
		t.Errorf("%+v\n%+v", got, delivered)
	}
}

func waitFor(t *testing.T, holds func() bool) {
	t.Helper()
	for late := time.Now().Add(5 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("nothing happened in 5 s")
		}
	}
}

func TestInboundKinds(t *testing.T) {
	c := &counter{}
	webhook := c.open(t, nil)
	twilio := bottest.Twilio(t)
	for _, k := range []struct {
		more url.Values
		kind bot.MessageKind
		data string
	}{
		{nil, bot.Text, ""},
		{url.Values{"NumMedia": {"2"}, "MediaUrl0": {"https://example/1"}}, bot.Media, ""},
		{url.Values{"NumMedia": {"many"}}, bot.Text, ""},
		{url.Values{"OptOutType": {"STOP"}}, bot.Text, "STOP"},
		{url.Values{"OptOutType": {"other"}}, bot.Text, ""},
		{url.Values{"From": {"InfoVille"}, "To": {"+33939000001"}}, bot.Text, ""},
	} {
		out, err := twilio.Text(t.Context(), webhook, bottest.TwilioText{From: family, To: number, Body: "oui", More: k.more})
		if err != nil || len(out) != 0 {
			t.Fatalf("%v: %v, %v", k.more, out, err)
		}
		got, delivered := c.messages()
		if m := got[len(got)-1]; m.Kind != k.kind || m.Data != k.data {
			t.Errorf("%v: %+v", k.more, m)
		}
		if len(delivered) > 0 {
			t.Errorf("silence was marked as sent: %v", delivered)
		}
	}
}

// The same MessageSid gets the same bytes.
func TestInboundAgain(t *testing.T) {
	c := &counter{answer: saying("Une réponse", "et une autre")}
	webhook := c.open(t, nil)
	twilio := bottest.Twilio(t)
	form := bottest.TwilioText{Sid: twilio.Sid(), From: family, To: number, Body: "1"}.Form()
	var first string
	for i := range 20 {
		status, body, err := twilio.Post(t.Context(), webhook, form)
		if err != nil || status != http.StatusOK {
			t.Fatal(status, err)
		}
		if i == 0 {
			first = body
		}
		if body != first {
			t.Fatalf("%q, then %q", first, body)
		}
	}
	if want := `<?xml version="1.0" encoding="UTF-8"?><Response><Message>Une réponse</Message><Message>et une autre</Message></Response>`; first != want {
		t.Errorf("%s", first)
	}
}

// Only what is for the person who wrote may be in the answer.
func TestInboundAnswersNobodyElse(t *testing.T) {
	c := &counter{answer: func(m bot.Message) []bot.Outgoing {
		other := bot.Outgoing{ID: 9, To: bot.Address{Channel: bot.SMS, ID: "+33700000002"}, Body: "pour un autre"}
		return append([]bot.Outgoing{other}, saying("pour vous")(m)...)
	}}
	twilio := bottest.Twilio(t)
	out, err := twilio.Text(t.Context(), c.open(t, nil), bottest.TwilioText{From: family, To: number, Body: "1"})
	if err != nil || len(out) != 1 || out[0].Body != "pour vous" {
		t.Fatal(out, err)
	}
	waitFor(t, func() bool { _, d := c.messages(); return len(d) == 1 && d[0].ID == 1 })
}

func TestInboundNotKept(t *testing.T) {
	c := &counter{err: errors.New("the disk is full")}
	webhook := c.open(t, nil)
	twilio := bottest.Twilio(t)
	r := post(t, webhook, bottest.TwilioText{Sid: twilio.Sid(), From: family, To: number, Body: "1"}.Form().Encode(), nil)
	if r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") != "5" || c.n["sms_not_kept"] != 1 {
		t.Error(r.Status, r.Header, c.n)
	}
}

// When the budget is spent Twilio is told to say nothing; the message is kept.
func TestInboundLate(t *testing.T) {
	c := &counter{}
	webhook := c.open(t, func(o *Options) {
		o.Budget = 20 * time.Millisecond
		o.Converse = func(ctx context.Context, _ bot.Message) ([]bot.Outgoing, error) {
			<-ctx.Done()
			return nil, nil
		}
	})
	twilio := bottest.Twilio(t)
	status, body, err := twilio.Post(t.Context(), webhook, bottest.TwilioText{Sid: twilio.Sid(), From: family, To: number, Body: "1"}.Form())
	if err != nil || status != 200 || body != silence {
		t.Error(status, body, err)
	}
}

// A message is kept even if Twilio hangs up, and what it has not received is not
// marked as sent.
func TestInboundHungUp(t *testing.T) {
	c := &counter{}
	begun, kept := make(chan bool), make(chan error, 1)
	o := settings("https://doudou.example")
	o.Delivered, o.Count = c.left, c.count
	o.Converse = func(ctx context.Context, m bot.Message) ([]bot.Outgoing, error) {
		<-begun
		kept <- ctx.Err()
		return saying("trop tard")(m), nil
	}
	handler := channel(t, o).Inbound()
	ctx, hangUp := context.WithCancel(t.Context())
	q := signedRequest(ctx, "https://doudou.example", inbound, bottest.TwilioText{Sid: bottest.Twilio(t).Sid(), From: family, To: number}.Form().Encode())
	done := make(chan bool)
	go func() {
		handler.ServeHTTP(deaf{httptest.NewRecorder()}, q)
		close(done)
	}()
	hangUp()
	close(begun)
	<-done
	select {
	case err := <-kept:
		if err != nil {
			t.Error("the message was given up with the connection:", err)
		}
	default:
		t.Error("the message was refused")
	}
	if _, delivered := c.messages(); len(delivered) > 0 || c.n["sms_answer_lost"] != 1 {
		t.Error(delivered, c.n)
	}
}

// A deaf writer stands for a connection that was closed.
type deaf struct{ *httptest.ResponseRecorder }

func (deaf) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func signedRequest(ctx context.Context, publicURL, uri, body string) *http.Request {
	q := httptest.NewRequestWithContext(ctx, http.MethodPost, uri, strings.NewReader(body))
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	form, _ := url.ParseQuery(body)
	q.Header.Set("X-Twilio-Signature", bottest.TwilioSignature(bottest.TwilioToken, publicURL+uri, form))
	return q
}

// post posts a raw body, signed as it is unless change says otherwise.
func post(t testing.TB, webhook, body string, change func(*http.Request)) *http.Response {
	t.Helper()
	q, err := http.NewRequest(http.MethodPost, webhook, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	form, _ := url.ParseQuery(body)
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	q.Header.Set("X-Twilio-Signature", bottest.TwilioSignature(bottest.TwilioToken, webhook, form))
	if change != nil {
		change(q)
	}
	r, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, r.Body)
	r.Body.Close()
	return r
}

func TestInboundRefuses(t *testing.T) {
	c := &counter{}
	webhook := c.open(t, nil)
	good := bottest.TwilioText{Sid: "SM0000000000000000000000000000000a", From: family, To: number, Body: "oui"}
	with := func(more url.Values) string { g := good; g.More = more; return g.Form().Encode() }
	without := func(key string) string { f := good.Form(); f.Del(key); return f.Encode() }
	for name, k := range map[string]struct {
		body   string
		change func(*http.Request)
		status int
		count  string
	}{
		"GET":                     {"", func(q *http.Request) { q.Method = http.MethodGet }, 405, "method"},
		"JSON":                    {`{"Body":"oui"}`, header("Content-Type", "application/json"), 415, "media"},
		"no media type":           {with(nil), func(q *http.Request) { q.Header.Del("Content-Type") }, 415, "media"},
		"multipart":               {with(nil), header("Content-Type", "multipart/form-data; boundary=x"), 415, "media"},
		"too large":               {with(url.Values{"Body": {strings.Repeat("a", 64<<10)}}), nil, 413, "size"},
		"too large, chunked":      {with(url.Values{"Body": {strings.Repeat("a", 64<<10)}}), func(q *http.Request) { q.ContentLength = -1 }, 413, "size"},
		"bad escape":              {with(nil) + "&x=%zz", nil, 400, "encoding"},
		"half an escape":          {with(nil) + "&x=%e", nil, 400, "encoding"},
		"semicolon":               {with(nil) + ";x=1", nil, 400, "encoding"},
		"not UTF-8":               {with(url.Values{"Body": {"a\xff"}}), nil, 400, "encoding"},
		"repeated key":            {with(nil) + "&Body=STOP", nil, 400, "repeated"},
		"repeated, signed before": {with(nil) + "&Body=STOP", header("X-Twilio-Signature", bottest.TwilioSignature(bottest.TwilioToken, webhook, good.Form())), 400, "repeated"},
		"unsigned":                {with(nil), func(q *http.Request) { q.Header.Del("X-Twilio-Signature") }, 403, "unsigned"},
		"two signatures":          {with(nil), func(q *http.Request) { q.Header.Add("X-Twilio-Signature", "x") }, 403, "unsigned"},
		"wrong signature":         {with(nil), header("X-Twilio-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="), 403, "signature"},
		"another token":           {with(nil), header("X-Twilio-Signature", bottest.TwilioSignature("another", webhook, good.Form())), 403, "signature"},
		"signed for another host": {with(nil), func(q *http.Request) {
			q.Host = "evil.example"
			q.Header.Set("X-Forwarded-Host", "evil.example")
			q.Header.Set("X-Twilio-Signature", bottest.TwilioSignature(bottest.TwilioToken, "http://evil.example"+inbound, good.Form()))
		}, 403, "signature"},
		"another query":   {with(nil), func(q *http.Request) { q.URL.RawQuery = "a=1" }, 403, "signature"},
		"another account": {with(url.Values{"AccountSid": {"AC00000000000000000000000000000002"}}), nil, 403, "account"},
		"no account":      {without("AccountSid"), nil, 403, "account"},
		"no sid":          {without("MessageSid"), nil, 400, "sid"},
		"odd sid":         {with(url.Values{"MessageSid": {"SM1"}}), nil, 400, "sid"},
		"sid with a line": {with(url.Values{"MessageSid": {good.Sid + "\n"}}), nil, 400, "sid"},
		"not our number":  {with(url.Values{"To": {"+33939999999"}}), nil, 403, "number"},
		"no number":       {without("To"), nil, 400, "party"},
		"from nobody":     {without("From"), nil, 400, "party"},
		"from a line":     {with(url.Values{"From": {"+337\r\n"}}), nil, 400, "party"},
		"from too long":   {with(url.Values{"From": {strings.Repeat("1", 65)}}), nil, 400, "party"},
		"no body":         {without("Body"), nil, 400, "text"},
		"boundary moved":  {strings.Replace(with(nil), "Body=oui", "Bod=youi", 1), header("X-Twilio-Signature", bottest.TwilioSignature(bottest.TwilioToken, webhook, good.Form())), 400, "text"},
	} {
		before := c.n["sms_refused_"+k.count]
		r := post(t, webhook, k.body, k.change)
		if r.StatusCode != k.status || c.n["sms_refused_"+k.count] != before+1 {
			t.Errorf("%s: %s, counted %v", name, r.Status, c.n)
		}
	}
	if got, delivered := c.messages(); len(got) > 0 || len(delivered) > 0 {
		t.Errorf("a refused request got through: %v %v", got, delivered)
	}
	if r := post(t, webhook, with(nil), nil); r.StatusCode != 200 {
		t.Error("the good request is refused:", r.Status)
	}
}

func header(name, value string) func(*http.Request) {
	return func(q *http.Request) { q.Header.Set(name, value) }
}

// The cases of testdata/signatures.json were signed by Twilio's own helper for
// Node (npm twilio).
func TestSignatures(t *testing.T) {
	raw, err := os.ReadFile("testdata/signatures.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name      string
		PublicURL string `json:"public_url"`
		URI       string `json:"request_uri"`
		Body      string
		Form      map[string]string
		Signature string
	}
	if err := json.Unmarshal(raw, &cases); err != nil || len(cases) < 12 {
		t.Fatal(len(cases), err)
	}
	for _, k := range cases {
		c := &counter{}
		o := settings(k.PublicURL)
		o.Converse, o.Count = c.converse, c.count
		handler := channel(t, o).Inbound()
		for _, wrong := range []bool{false, true} {
			q := httptest.NewRequest(http.MethodPost, k.URI, strings.NewReader(k.Body))
			q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			q.Header.Set("X-Twilio-Signature", k.Signature)
			if wrong {
				q.RequestURI += "x"
			}
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, q)
			if want := map[bool]int{false: 200, true: 403}[wrong]; w.Code != want {
				t.Errorf("%s (altered %v): %d, %v", k.Name, wrong, w.Code, c.n)
			}
		}
		if len(c.got) != 1 || c.got[0].Text != strings.ReplaceAll(k.Form["Body"], "\x00", "") {
			t.Errorf("%s: %+v", k.Name, c.got)
		}
	}
}

func FuzzForm(f *testing.F) {
	good := bottest.TwilioText{Sid: "SM0000000000000000000000000000000a", From: family, To: number, Body: "oui"}.Form().Encode()
	for _, s := range []string{good, good + "&Body=STOP", good + "&%", "", "&&=&", "a;b", strings.Replace(good, "oui", "%ff%00", 1)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		c := &counter{answer: saying("ok")}
		o := settings("https://doudou.example")
		o.Converse, o.Delivered, o.Count = c.converse, c.left, c.count
		handler := channel(t, o).Inbound()
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, signedRequest(t.Context(), "https://doudou.example", inbound, body))
		if (w.Code == 200) != (len(c.got) == 1) || w.Code != 200 && len(c.n) != 1 {
			t.Errorf("%d for %q: %v, %v", w.Code, body, c.got, c.n)
		}
		for _, m := range c.got {
			if m.Provider == "" || m.From.ID == "" || m.From.To != number || strings.ContainsRune(m.Text, 0) {
				t.Errorf("%+v", m)
			}
		}
	})
}

func BenchmarkInbound(b *testing.B) {
	c := &counter{}
	c.answer = saying(french)
	webhook := c.open(b, func(o *Options) {
		o.Converse = func(_ context.Context, m bot.Message) ([]bot.Outgoing, error) { return saying(french)(m), nil }
		o.Delivered = func(context.Context, []bot.Outgoing) {}
	})
	twilio := bottest.Twilio(b)
	b.SetParallelism(8)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := twilio.Text(b.Context(), webhook, bottest.TwilioText{From: family, To: number, Body: "oui"}); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "texts/s")
}
