package locales

import (
	"fmt"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// A book is the catalog of one language. Each language has a go-i18n bundle of
// its own: with a common one, a text missing in Arabic would be written in
// French and nobody would know.
type book struct {
	lang     string
	writing  writing
	words    *i18n.Localizer
	parser   template.Parser // the strict one, the same at every call: go-i18n keeps the first parse
	messages map[string]*message
	keys     []string
}

// A message is one text and what it needs.
type message struct {
	key    string
	slots  []string
	facts  []string
	number bool // quotes {{.PluralCount}}
	plural bool // has plural forms: needs a number
}

// choose picks the form of a text: the short one by SMS, the one without facts
// when a fact is not given. It returns the facts that the form quotes.
func (b *book) choose(s Style, key string, facts Facts) (*message, map[string]Arg, error) {
	m := b.messages[key]
	if short := b.messages[key+".sms"]; s.SMS && short != nil {
		m = short
	}
	if m == nil {
		return nil, nil, fmt.Errorf("locales: %s has no %q: %w", b.lang, key, ErrNoText)
	}
	quoted, missing := quote(m, facts)
	if missing == "" {
		return m, quoted, nil
	}
	if m = b.withoutFacts(s, key); m == nil {
		return nil, nil, fmt.Errorf("locales: %s %q quotes %q and has no .nofact form: %w", b.lang, key, missing, ErrNoFact)
	}
	return m, nil, nil
}

// withoutFacts returns the form of a text that quotes no fact, nil when there
// is none.
func (b *book) withoutFacts(s Style, key string) *message {
	if s.SMS {
		for _, suffix := range []string{".sms.nofact", ".nofact.sms"} {
			if m := b.messages[key+suffix]; m != nil {
				return m
			}
		}
	}
	return b.messages[key+".nofact"]
}

// quote asks for the facts of a text; missing is the first that is not given.
func quote(m *message, facts Facts) (quoted map[string]Arg, missing string) {
	if len(m.facts) == 0 {
		return nil, ""
	}
	quoted = make(map[string]Arg, len(m.facts))
	for _, id := range m.facts {
		if facts == nil {
			return nil, id
		}
		arg, ok := facts(id)
		if !ok {
			return nil, id
		}
		quoted[id] = arg
	}
	return quoted, ""
}

// A filling is what a template is executed with.
type filling struct {
	values map[string]any
	number string // canonical number that rules the plural, "" when none does
}

// fill writes the values that a text quotes in the reader's form.
func (b *book) fill(s Style, m *message, l Line, quoted map[string]Arg) (filling, error) {
	f := filling{}
	if len(m.slots) > 0 || m.number || len(quoted) > 0 {
		f.values = make(map[string]any, len(m.slots)+2)
	}
	for _, slot := range m.slots {
		arg, ok := l.Args[slot]
		if !ok {
			return f, fmt.Errorf("locales: %s %q needs the argument %q: %w", b.lang, l.Key, slot, ErrNoText)
		}
		v, err := b.value(s, arg)
		if err != nil {
			return f, fmt.Errorf("locales: %s %q, argument %q: %w", b.lang, l.Key, slot, err)
		}
		f.values[slot] = v
	}
	if err := b.fillFacts(s, l.Key, quoted, f); err != nil {
		return f, err
	}
	return b.fillNumber(s, m, l, f)
}

func (b *book) fillFacts(s Style, key string, quoted map[string]Arg, f filling) error {
	if len(quoted) == 0 {
		return nil
	}
	facts := make(map[string]string, len(quoted))
	for id, arg := range quoted {
		v, err := b.value(s, arg)
		if err != nil {
			return fmt.Errorf("locales: %s %q, fact %q: %w", b.lang, key, id, err)
		}
		facts[id] = v
	}
	f.values["fact"] = facts
	return nil
}

// fillNumber finds the number that rules the plural.
func (b *book) fillNumber(s Style, m *message, l Line, f filling) (filling, error) {
	if !m.plural && !m.number {
		return f, nil
	}
	arg, ok := l.Args[l.Count]
	if !ok || !isNumber(arg.Text) {
		return f, fmt.Errorf("locales: %s %q needs a number for its plural: %w", b.lang, l.Key, ErrNoText)
	}
	f.number = arg.Text
	if m.number {
		v, err := b.value(s, arg)
		if err != nil {
			return f, fmt.Errorf("locales: %s %q, plural: %w", b.lang, l.Key, err)
		}
		f.values["PluralCount"] = v
	}
	return f, nil
}

// value formats an argument and keeps its direction from touching its
// neighbours.
func (b *book) value(s Style, a Arg) (string, error) {
	v, err := b.format(s, a)
	if err == nil && s.Isolate && b.writing.rightToLeft {
		v = isolate(v)
	}
	return v, err
}

// write executes the form that the number asks for.
func (b *book) write(m *message, f filling) (string, error) {
	config := i18n.LocalizeConfig{MessageID: m.key, TemplateData: f.values, TemplateParser: b.parser}
	if m.plural {
		config.PluralCount = f.number
	}
	text, err := b.words.Localize(&config)
	if err != nil {
		return "", fmt.Errorf("locales: %s %q: %w: %w", b.lang, m.key, ErrNoText, err)
	}
	return text, nil
}
