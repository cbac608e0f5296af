package bottest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func call(t *testing.T, s *TelegramServer, method string, fields url.Values) (status int, body string) {
	t.Helper()
	resp, err := http.PostForm(s.URL+"/bot"+s.Token+"/"+method, fields)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(raw)
}

// What the real server refuses, the fake must too: else tests prove nothing.
func TestTelegramRefuses(t *testing.T) {
	s := Telegram(t)
	tests := []struct {
		about, text, mode, markup string
		status                    int
		words                     string
	}{
		{"plain", "a < b", "", "", 200, ""},
		{"formatted", "<b>a</b> &lt; b", "HTML", "", 200, ""},
		{"a bare sign", "a < b", "HTML", "", 400, "can't parse entities"},
		{"not closed", "<b>a", "HTML", "", 400, "can't parse entities"},
		{"closed twice", "<b>a</b></b>", "HTML", "", 400, "can't parse entities"},
		{"a tag of the web", "a<br>b", "HTML", "", 400, "can't parse entities"},
		{"nothing", " \n", "", "", 400, "text is empty"},
		{"4096 units", strings.Repeat("👶", 2048), "", "", 200, ""},
		{"4097 units", strings.Repeat("👶", 2048) + "a", "", "", 400, "too long"},
		{"64 bytes of data", "a", "", `{"inline_keyboard":[[{"text":"a","callback_data":"` + strings.Repeat("a", 64) + `"}]]}`, 200, ""},
		{"65 bytes of data", "a", "", `{"inline_keyboard":[[{"text":"a","callback_data":"` + strings.Repeat("a", 65) + `"}]]}`, 400, "BUTTON_DATA_INVALID"},
		{"no buttons at all", "a", "", "null", 400, "reply markup"},
	}
	for _, test := range tests {
		f := url.Values{"chat_id": {"5"}, "text": {test.text}, "parse_mode": {test.mode}, "reply_markup": {test.markup}}
		if status, body := call(t, s, "sendMessage", f); status != test.status || !strings.Contains(body, test.words) {
			t.Errorf("%s: %d %s", test.about, status, body)
		}
	}
	if m := s.Sent()[1]; m.Text != "a < b" {
		t.Errorf("people read %q", m.Text)
	}
	if resp, err := http.Post(s.URL+"/bot1:other/getMe", "", nil); err != nil || resp.StatusCode != 401 {
		t.Errorf("another token: %v", err)
	}
}

func TestTelegramConfirmsUpdates(t *testing.T) {
	s := Telegram(t)
	first, second := s.Text(5, "fr", "un"), s.Text(5, "fr", "deux")
	ids := func(offset string) (ids []int64) {
		_, body := call(t, s, "getUpdates", url.Values{"offset": {offset}})
		var r struct {
			Result []struct {
				ID int64 `json:"update_id"`
			}
		}
		if err := json.Unmarshal([]byte(body), &r); err != nil {
			t.Fatal(err)
		}
		for _, u := range r.Result {
			ids = append(ids, u.ID)
		}
		return ids
	}
	if got := ids(""); len(got) != 2 || got[0] != first || len(ids("")) != 2 {
		t.Errorf("before anything is confirmed: %v", got)
	}
	if got := ids("700000002"); len(got) != 1 || got[0] != second || s.Pending() != 1 {
		t.Errorf("after the first is confirmed: %v", got)
	}
}

func TestTelegramHoldsPolls(t *testing.T) {
	s := Telegram(t)
	answers := make(chan string, 2)
	poll := func() {
		_, body := call(t, s, "getUpdates", url.Values{"timeout": {"20"}})
		answers <- body
	}
	go poll()
	if !s.WaitCalls("getUpdates", 1, time.Second) {
		t.Fatal("no poll")
	}
	go poll()
	if body := <-answers; !strings.Contains(body, "terminated by other getUpdates") {
		t.Errorf("the first poll got %s", body)
	}
	s.Text(5, "fr", "bonjour")
	if body := <-answers; !strings.Contains(body, "bonjour") {
		t.Errorf("the second poll got %s", body)
	}
}

func TestTelegramCloseEndsWhatHangs(t *testing.T) {
	s := NewTelegram()
	s.Script("sendMessage", s.Hang(true))
	done := make(chan int)
	go func() {
		status, _ := call(t, s, "sendMessage", url.Values{"chat_id": {"5"}, "text": {"a"}})
		done <- status
	}()
	if !s.WaitSent(1, time.Second) {
		t.Error("a hung message should take effect")
	}
	s.Close()
	s.Close()
	if status := <-done; status != 0 {
		t.Errorf("status %d", status)
	}
}
