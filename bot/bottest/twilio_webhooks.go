package bottest

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A TwilioText is a message that a family sends. Sid is made up when empty; a
// text sent again with the same Sid is the same text.
type TwilioText struct {
	Sid, From, To, Body string
	More                url.Values // further fields, or other values of those above
}

// TwilioSignature returns the value of X-Twilio-Signature for a webhook: the
// HMAC-SHA1 of the URL and of the sorted fields.
func TwilioSignature(token, address string, form url.Values) string {
	mac := hmac.New(sha1.New, []byte(token))
	io.WriteString(mac, address)
	for _, key := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[key] {
			io.WriteString(mac, key+value)
		}
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Form returns the fields of the webhook of a text, as Twilio posts them.
func (t TwilioText) Form() url.Values {
	form := url.Values{
		"ToCountry": {"FR"}, "FromCountry": {"FR"}, "FromCity": {""}, "NumMedia": {"0"}, "NumSegments": {"1"}, "ApiVersion": {"2010-04-01"},
		"SmsStatus": {"received"}, "MessageSid": {t.Sid}, "SmsMessageSid": {t.Sid}, "SmsSid": {t.Sid},
		"AccountSid": {TwilioAccount}, "From": {t.From}, "To": {t.To}, "Body": {t.Body},
	}
	maps.Copy(form, t.More)
	return form
}

// Post posts a signed form to a webhook, once. An error means that no answer
// came.
func (s *TwilioServer) Post(ctx context.Context, webhook string, form url.Values) (status int, body string, err error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, webhook, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, "", err
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set("User-Agent", "TwilioProxy/1.1")
	q.Header.Set("X-Twilio-Signature", TwilioSignature(TwilioToken, webhook, form))
	r, err := s.Client.Do(q)
	if err != nil {
		return 0, "", err
	}
	defer r.Body.Close()
	b, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	return r.StatusCode, string(b), err
}

// retryPause is how long a text waits before it is posted again.
const retryPause = 20 * time.Millisecond

// Text posts a family's text to a webhook until an answer comes or ctx ends, as
// Twilio does when a connection fails, though with more patience; 503 counts as
// no answer. It notes what the answer says as sent to the family, and returns
// it.
func (s *TwilioServer) Text(ctx context.Context, webhook string, t TwilioText) ([]TwilioMessage, error) {
	if t.Sid == "" {
		t.Sid = s.Sid()
	}
	form := t.Form()
	for {
		status, body, err := s.Post(ctx, webhook, form)
		switch {
		case err == nil && status == http.StatusOK:
			return s.answered(t, body)
		case err == nil && status != http.StatusServiceUnavailable:
			return nil, fmt.Errorf("the webhook answered %d: %s", status, body)
		case err == nil:
			err = errors.New("the webhook answers 503")
		}
		select {
		case <-time.After(retryPause):
		case <-ctx.Done():
			return nil, fmt.Errorf("text %s was never answered: %w", t.Sid, err)
		}
	}
}

// answered notes the messages of a TwiML answer.
func (s *TwilioServer) answered(t TwilioText, body string) ([]TwilioMessage, error) {
	texts, err := ReadTwiML(body)
	if err != nil {
		return nil, err
	}
	var out []TwilioMessage
	for _, text := range texts {
		out = append(out, TwilioMessage{Sid: s.Sid(), From: t.To, To: t.From, Body: text, Answers: t.Sid, At: time.Now()})
	}
	if len(out) > 0 {
		s.change(func() { s.sent = append(s.sent, out...) })
	}
	return out, nil
}

// ReadTwiML returns the messages of an answer to a text.
func ReadTwiML(body string) ([]string, error) {
	var response struct {
		XMLName xml.Name `xml:"Response"`
		Message []string
		Other   []struct{ XMLName xml.Name } `xml:",any"`
	}
	if err := xml.Unmarshal([]byte(body), &response); err != nil {
		return nil, fmt.Errorf("the answer is not TwiML: %w", err)
	}
	if len(response.Other) > 0 {
		return nil, fmt.Errorf("the answer holds <%s>, which is not TwiML for messages", response.Other[0].XMLName.Local)
	}
	for _, text := range response.Message {
		if text == "" || len([]rune(text)) > 1600 {
			return nil, errors.New("Twilio sends messages of 1 to 1600 characters")
		}
	}
	return response.Message, nil
}

// Report posts a signed delivery report to a webhook, and returns the status
// that answers it. Code is Twilio's error code, "" when there is none.
func (s *TwilioServer) Report(ctx context.Context, webhook, sid, state, code string) (status int, err error) {
	form := url.Values{
		"AccountSid": {TwilioAccount}, "MessageSid": {sid}, "SmsSid": {sid}, "MessageStatus": {state}, "SmsStatus": {state}, "ApiVersion": {"2010-04-01"},
	}
	if code != "" {
		form.Set("ErrorCode", code)
	}
	status, _, err = s.Post(ctx, webhook, form)
	return status, err
}
