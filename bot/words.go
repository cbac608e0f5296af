package bot

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"doudou/dialogs"
	"doudou/locales"
)

// speak puts what is to be said into the contact's language and the channel's
// form: one message, its choices below. session, when given, keeps the pages
// that do not fit.
func (b *player) speak(t *Turn, w Work, lang string, says []dialogs.Say, origin Origin, session *Session) error {
	if len(says) == 0 {
		return nil
	}
	c := b.carriers[w.Message.Channel]
	called := w.Case != nil || t.Open != nil
	body, menu, err := b.write(c, lang, says, called)
	if err != nil {
		return err
	}
	if c.Pages != nil {
		if body, err = b.paginate(c, lang, body, session); err != nil {
			return err
		}
	}
	o := b.outgoing(w, lang, body, origin)
	o.Choices = menu.labels
	if c.Buttons {
		o.Buttons = menu.buttons()
	}
	if c.Locates && b.asksPlace(session) {
		if o.Buttons, err = b.shareKey(lang, c.Style); err != nil {
			return err
		}
	}
	t.Out = append(t.Out, o)
	t.Lines = append(t.Lines, Line{At: t.At, Speaker: Robot, Lang: lang, Says: spoken(says)})
	return nil
}

// asksPlace tells whether the question that waits asks where the family is.
func (b *player) asksPlace(s *Session) bool {
	return s != nil && b.Book.Expecting(s.Dialog).Kind == dialogs.KindPlace
}

// shareKey is the key that shares where the family is.
func (b *player) shareKey(lang string, style locales.Style) ([][]Button, error) {
	label, err := b.text(lang, style, dialogs.Text{Key: "bot.share_place"})
	return [][]Button{{{Label: label, Data: SharePlace}}}, err
}

// paginate keeps the first page and puts the others aside for SUITE.
func (b *player) paginate(c Carrier, lang, body string, session *Session) (string, error) {
	more, err := b.text(lang, c.Style, dialogs.Text{Key: "bot.more"})
	if err != nil {
		return "", err
	}
	pages := c.Pages(body, more)
	if len(pages) == 0 {
		return body, nil
	}
	if session != nil {
		session.More = pages[1:]
	}
	return pages[0], nil
}

// outgoing addresses a text to the contact of a turn.
func (b *player) outgoing(w Work, lang, body string, origin Origin) Outgoing {
	return Outgoing{
		Contact: w.Contact.ID, To: w.Contact.Address, Origin: origin, Body: body, Lang: lang,
		Reply: w.Message.Provider, Ref: w.Message.Ref, At: b.Now(),
	}
}

// A shownMenu is a question with its choices as the contact reads them.
type shownMenu struct {
	dialogs.Say
	labels []string
}

// write joins texts into one, with the choices of the last that has some: as
// numbered lines where there are no buttons. called tells that a person has been
// called already.
func (b *player) write(c Carrier, lang string, says []dialogs.Say, called bool) (string, shownMenu, error) {
	var parts []string
	menu := shownMenu{labels: []string{}}
	for _, say := range says {
		text, err := b.text(lang, c.Style, say.Text)
		if err != nil {
			return "", menu, err
		}
		parts = append(parts, text)
		if len(say.Choices) > 0 {
			menu.Say = say
		}
	}
	for _, choice := range menu.Choices {
		label, err := b.label(lang, c.Channel, choice)
		if err != nil {
			return "", menu, err
		}
		menu.labels = append(menu.labels, label)
	}
	if c.Buttons {
		return strings.Join(parts, "\n\n"), menu, nil
	}
	lines, err := b.numbered(c, lang, menu, called)
	return strings.Join(append(parts, lines...), "\n"), menu, err
}

// numbered writes choices as lines to be answered by a figure, and the way to
// a person below them unless it is one of the choices, or one has been called.
func (b *player) numbered(c Carrier, lang string, menu shownMenu, person bool) ([]string, error) {
	if len(menu.labels) == 0 {
		return nil, nil
	}
	var lines []string
	for i, label := range menu.labels {
		lines = append(lines, strconv.Itoa(i+1)+" "+label)
		person = person || menu.Choices[i].ID == "human"
	}
	if person {
		return lines, nil
	}
	zero, err := b.text(lang, c.Style, dialogs.Text{Key: "bot.zero"})
	return append(lines, zero), err
}

// A row of buttons holds two when both are short enough for a narrow screen.
const shortLabel = 16

func (m shownMenu) buttons() [][]Button {
	var rows [][]Button
	for i, label := range m.labels {
		b := Button{Label: label, Data: tapData(m.Say, m.Choices[i].ID)}
		last := len(rows) - 1
		if i > 0 && len(rows[last]) == 1 && short(label) && short(rows[last][0].Label) {
			rows[last] = append(rows[last], b)
			continue
		}
		rows = append(rows, []Button{b})
	}
	return rows
}

func short(label string) bool { return utf8.RuneCountInString(label) <= shortLabel }

// label names a choice as the contact reads it on the channel.
func (b *player) label(lang string, ch Channel, c dialogs.Choice) (string, error) {
	return b.text(lang, b.carriers[ch].Style, c.Text)
}

// text writes one text.
func (b *player) text(lang string, style locales.Style, t dialogs.Text) (string, error) {
	line := locales.Line{Key: t.Key, Count: t.Count}
	if len(t.Args) > 0 {
		line.Args = make(map[string]locales.Arg, len(t.Args))
		for name, v := range t.Args {
			line.Args[name] = locales.Arg{Kind: string(v.Kind), Text: v.Text, Key: v.Key}
		}
	}
	text, err := b.Words.Text(lang, style, line, b.fact)
	if err != nil {
		return "", fmt.Errorf("write %s in %s: %w", t.Key, lang, err)
	}
	return text, nil
}

// fact gives the catalogs a fact that may be spoken today.
func (b *player) fact(id string) (locales.Arg, bool) {
	f, ok := b.Knowledge.Fact(id, b.Now())
	return locales.Arg{Kind: f.Kind, Text: f.Value}, ok
}

// spoken keeps what was said as keys and arguments, without what is private.
func spoken(says []dialogs.Say) []dialogs.Text {
	var texts []dialogs.Text
	for _, say := range says {
		texts = append(texts, withoutPrivate(say.Text))
		for _, c := range say.Choices {
			texts = append(texts, withoutPrivate(c.Text))
		}
	}
	return texts
}

func withoutPrivate(t dialogs.Text) dialogs.Text {
	args := make(map[string]dialogs.Value, len(t.Args))
	for name, v := range t.Args {
		if v.Private {
			v = dialogs.Value{Kind: dialogs.KindText, Text: "…", Private: true}
		}
		args[name] = v
	}
	return dialogs.Text{Key: t.Key, Args: args, Count: t.Count}
}
