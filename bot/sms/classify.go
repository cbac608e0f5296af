package sms

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	twilio "github.com/twilio/twilio-go/client"

	"doudou/bot"
)

// classify makes of a failed call the decision to take. The error it returns
// bears status and code only: Twilio's own words repeat the number.
func (c *call) classify(err error) *bot.SendError {
	if c.status == 0 {
		return c.noAnswer(err)
	}
	code := 0
	if refused := (*twilio.TwilioRestError)(nil); errors.As(err, &refused) {
		code = refused.Code
	}
	e := &bot.SendError{Kind: kindOf(c.status, code), Code: strconv.Itoa(c.status), Err: fmt.Errorf("Twilio answered %d", c.status)}
	if code != 0 {
		e.Code = strconv.Itoa(code)
		e.Err = fmt.Errorf("Twilio answered %d, error %d: see https://www.twilio.com/docs/api/errors/%d", c.status, code, code)
	}
	if e.Kind == bot.Throttled {
		e.After = c.after
	}
	return e
}

// noAnswer classifies a call that brought no answer: if the request had not
// left, nothing was sent; if it had, nobody knows.
func (c *call) noAnswer(err error) *bot.SendError {
	var library *twilio.TwilioRestError
	switch {
	case errors.As(err, &library): // refused before it was sent: credentials
		return &bot.SendError{Kind: bot.OurFault, Code: strconv.Itoa(library.Code), Err: errors.New("Twilio's library refuses the account or the token")}
	case c.left.Load():
		return &bot.SendError{Kind: bot.Unknown, Code: "no answer", Err: fmt.Errorf("no answer from Twilio, the message may have left: %w", cause(err))}
	}
	return &bot.SendError{Kind: bot.Trouble, Code: "network", Err: fmt.Errorf("Twilio was not reached, nothing was sent: %w", cause(err))}
}

// cause returns a network error without the address that was called.
func cause(err error) error {
	if wrapped := (*url.Error)(nil); errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return err
}

// kindOf says what a status and one of Twilio's codes mean. Codes come first:
// their statuses are not reliable.
func kindOf(status, code int) bot.SendKind {
	if kind, ok := kindOfCode(code); ok {
		return kind
	}
	switch {
	case status == http.StatusTooManyRequests:
		return bot.Throttled
	case status >= 500, status < 400, status == http.StatusRequestTimeout: // a 3xx is some proxy's
		return bot.Trouble
	}
	return bot.OurFault
}

// kindOfCode sorts the error codes of twilio.com/docs/api/errors that a message
// may meet; ok is false for any other.
func kindOfCode(code int) (kind bot.SendKind, ok bool) {
	switch code {
	case 21610: // said STOP
		return bot.Unwanted, true
	case 20429, 14107, 21611: // too fast; the queue of the sender is full
		return bot.Throttled, true
	case 21211, 21217, 21265, 21612, 21614, 21635, 30004, 30005, 30006, 30007:
		return bot.Permanent, true // no such number, landline, no route, blocked, filtered
	case 30001, 30003, 30008, 20500, 20503:
		return bot.Trouble, true
	case 20003, 20404, 21408, 21601, 21602, 21603, 21604, 21605, 21606, 21608, 21609, 21617, 21620, 30002:
		return bot.OurFault, true // credentials, country, sender, text, callback, account
	}
	return 0, false
}
