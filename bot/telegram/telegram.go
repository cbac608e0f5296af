// Package telegram carries what families write on Telegram to the relais, and
// the answers back.
//
// Nothing is acknowledged to Telegram before it is kept: a webhook answers 200
// only after the inbox has the message, long polling moves on only after the
// whole batch is kept. What cannot be read is kept aside for a person and
// acknowledged, so that one odd message never stops the others. The library is
// the typed client and the models; the way in is ours, because the library's
// own confirms messages before anybody has them.
package telegram

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	api "github.com/go-telegram/bot"

	"doudou/bot"
)

// ErrToken is returned when Telegram does not know the bot's token: nothing
// works until the setting is corrected.
var ErrToken = errors.New("Telegram refuses the bot's token: check DOUDOU_TELEGRAM_TOKEN against what @BotFather gave")

// Options are what a Channel is made of. Token and Inbox are needed; the others
// have defaults.
type Options struct {
	Token string // as @BotFather gives it: 4242:letters
	// Secret comes back from Telegram with every webhook call: 1-256 of A-Z a-z
	// 0-9 _ -. When empty it is derived from the token.
	Secret    string
	ServerURL string // of the Bot API; https://api.telegram.org when empty
	// PublicURL is the https address at which Telegram reaches Handler. When it
	// is empty, Run polls.
	PublicURL      string
	MaxConnections int // webhook calls at once, 1-100; 40 when 0

	Rate      float64 // messages a second over all chats; 25 when 0
	Burst     int     // messages at once over all chats; 25 when 0
	ChatRate  float64 // messages a second in one chat; 1 when 0
	ChatBurst int     // messages at once in one chat; 3 when 0

	PollTimeout time.Duration // how long Telegram holds a poll, at most 50 s; 50 s when 0
	CallTimeout time.Duration // for any other request; 10 s when 0

	Inbox  Inbox
	Wake   func(bot.ContactID) // called after a new message is kept
	Count  func(name string)   // counts what happened; see the Count constants
	Logger *slog.Logger
	Now    func() time.Time

	// Languages are those whose commands and descriptions Telegram shows, the
	// one for everybody else first. Words gives their texts; see Setup.
	Languages []string
	Words     func(lang, key string) string
}

// A Channel is the Telegram side of the relais: Handler or Poll take messages
// in, Send lets them out. It is safe for concurrent use.
type Channel struct {
	Options
	api      *api.Bot
	wire     *wire
	name     string // of the poller's place in the inbox
	pace     *pace
	taps     chan struct{} // one token per answer to a tap under way
	underway sync.WaitGroup
	paused   atomic.Int64 // Telegram asked to wait until then, unix nanoseconds
	partial  partial
	ready    atomic.Pointer[string] // why polling is not ready; nil when it is
	retry    retries
}

// retries are the pauses after a failure: from least, doubling, to most.
type retries struct{ pollLeast, pollMost, setupLeast, setupMost, idle time.Duration }

var (
	tokenForm  = regexp.MustCompile(`^([0-9]{1,20}):[A-Za-z0-9_-]+$`)
	secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
)

// New returns a Channel. It speaks to nobody: an unreachable Telegram does not
// keep the relais from opening.
func New(o Options) (*Channel, error) {
	id := tokenForm.FindStringSubmatch(o.Token)
	if id == nil {
		return nil, errors.New("the Telegram token is not of the form 4242:letters: copy it again from @BotFather")
	}
	o = o.withDefaults()
	if err := o.validate(); err != nil {
		return nil, err
	}
	c := &Channel{
		Options: o,
		wire:    newWire(o.Token, o.ServerURL),
		name:    "telegram:" + id[1],
		pace:    newPace(o),
		taps:    make(chan struct{}, 16),
		retry:   retries{time.Second, 30 * time.Second, 30 * time.Second, 15 * time.Minute, time.Second},
	}
	c.notReady("Telegram has not answered yet")
	var err error
	c.api, err = api.New(o.Token, api.WithSkipGetMe(), api.WithServerURL(o.ServerURL),
		api.WithHTTPClient(time.Minute, c.wire), api.WithErrorsHandler(func(error) {}))
	if err != nil {
		return nil, fmt.Errorf("make the Telegram client: %w", err)
	}
	return c, nil
}

func (o Options) validate() error {
	if o.Inbox == nil {
		return errors.New("the Telegram channel needs an inbox")
	}
	if !secretForm.MatchString(o.Secret) {
		return errors.New("the Telegram webhook secret must be 1 to 256 of A-Z a-z 0-9 _ -: check DOUDOU_TELEGRAM_SECRET")
	}
	if u, err := url.Parse(o.ServerURL); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return errors.New("the address of the Bot API is not a web address")
	}
	if u, err := url.Parse(o.PublicURL); err != nil || (o.PublicURL != "" && u.Host == "") {
		return errors.New("the public address of the webhook is not a web address")
	}
	return nil
}

func (o Options) withDefaults() Options {
	o.ServerURL = strings.TrimRight(either(o.ServerURL, "https://api.telegram.org"), "/")
	o.Secret = either(o.Secret, derivedSecret(o.Token))
	o.MaxConnections = either(o.MaxConnections, 40)
	o.Rate, o.Burst = either(o.Rate, 25), either(o.Burst, 25)
	o.ChatRate, o.ChatBurst = either(o.ChatRate, 1), either(o.ChatBurst, 3)
	o.PollTimeout = min(either(o.PollTimeout, 50*time.Second), 50*time.Second)
	o.CallTimeout = either(o.CallTimeout, 10*time.Second)
	if o.Wake == nil {
		o.Wake = func(bot.ContactID) {}
	}
	if o.Count == nil {
		o.Count = func(string) {}
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Words == nil {
		o.Words = func(string, string) string { return "" }
	}
	return o
}

func either[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// derivedSecret makes a webhook secret that only a holder of the token knows.
func derivedSecret(token string) string {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("doudou webhook secret"))
	return hex.EncodeToString(mac.Sum(nil))
}

// Close waits for the answers to taps that are under way.
func (c *Channel) Close() { c.underway.Wait() }

// Ready tells why messages do not come in by polling; nil when they do, and
// always nil with a webhook.
func (c *Channel) Ready() error {
	if why := c.ready.Load(); why != nil && c.PublicURL == "" {
		return errors.New(*why)
	}
	return nil
}

func (c *Channel) notReady(why string) { c.ready.Store(&why) }
