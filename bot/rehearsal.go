package bot

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// A Rehearsal talks to Doudou without a store: nothing is sent, nothing is
// kept, no seat is taken from anybody. It serves the terminal and the try-it
// phone, and plays the very turns that a family would get. It is not safe for
// concurrent use.
type Rehearsal struct {
	player  player
	channel Channel
	work    Work
	count   int
	memory  rehearsed
}

// Rehearse starts a conversation on a channel, with a contact of whom nothing
// is known but, perhaps, the language.
func (s *Service) Rehearse(ch Channel, lang string) *Rehearsal {
	r := &Rehearsal{channel: ch, memory: rehearsed{real: s.Store, sample: s.Knowledge, seats: map[string]bool{}, lines: map[string]bool{}}}
	r.player = *s.player
	r.player.carriers = withoutLocating(s.carriers)
	r.player.calendar, r.player.people = &r.memory, &r.memory
	r.forget(lang)
	return r
}

// withoutLocating returns carriers whose people cannot share where they are: a
// rehearsal has no telephone that would know.
func withoutLocating(carriers map[Channel]Carrier) map[Channel]Carrier {
	list := maps.Clone(carriers)
	for ch, c := range list {
		c.Locates = false
		list[ch] = c
	}
	return list
}

func (r *Rehearsal) forget(lang string) {
	r.memory.clear()
	r.work = Work{Contact: Contact{
		ID: "rehearsal", Lang: lang, Address: Address{Channel: r.channel, ID: "rehearsal"},
		Notes: map[string]string{}, Since: r.player.Now(),
	}}
}

// Say plays one message and returns the turn, with what would be sent in
// Turn.Out and the case that would be opened in Turn.Open.
func (r *Rehearsal) Say(ctx context.Context, m Message) (Played, error) {
	r.count++
	m.Channel, m.From, m.Provider, m.At = r.channel, r.work.Contact.Address, strconv.Itoa(r.count), r.player.Now()
	if m.Kind == "" {
		m.Kind = Text
	}
	w := r.work
	w.Message = m
	p, err := r.player.play(ctx, w)
	if err == nil {
		r.keep(p)
	}
	return p, err
}

// Case returns the case that is open in this rehearsal, nil when there is none.
func (r *Rehearsal) Case() *Case { return r.work.Case }

// keep applies a turn to the memory of the rehearsal, as the store would.
func (r *Rehearsal) keep(p Played) {
	t := p.Turn
	if t.Forget {
		r.forget("")
		return
	}
	c := &r.work.Contact
	if t.Lang != "" {
		c.Lang = t.Lang
	}
	c.Audience = first(t.Audience, c.Audience)
	if t.Stopped != nil {
		c.Stopped = *t.Stopped
	}
	maps.Copy(c.Notes, t.Notes)
	if t.Open != nil && r.work.Case == nil {
		r.work.Case = t.Open
	} else if t.Open != nil {
		r.work.Case.Urgent = r.work.Case.Urgent || t.Open.Urgent
	}
	r.memory.keep(t)
	r.work.Stamp, r.work.Session = t.To, slices.Clone(json.RawMessage(t.Session))
}
