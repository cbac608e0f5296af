package sms

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	twilio "github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"doudou/bot"
)

// callTime is the longest that a request may take, paceTime the longest wait for
// the turn of its sender, if the context does not end before.
const (
	callTime = 15 * time.Second
	paceTime = 5 * time.Second
)

// maxBody is the longest text that Twilio takes, in UTF-16 units.
const maxBody = 1600

// Send implements bot.Sender by Twilio's REST API, for what no webhook waits for:
// answers of staff, reminders, answers that came too late. It sends one message, fitted, from the number that the person wrote to. It
// returns Twilio's id of the message (SM...), or a *bot.SendError that holds
// neither number nor text.
func (c *Channel) Send(ctx context.Context, o bot.Outgoing) (sent string, err error) {
	text := words(o)
	if n := Measure(text).Units; n > maxBody || text == "" {
		return "", &bot.SendError{Kind: bot.Permanent, Code: "length", Err: fmt.Errorf("the text takes %d units; Twilio takes 1 to %d: cut it into pages", n, maxBody)}
	}
	params := c.params(o, text)
	if err := c.pace(ctx, params); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	call := &call{ctx: ctx, server: c.server, network: c.network}
	m, err := c.client(call).CreateMessage(params)
	if call.status < 200 || call.status >= 300 {
		return "", call.classify(err)
	}
	if err != nil || m.Sid == nil || !messageShape.MatchString(*m.Sid) {
		return "", &bot.SendError{Kind: bot.Unknown, Code: "no sid", Err: fmt.Errorf("Twilio answered %d without the id of the message", call.status)}
	}
	return *m.Sid, nil
}

// params says what to send from whom.
func (c *Channel) params(o bot.Outgoing, text string) *api.CreateMessageParams {
	p := (&api.CreateMessageParams{}).SetTo(o.To.ID).SetBody(text).SetSmartEncoded(true).
		SetStatusCallback(c.base() + StatusPath)
	switch {
	case c.ours(o.To.To):
		return p.SetFrom(o.To.To)
	case c.MessagingService != "":
		return p.SetMessagingServiceSid(c.MessagingService)
	}
	return p.SetFrom(c.Senders[0])
}

// pace waits until the sender of a message may send again. Nothing has left
// when it returns an error.
func (c *Channel) pace(ctx context.Context, p *api.CreateMessageParams) error {
	from := c.MessagingService
	if p.From != nil {
		from = *p.From
	}
	ctx, cancel := context.WithTimeout(ctx, paceTime)
	defer cancel()
	limit := c.limits[from]
	if err := limit.Wait(ctx); err != nil {
		after := max(time.Second, time.Duration(float64(time.Second)/float64(limit.Limit())))
		return &bot.SendError{Kind: bot.Throttled, After: after, Code: "rate", Err: errors.New("our own rate for this sender is used up: raise it if the operator allows more")}
	}
	return nil
}

// client returns Twilio's client for one call. It is made anew each time because
// the library has no context; its connections are shared.
func (c *Channel) client(one *call) *api.ApiService {
	client := &twilio.Client{
		Credentials: twilio.NewCredentials(c.AccountSid, c.AuthToken),
		HTTPClient: &http.Client{
			Transport:     one,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	client.SetAccountSid(c.AccountSid)
	return api.NewApiServiceWithClient(client)
}
