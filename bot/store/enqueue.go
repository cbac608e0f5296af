package store

import (
	"time"

	"doudou/bot"
)

// enqueue puts outgoings into the outbox. What it returns tells, once the
// transaction is through, which are leased: those that may leave, on each channel
// where nothing older waits for the contact.
func (s *Store) enqueue(t tx, c *contactRow, list []bot.Outgoing, at time.Time, lease bot.Lease, erase bool) func() []bot.Outgoing {
	free := map[bot.Channel][]bot.Outgoing{}
	var held []bot.Outgoing
	for _, o := range list {
		o.ID, o.Contact, o.To, o.At = s.key(c), bot.ContactID(c.id), s.address(t, c, o.To), orNow(o.At, at)
		if c.held(o) {
			held = append(held, o)
			continue
		}
		free[o.To.Channel] = append(free[o.To.Channel], o)
	}
	var leased []bot.Outgoing
	for ch, batch := range free { // the lane comes before its messages: every writer locks in this order
		openLane(t, c.id, ch, at, lease, batch[0].ID, batch[len(batch)-1].ID, func() { leased = append(leased, batch...) })
		for _, o := range batch {
			s.putOutgoing(t, o, bot.Queued, erase)
		}
	}
	for _, o := range held {
		if !erase {
			s.putOutgoing(t, o, bot.Held, false)
		}
	}
	return func() []bot.Outgoing {
		for i := range leased {
			leased[i].Lease = lease.Token
		}
		return leased
	}
}

// openLane makes the lane of a contact, leased if a lease is given; got is called
// if it was. A lane that is there is only locked: something older waits in it.
func openLane(t tx, contact string, ch bot.Channel, at time.Time, lease bot.Lease, first, last int64, got func()) {
	ready, upto := ms(lease.Until), last
	if lease.Token == 0 {
		ready, upto = ms(at), 0
	}
	var have int64
	t.get(func(from row) error {
		err := from.Scan(&have)
		if err == nil && have == last {
			got()
		}
		return err
	}, `INSERT INTO lane (contact, channel, ready, token, head, upto) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (contact, channel) DO UPDATE SET ready = lane.ready RETURNING upto`,
		contact, string(ch), ready, lease.Token, first, upto)
}

// putOutgoing adds a row to the outbox. The last word to somebody who is
// forgotten is erased once it has left.
func (s *Store) putOutgoing(t tx, o bot.Outgoing, state bot.OutState, erase bool) {
	t.do(`INSERT INTO outbox (contact, id, channel, sealed, via, origin, body, lead, buttons, lang, reply, ref, state, tries, erase, at, team)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		string(o.Contact), o.ID, string(o.To.Channel), s.seal(sealedAddress, o.To.ID), o.To.To, string(o.Origin), o.Body, o.Lead,
		pack(o.Buttons, len(o.Buttons) == 0), o.Lang, o.Reply, o.Ref, string(state), int64(o.Tries), bit(erase), ms(o.At), o.Team)
}

// What is held back, as a condition on outbox.
const (
	unwanted = `origin <> 'safety'` // the contact said STOP
	silenced = `origin = 'robot'`   // a person has taken the case
)

// holdBack marks what waits for a contact, whose row must be locked. A lane with
// nothing left goes, unless a sender holds it: then that sender closes it.
func holdBack(t tx, contact, which string) {
	t.lock(`SELECT contact FROM lane WHERE contact = $1 FOR UPDATE`, contact)
	t.do(`UPDATE outbox SET state = 'held' WHERE contact = $1 AND state = 'queued' AND `+which, contact)
	t.do(`DELETE FROM lane WHERE contact = $1 AND token = 0 AND NOT EXISTS (
		SELECT 1 FROM outbox o WHERE o.contact = lane.contact AND o.channel = lane.channel AND o.state = 'queued')`, contact)
}
