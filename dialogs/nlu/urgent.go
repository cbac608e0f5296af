package nlu

import (
	"fmt"
	"io/fs"
	"strings"
)

// The safety cards, and the intent that each belongs to.
var cardIntents = map[string]string{
	"danger": "urgent_danger", "medical": "urgent_medical", "violence": "urgent_danger",
	"despair": "urgent_danger", "baby": "urgent_danger", "exhausted": "urgent_danger",
}

// lookAlike marks the patterns of what sounds urgent and is not.
const lookAlike = "none"

// urgentFrom is how likely an urgent intent must be among the three likeliest:
// little is enough.
const urgentFrom = 0.1

// An alarm knows the ways to say, in every language, that somebody is in
// danger. It reads the message before anything else does, whatever language the
// rest takes it for.
type alarm struct {
	cards    []string // by pattern
	patterns *patternSet
	excuses  *patternSet
}

func readAlarm(fsys fs.FS) (*alarm, error) {
	a := &alarm{}
	var patterns, excuses []pattern
	err := table(fsys, "words/urgent.tsv", 3, func(c []string) error {
		if c[0] != lookAlike && cardIntents[c[0]] == "" {
			return fmt.Errorf("there is no safety card %q", c[0])
		}
		for _, text := range strings.Split(c[2], "|") {
			p, err := compile(len(patterns), text)
			if err != nil {
				return err
			}
			if c[0] == lookAlike {
				excuses = append(excuses, p)
				continue
			}
			patterns = append(patterns, p)
			a.cards = append(a.cards, c[0])
		}
		return nil
	})
	a.patterns, a.excuses = newPatternSet(patterns), newPatternSet(excuses)
	return a, err
}

// cardOrder says which card comes first when a message calls for several: what
// kills soonest. Who is worn out and names no danger comes last.
var cardOrder = []string{"medical", "despair", "baby", "violence", "danger", "exhausted"}

// card returns the safety card that the words call for, "" when none, and
// whether a look-alike was found. The words of a look-alike are not read again.
func (a *alarm) card(stems []string) (card string, excused bool) {
	left := append([]string(nil), stems...)
	a.excuses.find(stems, func(h hit) {
		excused = true
		for i := h.from; i < h.to; i++ {
			left[i] = ""
		}
	})
	found := map[string]bool{}
	a.patterns.find(left, func(h hit) { found[a.cards[h.pattern]] = true })
	for _, c := range cardOrder {
		if found[c] {
			return c, excused
		}
	}
	return "", excused
}

// urgency returns the safety card for a message: that of the patterns, or that
// of an urgent intent among the three likeliest. excused says that the message
// holds a look-alike and nothing else that is urgent.
func (m *Model) urgency(raw []string, msg *message, top []Scored) (card string, excused bool) {
	card, excused = m.alarm.card(raw)
	if card != "" {
		return card, false
	}
	card, also := m.alarm.card(msg.stems)
	if card != "" || excused || also {
		return card, card == ""
	}
	for _, s := range top {
		if s.Score < urgentFrom {
			continue
		}
		switch s.Intent {
		case "urgent_medical":
			return "medical", false
		case "urgent_danger":
			return m.dangerCard(msg), false
		}
	}
	return "", false
}

// dangerCard chooses the card of a danger that no pattern named.
func (m *Model) dangerCard(msg *message) string {
	l := m.classifier.lexicon
	switch {
	case l.has(msg.meanings, "urgent.suicide"):
		return "despair"
	case l.has(msg.meanings, "urgent.violence") && !l.has(msg.meanings, "childword"):
		return "violence"
	}
	return "danger"
}
