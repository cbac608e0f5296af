package bot

import (
	"context"
	"maps"

	"doudou/dialogs"
	"doudou/dialogs/nlu"
)

// converse plays the dialog's turn and turns its effects into changes.
func (b *player) converse(ctx context.Context, w Work, p *Played, r nlu.Reading) error {
	d, err := b.Book.Step(p.Session.Dialog, b.input(w, r), b.library(ctx, w.Contact))
	if err != nil {
		return err
	}
	p.Intent = d.Intent
	if p.Intent == "" {
		p.Intent = wordIntent[dialogs.Global(r.Global)]
	}
	if r.Urgent {
		p.Intent = r.Intent
	}
	private := d.Private && w.Message.Kind != Place // its line says only that it was one
	line := b.familyLine(w, p.Intent, private)
	if line.Intent == "" && !d.Understood {
		line.Intent = "not_understood"
	}
	p.Turn.Lines, p.Turn.Mask = []Line{line}, private
	p.Turn.Unclear = b.unclear(w, p.Session.Dialog, r, d)
	if !d.Understood && w.Case != nil && !r.Urgent && !b.Book.Guides(p.Session.Dialog) {
		return b.added(w, p)
	}
	p.Session.Waiting = false
	p.Session.Dialog = d.Session
	p.Turn.Audience = d.Audience
	says, err := b.apply(ctx, w, p, d.Effects)
	if err != nil {
		return err
	}
	if b.finished(w, p.Turn, r, says) {
		p.Turn.Changes = append(p.Turn.Changes, Later{b.herald().opinion(w.Contact.ID)})
	}
	if p.Turn.Lang != "" {
		p.Lang = b.Words.Best(p.Turn.Lang)
	}
	if p.Session.Speaking = p.Lang; p.Lang == b.Words.Best(first(p.Turn.Lang, w.Contact.Lang)) {
		p.Session.Speaking = ""
	}
	return b.speak(&p.Turn, w, p.Lang, b.offerSwitch(w, p, r, says), origin(r, d), &p.Session)
}

// wordIntent is what the words that hold everywhere count as in the figures.
var wordIntent = map[dialogs.Global]string{
	dialogs.Human: "talk_to_human", dialogs.Menu: "help_menu", dialogs.Help: "help_menu",
	dialogs.Language: "change_language", dialogs.Erase: "delete_my_data",
}

// origin tells what may hold the answer back: nothing, for a safety card and
// for the erasure that somebody has a right to.
func origin(r nlu.Reading, d dialogs.Turn) Origin {
	if r.Urgent || d.Session.Dialog == "forget" {
		return FromSafety
	}
	for _, e := range d.Effects {
		if _, ok := e.(dialogs.Forget); ok {
			return FromSafety
		}
	}
	return FromRobot
}

// added keeps a message that only a person can understand with the case that is
// open already, and says so once.
func (b *player) added(w Work, p *Played) error {
	if p.Session.Waiting {
		return nil
	}
	p.Session.Waiting = true
	return b.speak(&p.Turn, w, p.Lang, plain("bot.added"), FromRobot, &p.Session)
}

// apply writes the effects into the turn and returns what is to be said.
func (b *player) apply(ctx context.Context, w Work, p *Played, effects []dialogs.Effect) ([]dialogs.Say, error) {
	var says []dialogs.Say
	records := b.recorder(ctx, w.Contact.ID)
	t := &p.Turn
	for _, e := range effects {
		switch e := e.(type) {
		case dialogs.Say:
			says = append(says, e)
		case dialogs.Handoff:
			b.openCase(t, w, e)
		case dialogs.Register:
			t.Register = append(t.Register, e.Event)
		case dialogs.Cancel:
			t.Cancel = append(t.Cancel, e.Event)
		case dialogs.SetLanguage:
			t.Lang = e.Lang
		case dialogs.Note:
			if t.Notes == nil {
				t.Notes = map[string]string{}
			}
			t.Notes[e.Name] = e.Value
		case dialogs.Forget:
			t.Forget = true
		case dialogs.Record:
			change, err := records.change(e)
			if err != nil {
				return nil, err
			}
			t.Changes = append(t.Changes, change...)
		}
	}
	return says, nil
}

// offerSwitch tells somebody who writes in another language than before, once,
// how to change.
func (b *player) offerSwitch(w Work, p *Played, r nlu.Reading, says []dialogs.Say) []dialogs.Say {
	if r.Lang == arabizi && p.Session.Offered == "" && p.Lang != "fr" && !r.Urgent {
		p.Session.Offered = p.Lang
		return append(plain("bot.french"), says...) // who types Arabic in Latin letters may read French better
	}
	own := b.Words.Best(w.Contact.Lang)
	if w.Contact.Lang == "" || p.Lang == own || p.Session.Offered == p.Lang || r.Urgent || p.Turn.Lang != "" {
		return says
	}
	p.Session.Offered = p.Lang
	name := dialogs.Value{Kind: dialogs.KindChoice, Text: p.Lang, Key: "language." + p.Lang}
	return append([]dialogs.Say{{Text: dialogs.Text{Key: "bot.switch", Args: map[string]dialogs.Value{"language": name}}}}, says...)
}

// openCase passes the contact to a person.
func (b *player) openCase(t *Turn, w Work, h dialogs.Handoff) {
	t.Open = &Case{
		ID: CaseID(b.NewID()), Contact: w.Contact.ID, Team: b.route(w.Contact, h), State: Open,
		Urgent: h.Urgent, Topic: h.Topic, Lang: b.Words.Best(first(t.Lang, w.Contact.Lang)),
		Channel: w.Contact.Address.Channel, Brief: h.Brief, Notes: maps.Clone(w.Contact.Notes),
		Opened: t.At, Changed: t.At,
	}
}

// route returns the team that a question falls to: the one that the tree names,
// else the one that the institutions agreed on, else the owner of the dialog.
func (b *player) route(c Contact, h dialogs.Handoff) string {
	if h.Routed {
		if team, ok := b.Knowledge.Route(h.Topic, c.Audience, b.Now()); ok {
			return team
		}
	}
	return b.team(h.Team)
}

// team returns the team that a tree names, or the default one.
func (b *player) team(id string) string {
	teams := b.Knowledge.Teams()
	for _, t := range teams {
		if t.ID == id {
			return id
		}
	}
	if len(teams) == 0 {
		return id
	}
	return teams[0].ID
}

// familyLine is what the contact wrote, as staff will read it.
func (b *player) familyLine(w Work, intent string, private bool) Line {
	l := Line{At: w.Message.At, Speaker: Family, Lang: w.Contact.Lang, Text: w.Message.Text, Intent: intent, Masked: private}
	switch w.Message.Kind {
	case Tap:
		l.Says = b.tapped(w.Message.Data)
	case Greeting:
		l.Text = "/start"
	case Voice, Media, Place, CallMe:
		l.Text = first(l.Text, "["+string(w.Message.Kind)+"]")
	}
	if private {
		l.Text, l.Says = "", nil
	}
	return l
}

// tapped names the choice of a button, to be read in the reader's language.
func (b *player) tapped(data string) []dialogs.Text {
	tap := parseTap(data)
	if tap == nil {
		return nil
	}
	key := tap.Dialog + "." + tap.Node + "." + tap.Choice
	if !b.Words.Has("fr", key) {
		return nil
	}
	return []dialogs.Text{{Key: key}}
}

func first(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}
