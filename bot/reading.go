package bot

import (
	"maps"
	"strings"

	"doudou/dialogs"
	"doudou/dialogs/nlu"
	"doudou/locales"
)

// read understands a message in the light of the question that waits. Taps and
// /start need no understanding.
func (b *player) read(w Work, session Session) nlu.Reading {
	m := w.Message
	if m.Text == "" {
		return nlu.Reading{}
	}
	lang := first(session.Speaking, w.Contact.Lang, guess(m.Lang))
	return b.Reader.Read(m.Text, nlu.Context{
		Lang: lang, Audience: w.Contact.Audience,
		Expect: b.expect(session.Dialog, b.Words.Best(lang), w.Message.Channel),
		Now:    b.today(), Quarters: b.quarters(),
	})
}

// quarters are the quarters of the town, as families call them.
func (b *player) quarters() []string {
	var names []string
	for _, q := range b.Knowledge.Town().Quarters {
		names = append(names, q.Name)
	}
	return names
}

func (b *player) today() string { return b.Now().Format("2006-01-02") }

// expect tells the reader what the question that waits would take, its choices
// under the names that the contact has before their eyes.
func (b *player) expect(session dialogs.Session, lang string, ch Channel) nlu.Expect {
	e := b.Book.Expecting(session)
	expect := nlu.Expect{Kind: string(e.Kind), Min: e.Min, Max: e.Max, Units: e.Units, Skip: e.Skip, Past: e.Past, Future: e.Future}
	for _, c := range e.Choices {
		label, err := b.label(lang, ch, c)
		if err != nil {
			label = c.ID // the digit still answers
		}
		expect.Options = append(expect.Options, nlu.Option{ID: c.ID, Label: label})
	}
	return expect
}

// guess takes the two letters of what a channel says of the language ("pt-br").
func guess(tag string) string {
	lang, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return lang
}

// language chooses the language of the answer: that of a question clearly put
// in another language, else that of the path under way, else the contact's own.
// What was not understood tells a language only by its script.
func (b *player) language(w Work, session Session, r nlu.Reading) string {
	own := first(session.Speaking, w.Contact.Lang, guess(w.Message.Lang))
	answers := r.Global != "" || r.Value != "" || r.Choice != ""
	asked := r.Urgent || (r.Intent != "" && r.Zone == string(dialogs.ZoneAnswer) && !answers)
	switch {
	case r.Lang != "" && (asked || own == "" && (answers || ownScript(r.Lang))):
		own = r.Lang
	case own == "" && r.Zone == string(dialogs.ZoneChoose) && r.Lang != arabizi:
		own = r.Lang
	}
	return b.Words.Best(own)
}

// arabizi is Arabic in Latin letters; unknown words look like it.
const arabizi = "ar-latn"

// ownScript tells whether a language is known by its letters alone.
func ownScript(lang string) bool {
	return lang != arabizi && !locales.Latin(lang)
}

// input turns a reading into what Step takes.
func (b *player) input(w Work, r nlu.Reading) dialogs.Input {
	m := w.Message
	in := dialogs.Input{
		Text: m.Text, Today: b.today(), Audience: w.Contact.Audience, Global: dialogs.Global(r.Global),
		Choice: r.Choice, Value: r.Value, Skip: r.Skip,
		Intent: r.Intent, Subject: r.Subject, Zone: dialogs.Zone(r.Zone), Values: told(r.Values),
	}
	if unheard(r) {
		in.Zone = dialogs.ZonePerson
	}
	for _, t := range r.Top {
		in.Top = append(in.Top, t.Intent)
	}
	if r.Urgent {
		in.Urgent = r.Card
	}
	if in.Global == dialogs.More { // SUITE, and nothing is left to read
		in.Global = dialogs.Help
	}
	switch m.Kind {
	case Greeting:
		in.Global, in.Open = dialogs.Greet, m.Data
	case Place:
		in.Place = m.Data
	case Tap:
		in.Tap = parseTap(m.Data)
		if in.Tap == nil {
			in.Global = dialogs.Menu // a button of another age
		}
	}
	return in
}

// told gives the values of a message the form of slots: "mon|tue" for
// "monday,tuesday".
func told(values map[string]string) map[string]string {
	days, ok := values["days"]
	if !ok {
		return values
	}
	list := strings.Split(days, ",")
	for i := range list {
		list[i] = list[i][:min(len(list[i]), len("mon"))]
	}
	values = maps.Clone(values)
	values["days"] = strings.Join(list, "|")
	return values
}

// A tap's data is "1|dialog|node|choice", or "1|dialog|node~about|choice"; the
// figure is the version of the form.
const tapVersion = "1"

func tapData(say dialogs.Say, choice string) string {
	node := say.Node
	if say.About != "" {
		node += "~" + say.About
	}
	return strings.Join([]string{tapVersion, say.Dialog, node, choice}, "|")
}

func parseTap(data string) *dialogs.Tap {
	parts := strings.SplitN(data, "|", 4)
	if len(parts) != 4 || parts[0] != tapVersion {
		return nil
	}
	node, about, _ := strings.Cut(parts[2], "~")
	return &dialogs.Tap{Dialog: parts[1], Node: node, Choice: parts[3], About: about}
}
