package main

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"doudou/bot/bottest"
)

// talk has somebody write words, each after the answer to the one before. A word
// that begins with ~ is left out of their transcript.
func (d *day) talk(g *guest, words ...string) {
	for _, word := range words {
		told, shown := strings.CutPrefix(word, "~")
		d.write(g, told, !shown)
	}
}

// write has somebody write one message, or tap the button of a number, and waits
// for the answer.
func (d *day) write(g *guest, text string, shown bool) {
	d.t.Helper()
	at := d.clock.Now()
	if shown {
		g.notes.wrote(at, text)
	} else {
		g.notes.cut()
	}
	before := len(g.heard)
	if g.chat == 0 {
		d.text(g, text)
	} else {
		d.update(g, text)
	}
	d.hear(g, true, shown)
	if len(g.heard) == before {
		d.t.Errorf("%s (%s) wrote %q and got no answer", g.name, g.voice.lang, text)
	}
}

func (d *day) text(g *guest, text string) {
	ctx, cancel := context.WithTimeout(d.t.Context(), time.Minute)
	defer cancel()
	if _, err := d.twilio.Text(ctx, d.base+pathSMS, bottest.TwilioText{From: g.phone, To: testSender, Body: text}); err != nil {
		d.t.Errorf("%s: %v", g.name, err)
	}
}

// update brings a message, or a tap on a button of the last one, to the webhook.
func (d *day) update(g *guest, text string) {
	update := bottest.TelegramText(g.chat, g.voice.lang, text)
	if message, data := g.button(text); data != "" {
		update = bottest.TelegramTap(g.chat, message, data)
	}
	_, raw := d.telegram.Update(update)
	status, err := d.telegram.Deliver(d.t.Context(), d.base+pathTelegram, testSecret, raw)
	if err != nil || status != 200 {
		d.t.Errorf("%s: the webhook answered %d %v", g.name, status, err)
	}
	d.telegram.WaitSentTo(g.chat, len(g.heard)+1, 30*time.Second)
}

// button returns the button that a number stands for under the last message.
func (g *guest) button(text string) (message int, data string) {
	n, err := strconv.Atoi(text)
	if err != nil || len(g.heard) == 0 {
		return 0, ""
	}
	last := g.heard[len(g.heard)-1]
	if n < 1 || n > len(last.buttons) {
		return 0, ""
	}
	return last.message, last.buttons[n-1].Data
}

// hear notes what has reached somebody since.
func (d *day) hear(g *guest, asked, shown bool) {
	var list []notice
	if g.chat == 0 {
		for _, m := range d.twilio.SentTo(g.phone) {
			list = append(list, notice{text: m.Body})
		}
	} else {
		for _, m := range d.telegram.SentTo(g.chat) {
			h := notice{text: m.Text, message: m.ID}
			for _, row := range m.Buttons {
				h.buttons = append(h.buttons, row...)
			}
			list = append(list, h)
		}
	}
	list = list[len(g.heard):]
	if asked && len(list) > 1 {
		list = list[:1] // what comes behind the answer was not asked for
	}
	for _, h := range list {
		h.at, h.asked = d.clock.Now(), asked
		g.heard = append(g.heard, h)
		if shown {
			g.notes.read(h)
		}
	}
}

// at moves the clock, when all that was due has left, and lets happen what is
// due then: what is under way for ten minutes would be taken for lost.
func (d *day) at(when string) {
	d.t.Helper()
	d.settle()
	d.clock.Set(when)
	d.signIn()
	d.quiet()
}

// quiet lets all that is due happen, and notes what reached whom.
func (d *day) quiet() {
	d.t.Helper()
	d.settle()
	for _, g := range d.people {
		d.hear(g, false, true)
	}
}

// together has many people write at once, a few at a time.
func together(people []*guest, do func(*guest)) {
	var all sync.WaitGroup
	turns := make(chan struct{}, 8)
	for _, g := range people {
		turns <- struct{}{}
		all.Go(func() { do(g); <-turns })
	}
	all.Wait()
}

// A transcript is what somebody and Doudou said, for the README; nil keeps
// nothing.
type transcript struct {
	who  string
	text strings.Builder
	last time.Time
	gap  bool
}

// cut marks that something is left out.
func (n *transcript) cut() {
	if n != nil && !n.gap {
		n.gap = true
		n.text.WriteString("          (...)\n")
	}
}

func (n *transcript) wrote(at time.Time, text string) {
	if n != nil {
		n.heading(at)
		n.say(n.who+"> ", text)
	}
}

func (n *transcript) read(h notice) {
	if n == nil || timesChanged.MatchString(h.text) {
		return // what changes depends on who else comes
	}
	text := timesList.ReplaceAllString(h.text, "09:30 (4), 09:46 (7)")
	text = entryCode.ReplaceAllString(text, "${1}0000")
	for _, b := range h.buttons {
		text += " [" + b.Text + "]"
	}
	if strings.Contains(n.text.String(), strings.Split(text, "\n")[0]) {
		return // the second reminder
	}
	n.heading(h.at)
	n.say("Doudou    ", text)
}

func (n *transcript) heading(at time.Time) {
	if !at.Equal(n.last) {
		n.text.WriteString("-- " + at.Format("Mon 2 Jan 2006, 15:04") + "\n")
		n.last = at
	}
}

func (n *transcript) say(who, text string) {
	n.gap = false
	for i, line := range strings.Split(strings.ReplaceAll(text, "\n\n", "\n"), "\n") {
		if i > 0 {
			who = strings.Repeat(" ", len(who))
		}
		n.text.WriteString(strings.TrimRight(who+line, " ") + "\n")
	}
}

var (
	timesChanged = regexp.MustCompile(`rendez-vous ont changé`)
	entryCode    = regexp.MustCompile(`((?:Code : |code ))\d{4}`)
)
