package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/shopspring/decimal"

	"doudou/bot/desk"

	"doudou/bot"
	"doudou/bot/alert"
	"doudou/bot/store"
)

// A config is every setting of the service. It is read from the environment
// once, checked as a whole, and never changes.
type config struct {
	listen        string
	metricsListen string
	publicURL     string
	behindProxy   bool
	town          string
	data          string
	databaseURL   string
	redisURL      string
	key, oldKey   *store.Key
	keep          bot.Retention
	sessionTTL    time.Duration
	logLevel      slog.Level

	requireTOTP bool
	oidcIssuer  string
	oidcClient  string
	oidcSecret  string

	telegramToken  string
	telegramSecret string
	telegramServer string
	telegramRate   float64
	telegramChat   float64

	twilioAccount string
	twilioToken   string
	twilioSenders []string
	twilioService string
	twilioServer  string
	twilioRate    float64
	smsPrice      decimal.Decimal
	opinions      bool

	smtpURL    string
	mailFrom   string
	alertEvery time.Duration
	escalate   []time.Duration // none: no case climbs
	staffToken string
	topics     map[string]int64 // of teams: their group on Telegram; nil: no case is carried there

	mute bool // of a demonstration: what leaves goes nowhere
}

// A setting is one DOUDOU_ variable: what it is for, its value when unset, and
// how it is read. A secret may also be read from the file that NAME_FILE names.
type setting struct {
	name, about, def string
	secret           bool
	read             func(c *config, value string) error
}

