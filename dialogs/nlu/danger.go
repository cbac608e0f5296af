package nlu

import (
	"slices"
	"strings"
)

// urgentFrom is how likely an urgent intent must be among the three likeliest:
// little is enough.
const urgentFrom = 0.45

// urgentAlone is how likely it must be, and aloneWords how many words that are
// neither of the trade nor numbers must be there, when none of them is one of
// danger: "mon fils a 18 mois" and "beaucoup d'enfants" are close to many cries
// for help and are none.
const (
	urgentAlone = 0.5
	aloneWords  = 3
)

// urgentMargin is how clearly such a message must be on the side of danger: of
// what is like nothing that was learnt, danger may be the likeliest, and is not
// likely.
const urgentMargin = -0.2

// looseDanger is how likely danger must be at least where its words were only
// heard in a spelling that is read loosely: "étranger" sounds like "étranglé".
const looseDanger = 0.03

// urgency returns the safety card for a message: that of the patterns, or that
// of an urgent intent among the three likeliest. excused says that the message
// holds a look-alike and nothing else that is urgent.
func (m *Model) urgency(raw []string, msg *message, scores []float64, top []Scored) (card string, excused bool) {
	h := m.alarm.hear(raw, msg)
	card, loosely := h.card()
	if loosely && m.classifier.danger(scores) < looseDanger {
		card = ""
	}
	if card != "" || h.excused {
		return card, card == ""
	}
	return m.likelyDanger(msg, top), false
}

// danger returns how likely it is that a message is urgent.
func (c *classifier) danger(scores []float64) (sum float64) {
	for i, intent := range c.intents {
		if i < len(scores) && cardIntent(intent) {
			sum += scores[i]
		}
	}
	return sum
}

// likelyDanger returns the card of an urgent intent among the likeliest, "" when
// there is none.
func (m *Model) likelyDanger(msg *message, top []Scored) (card string) {
	from := urgentAlone
	if m.classifier.lexicon.hasKind(msg.meanings, "urgent") {
		from = urgentFrom
	}
	if from == urgentAlone && m.classifier.tells(msg) < aloneWords {
		return ""
	}
	for _, s := range top {
		if s.Score < from {
			continue
		}
		if from == urgentAlone && cardIntent(s.Intent) && m.classifier.margin(msg, s.Intent) < urgentMargin {
			continue
		}
		switch s.Intent {
		case "urgent_medical":
			return "medical"
		case "urgent_danger":
			return m.dangerCard(msg)
		}
	}
	return ""
}

// tells counts the words that are neither of the trade nor numbers.
func (c *classifier) tells(msg *message) (n int) {
	for i, word := range msg.words {
		of := msg.meanings.words[i]
		if trade := of >= 0 && c.lexicon.kind(of) == ""; !trade && strings.Trim(word, "0123456789") != "" {
			n++
		}
	}
	return n
}

// margin returns how clearly a message is on the side of one intent.
func (c *classifier) margin(m *message, intent string) float32 {
	at, _ := slices.BinarySearch(c.intents, intent)
	return c.machine.margins(c.see(m))[at]
}

// dangerCard chooses the card of a danger that no pattern named.
func (m *Model) dangerCard(msg *message) string {
	l := m.classifier.lexicon
	says := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return l.has(msg.meanings, n) })
	}
	switch {
	case says("urgent.suicide", "urgent.despair"):
		return "despair"
	case says("urgent.harm"):
		return "baby"
	case says("urgent.violence", "urgent.threat") && !says("childword"):
		return "violence"
	case says("urgent.worn"):
		return "exhausted"
	}
	return "danger"
}

// cardIntent says whether an intent is answered by a safety card.
func cardIntent(intent string) bool { return intent == "urgent_danger" || intent == "urgent_medical" }
