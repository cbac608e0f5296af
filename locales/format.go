package locales

import (
	"fmt"
	"strings"
	"time"
)

// format writes one value in the reader's form.
func (b *book) format(s Style, a Arg) (string, error) {
	if a.Key != "" {
		return b.named(s, a.Key)
	}
	v, ok := b.writing.value(a.Kind, a.Text, s.SMS)
	if !ok {
		return "", fmt.Errorf("locales: value is not in the form of kind %q: %w", a.Kind, ErrNoText)
	}
	if s.SMS && !b.writing.rightToLeft && a.Kind != "text" {
		// In a right-to-left language an ordinary space would turn the groups of
		// a number around: there the no-break ones stay.
		v = plainSpaces(v)
	}
	return v, nil
}

// named writes a value that the catalog names: a choice.
func (b *book) named(s Style, key string) (string, error) {
	m := b.messages[key]
	if short := b.messages[key+".sms"]; s.SMS && short != nil {
		m = short
	}
	if m == nil || m.plural || m.number || len(m.slots)+len(m.facts) > 0 {
		return "", fmt.Errorf("locales: %s has no plain %q to name a value: %w", b.lang, key, ErrNoText)
	}
	return b.write(m, filling{})
}

// value writes a canonical value; false when it is not one.
func (w *writing) value(kind, text string, short bool) (string, bool) {
	switch kind {
	case "count", "age":
		return w.number(text, 0)
	case "euros":
		n, ok := w.number(text, 2)
		return strings.Replace(w.euros, "{n}", n, 1), ok
	case "percent":
		n, ok := w.number(text, 0)
		return strings.Replace(w.percent, "{n}", n, 1), ok
	case "yesno":
		return w.yesNo(text)
	case "date":
		day, err := time.Parse("2006-01-02", text)
		return w.writeDate(day), err == nil
	case "moment":
		at, err := time.Parse("2006-01-02T15:04", text)
		return w.writeMoment(at, short), err == nil
	case "days":
		return w.writeDays(text, short)
	case "hours":
		return w.writeHours(text)
	case "month":
		month, err := time.Parse("2006-01", text)
		return w.writeMonth(month), err == nil
	case "numbers":
		return w.writeNumbers(text)
	case "phone":
		return phone(text)
	case "text", "postcode", "choice", "place":
		clean := Clean(text)
		return clean, clean != ""
	}
	return "", false
}

func (w *writing) yesNo(text string) (string, bool) {
	switch text {
	case "yes":
		return w.yes, true
	case "no":
		return w.no, true
	}
	return "", false
}

func plainSpaces(s string) string {
	if !strings.ContainsAny(s, "\u00a0\u202f") {
		return s
	}
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)
}
