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

// A Conversation is what the webhook of messages talks with; *bot.Service is
// made for it.
type Conversation struct {
	// Converse keeps a message and returns what answers it: the same for a
	// message that comes again, nothing when the answer is not there when ctx
	// ends (it then leaves by itself). An error means that the message was not
	// kept.
	Converse func(ctx context.Context, m bot.Message) ([]bot.Outgoing, error)
	// Delivered is told what Twilio has received in the answer. It is called
	// after the answer has left, with a context that outlives the request.
	Delivered func(ctx context.Context, out []bot.Outgoing)
	// Count counts refusals (sms_refused_...) and answers, by name; may be nil.
	Count func(name string)
	// Now tells the time of a message; nil for time.Now.
	Now func() time.Time
	// Budget is how long Twilio may wait for an answer; 0 for 8 s. Twilio gives
	// up after 15.
	Budget time.Duration
}

const defaultBudget = 8 * time.Second

// retryAfter tells Twilio's fallback, and whoever watches, when to come back
// after a message could not be kept.
const retryAfter = 5 * time.Second

type inbound struct {
	gate
	Conversation
}

// Inbound returns the webhook of messages, to be served at InboundPath. It
// answers with TwiML, in the fewest segments; the same message again gets the
// same bytes. What is not signed by Twilio for our account and for one of our
// numbers is refused, counted, and changes nothing.
//
// It knows no word such as STOP: the service does. When Twilio's Advanced
// Opt-Out has understood one itself, the message bears it in Data: STOP, START
// or HELP; Twilio has then answered already, and refuses what is sent to a
// person who said STOP.
func Inbound(o Options, c Conversation) http.Handler {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Budget <= 0 {
		c.Budget = defaultBudget
	}
	return &inbound{gate: newGate(o, c.Count), Conversation: c}
}

func (h *inbound) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	form, err := h.open(w, r)
	if err != nil {
		h.refused(w, err)
		return
	}
	m, err := h.message(form)
	if err != nil {
		h.refused(w, err)
		return
	}
	out, err := h.converse(r.Context(), m)
	if err != nil {
		h.count("sms_not_kept")
		w.Header().Set("Retry-After", strconv.Itoa(int(retryAfter.Seconds())))
		http.Error(w, "the message could not be kept", http.StatusServiceUnavailable)
		return
	}
	out = answering(m, out)
	if reply(w, out) != nil {
		h.count("sms_answer_lost")
		return
	}
	if len(out) > 0 && h.Delivered != nil {
		h.Delivered(context.WithoutCancel(r.Context()), out)
	}
}

// converse asks for the answer within the budget. The message is kept even if
// Twilio has hung up.
func (h *inbound) converse(ctx context.Context, m bot.Message) ([]bot.Outgoing, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), h.Budget)
	defer cancel()
	return h.Converse(ctx, m)
}

// message makes a message of a form that was let in.
func (h *inbound) message(form url.Values) (bot.Message, error) {
	to, err := party(form, "To")
	if err != nil {
		return bot.Message{}, err
	}
	if !h.options.ours(to) {
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
		Text: typed(form.Get("Body")), At: h.Now(),
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
