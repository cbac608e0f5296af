package report

import (
	"cmp"
	"time"

	"doudou/bot"
)

// A tally counts lines as they are read, those of each contact together: people
// once, messages each time.
type tally struct {
	o        Options
	quarters map[bot.ContactID]string
	who      person
	all      int            // people who wrote
	audience map[string]int // people
	channel  map[string]int
	lang     map[string]int
	quarter  map[string]int
	said     map[string]int // people to whom the robot said a text
	stood    []*standing    // where people stand on each path
	months   map[string]*month
	topics   map[string]int // messages
	unclear  map[string]int // messages not understood, by language
	messages int
	robot    int // messages that the robot understood
	person   int // messages that a person had the word for, or took up
	nobody   int // messages that were not understood, and no person was called
}

// A person is what is known of the contact whose lines are read.
type person struct {
	first  bot.Heard
	wrote  bool
	lost   int // messages not understood, and no case since
	months map[string]bool
	said   map[string]bool
	places []place // on each path
}

// A month counts who wrote in it, and how much.
type month struct{ people, messages int }

// notUnderstood is what package bot calls a message that it did not understand.
const notUnderstood = "not_understood"

// unknown is the name of what nobody said.
const unknown = "unknown"

func newTally(o Options, quarters map[bot.ContactID]string) *tally {
	t := &tally{o: o, quarters: quarters, audience: map[string]int{}, channel: map[string]int{}, lang: map[string]int{}, quarter: map[string]int{},
		said: map[string]int{}, months: map[string]*month{}, topics: map[string]int{}, unclear: map[string]int{}}
	for _, p := range o.Paths {
		t.stood = append(t.stood, newStanding(p))
	}
	return t
}

// hear counts one line.
func (t *tally) hear(h bot.Heard) {
	if h.Contact != t.who.first.Contact || t.who.said == nil {
		t.end()
		t.who = person{first: h, months: map[string]bool{}, said: map[string]bool{}, places: make([]place, len(t.stood))}
	}
	if h.Case != "" {
		t.person, t.who.lost = t.person+t.who.lost, 0
	}
	switch h.Speaker {
	case bot.Robot:
		for _, key := range h.Keys {
			t.who.said[key] = true
			for i, s := range t.stood {
				s.step(&t.who.places[i], key)
			}
		}
	case bot.Family:
		t.who.wrote = true
		t.month(h.At).messages++
		t.who.months[monthOf(h.At, t.o.From.Location())] = true
		t.message(h)
	}
}

// message counts a message by what became of it. An answer inside a path has no
// intent: the robot understood it.
func (t *tally) message(h bot.Heard) {
	t.messages++
	switch {
	case h.Intent == notUnderstood:
		t.unclear[cmp.Or(h.Lang, unknown)]++
		if h.Case != "" {
			t.person++
		} else {
			t.who.lost++
		}
	case h.Intent == "" && h.Case != "":
		t.person++
	default:
		t.robot++
	}
	if h.Intent != "" && h.Intent != notUnderstood {
		t.topics[h.Intent]++
	}
}

// end counts the contact whose lines were read. Who was only written to is not
// counted.
func (t *tally) end() {
	who := t.who
	t.who = person{}
	t.nobody += who.lost
	if !who.wrote {
		return
	}
	t.all++
	t.audience[cmp.Or(who.first.Audience, unknown)]++
	t.channel[cmp.Or(string(who.first.Channel), unknown)]++
	t.lang[cmp.Or(who.first.Lang, unknown)]++
	t.quarter[t.quarterOf(who.first.Contact)]++
	for m := range who.months {
		t.months[m].people++
	}
	for key := range who.said {
		t.said[key]++
	}
	for i, s := range t.stood {
		s.count(who.places[i])
	}
}

func (t *tally) month(at time.Time) *month {
	key := monthOf(at, t.o.From.Location())
	if t.months[key] == nil {
		t.months[key] = &month{}
	}
	return t.months[key]
}

func monthOf(at time.Time, zone *time.Location) string { return at.In(zone).Format("2006-01") }
