package desk

import (
	"context"
	"crypto/rand"
	"sync"
	"time"

	"doudou/bot"
)

// Bounds of the try-it phone: it is open to all.
const (
	maxPhones  = 300 // conversations kept at once; the one longest silent makes room
	phoneLife  = 30 * time.Minute
	maxBubbles = 60 // messages shown
	maxTyped   = 1600
)

// phones are the rehearsals under way. They live in memory and are forgotten.
type phones struct {
	mu    sync.Mutex
	start func(ch bot.Channel, lang string) Rehearsal
	now   func() time.Time
	byKey map[string]*phone
}

func newPhones(start func(bot.Channel, string) Rehearsal, now func() time.Time) *phones {
	return &phones{start: start, now: now, byKey: map[string]*phone{}}
}

// A phone is one conversation with Doudou as somebody sees it on a screen.
type phone struct {
	mu      sync.Mutex
	talk    Rehearsal
	used    time.Time // guarded by phones.mu
	Channel bot.Channel
	Lang    string
	Bubbles []bubble
}

// A bubble is one message on the screen.
type bubble struct {
	Mine     bool
	Lead     string
	Text     []string
	Lang     string
	Dir      string
	Buttons  [][]bot.Button
	Segments int    // SMS that it took
	Note     string // text id of what happened beside the conversation
}

// get returns a conversation that is not too old.
func (p *phones) get(key string) *phone {
	p.mu.Lock()
	defer p.mu.Unlock()
	ph := p.byKey[key]
	if ph == nil || p.now().Sub(ph.used) > phoneLife {
		delete(p.byKey, key)
		return nil
	}
	ph.used = p.now()
	return ph
}

// fresh starts a conversation.
func (p *phones) fresh(ch bot.Channel, lang string) (key string, ph *phone) {
	key = rand.Text()
	ph = &phone{talk: p.start(ch, lang), Channel: ch, Lang: lang, used: p.now()}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.makeRoom()
	p.byKey[key] = ph
	return key, ph
}

// makeRoom forgets what is old, and what is longest silent when there is no room.
func (p *phones) makeRoom() {
	oldest, at := "", p.now()
	for key, ph := range p.byKey {
		if p.now().Sub(ph.used) > phoneLife {
			delete(p.byKey, key)
		} else if !ph.used.After(at) {
			oldest, at = key, ph.used
		}
	}
	if len(p.byKey) >= maxPhones {
		delete(p.byKey, oldest)
	}
}

// say plays a message and keeps what appears on the screen.
func (ph *phone) say(ctx context.Context, m bot.Message, shown string, segments func(string) int) error {
	ph.mu.Lock()
	defer ph.mu.Unlock()
	m.Lang = ph.Lang
	if m.Kind == bot.Tap {
		if shown = ph.label(m.Data); shown == "" {
			return nil // an old page: the button is used up
		}
	}
	played, err := ph.talk.Say(ctx, m)
	if err != nil {
		return err
	}
	ph.wrote(shown)
	for _, o := range played.Turn.Out {
		ph.Bubbles = append(ph.Bubbles, answer(o, ph.Channel, segments))
	}
	switch {
	case played.Turn.Open != nil:
		ph.Bubbles = append(ph.Bubbles, bubble{Note: "desk.try.handoff"})
	case len(played.Turn.Out) == 0:
		ph.Bubbles = append(ph.Bubbles, bubble{Note: "desk.try.silent"})
	}
	if extra := len(ph.Bubbles) - maxBubbles; extra > 0 {
		ph.Bubbles = ph.Bubbles[extra:]
	}
	return nil
}

// wrote shows what the newcomer wrote; the buttons before it are used up.
func (ph *phone) wrote(shown string) {
	for i := range ph.Bubbles {
		ph.Bubbles[i].Buttons = nil
	}
	if shown != "" {
		ph.Bubbles = append(ph.Bubbles, bubble{Mine: true, Text: paragraphs(shown), Dir: "auto"})
	}
}

// label is what the button with this data says, "" when there is none.
func (ph *phone) label(data string) string {
	for _, b := range ph.Bubbles {
		for _, row := range b.Buttons {
			for _, button := range row {
				if button.Data == data {
					return button.Label
				}
			}
		}
	}
	return ""
}

func answer(o bot.Outgoing, ch bot.Channel, segments func(string) int) bubble {
	b := bubble{Lead: o.Lead, Text: paragraphs(o.Body), Lang: o.Lang, Dir: direction(o.Lang), Buttons: o.Buttons}
	if ch == bot.SMS && segments != nil {
		b.Segments = segments(o.Body)
	}
	return b
}

// screen is what the phone shows now.
func (ph *phone) screen() []bubble {
	ph.mu.Lock()
	defer ph.mu.Unlock()
	return append([]bubble(nil), ph.Bubbles...)
}
