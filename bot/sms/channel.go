package sms

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	twilio "github.com/twilio/twilio-go/client"
	"golang.org/x/time/rate"
)

// A Channel is the SMS door: two webhooks and a sender. It may be used by many
// goroutines.
type Channel struct {
	Options
	validator twilio.RequestValidator
	server    *url.URL // of the REST API; nil for Twilio's own
	limits    map[string]*rate.Limiter
	network   http.RoundTripper
	often     rate.Sometimes // what a stranger can cause is logged no oftener
}

// New returns a Channel, or what is wrong with the settings, a line each. It
// speaks to nobody.
func New(o Options) (*Channel, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if o.Converse == nil || o.Store == nil {
		return nil, errors.New("an SMS channel needs somebody to converse with and a store for delivery reports")
	}
	o = o.withDefaults()
	c := &Channel{
		Options: o, validator: twilio.NewRequestValidator(o.AuthToken), limits: map[string]*rate.Limiter{},
		network: newNetwork(), often: rate.Sometimes{First: 3, Interval: time.Minute},
	}
	for _, from := range append([]string{o.MessagingService}, o.Senders...) {
		c.limits[from] = rate.NewLimiter(rate.Limit(o.Rate), max(1, int(o.Rate/2)))
	}
	if o.ServerURL == "" {
		return c, nil
	}
	var err error
	if c.server, err = url.Parse(o.ServerURL); err != nil {
		return nil, fmt.Errorf("address of the REST API: %w", err)
	}
	return c, nil
}
