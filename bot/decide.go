package bot

import (
	"context"
	"unicode/utf8"

	"doudou/dialogs"
	"doudou/dialogs/nlu"
)

// decide chooses who answers a message, most pressing first: a safety card, the
// law on STOP, a person who holds the case, and only then the dialog. What the
// relais starts by itself is no message of anybody and is told apart before.
func (b *player) decide(ctx context.Context, w Work, p *Played) error {
	m := w.Message
	if m.Kind == Gone || m.Kind == Returned {
		return b.reachable(p, m.Kind == Returned)
	}
	if m.Kind == Started {
		return b.prompted(ctx, w, p)
	}
	r := b.read(w, p.Session)
	p.Lang = b.language(w, p.Session, r)
	if p.Turn.Lang == "" && w.Contact.Lang == "" {
		p.Turn.Lang = p.Lang
	}
	says := b.agrees(w)
	switch {
	case r.Urgent:
		p.Session.Quiet = b.today()
		return b.converse(ctx, w, p, r)
	case r.Global == string(dialogs.Stop) || (m.Channel == SMS && m.Data == optOutStop):
		return b.stop(w, p)
	case w.Contact.Stopped:
		return b.stopped(w, p, r)
	case r.Global == string(dialogs.Erase) || p.Session.Dialog.Dialog == "forget":
		return b.converse(ctx, w, p, r) // a right, whoever holds the case
	case says != "":
		return b.agree(w, p, says == "yes")
	case w.Case.Held():
		p.Turn.Lines = []Line{b.familyLine(w, "", false)}
		return nil
	}
	return b.answer(ctx, w, p, r)
}

// optOutStop is what the operator adds to an SMS that it took for STOP itself.
const optOutStop = "STOP"

// reachable notes that the contact blocked Doudou, or came back.
func (b *player) reachable(p *Played, back bool) error {
	stopped := !back
	p.Turn.Stopped = &stopped
	return nil
}

// stop obeys STOP: one word to say so, then nothing more.
func (b *player) stop(w Work, p *Played) error {
	p.Turn.Lines = []Line{b.familyLine(w, "stop_messages", false)}
	if w.Contact.Stopped {
		return nil
	}
	stopped := true
	p.Turn.Stopped, p.Intent = &stopped, "stop_messages"
	p.Session = Session{Dialog: dialogs.Session{Greeted: p.Session.Dialog.Greeted, Kept: p.Session.Dialog.Kept}, Quiet: p.Session.Quiet}
	return b.speak(&p.Turn, w, p.Lang, plain("bot.stopped"), FromSafety, nil)
}

// stopped hears somebody who said STOP: only START, or /start, is answered.
func (b *player) stopped(w Work, p *Played, r nlu.Reading) error {
	p.Turn.Lines = []Line{b.familyLine(w, "", false)}
	if r.Global != string(dialogs.Start) && w.Message.Kind != Greeting {
		return nil
	}
	back := false
	p.Turn.Stopped = &back
	return b.speak(&p.Turn, w, p.Lang, plain("bot.started"), FromSafety, nil)
}

// maxHeard is the length, in characters, beyond which a message that was not
// understood is too long rather than unclear.
const maxHeard = 600

// answer answers what the dialog does not know of: the next page, a photo, a
// voice note; everything else goes to the dialog.
func (b *player) answer(ctx context.Context, w Work, p *Played, r nlu.Reading) error {
	m := w.Message
	if r.Global == string(dialogs.More) && len(p.Session.More) > 0 {
		return b.nextPage(w, p)
	}
	p.Session.More = nil
	if m.Kind == Edited && p.Session.Dialog.Retries+p.Session.Dialog.Lost == 0 {
		return nil // what was understood is not answered twice
	}
	key := b.wordless(m, p.Session)
	switch {
	case r.Global == string(dialogs.Start):
		key = "bot.started"
	case unheard(r) && utf8.RuneCountInString(m.Text) > maxHeard && w.Case == nil:
		key = "bot.too_long"
	case key == "" || m.Text != "": // the words below a photo are a message like others
		return b.converse(ctx, w, p, r)
	}
	p.Turn.Lines = []Line{b.familyLine(w, "", false)}
	says := plain(key)
	if !p.Session.Dialog.Greeted { // whatever comes first, the answer says that it is a machine's
		p.Session.Dialog.Greeted = true
		says = append(plain("global.greeting"), says...)
	}
	return b.speak(&p.Turn, w, p.Lang, says, FromRobot, nil)
}

// wordless returns the text that answers what came without words, "" when the
// dialog can take it.
func (b *player) wordless(m Message, s Session) string {
	if m.Kind == Place && m.Data != "" && b.Book.Locates(s.Dialog) {
		return ""
	}
	return map[MessageKind]string{Voice: "bot.voice", Media: "bot.media", Place: "bot.place", CallMe: "bot.contact"}[m.Kind]
}

// unheard tells whether a message is none that Doudou knows: what is likely out
// of scope is not guessed at.
func unheard(r nlu.Reading) bool {
	return r.Zone == string(dialogs.ZonePerson) || r.Zone == string(dialogs.ZoneChoose) && r.Intent == "out_of_scope"
}

// nextPage sends what SUITE asks for.
func (b *player) nextPage(w Work, p *Played) error {
	page := p.Session.More[0]
	p.Session.More = p.Session.More[1:]
	p.Turn.Lines = []Line{b.familyLine(w, "", false)}
	p.Turn.Out = append(p.Turn.Out, b.outgoing(w, p.Lang, page, FromRobot))
	return nil
}

// plain is a text without arguments or choices.
func plain(key string) []dialogs.Say { return []dialogs.Say{{Text: dialogs.Text{Key: key}}} }
