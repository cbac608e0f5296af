package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"doudou/bot"
	"doudou/bot/alert"
	"doudou/bot/desk"
	"doudou/bot/sms"
	"doudou/bot/store"
	"doudou/bot/telegram"
	"doudou/knowledge"
	"doudou/locales"
)

// A server is the service with its doors: everything is open and nothing runs.
type server struct {
	p        *program
	config   config
	log      *slog.Logger
	meter    *meter
	content  *content
	store    *store.Store
	service  *bot.Service
	telegram *telegram.Channel // nil without a token
	sms      *sms.Channel      // nil without an account
	handler  http.Handler
	stopping chan struct{} // closed when pages that stay open must end
	watch    *alert.Watch
	staffBot *alert.StaffBot // nil without a token
	bridge   *alert.Bridge   // nil without groups

	listener        net.Listener
	metricsListener net.Listener // nil when metrics are off
}

// openServer opens everything or nothing; what is wrong is said before anything
// starts.
func openServer(ctx context.Context, p *program, c config) (*server, error) {
	s := &server{p: p, config: c, meter: newMeter(), stopping: make(chan struct{}), log: slog.New(slog.NewJSONHandler(p.err, &slog.HandlerOptions{Level: c.logLevel}))}
	steps := []func(context.Context) error{s.openContent, s.openStore, s.openListeners, s.openChannels, s.openService, s.openWatch, s.openDoors}
	for _, open := range steps {
		if err := open(ctx); err != nil {
			s.close()
			return nil, err
		}
	}
	return s, nil
}

// close closes what is open.
func (s *server) close() {
	for _, l := range []net.Listener{s.listener, s.metricsListener} {
		if l != nil {
			l.Close()
		}
	}
	if s.telegram != nil {
		s.telegram.Close()
	}
	if s.store != nil {
		if err := s.store.Close(); err != nil {
			s.log.Error("the store did not close well", "error", err)
		}
	}
}

func (s *server) openContent(context.Context) (err error) {
	s.content, err = loadContent(s.p)
	debug.FreeOSMemory() // what it took to learn the phrases and to prove the texts is not needed again
	return err
}

func (s *server) openStore(ctx context.Context) (err error) {
	if s.store, err = openStore(ctx, s.p, s.config, true); err != nil {
		return err
	}
	s.meter.watch(s.store)
	return addDates(ctx, s.store, s.content.knowledge.Calendar(s.p.now()), s.p.now())
}

// openStore opens the database and Redis. serving is true for the service
// itself, false for a command that runs beside it.
func openStore(ctx context.Context, p *program, c config, serving bool) (*store.Store, error) {
	o := storeOptions(p, c)
	o.Beside = !serving
	if c.redisURL != "" {
		client, err := store.DialRedis(c.redisURL)
		if err != nil {
			return nil, fmt.Errorf("DOUDOU_REDIS_URL: %w", err)
		}
		o.Sessions = store.NewRedisSessions(client, c.sessionTTL)
	}
	return store.Open(ctx, o)
}

// storeOptions say where the store is.
func storeOptions(p *program, c config) store.Options {
	o := store.Options{URL: c.databaseURL, Key: c.key, OldKey: c.oldKey, Keep: c.keep, Now: p.now}
	if o.URL == "" {
		o.Path = filepath.Join(c.data, "doudou.db")
	} else {
		o.KeyFile = filepath.Join(c.data, "doudou.key")
	}
	return o
}

func (s *server) openListeners(context.Context) (err error) {
	if s.listener, err = net.Listen("tcp", s.config.listen); err != nil {
		return fmt.Errorf("DOUDOU_LISTEN: %w (is Doudou running already?)", err)
	}
	if s.config.metricsListen != "" {
		if s.metricsListener, err = net.Listen("tcp", s.config.metricsListen); err != nil {
			return fmt.Errorf("DOUDOU_METRICS_LISTEN: %w", err)
		}
	}
	return nil
}

// Addresses of the webhooks of messages; they are part of what is configured at
// the providers.
const (
	pathTelegram = "/telegram/webhook"
	pathSMS      = "/sms/inbound"
)

