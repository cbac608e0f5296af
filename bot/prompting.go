package bot

import (
	"context"

	"doudou/dialogs"
)

// promptIntent is how a prompt counts in the figures, before its node.
const promptIntent = "prompt:"

// prompted plays what the relais starts by itself, in the contact's own
// language. Nobody wrote, so the thread has the robot's line only; and nobody
// who said STOP hears of it. A person who holds the case does not hold it back:
// a date that is moved is moved for everybody.
func (b *player) prompted(ctx context.Context, w Work, p *Played) error {
	if w.Contact.Stopped {
		return nil
	}
	prompt, err := ParsePrompt(w.Message.Data)
	if err != nil {
		return err
	}
	if prompt.Node == opinionNode {
		if b.keepsQuiet(w, p.Session) {
			return nil
		}
		p.Turn.Changes = []Change{Counted{CountAsked}}
	}
	p.Lang, p.Intent = b.Words.Best(w.Contact.Lang), promptIntent+prompt.Node
	before := p.Session
	d, err := b.Book.Step(before.Dialog, dialogs.Input{Today: b.today(), Audience: w.Contact.Audience, Enter: prompt.entry()}, b.library(ctx, w.Contact))
	if err != nil {
		return err
	}
	p.Session.Dialog, p.Turn.Audience = d.Session, d.Audience
	says, err := b.apply(ctx, w, p, d.Effects)
	if err != nil {
		return err
	}
	if err := b.speak(&p.Turn, w, p.Lang, says, FromRelais, &p.Session); err != nil {
		return err
	}
	if len(p.Session.More) == 0 {
		p.Session.More = before.More // what SUITE was to send is still there
	}
	if p.Session.Dialog.Node != before.Dialog.Node || p.Session.Dialog.Dialog != before.Dialog.Dialog {
		p.Session.Speaking = "" // it asks something in the contact's own language
	}
	for i := range p.Turn.Lines {
		p.Turn.Lines[i].Intent = p.Intent
	}
	return nil
}
