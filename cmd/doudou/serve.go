package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"doudou/bot"
	"doudou/bot/desk"
)

func serveCommand() command {
	return command{
		name: "serve", about: "runs the service: channels, robot, desk and try-it phone", usage: "[--demo]",
		example: "doudou serve   (settings: doudou config)", run: runServe,
	}
}

// runServe serves until it is interrupted, then finishes what is under way.
func runServe(ctx context.Context, p *program, flags *flag.FlagSet, args []string) error {
	demo := flags.Bool("demo", false, "shows every page with invented people, on a store of its own that is removed at the end; nothing is sent")
	if err := p.parse(flags, args); err != nil {
		return err
	}
	if *demo {
		return p.runDemo(ctx)
	}
	config, err := readConfig(p.getenv)
	if err != nil {
		return fmt.Errorf("settings are wrong; nothing was started:\n%w", err)
	}
	s, err := openServer(ctx, p, config)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.welcome(ctx); err != nil {
		return err
	}
	return s.run(ctx)
}

// stopGrace is how long a stop may take before the program ends the hard way:
// longer than any request to a provider.
const stopGrace = 60 * time.Second

// run serves until ctx ends. It stops in the order in which messages flow: no
// more come in, those accepted are answered, those answered are sent.
func (s *server) run(ctx context.Context) error {
	intake, stopIntake := context.WithCancel(ctx)
	defer stopIntake()
	working, stopWorking := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWorking()
	var channels, service sync.WaitGroup
	failed := make(chan error, 2)

	service.Go(func() { s.service.Run(working) })
	service.Go(func() { s.watch.Run(working) })
	if s.bridge != nil {
		channels.Go(func() { s.bridge.Run(intake) })
	}
	if s.staffBot != nil {
		channels.Go(func() { s.staffBot.Run(intake) })
	}
	if s.telegram != nil {
		channels.Go(func() { s.runTelegram(intake, failed) })
	}
	web := &http.Server{
		Handler: s.handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
	}
	web.RegisterOnShutdown(func() { close(s.stopping) })
	channels.Go(func() { serveHTTP(web, s.listener, failed) })
	if s.metricsListener != nil {
		metrics := &http.Server{Handler: s.meter.handler(), ReadHeaderTimeout: 5 * time.Second}
		channels.Go(func() { serveHTTP(metrics, s.metricsListener, failed) })
		defer metrics.Close()
	}

	var err error
	select {
	case <-ctx.Done():
		s.log.Info("stopping")
	case err = <-failed:
	}
	watchdog := time.AfterFunc(stopGrace, func() {
		s.log.Error("could not stop in time; what is unfinished is in the store", "grace", stopGrace)
		os.Exit(1)
	})
	defer watchdog.Stop()
	stopIntake()
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace/3)
	defer cancel()
	if e := web.Shutdown(closing); e != nil {
		web.Close() // a page that stays open does not hold the service back
	}
	stopWorking()
	service.Wait()
	return err
}

func serveHTTP(web *http.Server, l net.Listener, failed chan<- error) {
	if err := web.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		failed <- fmt.Errorf("serve HTTP: %w", err)
	}
}

// welcome tells whoever started the service where everything is. As long as
// nobody has chosen a password for the desk it gives a link to sign in once.
func (s *server) welcome(ctx context.Context) error {
	base := s.base()
	fmt.Fprintf(s.p.out, "Doudou is ready.\n  try-it phone  %s/try\n  staff desk    %s/desk/\n", base, base)
	if err := s.offerSignIn(ctx, base); err != nil {
		return err
	}
	fmt.Fprintf(s.p.out, "  Telegram      %s\n  SMS           %s\n  alerts        %s\n  kept in       %s\n", s.telegramState(), s.smsState(), s.alertState(), s.storeState())
	if made := s.store.MadeKey(); made != "" {
		fmt.Fprintf(s.p.out, "  sealed with   %s, made now: keep a copy of it apart from the backups, without it no number can be read\n", made)
	}
	return nil
}

// firstAgent is who may sign in before anybody was invited.
const firstAgent = "coordination"

// offerSignIn makes the first agent and a one-time link, until they have chosen
// a password.
func (s *server) offerSignIn(ctx context.Context, base string) error {
	agents, err := s.store.Agents(ctx)
	if err != nil {
		return fmt.Errorf("read the agents: %w", err)
	}
	for _, a := range agents {
		if a.Password != "" {
			return nil
		}
	}
	if len(agents) == 0 {
		first := bot.Agent{Login: firstAgent, Name: "Le relais", Role: bot.RoleManager, Active: true, Since: s.p.now(), Teams: s.teams()}
		if err := s.store.SaveAgent(ctx, first); err != nil {
			return err
		}
		agents = []bot.Agent{first}
	}
	token, err := invite(ctx, s.store, agents[0].Login, s.p.now())
	if err != nil {
		return err
	}
	fmt.Fprintf(s.p.out, "  sign in once  %s/desk/sign-in?token=%s   (as %s, within 24 hours)\n", base, token, agents[0].Login)
	return nil
}

// invite makes a one-time token to sign in at the desk. Only its hash is kept.
func invite(ctx context.Context, store bot.AgentStore, login string, now time.Time) (string, error) {
	token, hash := desk.NewInvitation()
	if err := store.Invite(ctx, login, hash, now.Add(24*time.Hour)); err != nil {
		return "", fmt.Errorf("keep the invitation: %w", err)
	}
	return token, nil
}

// base is where people reach the service.
func (s *server) base() string {
	if s.config.publicURL != "" {
		return strings.TrimSuffix(s.config.publicURL, "/")
	}
	return "http://" + dialable(s.listener.Addr().String())
}

// dialable turns an address to listen on into one to ask.
func dialable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

func (s *server) telegramState() string {
	switch {
	case s.telegram == nil:
		return "off (DOUDOU_TELEGRAM_TOKEN opens it)"
	case s.config.publicURL != "":
		return "on, by webhook"
	}
	return "on, by polling"
}

func (s *server) smsState() string {
	if !s.config.sms() {
		return "off (DOUDOU_TWILIO_* open it)"
	}
	return "on: " + strings.Join(s.config.twilioSenders, ", ")
}

func (s *server) storeState() string {
	where := "SQLite, folder " + s.config.data
	if s.config.databaseURL != "" {
		where = "PostgreSQL"
	}
	if s.config.redisURL != "" {
		where += ", sessions in Redis"
	}
	return where
}
