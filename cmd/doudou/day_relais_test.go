package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
)

// A relais is the real service with its doors, in this process so that its
// clock can be moved: weeks pass between the invitation and the contract.
type relais struct {
	*process
	clock  *bottest.Clock
	server *server
	desk   *story
	data   string
}

// openRelais opens the service at a time written as for bottest.NewClock.
func openRelais(t *testing.T, at string) *relais {
	t.Helper()
	dir := t.TempDir()
	r := &relais{process: newProcess(t, "DOUDOU_DATA="+dir, "DOUDOU_LOG=warn", "DOUDOU_OPINIONS=no"), clock: bottest.NewClock(at), data: filepath.Join(dir, "doudou.db")}
	r.desk = &story{t: t, process: r.process}
	output, said := io.Pipe()
	go r.listen(output)
	t.Cleanup(func() { said.Close() })
	program := &program{out: said, err: said, getenv: lastOf(r.env), now: r.clock.Now}
	settings, err := readConfig(program.getenv)
	if err != nil {
		t.Fatal(err)
	}
	if r.server, err = openServer(t.Context(), program, settings); err != nil {
		t.Fatal(err)
	}
	if err := r.server.welcome(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.serve()
	return r
}

// serve runs the service until the test ends.
func (r *relais) serve() {
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := r.server.run(ctx); err != nil && !errors.Is(err, context.Canceled) {
			r.t.Errorf("the service ended: %v", err)
		}
	})
	r.t.Cleanup(func() {
		stop()
		running.Wait()
		r.server.close()
	})
	if err := r.ready(30 * time.Second); err != nil {
		r.t.Fatalf("%v; it said:\n%s", err, r.said())
	}
}

// lastOf reads settings of which the last one counts.
func lastOf(env []string) func(string) string {
	return func(name string) (value string) {
		for _, setting := range env {
			if rest, ok := strings.CutPrefix(setting, name+"="); ok {
				value = rest
			}
		}
		return value
	}
}

// settle has all that is due said, and waits until everything is answered and
// sent.
func (r *relais) settle() {
	r.t.Helper()
	if err := r.server.service.Cry(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	late := time.Now().Add(time.Minute)
	for {
		c, err := r.server.store.Counts(r.t.Context())
		if err != nil {
			r.t.Fatal(err)
		}
		if c.Unread == 0 && c.Queued == 0 {
			return
		}
		if time.Now().After(late) {
			r.t.Fatalf("%d messages are not answered, %d not sent; it said:\n%s", c.Unread, c.Queued, r.said())
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// signIn opens the desk anew.
func (r *relais) signIn() {
	r.t.Helper()
	token, err := invite(r.t.Context(), r.server.store, firstAgent, r.clock.Now())
	if err != nil {
		r.t.Fatal(err)
	}
	r.desk.enterBy(r.base + "/desk/sign-in?token=" + token)
}

// form reads a form of a page, by its action, as a browser would send it.
func (r *relais) form(page, action string) fields {
	r.t.Helper()
	text := r.desk.get(r.base + page)
	form, ok := readForm(text, action)
	if !ok {
		r.t.Fatalf("%s has no form for %s:\n%s", page, action, text)
	}
	return form
}

// seats returns who has, is offered or waits for a seat.
func (r *relais) seats(event string) []bot.Seat {
	r.t.Helper()
	list, err := r.server.store.Roster(r.t.Context(), event)
	if err != nil {
		r.t.Fatal(err)
	}
	return list
}

// plan returns the plan of the day.
func (r *relais) plan(event string) bot.Day {
	r.t.Helper()
	d, err := r.server.store.Day(r.t.Context(), event)
	if err != nil {
		r.t.Fatal(err)
	}
	return d
}

var timesList = regexp.MustCompile(`\d\d:\d\d \(\d+\)(, \d\d:\d\d \(\d+\))*`)