// settings lists all variables, in the order of the README.
func settings() []setting {
	return append([]setting{
		{name: "DOUDOU_LISTEN", def: "127.0.0.1:8080", about: "address of the web server (desk, try-it phone, webhooks, health)", read: text(func(c *config) *string { return &c.listen }, isListen)},
		{name: "DOUDOU_PUBLIC_URL", about: "address by which Telegram, Twilio and staff reach this server, e.g. https://doudou.ville.fr; without it Telegram is polled", read: text(func(c *config) *string { return &c.publicURL }, isBaseURL)},
		{name: "DOUDOU_BEHIND_PROXY", def: "no", about: "yes when a reverse proxy of yours stands before this server and adds X-Forwarded-For: guesses of passwords are then counted by visitor", read: yesNo(func(c *config) *bool { return &c.behindProxy })},
		{name: "DOUDOU_TOWN", about: "town that is answered for: demo (invented), epinay, or a folder of files that replace those of Épinay; demo when empty and no channel below is open, else epinay", read: text(func(c *config) *string { return &c.town }, nil)},
		{name: "DOUDOU_DATA", def: "doudou-data", about: "folder of the SQLite file", read: text(func(c *config) *string { return &c.data }, nil)},
		{name: "DOUDOU_DATABASE_URL", secret: true, about: "PostgreSQL instead of SQLite: postgres://user:password@host/database", read: text(func(c *config) *string { return &c.databaseURL }, isPostgres)},
		{name: "DOUDOU_KEY", secret: true, about: "key that phone numbers and names are sealed with, as openssl rand -hex 32 makes it, the same for all replicas; without it a key file is made in DOUDOU_DATA", read: key(func(c *config) **store.Key { return &c.key })},
		{name: "DOUDOU_KEY_OLD", secret: true, about: "the key before, when DOUDOU_KEY is a new one: all is sealed anew at the start", read: key(func(c *config) **store.Key { return &c.oldKey })},
		{name: "DOUDOU_REDIS_URL", secret: true, about: "Redis for sessions: redis://host:6379/0; several addresses joined by commas for Cluster; without it sessions stay in SQL", read: text(func(c *config) *string { return &c.redisURL }, nil)},
		{name: "DOUDOU_SESSION_TTL", def: "720h", about: "how long a silent session stays in Redis (SQL keeps it)", read: duration(func(c *config) *time.Duration { return &c.sessionTTL })},
		{name: "DOUDOU_METRICS_LISTEN", about: "address of the Prometheus metrics, e.g. 127.0.0.1:9464; off when empty", read: text(func(c *config) *string { return &c.metricsListen }, isListen)},
		{name: "DOUDOU_LOG", def: "info", about: "least level that is logged: debug, info, warn, error", read: func(c *config, v string) error { return c.logLevel.UnmarshalText([]byte(v)) }},
		{name: "DOUDOU_REQUIRE_TOTP", def: "no", about: "yes when the desk opens only to agents who sign in with a code of their telephone too", read: yesNo(func(c *config) *bool { return &c.requireTOTP })},
		{name: "DOUDOU_OIDC_ISSUER", about: "provider of identities by OpenID Connect that vouches for agents, with the two below and DOUDOU_PUBLIC_URL", read: text(func(c *config) *string { return &c.oidcIssuer }, isBaseURL)},
		{name: "DOUDOU_OIDC_CLIENT_ID", about: "how that provider knows Doudou; the address to come back to is /desk/sign-in/provider/back", read: text(func(c *config) *string { return &c.oidcClient }, nil)},
		{name: "DOUDOU_OIDC_CLIENT_SECRET", secret: true, about: "secret shared with that provider", read: text(func(c *config) *string { return &c.oidcSecret }, nil)},
		{name: "DOUDOU_TELEGRAM_TOKEN", secret: true, about: "token from @BotFather; opens the Telegram channel", read: text(func(c *config) *string { return &c.telegramToken }, nil)},
		{name: "DOUDOU_TELEGRAM_SECRET", secret: true, about: "secret of the webhook, 1 to 256 of A-Z a-z 0-9 _ -; made from the token when empty", read: text(func(c *config) *string { return &c.telegramSecret }, nil)},
		{name: "DOUDOU_TELEGRAM_SERVER", def: "https://api.telegram.org", about: "address of the Bot API", read: text(func(c *config) *string { return &c.telegramServer }, isBaseURL)},
		{name: "DOUDOU_TELEGRAM_RATE", def: "25", about: "messages a second to Telegram, all families together", read: rate(func(c *config) *float64 { return &c.telegramRate })},
		{name: "DOUDOU_TELEGRAM_CHAT_RATE", def: "1", about: "messages a second to one family on Telegram, after three at once", read: rate(func(c *config) *float64 { return &c.telegramChat })},
		{name: "DOUDOU_TWILIO_ACCOUNT_SID", about: "Twilio account; opens the SMS channel with the three below", read: text(func(c *config) *string { return &c.twilioAccount }, nil)},
		{name: "DOUDOU_TWILIO_AUTH_TOKEN", secret: true, about: "Twilio token, which also signs webhooks", read: text(func(c *config) *string { return &c.twilioToken }, nil)},
		{name: "DOUDOU_TWILIO_SENDERS", about: "numbers that families write to, joined by commas: a short code or 09 3x number in France, never 06/07", read: list(func(c *config) *[]string { return &c.twilioSenders })},
		{name: "DOUDOU_TWILIO_MESSAGING_SERVICE", about: "Messaging Service (MG...) that sends what leaves later, if you use one", read: text(func(c *config) *string { return &c.twilioService }, nil)},
		{name: "DOUDOU_TWILIO_SERVER", def: "https://api.twilio.com", about: "address of Twilio's REST API", read: text(func(c *config) *string { return &c.twilioServer }, isBaseURL)},
		{name: "DOUDOU_TWILIO_RATE", def: "10", about: "SMS a second from each number", read: rate(func(c *config) *float64 { return &c.twilioRate })},
		{name: "DOUDOU_SMS_PRICE", about: "euros that one SMS segment costs, e.g. 0.0725: the desk then shows what a message to many costs", read: price(func(c *config) *decimal.Decimal { return &c.smsPrice })},
		{name: "DOUDOU_OPINIONS", def: "yes", about: "yes: at most once a quarter of a year, the day after an answer, people are asked two short questions about it, whose answers are only counted; no: nobody is asked", read: yesNo(func(c *config) *bool { return &c.opinions })},
		{name: "DOUDOU_SMTP_URL", secret: true, about: "mail server by which staff are told of what waits: smtps://user:password@host:465 or smtp://user:password@host:587; without it no e-mail leaves", read: text(func(c *config) *string { return &c.smtpURL }, nil)},
		{name: "DOUDOU_MAIL_FROM", about: "sender of these e-mails, e.g. Doudou <doudou@ville.fr>", read: text(func(c *config) *string { return &c.mailFrom }, nil)},
		{name: "DOUDOU_STAFF_TELEGRAM_TOKEN", secret: true, about: "token of a second bot, for staff only: agents who link their Telegram are told there too, without a word of the family", read: text(func(c *config) *string { return &c.staffToken }, alert.CheckToken)},
		{name: "DOUDOU_STAFF_TELEGRAM_TOPICS", about: "forum groups where teams read and answer families on Telegram, e.g. relais=-1001234,pmi=-1005678; what families write leaves the desk, so ask whoever protects your data first; off when empty", read: topics},
		{name: "DOUDOU_ALERT_EVERY", def: "10m", about: "least time between two messages to one agent; what is urgent leaves at once", read: duration(func(c *config) *time.Duration { return &c.alertEvery })},
		{name: "DOUDOU_ESCALATE", def: "2h,4h", about: "working hours after which a case that nobody answered goes to the next person, then to the manager; no: it does not", read: steps(func(c *config) *[]time.Duration { return &c.escalate })},
	}, keepSettings()...)
}

