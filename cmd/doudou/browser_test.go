package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"doudou/bot/bottest"
)

// browserLimit bounds all browser tests together.
const browserLimit = 8 * time.Minute

// TestBrowser drives a real Chromium over every page of the demonstration, and
// plays what happens on a desk on the real service: the tests themselves are in
// bot/bottest/browser. It is left out where there is no browser.
func TestBrowser(t *testing.T) {
	chromium := os.Getenv("DOUDOU_TEST_BROWSER")
	if chromium == "" {
		t.Skip("left out: DOUDOU_TEST_BROWSER is not set; make test sets it where Chromium and Node are or can be installed")
	}
	demo := newProcess(t)
	demo.args = []string{"--demo"}
	demo.start()
	w := &wire{t: t, demo: demo, service: newProcess(t)}
	w.service.start()
	ctx, cancel := context.WithTimeout(t.Context(), browserLimit)
	defer cancel()
	w.run(ctx, chromium)
	demo.stop()
	w.service.stop()
}

// A wire leads from the browser to the families and the machine room, which the
// Go side plays.
type wire struct {
	t             *testing.T
	demo, service *process
	results       int
}

// A word is one line from the browser's side: a result, or an act to do.
type word struct {
	Pass, Fail, Why string
	Ms              int
	Do              string
	Args            map[string]string
}

// run runs the tests of the browser and reports each as one of ours.
func (w *wire) run(ctx context.Context, chromium string) {
	w.t.Helper()
	cmd := exec.CommandContext(ctx, "node", "main.mjs")
	cmd.Dir = filepath.Join("..", "..", "bot", "bottest", "browser")
	cmd.Env = append(os.Environ(), "DOUDOU_TEST_BROWSER="+chromium, "DEMO="+w.demo.base, "BASE="+w.service.base)
	var said strings.Builder
	cmd.Stderr, cmd.WaitDelay = &said, 10*time.Second
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		w.t.Fatalf("start the browser tests: %v", err)
	}
	w.listen(ctx, out, in)
	if err := cmd.Wait(); err != nil {
		w.t.Errorf("the browser tests ended early: %v\n%s", err, said.String())
	}
	if w.results == 0 {
		w.t.Errorf("no browser test ran:\n%s", said.String())
	}
}

// listen takes what the browser's side says, until it ends.
func (w *wire) listen(ctx context.Context, out io.Reader, in io.Writer) {
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var said word
		if err := json.Unmarshal(lines.Bytes(), &said); err != nil {
			w.t.Errorf("the browser tests said: %s", lines.Text())
			continue
		}
		if said.Do != "" {
			w.answer(ctx, said, in)
			continue
		}
		w.results++
		w.t.Run(said.Pass+said.Fail, func(t *testing.T) {
			if said.Fail != "" {
				t.Error(said.Why)
			}
		})
	}
}

// answer does an act and says what came of it.
func (w *wire) answer(ctx context.Context, said word, in io.Writer) {
	value, err := w.act(ctx, said)
	reply := map[string]any{"value": value}
	if err != nil {
		reply["error"] = err.Error()
	}
	if err := json.NewEncoder(in).Encode(reply); err != nil {
		w.t.Errorf("answer the browser tests: %v", err)
	}
}

// act does what the browser's side asks for.
func (w *wire) act(ctx context.Context, said word) (any, error) {
	p, a := w.service, said.Args
	chat, _ := strconv.ParseInt(a["chat"], 10, 64) // 0 for who writes by SMS
	switch said.Do {
	case "link":
		return w.link(ctx, a)
	case "sms":
		_, err := p.twilio.Text(ctx, p.base+pathSMS, bottest.TwilioText{From: a["from"], To: testSender, Body: a["text"]})
		return nil, err
	case "telegram":
		_, raw := p.telegram.Update(bottest.TelegramText(chat, a["lang"], a["text"]))
		return p.telegram.Deliver(ctx, p.base+pathTelegram, testSecret, raw)
	case "sent":
		return w.sent(a["to"], chat), nil
	case "kill":
		p.kill()
		return nil, nil
	case "start":
		p.start()
		return nil, nil
	}
	return nil, fmt.Errorf("there is no act %q", said.Do)
}

// link invites somebody of the staff, as the coordinator would in a terminal.
func (w *wire) link(ctx context.Context, a map[string]string) (string, error) {
	file, err := built()
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, file, "agent", "add", a["login"], "--teams", a["teams"], "--role", a["role"])
	cmd.Env = w.service.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("invite %s: %w: %s", a["login"], err, out)
	}
	return signInLink.FindString(string(out)), nil
}

// sent is what reached a family's telephone.
func (w *wire) sent(to string, chat int64) []string {
	list := []string{}
	for _, m := range w.service.twilio.SentTo(to) {
		list = append(list, m.Body)
	}
	for _, m := range w.service.telegram.SentTo(chat) {
		list = append(list, m.Text)
	}
	return list
}
