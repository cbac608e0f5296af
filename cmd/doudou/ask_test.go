package main

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"doudou/bot"
	"doudou/dialogs"
	"doudou/knowledge"
)

// A world is the real content of one town, as families meet it.
type world struct {
	*content
	service *bot.Service
}

// demoWorld and epinayWorld read the towns once for all tests: they never change.
var (
	demoWorld   = sync.OnceValues(func() (*world, error) { return readWorld(knowledge.Demo) })
	epinayWorld = sync.OnceValues(func() (*world, error) { return readWorld(knowledge.Default) })
)

func readWorld(read func() (*knowledge.Knowledge, error)) (*world, error) {
	k, err := read()
	if err != nil {
		return nil, err
	}
	c, _, err := readContent(k, checkDay()) // what is broken, TestCheck says
	if err != nil {
		return nil, err
	}
	s, err := c.rehearsing(&program{now: checkDay})
	return &world{c, s}, err
}

func worldOf(t *testing.T, open func() (*world, error)) *world {
	t.Helper()
	w, err := open()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// A talk is a fresh conversation.
type talk struct {
	t         *testing.T
	world     *world
	rehearsal *bot.Rehearsal
}

func (w *world) talk(t *testing.T, ch bot.Channel, lang string) *talk {
	return &talk{t, w, w.service.Rehearse(ch, lang)}
}

// say plays one message.
func (k *talk) say(text string) heard {
	k.t.Helper()
	p, err := k.rehearsal.Say(k.t.Context(), bot.Message{Text: text})
	if err != nil {
		k.t.Fatalf("%q: %v", text, err)
	}
	return heard{p}
}

// A heard is what came back.
type heard struct{ bot.Played }

// keys are the texts that were said, by id: what the greeting and the questions
// below an answer are called too.
func (h heard) keys() []string {
	var keys []string
	for _, line := range h.Turn.Lines {
		if line.Speaker != bot.Robot {
			continue
		}
		for _, say := range line.Says {
			keys = append(keys, say.Key)
		}
	}
	return keys
}

// text is all that was said.
func (h heard) text() string {
	var texts []string
	for _, o := range h.Turn.Out {
		texts = append(texts, o.Lead, o.Body)
	}
	return strings.TrimSpace(strings.Join(texts, "\n"))
}

// person returns the digit of the choice that calls a person, "" when none does.
func (h heard) person() string {
	for _, o := range h.Turn.Out {
		if i := slices.Index(o.Choices, "Une personne"); i >= 0 {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}

// card tells whether a safety card was said.
func (h heard) card() bool {
	return slices.ContainsFunc(h.keys(), func(key string) bool { return strings.HasPrefix(key, "safety.") })
}

// asks tells whether a question waits that is no menu.
func (h heard) asks(w *world) bool {
	e := w.book.Expecting(h.Session.Dialog)
	return e.Kind != "" && (e.Kind != dialogs.KindChoice || h.person() == "")
}
