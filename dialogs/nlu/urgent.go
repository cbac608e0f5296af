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

// alwaysMark ends the name of a card whose patterns no look-alike beside them can
// excuse: "formation premiers secours, et mon mari me frappe".
const alwaysMark = "!"

// An alarm knows the ways to say, in every language, that somebody is in
// danger. It reads the message before anything else does, whatever language the
// rest takes it for.
type alarm struct {
	plain  *ear
	always *ear                // hears what nothing excuses
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
	always     bool
	patterns   []pattern
}

func readAlarm(fsys fs.FS, phrases []Phrase) (*alarm, error) {
	lines, err := readUrgent(fsys)
	if err != nil {
		return nil, err
	}
	a := &alarm{plain: newEar(lines, nil)}
	a.always = newEar(slices.DeleteFunc(slices.Clone(lines), func(l urgentLine) bool { return !l.always }), nil)
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
		card, always := strings.CutSuffix(c[0], alwaysMark)
		if card != lookAlike && cardIntents[card] == "" || always && card == lookAlike {
			return fmt.Errorf("there is no safety card %q", c[0])
		}
		l := urgentLine{card: card, lang: c[1], always: always}
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

// A hearing is what was heard in a message: cards, in words as they are spelt and
// in words that only sound or look like them, and whether a look-alike was found.
type hearing struct {
	plain, loose map[string]bool
	excused      bool
}

// listen notes the cards that the words call for. The words of a look-alike are
// not read again.
func (a *alarm) listen(stems []string, lang string, h *hearing) {
	left := append([]string(nil), stems...)
	a.always.hear(stems, h.plain)
	h.excused = a.plain.excuse(stems, left) || h.excused
	var spelt [][]string
	for i, b := range blurs {
		spelt = append(spelt, nil)
		if b.reads(lang) {
			spelt[i] = b.words(stems, a.spelt[i])
			h.excused = a.loose[i].excuse(spelt[i], left) || h.excused
		}
	}
	a.plain.hear(left, h.plain)
	for i, words := range spelt {
		for j := range words {
			if left[j] == "" {
				words[j] = ""
			}
		}
		a.loose[i].hear(words, h.loose)
	}
}

// hear returns what is heard in a message, in its words as they are written and
// with its abbreviations written out. Words are mended where nothing was heard.
func (a *alarm) hear(raw []string, msg *message) *hearing {
	h := &hearing{plain: map[string]bool{}, loose: map[string]bool{}}
	for i, words := range [][]string{raw, msg.stems} {
		if i > 0 && slices.Equal(raw, words) {
			continue
		}
		a.listen(words, msg.lang, h)
		if right, mended := a.mender.mend(words); mended && len(h.plain)+len(h.loose) == 0 {
			mend := &hearing{plain: h.loose, loose: h.loose}
			a.listen(right, msg.lang, mend)
			h.excused = h.excused || mend.excused
		}
	}
	return h
}

// card returns the safety card that comes first, "" when none, and whether it is
// only called for in a spelling that is read loosely.
func (h *hearing) card() (card string, loosely bool) {
	for _, c := range cardOrder {
		if h.plain[c] || h.loose[c] {
			return c, len(h.plain) == 0
		}
	}
	return "", false
}
