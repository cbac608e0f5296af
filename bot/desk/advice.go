package desk

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"doudou/bot"
)

// Advice is what a text costs by SMS, and how the agent could pay less.
type Advice struct {
	Text     string   // as it leaves: the service may already have made it plainer
	Segments int      // SMS that are paid for
	Letters  int      // that one SMS holds; 0: not known
	Costly   []string // the signs that leave less room, each once
	Cheaper  string   // other words for the agent's own that save an SMS; "" for none
}

// advise prices what an agent typed together with what is written around it.
func (d *desk) advise(lead, text, tail string) Advice {
	if d.Advise == nil {
		return Advice{Text: lead + text + tail, Segments: d.Segments(lead + text + tail)}
	}
	return d.Advise(lead, text, tail)
}

// A bill is an advice in words.
type bill struct {
	Advice
	Chars   int    // of the text as it leaves
	Cost    string // in euros; "" when the price is not set
	Letters string // how many one SMS holds, and why
}

func (d *desk) bill(lang string, a Advice) (b bill, err error) {
	b = bill{Advice: a, Chars: utf8.RuneCountInString(a.Text), Cost: d.cost(lang, a.Segments)}
	switch {
	case a.Letters == 0:
	case len(a.Costly) == 0:
		b.Letters, err = write(d.texts, lang, "desk.price.letters", "each", a.Letters)
	default:
		b.Letters, err = write(d.texts, lang, "desk.price.because", "each", a.Letters, "signs", strings.Join(a.Costly, " "))
	}
	return b, err
}

// line is a bill in one line.
func (d *desk) line(lang string, b bill) (string, error) {
	count, err := write(d.texts, lang, "desk.price.count", "n", b.Segments)
	for _, more := range []string{b.Cost, b.Letters} {
		if more != "" {
			count += " · " + more
		}
	}
	return count, err
}

// cheaper tells whether the form asks for other words: it never sends any.
func (v *visit) cheaper() bool { return v.field("cheaper") != "" }

// priceless answers for a text that has no price: it may leave, unless the form
// only asked for cheaper words. Then it goes back to the case page.
func (d *desk) priceless(v *visit, c bot.Case, text, do string) (shown bool, err error) {
	if !v.cheaper() {
		return false, nil
	}
	typed := drafts{Reply: text}
	if do == "close" {
		typed = drafts{Last: text}
	}
	return true, d.showCase(v, http.StatusOK, c, "", typed)
}
