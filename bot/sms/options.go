package sms

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"doudou/bot"
)

// StatusPath is where delivery reports are expected, below the public URL: the
// Status handler must be served there. Inbound may be served at any path.
const StatusPath = "/sms/status"

// Options are what a Channel is made of: the settings, which Validate checks,
// and those it talks with.
type Options struct {
	// AccountSid and AuthToken are the credentials of the Twilio account; the
	// token also signs webhooks.
	AccountSid, AuthToken string
	// Senders are the numbers that families write to and read from: E.164
	// (+33939...), short codes (38123) or, to send only, names of at most 11
	// letters and digits. The first is used where none is known.
	Senders []string
	// MessagingService, if set (MG...), chooses the sender of messages to people
	// who never wrote.
	MessagingService string
	// PublicURL is the address by which Twilio reaches the service, without the
	// path of a webhook: signatures are checked against it, never against what a
	// request says of its host.
	PublicURL string
	// ServerURL is the address of the REST API; "" for https://api.twilio.com.
	ServerURL string
	// Rate is how many messages a second may leave from each sender; 0 for 1,
	// what Twilio allows a long number. A short code may do 100.
	Rate float64
	// Budget is how long Twilio may wait for an answer; 0 for 8 s. Twilio gives
	// up after 15.
	Budget time.Duration

	// Converse keeps a message and returns what answers it: the same for a
	// message that comes again, nothing when the answer is not there when ctx
	// ends (it then leaves by itself). An error means that the message was not
	// kept.
	Converse func(ctx context.Context, m bot.Message) ([]bot.Outgoing, error)
	// Delivered is told what Twilio has received in the answer. It is called
	// after the answer has left, with a context that outlives the request.
	Delivered func(ctx context.Context, out []bot.Outgoing)
	// Store notes delivery reports.
	Store Store
	// Count counts what happens, by name; may be nil.
	Count func(name string)
	// Logger may be nil; it is told neither number nor text.
	Logger *slog.Logger
	// Now tells the time; nil for time.Now.
	Now func() time.Time
}

// A Store notes what became of messages; it accepts those that it does not know,
// for a report may come before the answer to the request that sent the message.
type Store interface {
	Delivered(ctx context.Context, ch bot.Channel, sent string, d bot.Delivery) error
}

// withDefaults fills in what may be left out.
func (o Options) withDefaults() Options {
	if o.Rate == 0 {
		o.Rate = 1
	}
	if o.Budget <= 0 {
		o.Budget = 8 * time.Second
	}
	if o.Count == nil {
		o.Count = func(string) {}
	}
	if o.Delivered == nil {
		o.Delivered = func(context.Context, []bot.Outgoing) {}
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

var (
	accountShape = regexp.MustCompile(`^AC[0-9a-f]{32}$`)
	serviceShape = regexp.MustCompile(`^MG[0-9a-f]{32}$`)
	messageShape = regexp.MustCompile(`^(SM|MM)[0-9a-f]{32}$`)
	tokenShape   = regexp.MustCompile(`^[0-9A-Za-z]{16,64}$`)
	longNumber   = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	shortCode    = regexp.MustCompile(`^[0-9]{3,8}$`)
	named        = regexp.MustCompile(`^[0-9A-Za-z _&+-]{1,11}$`)
	lettered     = regexp.MustCompile(`[A-Za-z]`)
	frenchMobile = regexp.MustCompile(`^(\+?33|0033|\+?330|0)[67][0-9]{8}$|^(\+|00)?(262|590|594|596)0?[67][0-9]{8}$`)
)

// Validate returns what is wrong with the settings, one error a line, each
// saying what to do; nil when all is well. No error holds the token.
func (o Options) Validate() error {
	var wrong []error
	refuse := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	if !accountShape.MatchString(o.AccountSid) {
		refuse("the Twilio account must be AC and 32 digits of 0-9 a-f: copy the Account SID of the console")
	}
	if !tokenShape.MatchString(o.AuthToken) {
		refuse("the Twilio token must be 16 to 64 letters and digits, nothing else: copy the Auth Token of the console")
	}
	if len(o.Senders) == 0 {
		refuse("no number to write to: give at least one sender (short code, 09 3x number or foreign long number)")
	}
	for i, s := range o.Senders {
		if err := checkSender(s); err != nil {
			wrong = append(wrong, err)
		} else if slices.Contains(o.Senders[:i], s) {
			refuse("the sender %s is given twice", s)
		}
	}
	if o.MessagingService != "" && !serviceShape.MatchString(o.MessagingService) {
		refuse("the Messaging Service must be MG and 32 digits of 0-9 a-f, or empty")
	}
	if err := checkURL("the public URL", o.PublicURL); err != nil {
		wrong = append(wrong, err)
	}
	if o.ServerURL != "" {
		if err := checkURL("the address of Twilio's REST API", o.ServerURL); err != nil {
			wrong = append(wrong, err)
		}
	}
	if !(o.Rate >= 0 && o.Rate <= 1000) {
		refuse("the rate must be from 0 to 1000 messages a second, not %v", o.Rate)
	}
	return errors.Join(wrong...)
}

// checkSender tells what is wrong with a number or name as a sender.
func checkSender(s string) error {
	digits := strings.NewReplacer(" ", "", ".", "", "-", "", "(", "", ")", "").Replace(s)
	switch {
	case frenchMobile.MatchString(digits):
		return fmt.Errorf("the sender %s is a French mobile number (06, 07): these may not be used for messages sent by machines "+
			"(ARCEP decision 2022-1583), and operators block them; ask Twilio for a short code or a number in 0937 to 0939", s)
	case longNumber.MatchString(s), shortCode.MatchString(s):
		return nil
	case named.MatchString(s) && lettered.MatchString(s) && strings.TrimSpace(s) == s:
		return nil
	}
	return fmt.Errorf("the sender %q is neither a number with its country (+33939...), nor a short code of 3 to 8 digits, "+
		"nor a name of at most 11 letters and digits", s)
}

// checkURL tells what is wrong with an address that Twilio, or we, shall call.
func checkURL(what, address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return fmt.Errorf("%s must be a whole address such as https://doudou.example.fr", what)
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return fmt.Errorf("%s must hold no password, ? or #", what)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return fmt.Errorf("%s must begin with https://: messages of families are not sent in clear", what)
	case strings.Contains(u.Hostname(), "_"):
		return fmt.Errorf("%s has a host with an underscore, which Twilio refuses", what)
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// base returns the public URL without a slash at its end.
func (o Options) base() string { return strings.TrimRight(o.PublicURL, "/") }

// ours tells whether a number is one of the senders.
func (o Options) ours(number string) bool { return slices.Contains(o.Senders, number) }

// LogValue hides the token.
func (o Options) LogValue() slog.Value {
	return slog.GroupValue(slog.String("account", o.AccountSid), slog.Any("senders", o.Senders), slog.String("public_url", o.PublicURL))
}

// String hides the token.
func (o Options) String() string { return o.LogValue().String() }

// GoString hides the token.
func (o Options) GoString() string { return o.String() }
