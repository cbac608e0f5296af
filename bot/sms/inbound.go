package sms

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"doudou/bot"
)

// retryAfter tells Twilio's fallback, and whoever watches, when to come back
// after a message could not be kept.
const retryAfter = 5 * time.Second

// Inbound returns the webhook of messages. It answers with TwiML, in the fewest
// segments; the same message again gets the same bytes. What is not signed by
// Twilio for our account and for one of our numbers is refused, counted, and
// changes nothing.
//
// It knows no word such as STOP: the service does. When Twilio's Advanced
// Opt-Out has understood one itself, the message bears it in Data: STOP, START
// or HELP; Twilio has then answered already, and refuses what is sent to a
// person who said STOP.
func (c *Channel) Inbound() http.Handler { return http.HandlerFunc(c.inbound) }

func (c *Channel) inbound(w http.ResponseWriter, r *http.Request) {
	form, err := c.open(w, r)
	if err != nil {
		c.refused(w, err)
		return
	}
	m, err := c.message(form)
	if err != nil {
		c.refused(w, err)
		return
	}
	out, err := c.converse(r.Context(), m)
	if err != nil {
		c.Count("sms_not_kept")
		w.Header().Set("Retry-After", strconv.Itoa(int(retryAfter.Seconds())))
		http.Error(w, "the message could not be kept", http.StatusServiceUnavailable)
		return
	}
	out = answering(m, out)
	if reply(w, out) != nil {
		c.Count("sms_answer_lost")
		return
	}
	if len(out) > 0 {
		c.Delivered(context.WithoutCancel(r.Context()), out)
	}
}

// converse asks for the answer within the budget. The message is kept even if
// Twilio has hung up.
func (c *Channel) converse(ctx context.Context, m bot.Message) ([]bot.Outgoing, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.Budget)
	defer cancel()
	return c.Converse(ctx, m)
}

// message makes a message of a form that was let in.
func (c *Channel) message(form url.Values) (bot.Message, error) {
	to, err := party(form, "To")
	if err != nil {
		return bot.Message{}, err
	}
	if !c.ours(to) {
		return bot.Message{}, refuse(http.StatusForbidden, "number", "not one of our numbers")
	}
	from, err := party(form, "From")
	if err != nil {
		return bot.Message{}, err
	}
	if !form.Has("Body") { // a signature does not tell Body=a from Bod=ya
		return bot.Message{}, refuse(http.StatusBadRequest, "text", "Body is missing")
	}
	m := bot.Message{
		Channel: bot.SMS, Provider: form.Get("MessageSid"), Kind: bot.Text,
		From: bot.Address{Channel: bot.SMS, ID: from, To: to},
		Text: typed(form.Get("Body")), At: c.Now(),
	}
	if n, err := strconv.Atoi(form.Get("NumMedia")); err == nil && n > 0 {
		m.Kind = bot.Media
	}
	switch word := form.Get("OptOutType"); word {
	case "STOP", "START", "HELP":
		m.Data = word
	}
	return m, nil
}

// typed returns what a person wrote without the control characters that no
// phone types and some stores refuse.
func typed(body string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7F {
			return -1
		}
		return r
	}, body)
}

// answering returns those of the messages that an answer to m may carry: those
// to the person who wrote.
func answering(m bot.Message, out []bot.Outgoing) []bot.Outgoing {
	var to []bot.Outgoing
	for _, o := range out {
		if o.To.ID == m.From.ID {
			to = append(to, o)
		}
	}
	return to
}