// openChannels opens the channels that have their settings.
func (s *server) openChannels(context.Context) (err error) {
	if s.config.telegram() {
		if s.telegram, err = telegram.New(s.telegramOptions()); err != nil {
			return err
		}
	}
	if s.config.sms() {
		if s.sms, err = sms.New(s.smsOptions()); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) telegramOptions() telegram.Options {
	o := telegram.Options{
		Token: s.config.telegramToken, Secret: s.config.telegramSecret, ServerURL: s.config.telegramServer,
		Rate: s.config.telegramRate, Burst: max(1, int(s.config.telegramRate)),
		ChatRate: s.config.telegramChat, ChatBurst: max(3, int(s.config.telegramChat)),
		Inbox: s.store, Wake: func(c bot.ContactID) { s.service.Wake(c) },
		Count: s.meter.count, Logger: s.log, Now: s.p.now,
		Languages: s.content.words.Languages(), Words: s.commandWords,
	}
	if s.config.publicURL != "" {
		o.PublicURL = s.base() + pathTelegram
	}
	return o
}

// commandWords gives the texts that Telegram shows beside a conversation, "" when
// there is none.
func (s *server) commandWords(lang, key string) string {
	key = "bot.commands." + strings.TrimPrefix(key, "telegram.")
	text, err := s.content.words.Text(lang, locales.Style{}, locales.Line{Key: key}, s.content.fact(s.p.now()))
	if err != nil {
		return ""
	}
	return text
}

// smsOptions are the settings of the SMS channel, to be checked before anything starts.
func (c config) smsOptions() sms.Options {
	return sms.Options{
		AccountSid: c.twilioAccount, AuthToken: c.twilioToken, Senders: c.twilioSenders, MessagingService: c.twilioService,
		PublicURL: strings.TrimSuffix(c.publicURL, "/"), ServerURL: c.twilioServer, Rate: c.twilioRate,
	}
}

// smsOptions add what the SMS channel talks with.
func (s *server) smsOptions() sms.Options {
	o := s.config.smsOptions()
	o.Converse = func(ctx context.Context, m bot.Message) ([]bot.Outgoing, error) { return s.service.Converse(ctx, m) }
	o.Delivered = func(ctx context.Context, out []bot.Outgoing) { s.service.Delivered(ctx, out) }
	o.Store, o.Count, o.Logger, o.Now = s.store, s.meter.count, s.log, s.p.now
	return o
}

// smsHold is how long an answer is left to the operator's request before it is
// sent on its own: longer than that request and its retry may last.
const smsHold = 20 * time.Second

// openService makes the robot, with a carrier for each channel.
func (s *server) openService(context.Context) (err error) {
	chat := bot.Carrier{Channel: bot.Telegram, Style: locales.Style{Isolate: true}, Buttons: true, Workers: 64}
	text := bot.Carrier{Channel: bot.SMS, Style: locales.Style{SMS: true}, Pages: sms.Answer, Segments: segmentsOf, Hold: smsHold, Workers: 32}
	if s.telegram != nil {
		chat.Sender, chat.Locates = s.telegram, true
	}
	if s.sms != nil {
		text.Sender = s.sms
	}
	if s.config.mute {
		chat.Sender, text.Sender = mute{}, mute{}
	}
	o := s.content.options(s.p, []bot.Carrier{chat, text})
	o.Opinions = s.config.opinions
	o.Store, o.Count, o.Took, o.Log, o.Undo = s.store, s.meter.count, s.meter.took, s.log, bot.UndoTime
	s.service, err = bot.New(o)
	return err
}

// segmentsOf is how many SMS a text takes as it leaves.
func segmentsOf(text string) int { return sms.Measure(sms.Fit(text)).Segments }

// adviseOn prices a text of staff as it leaves.
func adviseOn(lead, text, tail string) desk.Advice {
	return desk.Advice(sms.Advise(lead, text, tail))
}

// openDoors puts every page and webhook at its address.
func (s *server) openDoors(context.Context) error {
	var visitor func(*http.Request) string // nil: the address of the connection
	if s.config.behindProxy {
		visitor = forwardedFor
	}
	pages, err := desk.New(desk.Options{
		ClientAddress: visitor,
		Cases:         s.store, Staff: s.store, Service: s.service, Words: s.content.words, Knowledge: s.content.knowledge,
		PublicURL: s.base(), Sessions: s.store.DeskSessions(), Proofs: s.store, RequireSecond: s.config.requireTOTP, Provider: s.config.provider(), Now: s.p.now, Log: s.log,
		People:   s.store,
		Answers:  bot.NewShelf(s.content.reader, s.content.book, s.content.words, s.content.knowledge, s.p.now),
		Lessons:  &lessons{store: s.store, reader: s.content.reader, file: s.config.learnedFile()},
		Rehearse: func(ch bot.Channel, lang string) desk.Rehearsal { return s.service.Rehearse(ch, lang) },
		Segments: segmentsOf, Advise: adviseOn, Reports: s.report,
		Families: s.store,
		Calendar: s.store, Days: s.store, Broadcasts: s.store, Meetings: s.store, Compose: s.service.Compose,
		Alerts: s.store, Reach: s.reach(),
		Rates: s.rates(), SegmentPrice: s.config.smsPrice, Stopping: s.stopping,
	})
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/desk/", pages)
	mux.Handle("/try", pages)
	mux.Handle("/try/", pages)
	mux.Handle("/static/", pages)
	mux.Handle("/calendar.ics", pages)
	mux.Handle("GET /{$}", http.RedirectHandler("/try", http.StatusSeeOther))
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	mux.HandleFunc("GET /readyz", s.readyz)
	if s.telegram != nil && s.config.publicURL != "" {
		mux.Handle(pathTelegram, s.telegram.Handler())
	}
	if s.sms != nil {
		mux.Handle(pathSMS, s.sms.Inbound())
		mux.Handle(sms.StatusPath, s.sms.Status())
	}
	s.handler = mux
	return nil
}

// rates are the messages a second that each channel sends.
func (s *server) rates() map[bot.Channel]float64 {
	return map[bot.Channel]float64{
		bot.Telegram: s.config.telegramRate,
		bot.SMS:      s.config.twilioRate * float64(max(1, len(s.config.twilioSenders))),
	}
}

// forwardedFor is who our proxy says is asking: the last address of the header,
// the only one that the visitor did not write.
func forwardedFor(r *http.Request) string {
	list := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
	return strings.TrimSpace(list[len(list)-1])
}

// readyz tells whether messages can be accepted and answered. Redis away is
// said and is no reason to turn messages down: the service goes on from SQL.
func (s *server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	health := s.store.Health(ctx)
	var lines []string
	status := http.StatusOK
	if health.SQL != nil {
		status = http.StatusServiceUnavailable
		lines = append(lines, "database: away")
		s.log.Error("the database does not answer", "error", health.SQL)
	}
	if health.Sessions != nil {
		lines = append(lines, "sessions: Redis is away, going on from SQL, slower")
	}
	if s.telegram != nil {
		if err := s.telegram.Ready(); err != nil {
			lines = append(lines, "telegram: "+err.Error())
		}
	}
	if status == http.StatusOK {
		lines = append([]string{"ready"}, lines...)
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintln(w, strings.Join(lines, "\n"))
}

// runTelegram keeps the Telegram channel open; a refused token stops the
// service, because nothing else will mend it.
func (s *server) runTelegram(ctx context.Context, failed chan<- error) {
	err := s.telegram.Run(ctx)
	if err != nil && ctx.Err() == nil && !errors.Is(err, context.Canceled) {
		failed <- fmt.Errorf("Telegram: %w", err)
	}
}

// teams are the ids of all teams.
func (s *server) teams() []string { return ids(s.content.knowledge) }

// teamIDs reads the ids of all teams of the town.
func teamIDs(c config) ([]string, error) {
	k, err := readTown(c.townName())
	if err != nil {
		return nil, fmt.Errorf("read the teams: %w", err)
	}
	return ids(k), nil
}

func ids(k *knowledge.Knowledge) []string {
	var list []string
	for _, t := range k.Teams() {
		list = append(list, t.ID)
	}
	return list
}
