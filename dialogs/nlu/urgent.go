package nlu

import (
	"fmt"
	"io/fs"
	"slices"
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
const urgentFrom = 0.45

// urgentAlone is how likely it must be, and aloneWords how many words that are
// neither of the trade nor numbers must be there, when none of them is one of
// danger: "mon fils a 18 mois" and "beaucoup d'enfants" are close to many cries
// for help and are none.
const (
	urgentAlone = 0.6
	aloneWords  = 3
)

// urgentMargin is how clearly such a message must be on the side of danger: of
// what is like nothing that was learnt, danger may be the likeliest, and is not
// likely.
const urgentMargin = -0.1

// dry are the intents about money, papers, places and dates. Where a short
// message is surely one of them, its words of danger are a manner of speaking:
// "la réforme nous étrangle".
var dry = map[string]bool{
	"adaje": true, "cmg_amount": true, "cmg_apply": true, "cmg_reform": true, "cmg_what": true, "tax_credit": true, "third_party_payment": true,
	"creche_commission": true, "creche_cost": true, "creche_register": true, "creche_waiting_status": true, "required_documents": true,
	"childminder_cost": true, "childminder_employ_steps": true, "childminder_pay_minimum": true, "childminder_training": true, "childminder_unemployment": true,
	"event_register": true, "mam": true, "mam_project": true, "ram_events": true, "room_for_training": true,
	"speed_dating_register": true, "speed_dating_what": true,
}

// When a message is surely dry: its score, what is left for danger, and how many
// words it has at most. In a long one danger may be said in passing.
const (
	dryFrom   = 0.95
	dryDanger = 0.003
	dryWords  = 25
)

// An alarm knows the ways to say, in every language, that somebody is in
// danger. It reads the message before anything else does, whatever language the
// rest takes it for.
type alarm struct {
	plain  *ear
	loose  []*ear              // by blurs
	spelt  []map[string]string // by blurs: words of the phrases
	mender *mender
}

// An ear hears patterns and excuses in words of one spelling.
type ear struct {
	cards    []string // by pattern
	patterns *patternSet
	excuses  *patternSet
}

// urgentLine is one line of urgent.tsv.
type urgentLine struct {
	card, lang string
	patterns   []pattern
}

func readAlarm(fsys fs.FS, phrases []Phrase) (*alarm, error) {
	lines, err := readUrgent(fsys)
	if err != nil {
		return nil, err
	}
	a := &alarm{plain: newEar(lines, nil)}
	for i := range blurs {
		a.loose = append(a.loose, newEar(lines, &blurs[i]))
	}
	var all []pattern
	for _, l := range lines {
		all = append(all, l.patterns...)
	}
	a.mender = newMender(all, phrases)
	for _, b := range blurs {
		spelt := map[string]string{}
		for w := range a.mender.known {
			spelt[w] = b.whole(w)
		}
		a.spelt = append(a.spelt, spelt)
	}
	return a, nil
}

// readUrgent reads urgent.tsv. A first column that begins with @ names words
// that stand in for each other: "@man" in a pattern below is any of them.
func readUrgent(fsys fs.FS) (lines []urgentLine, err error) {
	named := map[string]string{}
	err = table(fsys, "words/urgent.tsv", 3, func(c []string) error {
		if strings.HasPrefix(c[0], "@") {
			text, err := spellOut(c[2], named)
			if strings.ContainsAny(text, " |") {
				err = fmt.Errorf("the words of %s are to be single ones, with / between", c[0])
			}
			named[c[0]] = text
			return err
		}
		if c[0] != lookAlike && cardIntents[c[0]] == "" {
			return fmt.Errorf("there is no safety card %q", c[0])
		}
		l := urgentLine{card: c[0], lang: c[1]}
		for _, text := range strings.Split(c[2], "|") {
			text, err := spellOut(text, named)
			if err != nil {
				return err
			}
			p, err := compile(len(l.patterns), text)
			if err != nil {
				return err
			}
			l.patterns = append(l.patterns, p)
		}
		lines = append(lines, l)
		return nil
	})
	return lines, err
}

// spellOut puts the words in the place of their names.
func spellOut(text string, named map[string]string) (string, error) {
	if !strings.Contains(text, "@") {
		return text, nil
	}
	fields := strings.Fields(text)
	for i, field := range fields {
		optional := strings.HasSuffix(field, "?")
		alts := strings.Split(strings.TrimSuffix(field, "?"), "/")
		for j, a := range alts {
			if !strings.HasPrefix(a, "@") {
				continue
			}
			if alts[j] = named[a]; alts[j] == "" {
				return "", fmt.Errorf("pattern %q: no line above names the words of %s", text, a)
			}
		}
		fields[i] = strings.Join(alts, "/")
		if optional {
			fields[i] += "?"
		}
	}
	return strings.Join(fields, " "), nil
}

// newEar hears all lines as they are written or, through a blur, those of its
// language.
func newEar(lines []urgentLine, b *blur) *ear {
	e := &ear{}
	var patterns, excuses []pattern
	for _, l := range lines {
		heard := l.patterns
		if b != nil {
			if !slices.Contains(b.of, l.lang) {
				continue
			}
			heard = b.blurred(heard)
		}
		if l.card == lookAlike {
			excuses = append(excuses, heard...)
			continue
		}
		for _, p := range heard {
			patterns = append(patterns, p)
			e.cards = append(e.cards, l.card)
		}
	}
	e.patterns, e.excuses = newPatternSet(patterns), newPatternSet(excuses)
	e.patterns.foresee()
	e.excuses.foresee()
	return e
}

// excuse takes the words of look-alikes out of left, and says whether there are any.
func (e *ear) excuse(words, left []string) (excused bool) {
	e.excuses.find(words, func(h hit) {
		excused = true
		for i := h.from; i < h.to; i++ {
			left[i] = ""
		}
	})
	return excused
}

// hear notes the cards that the words call for.
func (e *ear) hear(words []string, found map[string]bool) {
	e.patterns.find(words, func(h hit) { found[e.cards[h.pattern]] = true })
}

// cardOrder says which card comes first when a message calls for several: what
// kills soonest. Who is worn out and names no danger comes last.
var cardOrder = []string{"medical", "despair", "baby", "violence", "danger", "exhausted"}

// listen notes the cards that the words call for, and says whether a look-alike
// was found. The words of a look-alike are not read again.
func (a *alarm) listen(stems []string, lang string, found map[string]bool) (excused bool) {
	left := append([]string(nil), stems...)
	excused = a.plain.excuse(stems, left)
	var spelt [][]string
	for i, b := range blurs {
		spelt = append(spelt, nil)
		if b.reads(lang) {
			spelt[i] = b.words(stems, a.spelt[i])
			excused = a.loose[i].excuse(spelt[i], left) || excused
		}
	}
	a.plain.hear(left, found)
	for i, words := range spelt {
		for j := range words {
			if left[j] == "" {
				words[j] = ""
			}
		}
		a.loose[i].hear(words, found)
	}
	return excused
}

// card returns the safety card that a message calls for, "" when none, and
// whether a look-alike was found.
func (a *alarm) card(raw []string, msg *message) (card string, excused bool) {
	found := map[string]bool{}
	for i, words := range [][]string{raw, msg.stems} {
		if i > 0 && slices.Equal(raw, words) {
			continue
		}
		excused = a.listen(words, msg.lang, found) || excused
		if right, mended := a.mender.mend(words); mended && len(found) == 0 {
			excused = a.listen(right, msg.lang, found) || excused
		}
	}
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
func (m *Model) urgency(raw []string, msg *message, scores []float64, top []Scored) (card string, excused bool) {
	card, excused = m.alarm.card(raw, msg)
	if card != "" && m.classifier.dry(msg, scores, top) {
		return "", true
	}
	if card != "" || excused {
		return card, card == ""
	}
	return m.likelyDanger(msg, top), false
}

// dry says whether a message is surely about money, papers, places or dates.
func (c *classifier) dry(msg *message, scores []float64, top []Scored) bool {
	return len(top) > 0 && dry[top[0].Intent] && top[0].Score >= dryFrom && len(msg.words) <= dryWords && c.danger(scores) < dryDanger
}

// danger returns how likely it is that a message is urgent.
func (c *classifier) danger(scores []float64) (sum float64) {
	for i, intent := range c.intents {
		if cardIntent(intent) {
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