// keepSettings are for how many days each kind of thing is kept.
func keepSettings() []setting {
	var list []setting
	for _, k := range bot.Keepings() {
		list = append(list, setting{name: k.Setting(), def: strconv.Itoa(k.Days), about: k.About, read: days(k)})
	}
	return list
}

// days reads for how many days a kind is kept.
func days(k bot.Keeping) func(*config, string) error {
	return func(c *config, v string) error {
		n, err := strconv.Atoi(v)
		if err != nil || n < k.Least() || n > maxDays {
			return fmt.Errorf("%q is no number of days from %d to %d", v, k.Least(), maxDays)
		}
		if c.keep == nil {
			c.keep = bot.Retention{}
		}
		c.keep[k.Kind] = n
		return nil
	}
}

// maxDays is the longest that anything is kept: ten years.
const maxDays = 3650

// readConfig reads and checks all settings; the error names every wrong one, a
// line each.
func readConfig(getenv func(string) string) (config, error) {
	var c config
	var wrong []error
	for _, s := range settings() {
		value, err := s.value(getenv)
		if err == nil && value != "" {
			err = s.read(&c, value)
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", s.name, err))
		}
	}
	return c, errors.Join(append(wrong, c.together()...)...)
}

// together checks settings that go together.
func (c config) together() []error {
	wrong := []error{isTown(c.town)}
	if c.databaseURL != "" && c.key == nil {
		wrong = append(wrong, errors.New("DOUDOU_KEY: PostgreSQL needs a key, the same for all replicas: openssl rand -hex 32 makes one; keep a copy apart from the backups"))
	}
	if oidc := c.oidcIssuer + c.oidcClient + c.oidcSecret; oidc != "" && (c.oidcIssuer == "" || c.oidcClient == "" || c.oidcSecret == "" || c.publicURL == "") {
		wrong = append(wrong, errors.New("DOUDOU_OIDC_ISSUER, DOUDOU_OIDC_CLIENT_ID, DOUDOU_OIDC_CLIENT_SECRET and DOUDOU_PUBLIC_URL: a provider of identities needs all four"))
	}
	twilio := c.twilioAccount != "" || c.twilioToken != "" || len(c.twilioSenders) > 0
	if twilio && (c.twilioAccount == "" || c.twilioToken == "" || len(c.twilioSenders) == 0 || c.publicURL == "") {
		wrong = append(wrong, errors.New("DOUDOU_TWILIO_ACCOUNT_SID, DOUDOU_TWILIO_AUTH_TOKEN, DOUDOU_TWILIO_SENDERS and DOUDOU_PUBLIC_URL: SMS needs all four"))
	} else if twilio {
		wrong = append(wrong, c.smsOptions().Validate())
	}
	if c.staffToken != "" && c.staffToken == c.telegramToken {
		wrong = append(wrong, errors.New("DOUDOU_STAFF_TELEGRAM_TOKEN: staff need a bot of their own, not the one that families write to"))
	}
	if len(c.topics) > 0 && c.staffToken == "" {
		wrong = append(wrong, errors.New("DOUDOU_STAFF_TELEGRAM_TOPICS: it needs DOUDOU_STAFF_TELEGRAM_TOKEN"))
	}
	return append(wrong, c.mails())
}

// mails checks how staff are told by e-mail.
func (c config) mails() error {
	if c.smtpURL == "" && c.mailFrom == "" {
		return nil
	}
	if c.smtpURL == "" || c.mailFrom == "" {
		return errors.New("DOUDOU_SMTP_URL and DOUDOU_MAIL_FROM: e-mail to staff needs both")
	}
	if _, err := alert.NewMailer(c.smtpURL, c.mailFrom); err != nil {
		return fmt.Errorf("DOUDOU_SMTP_URL, DOUDOU_MAIL_FROM: %w", err)
	}
	return nil
}

// provider is who vouches for agents; nil for nobody.
func (c config) provider() *desk.Provider {
	if c.oidcIssuer == "" {
		return nil
	}
	return &desk.Provider{Issuer: c.oidcIssuer, ClientID: c.oidcClient, ClientSecret: c.oidcSecret}
}

func (c config) telegram() bool { return c.telegramToken != "" }
func (c config) sms() bool      { return c.twilioAccount != "" }

