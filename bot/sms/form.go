package sms

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

// maxForm is the largest request that is read, in bytes. A message of 1600
// characters takes less than 15 KiB with all its escapes.
const maxForm = 64 << 10

// A refusal is why a request is not accepted: the status that answers it, and
// the name under which it is counted. Nothing has been changed.
type refusal struct {
	status int
	name   string
	why    string
}

func (r *refusal) Error() string { return r.why }

func refuse(status int, name, why string) error { return &refusal{status, name, why} }

// open reads the form of a request and checks that Twilio sent it for our
// account.
func (c *Channel) open(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, refuse(http.StatusMethodNotAllowed, "method", "only POST is understood")
	}
	raw, err := readForm(w, r)
	if err != nil {
		return nil, err
	}
	form, err := parseForm(raw)
	if err != nil {
		return nil, err
	}
	if err := c.signed(r, form); err != nil {
		return nil, err
	}
	if form.Get("AccountSid") != c.AccountSid {
		return nil, refuse(http.StatusForbidden, "account", "not our account")
	}
	if !messageShape.MatchString(form.Get("MessageSid")) {
		return nil, refuse(http.StatusBadRequest, "sid", "MessageSid is missing or malformed")
	}
	return form, nil
}

// refused answers a request that is not accepted, and counts it.
func (c *Channel) refused(w http.ResponseWriter, err error) {
	no := &refusal{status: http.StatusBadRequest, name: "form"}
	errors.As(err, &no)
	c.Count("sms_refused_" + no.name)
	c.often.Do(func() {
		c.Logger.Warn("a webhook was refused; if Twilio sent it, check the public URL and the token", "reason", no.why, "status", no.status)
	})
	http.Error(w, no.why, no.status)
}

// readForm returns the body as it came. It reads at most maxForm bytes of it.
func readForm(w http.ResponseWriter, r *http.Request) (string, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/x-www-form-urlencoded" {
		return "", refuse(http.StatusUnsupportedMediaType, "media", "only application/x-www-form-urlencoded is understood")
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxForm))
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return "", refuse(http.StatusRequestEntityTooLarge, "size", "too large")
	}
	if err != nil {
		return "", refuse(http.StatusBadRequest, "body", "the body did not arrive whole")
	}
	return string(raw), nil
}

// parseForm decodes a form. A key may come once: signatures cover only the first
// value of a key, so that whoever saw a signed request could add &Body=STOP.
func parseForm(raw string) (url.Values, error) {
	form, err := url.ParseQuery(raw)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "encoding", "the form is not well encoded")
	}
	for key, values := range form {
		if len(values) > 1 {
			return nil, refuse(http.StatusBadRequest, "repeated", "a key is repeated")
		}
		if !utf8.ValidString(key) || !utf8.ValidString(values[0]) {
			return nil, refuse(http.StatusBadRequest, "encoding", "the form is not UTF-8")
		}
	}
	return form, nil
}

// signed checks the signature over the public URL and the form. What the request
// says of its own host counts for nothing.
func (c *Channel) signed(r *http.Request, form url.Values) error {
	signature := r.Header.Values("X-Twilio-Signature")
	if len(signature) != 1 || !strings.HasPrefix(r.RequestURI, "/") {
		return refuse(http.StatusForbidden, "unsigned", "not signed")
	}
	params := make(map[string]string, len(form))
	for key, values := range form {
		params[key] = values[0]
	}
	if !c.validator.Validate(c.base()+r.RequestURI, params, signature[0]) {
		return refuse(http.StatusForbidden, "signature", "wrong signature")
	}
	return nil
}

// party checks an address of a form: operators give numbers, short codes or
// names, so that only its length and signs are.
func party(form url.Values, key string) (string, error) {
	value := form.Get(key)
	if value == "" || len(value) > 64 || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7F }) {
		return "", refuse(http.StatusBadRequest, "party", fmt.Sprintf("%s is missing or malformed", key))
	}
	return value, nil
}
