package sms

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/twilio/twilio-go/twiml"

	"doudou/bot"
)

// silence is the answer that says nothing.
const silence = `<?xml version="1.0" encoding="UTF-8"?><Response/>`

// words returns the text of a message as it leaves. Choices are in the body
// already: there are no buttons by SMS.
func words(o bot.Outgoing) string {
	if o.Lead == "" {
		return Fit(o.Body)
	}
	return Fit(o.Lead + ": " + o.Body)
}

// render returns messages as TwiML, without an attribute: the same messages are
// always the same bytes.
func render(out []bot.Outgoing) (string, error) {
	verbs := make([]twiml.Element, 0, len(out))
	for _, o := range out {
		if text := words(o); text != "" {
			verbs = append(verbs, twiml.MessagingMessage{Body: text})
		}
	}
	if len(verbs) == 0 {
		return silence, nil
	}
	return twiml.Messages(verbs)
}

// reply writes the answer and sees it off: without an error, all of it has left
// this process.
func reply(w http.ResponseWriter, out []bot.Outgoing) error {
	answer, err := render(out)
	if err != nil {
		http.Error(w, "the answer could not be written", http.StatusInternalServerError)
		return fmt.Errorf("write TwiML: %w", err)
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	w.Header().Set("Cache-Control", "no-store")
	if _, err := w.Write([]byte(answer)); err != nil {
		return fmt.Errorf("answer Twilio: %w", err)
	}
	if err := http.NewResponseController(w).Flush(); err != nil {
		return fmt.Errorf("answer Twilio: %w", err)
	}
	return nil
}
