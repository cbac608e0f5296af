package store

import (
	"cmp"
	"context"
	"fmt"

	"doudou/bot"
	"doudou/knowledge/events"
)

// Who finds a contact by an address.
func (s *Store) Who(ctx context.Context, a bot.Address) (bot.ContactID, error) {
	var contact string
	err := s.db.read(ctx, func(t tx) {
		t.get(one(&contact), `SELECT contact FROM address WHERE channel = $1 AND lookup = $2`, string(a.Channel), s.lookup(a.ID))
	})
	if err != nil {
		return "", fmt.Errorf("look for somebody: %w", err)
	}
	if contact == "" {
		return "", bot.ErrGone
	}
	return bot.ContactID(contact), nil
}

// mostLines is how many lines of one person are read: more than anybody writes.
const mostLines = 100_000

// Person returns all that is kept of a contact.
func (s *Store) Person(ctx context.Context, contact bot.ContactID) (bot.Person, error) {
	p, err := s.personRows(ctx, contact)
	if err == nil {
		p.Lines, err = s.Thread(ctx, contact, mostLines)
	}
	if err == nil {
		p.Meetings, err = s.Introductions(ctx, contact, "")
	}
	if err != nil {
		return bot.Person{}, fmt.Errorf("read what is kept of somebody: %w", err)
	}
	if p.Contact.ID == "" {
		return bot.Person{}, bot.ErrGone
	}
	return p, nil
}

// personRows reads what is kept of a contact in rows of their own, in one go.
func (s *Store) personRows(ctx context.Context, contact bot.ContactID) (bot.Person, error) {
	id := string(contact)
	var p bot.Person
	var r contactOf
	var profile []events.Profile
	err := s.db.read(ctx, func(t tx) {
		p, r, profile = bot.Person{}, contactOf{}, nil
		t.get(one(&r.id, &r.lang, &r.audience, &r.notes, &r.session, &r.since), `SELECT id, lang, audience, notes, session, since FROM contact WHERE id = $1`, id)
		t.get(s.collectStandings(&p.Addresses), `SELECT channel, sealed, via, stopped FROM address WHERE contact = $1 AND sealed <> '' ORDER BY channel`, id)
		t.get(collectCases(&p.Cases), selectCases+`WHERE k.contact = $1 ORDER BY k.opened`, id)
		t.get(s.collectProfiles(&profile), selectProfiles+`WHERE contact = $1`, id)
		t.get(collectSeats(&p.Seats), selectSeats+`WHERE r.contact = $1 ORDER BY r.at`, id)
		t.get(s.collectPlanned(&p.Prompts), `SELECT id, node, slots, due, state FROM prompt WHERE contact = $1 ORDER BY due, id`, id)
		t.get(collectConsents(&p.Consents), `SELECT at, what, given, how FROM consent WHERE contact = $1 ORDER BY id`, id)
		t.get(one(&r.messages), `SELECT (SELECT COUNT(*) FROM inbox WHERE contact = $1) + (SELECT COUNT(*) FROM outbox WHERE contact = $1)`, id)
	})
	if err != nil || r.id == "" {
		return p, err
	}
	if len(profile) > 0 {
		p.Profile = &profile[0]
	}
	return p, r.into(&p)
}

// A contactOf is the row of a contact on its way to a bot.Person.
type contactOf struct {
	id, lang, audience, notes, session string
	since, messages                    int64
}

func (r *contactOf) into(p *bot.Person) error {
	p.Contact = bot.Contact{ID: bot.ContactID(r.id), Lang: r.lang, Audience: r.audience, Since: fromMS(r.since)}
	p.Session, p.Messages = []byte(r.session), int(r.messages)
	for _, a := range p.Addresses {
		p.Contact.Stopped = p.Contact.Stopped || a.Stopped
		p.Contact.Address.Channel = cmp.Or(p.Contact.Address.Channel, a.Channel)
	}
	return unpack(r.notes, &p.Contact.Notes)
}

func (s *Store) collectStandings(list *[]bot.Standing) func(row) error {
	return func(from row) error {
		var a bot.Standing
		var channel, sealed string
		var stopped int64
		err := from.Scan(&channel, &sealed, &a.To, &stopped)
		if err == nil {
			a.ID, err = s.unseal(sealedAddress, sealed)
		}
		a.Channel, a.Stopped = bot.Channel(channel), stopped == 1
		*list = append(*list, a)
		return err
	}
}

func (s *Store) collectPlanned(list *[]bot.Planned) func(row) error {
	return func(from row) error {
		var p bot.Planned
		var slots string
		var due int64
		err := from.Scan(&p.ID, &p.Node, &slots, &due, &p.State)
		if err == nil {
			slots, err = s.unseal(sealedPrompt, slots)
		}
		if err == nil {
			err = unpack(slots, &p.Slots)
		}
		p.Due = fromMS(due)
		*list = append(*list, p)
		return err
	}
}

// Erase erases a contact everywhere.
func (s *Store) Erase(ctx context.Context, e bot.Erasure) error {
	e.At = orNow(e.At, s.now())
	var then afterwards
	err := s.db.write(ctx, func(t tx) error {
		then = afterwards{}
		return s.erase(t, e, &then)
	})
	if err != nil {
		return fmt.Errorf("erase somebody: %w", err)
	}
	for _, contact := range append(then.drop, e.Contact) {
		s.sessions.Drop(ctx, contact)
	}
	return nil
}

// erase does what the form asks for, once. Who is not there any more is erased.
func (s *Store) erase(t tx, e bot.Erasure, then *afterwards) error {
	c := contactRow{id: string(e.Contact)}
	if err := c.read(t, 0); err != nil || !c.found {
		return err
	}
	t.do(`INSERT INTO once (form, at) VALUES ($1, $2) ON CONFLICT (form) DO NOTHING`, e.Once, ms(e.At))
	s.keys.after(c.last)
	return s.forget(t, &c, bot.Turn{Contact: e.Contact, At: e.At}, then)
}
