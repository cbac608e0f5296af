package sms

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	twilio "github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"
	"golang.org/x/time/rate"

	"doudou/bot"
)

// A Sender sends by Twilio's REST API what no webhook waits for: answers of
// staff, reminders, answers that came too late. It implements bot.Sender and may
// be used by many goroutines.
type Sender struct {
	options Options
	server  *url.URL // nil for Twilio's own
	limits  map[string]*rate.Limiter
	network http.RoundTripper
}

// callTime is the longest that a request may take, paceTime the longest wait for
// the turn of its sender, if the context does not end before.
const (
	callTime = 15 * time.Second
	paceTime = 5 * time.Second
)

// maxBody is the longest text that Twilio takes, in UTF-16 units.
const maxBody = 1600

// NewSender returns a sender; o must be valid.
func NewSender(o Options) (*Sender, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	s := &Sender{options: o, limits: map[string]*rate.Limiter{}, network: newNetwork()}
	if o.ServerURL != "" {
		server, err := url.Parse(o.ServerURL)
		if err != nil {
			return nil, fmt.Errorf("address of the REST API: %w", err)
		}
		s.server = server
	}
	per := rate.Limit(o.Rate)
	if o.Rate == 0 {
		per = 1
	}
	for _, from := range append([]string{o.MessagingService}, o.Senders...) {
		s.limits[from] = rate.NewLimiter(per, max(1, int(per/2)))
	}
	return s, nil
}

// Send sends one message, fitted, from the number that the person wrote to. It
// returns Twilio's id of the message (SM...), or a *bot.SendError that holds
// neither number nor text.
func (s *Sender) Send(ctx context.Context, o bot.Outgoing) (sent string, err error) {
	text := words(o)
	if n := Measure(text).Units; n > maxBody || text == "" {
		return "", &bot.SendError{Kind: bot.Permanent, Code: "length", Err: fmt.Errorf("the text takes %d units; Twilio takes 1 to %d: cut it into pages", n, maxBody)}
	}
	params := s.params(o, text)
	if err := s.pace(ctx, params); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	call := &call{ctx: ctx, server: s.server, network: s.network}
	m, err := s.client(call).CreateMessage(params)
	if call.status < 200 || call.status >= 300 {
		return "", call.classify(err)
	}
	if err != nil || m.Sid == nil || !messageShape.MatchString(*m.Sid) {
		return "", &bot.SendError{Kind: bot.Unknown, Code: "no sid", Err: fmt.Errorf("Twilio answered %d without the id of the message", call.status)}
	}
	return *m.Sid, nil
}

// params says what to send from whom.
func (s *Sender) params(o bot.Outgoing, text string) *api.CreateMessageParams {
	p := (&api.CreateMessageParams{}).SetTo(o.To.ID).SetBody(text).SetSmartEncoded(true).
		SetStatusCallback(s.options.base() + StatusPath)
	switch {
	case s.options.ours(o.To.To):
		return p.SetFrom(o.To.To)
	case s.options.MessagingService != "":
		return p.SetMessagingServiceSid(s.options.MessagingService)
	}
	return p.SetFrom(s.options.Senders[0])
}

// pace waits until the sender of a message may send again. Nothing has left
// when it returns an error.
func (s *Sender) pace(ctx context.Context, p *api.CreateMessageParams) error {
	from := s.options.MessagingService
	if p.From != nil {
		from = *p.From
	}
	ctx, cancel := context.WithTimeout(ctx, paceTime)
	defer cancel()
	limit := s.limits[from]
	if err := limit.Wait(ctx); err != nil {
		after := max(time.Second, time.Duration(float64(time.Second)/float64(limit.Limit())))
		return &bot.SendError{Kind: bot.Throttled, After: after, Code: "rate", Err: errors.New("our own rate for this sender is used up: raise it if the operator allows more")}
	}
	return nil
}

// client returns Twilio's client for one call. It is made anew each time because
// the library has no context; its connections are shared.
func (s *Sender) client(c *call) *api.ApiService {
	client := &twilio.Client{
		Credentials: twilio.NewCredentials(s.options.AccountSid, s.options.Token),
		HTTPClient: &http.Client{
			Transport:     c,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	client.SetAccountSid(s.options.AccountSid)
	return api.NewApiServiceWithClient(client)
}
