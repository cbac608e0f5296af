package sms

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"doudou/bot"
)

// noteTime is how long a report may take to be noted.
const noteTime = 5 * time.Second

// Status returns the webhook of delivery reports, to be served at StatusPath.
// It answers 204, or 503 when a report could not be noted. Reports come in any
// order: each bears a rank, and the last states are final.
func (c *Channel) Status() http.Handler { return http.HandlerFunc(c.status) }

func (c *Channel) status(w http.ResponseWriter, r *http.Request) {
	form, err := c.open(w, r)
	if err != nil {
		c.refused(w, err)
		return
	}
	d, known := delivery(form, c.Now())
	if !known {
		c.Count("sms_status_unknown")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), noteTime)
	defer cancel()
	if err := c.Store.Delivered(ctx, bot.SMS, form.Get("MessageSid"), d); err != nil {
		c.Count("sms_status_not_kept")
		http.Error(w, "the report could not be noted", http.StatusServiceUnavailable)
		return
	}
	c.Count("sms_status_" + d.State)
	w.WriteHeader(http.StatusNoContent)
}

// delivery reads a report; known is false for a state that this version does
// not know.
func delivery(form url.Values, at time.Time) (d bot.Delivery, known bool) {
	d = bot.Delivery{State: form.Get("MessageStatus"), Code: form.Get("ErrorCode"), At: at}
	switch d.State {
	case "accepted", "scheduled":
		d.Rank = 1
	case "queued":
		d.Rank = 2
	case "sending":
		d.Rank = 3
	case "sent":
		d.Rank = 4
	case "partially_delivered":
		d.Rank = 5
	case "delivered", "undelivered", "failed", "canceled", "read":
		d.Rank, d.Final = 6, true
	default:
		return bot.Delivery{}, false
	}
	if len(d.Code) > 8 {
		d.Code = d.Code[:8]
	}
	d.Stop = d.Code == codeStopped
	d.Final = d.Final || d.Stop || slices.Contains(deadNumbers, d.Code)
	return d, true
}

// codeStopped is Twilio's error for a person who said STOP; deadNumbers are
// those for numbers that block us, do not exist or cannot receive.
const codeStopped = "21610"

var deadNumbers = []string{"30004", "30005", "30006"}