// value returns what the environment says, or the default.
func (s setting) value(getenv func(string) string) (string, error) {
	value := strings.TrimSpace(getenv(s.name))
	if file := getenv(s.name + "_FILE"); s.secret && file != "" {
		if value != "" {
			return "", fmt.Errorf("set it or %s_FILE, not both", s.name)
		}
		b, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("read %s_FILE: %w", s.name, err)
		}
		value = strings.TrimSpace(string(b))
	}
	if value == "" {
		value = s.def
	}
	return value, nil
}

func text(field func(*config) *string, check func(string) error) func(*config, string) error {
	return func(c *config, v string) error {
		if check != nil {
			if err := check(v); err != nil {
				return err
			}
		}
		*field(c) = v
		return nil
	}
}

func list(field func(*config) *[]string) func(*config, string) error {
	return func(c *config, v string) error {
		for word := range strings.SplitSeq(v, ",") {
			if word = strings.TrimSpace(word); word != "" {
				*field(c) = append(*field(c), word)
			}
		}
		return nil
	}
}

func yesNo(field func(*config) *bool) func(*config, string) error {
	return func(c *config, v string) error {
		if v != "yes" && v != "no" {
			return fmt.Errorf("%q: say yes or no", v)
		}
		*field(c) = v == "yes"
		return nil
	}
}

func duration(field func(*config) *time.Duration) func(*config, string) error {
	return func(c *config, v string) error {
		d, err := time.ParseDuration(v)
		if err != nil || d <= 0 {
			return fmt.Errorf("%q is no length of time such as 720h", v)
		}
		*field(c) = d
		return nil
	}
}

// steps reads two lengths of time, the second longer, or "no".
func steps(field func(*config) *[]time.Duration) func(*config, string) error {
	return func(c *config, v string) error {
		if v == "no" {
			return nil
		}
		first, second, _ := strings.Cut(v, ",")
		next, err := time.ParseDuration(strings.TrimSpace(first))
		manager, err2 := time.ParseDuration(strings.TrimSpace(second))
		if err != nil || err2 != nil || next <= 0 || manager <= next {
			return fmt.Errorf("%q is not two lengths of time, the second longer, such as 2h,4h; or no", v)
		}
		*field(c) = []time.Duration{next, manager}
		return nil
	}
}

func key(field func(*config) **store.Key) func(*config, string) error {
	return func(c *config, v string) error {
		k, err := store.ParseKey(v)
		if err != nil {
			return err
		}
		*field(c) = &k
		return nil
	}
}

func topics(c *config, v string) (err error) {
	c.topics, err = alert.ReadGroups(v)
	return err
}

func rate(field func(*config) *float64) func(*config, string) error {
	return func(c *config, v string) error {
		f, err := strconv.ParseFloat(v, 64)
		if err != nil || f <= 0 || f > 100_000 {
			return fmt.Errorf("%q is no number of messages a second (above 0)", v)
		}
		*field(c) = f
		return nil
	}
}

func price(field func(*config) *decimal.Decimal) func(*config, string) error {
	return func(c *config, v string) error {
		d, err := decimal.NewFromString(v)
		if err != nil || d.IsNegative() || d.GreaterThan(decimal.NewFromInt(10)) {
			return fmt.Errorf("%q is no price in euros such as 0.0725", v)
		}
		*field(c) = d
		return nil
	}
}

func isListen(v string) error {
	if _, port, err := net.SplitHostPort(v); err != nil || port == "" {
		return fmt.Errorf("%q is no address such as 127.0.0.1:8080", v)
	}
	return nil
}

func isBaseURL(v string) error {
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%q is no address such as https://doudou.ville.fr", v)
	}
	return nil
}

func isPostgres(v string) error {
	if !strings.HasPrefix(v, "postgres://") && !strings.HasPrefix(v, "postgresql://") {
		return errors.New("must begin with postgres://")
	}
	return nil
}

func configCommand() command {
	return command{
		name: "config", about: "shows every setting and its value, secrets hidden", usage: "",
		example: "DOUDOU_LISTEN=:8080 doudou config", run: runConfig,
	}
}

// runConfig prints all settings; it fails if one is wrong, after printing.
func runConfig(_ context.Context, p *program, flags *flag.FlagSet, args []string) error {
	if err := p.parse(flags, args); err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	for _, s := range settings() {
		value, err := s.value(p.getenv)
		switch {
		case err != nil:
			value = "?"
		case s.secret && value != "":
			value = "(set, hidden)"
		case value == "":
			value = "-"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", s.name, value, s.about)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := readConfig(p.getenv)
	return err
}
