package desk

import (
	"cmp"
	"slices"

	"doudou/bot"
)

// A family is the contact card of a case: who writes, without the number, which
// is a page of its own that the journal knows of.
type family struct {
	Name     string // "" when they have not said it
	Language string
	Channel  string
	Since    stamp
	Half     string // when to call, "" when not said
	Stopped  bool   // said STOP: nothing is sent to them
	Phone    bool   // there is a number to call
	Former   []former
}

// A former is an earlier case of the same family that the agent may see.
type former struct {
	ID, Topic string
	On        stamp
}

// family reads the contact card of a case, nil when the desk has none.
func (d *desk) family(v *visit, c bot.Case) (*family, error) {
	if d.Families == nil {
		return nil, nil
	}
	p, err := d.Families.Person(v.r.Context(), c.Contact)
	if err != nil {
		return nil, err
	}
	f := &family{Language: d.languageName(v.lang, c.Lang), Channel: d.channelName(v.lang, c.Channel), Since: d.dayOf(v.lang, p.Contact.Since),
		Stopped: stoppedOn(p, c.Channel), Phone: phoneOf(p) != ""}
	if p.Profile != nil {
		f.Name = p.Profile.Name
	}
	if half := c.Notes["half"]; half != "" {
		f.Half = d.name(v.lang, half, "desk.note.half."+half)
	}
	f.Former = d.former(v, c, p.Cases)
	return f, nil
}

// former are the earlier cases of a family, the last first.
func (d *desk) former(v *visit, c bot.Case, cases []bot.Case) []former {
	slices.SortFunc(cases, func(a, b bot.Case) int { return cmp.Or(b.Opened.Compare(a.Opened), cmp.Compare(a.ID, b.ID)) })
	var list []former
	for _, k := range cases {
		if k.ID != c.ID && sees(v.agent, k) {
			list = append(list, former{string(k.ID), d.topicName(v.lang, k.Topic), d.when(v.lang, k.Opened)})
		}
	}
	return list
}

// stoppedOn tells whether a family said STOP on a channel.
func stoppedOn(p bot.Person, ch bot.Channel) bool {
	return slices.ContainsFunc(p.Addresses, func(a bot.Standing) bool { return a.Channel == ch && a.Stopped })
}

// phoneOf is the number to call somebody at: the one they gave, else the one
// that they write from; "" when there is none.
func phoneOf(p bot.Person) string {
	if p.Profile != nil && p.Profile.Phone != "" {
		return p.Profile.Phone
	}
	for _, a := range p.Addresses {
		if a.Channel == bot.SMS {
			return a.ID
		}
	}
	return ""
}
