package store

import (
	"context"
	"fmt"

	"doudou/bot"
)

// Next returns the oldest message of the contact that is not answered. The
// session comes from the live copy if its stamp is that of the contact's row,
// else from the row: one statement either way.
func (s *Store) Next(ctx context.Context, contact bot.ContactID) (bot.Work, error) {
	stamp, live, hit := s.sessions.Get(ctx, contact)
	if !hit {
		stamp = bot.Stamp{Version: -1}
	}
	w := workRow{}
	err := s.db.look(ctx, string(contact), func(t tx) {
		w = workRow{}
		t.get(w.scan, selectWork, string(contact), stamp.Version, stamp.Tag)
	})
	if err == nil && w.found {
		err = w.finish(s)
	}
	switch {
	case err != nil:
		return bot.Work{}, fmt.Errorf("read the next message: %w", err)
	case !w.found:
		return bot.Work{}, bot.ErrNothing
	}
	w.work.Contact.ID, w.work.Message.From.Channel = contact, w.work.Message.Channel
	w.work.Contact.Address = w.work.Message.From
	if w.work.Case != nil {
		w.work.Case.Contact, w.work.Case.Notes = contact, w.work.Contact.Notes
	}
	s.settleLive(ctx, &w.work, hit, stamp, live)
	return w.work, nil
}

// settleLive takes the live copy if it is the right one. A copy from the future,
// or of another turn under the same number, comes from another database: it is
// dropped, or it would refuse the next ones.
func (s *Store) settleLive(ctx context.Context, w *bot.Work, hit bool, stamp bot.Stamp, live []byte) {
	switch {
	case !hit:
	case stamp == w.Stamp:
		w.Session = nil
		if len(live) > 0 {
			w.Session = live
		}
	case stamp.Version >= w.Stamp.Version:
		s.sessions.Drop(ctx, w.Contact.ID)
	}
}

const selectWork = `SELECT i.id, i.tries, i.channel, i.provider, i.kind, i.text, i.data, i.lang, i.ref, i.at,
	c.lang, c.audience, c.version, c.tag, c.notes, c.since,
	CASE WHEN c.version = $2 AND c.tag = $3 THEN '' ELSE c.session END,
	COALESCE(a.sealed, ''), COALESCE(a.via, ''), COALESCE(a.stopped, 0),
	COALESCE(k.id, ''), COALESCE(k.team, ''), COALESCE(k.state, ''), COALESCE(k.urgent, 0), COALESCE(k.topic, ''),
	COALESCE(k.lang, ''), COALESCE(k.channel, ''), COALESCE(k.brief, ''), COALESCE(k.agent, ''),
	COALESCE(k.opened, 0), COALESCE(k.changed, 0), COALESCE(k.asked, 0), COALESCE(k.answered, 0), COALESCE(k.snoozed, 0), COALESCE(k.toward, ''), c.lines,
	EXISTS (SELECT 1 FROM inbox n WHERE n.contact = i.contact AND n.done = 0 AND n.id > i.id)
	FROM inbox i JOIN contact c ON c.id = i.contact
	LEFT JOIN address a ON a.contact = c.id AND a.channel = i.channel
	LEFT JOIN cases k ON k.contact = c.id AND k.state <> 'closed'
	WHERE i.contact = $1 AND i.done = 0 ORDER BY i.id LIMIT 1`

// A workRow is a row of selectWork on its way to a bot.Work.
type workRow struct {
	found                       bool
	work                        bot.Work
	kase                        caseRow
	channel, kind               string
	at, since, tries, stopped   int64
	notes, session, sealed, via string
}

func (r *workRow) scan(from row) error {
	r.found = true
	w, m, c, k := &r.work, &r.work.Message, &r.work.Contact, &r.kase
	return from.Scan(&w.Inbox, &r.tries, &r.channel, &m.Provider, &r.kind, &m.Text, &m.Data, &m.Lang, &m.Ref, &r.at,
		&c.Lang, &c.Audience, &w.Stamp.Version, &w.Stamp.Tag, &r.notes, &r.since,
		&r.session, &r.sealed, &r.via, &r.stopped,
		&k.id, &k.team, &k.state, &k.urgent, &k.topic, &k.lang, &k.channel, &k.brief, &k.agent, &k.opened, &k.changed,
		&k.asked, &k.answered, &k.snoozed, &k.toward, &k.lines, &w.More)
}

// finish turns what was read into the types of the service.
func (r *workRow) finish(s *Store) (err error) {
	w := &r.work
	w.Tries = int(r.tries)
	w.Message.Channel, w.Message.Kind, w.Message.At = bot.Channel(r.channel), bot.MessageKind(r.kind), fromMS(r.at)
	w.Message.From.To = r.via
	if w.Message.From.ID, err = s.unseal(sealedAddress, r.sealed); err != nil {
		return fmt.Errorf("where a contact writes from: %w", err)
	}
	w.Contact.Stopped, w.Contact.Since = r.stopped == 1, fromMS(r.since)
	if r.session != "" {
		w.Session = []byte(r.session)
	}
	if err := unpack(r.notes, &w.Contact.Notes); err != nil {
		return fmt.Errorf("the notes of a contact: %w", err)
	}
	if r.kase.id == "" {
		return nil
	}
	c, err := r.kase.toCase()
	w.Case = &c
	return err
}
