package sms

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

func TestStatus(t *testing.T) {
	twilio := bottest.Twilio(t)
	var c tally
	var sent string
	var got bot.Delivery
	var trouble error
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	defer server.Close()
	now := time.Unix(1_800_000_000, 0)
	o := settings(server.URL)
	o.Count, o.Now = c.count, func() time.Time { return now }
	o.Store = noted(func(id string, d bot.Delivery) error {
		sent, got = id, d
		return trouble
	})
	mux.Handle(StatusPath, channel(t, o).Status())
	for _, k := range []struct {
		state, code string
		want        bot.Delivery
	}{
		{"accepted", "", bot.Delivery{Rank: 1}},
		{"queued", "", bot.Delivery{Rank: 2}},
		{"sending", "", bot.Delivery{Rank: 3}},
		{"sent", "", bot.Delivery{Rank: 4}},
		{"delivered", "", bot.Delivery{Rank: 6, Final: true}},
		{"undelivered", "30003", bot.Delivery{Rank: 6, Final: true}},
		{"undelivered", "30005", bot.Delivery{Rank: 6, Final: true}},
		{"failed", "21610", bot.Delivery{Rank: 6, Final: true, Stop: true}},
		{"sent", "30004", bot.Delivery{Rank: 4, Final: true}},
		{"sent", "30006", bot.Delivery{Rank: 4, Final: true}},
		{"failed", "123456789", bot.Delivery{Rank: 6, Final: true}},
	} {
		sid := twilio.Sid()
		status, err := twilio.Report(t.Context(), server.URL+StatusPath, sid, k.state, k.code)
		if err != nil || status != http.StatusNoContent {
			t.Fatal(k, status, err)
		}
		k.want.State, k.want.Code, k.want.At = k.state, k.code[:min(8, len(k.code))], now
		if sent != sid || got != k.want {
			t.Errorf("%s %s: %q %+v", k.state, k.code, sent, got)
		}
	}

	got = bot.Delivery{}
	if status, err := twilio.Report(t.Context(), server.URL+StatusPath, twilio.Sid(), "dreaming", ""); status != 204 || err != nil || got.State != "" || c.n["sms_status_unknown"] != 1 {
		t.Error("a state of the future:", status, err, got)
	}
	trouble = errors.New("the disk is full")
	if status, _ := twilio.Report(t.Context(), server.URL+StatusPath, twilio.Sid(), "sent", ""); status != 503 || c.n["sms_status_not_kept"] != 1 {
		t.Error("a report that could not be noted:", status)
	}
}

func TestStatusRefuses(t *testing.T) {
	var c tally
	server := httptest.NewServer(nil)
	defer server.Close()
	o := settings(server.URL)
	o.Count = c.count
	o.Store = noted(func(string, bot.Delivery) error {
		t.Error("a refused report got through")
		return nil
	})
	server.Config.Handler = channel(t, o).Status()
	webhook := server.URL + StatusPath
	good := "AccountSid=" + bottest.TwilioAccount + "&MessageSid=SM0000000000000000000000000000000a&MessageStatus=sent"
	for name, k := range map[string]struct {
		body   string
		change func(*http.Request)
		status int
	}{
		"GET":             {"", func(q *http.Request) { q.Method = http.MethodGet }, 405},
		"unsigned":        {good, func(q *http.Request) { q.Header.Del("X-Twilio-Signature") }, 403},
		"wrong signature": {good, header("X-Twilio-Signature", "x"), 403},
		"repeated key":    {good + "&MessageStatus=failed", nil, 400},
		"another account": {"AccountSid=AC1&MessageSid=SM0000000000000000000000000000000a&MessageStatus=sent", nil, 403},
		"no sid":          {"AccountSid=" + bottest.TwilioAccount + "&MessageStatus=sent", nil, 400},
	} {
		if r := post(t, webhook, k.body, k.change); r.StatusCode != k.status {
			t.Errorf("%s: %s", name, r.Status)
		}
	}
	if len(c.n) < 5 {
		t.Error(c.n)
	}
}
