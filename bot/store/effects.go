package store

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"doudou/bot"
	"doudou/dialogs"
)

// openCase opens a case. If one is open, it becomes urgent if need be and takes
// the new topic and what the brief says more.
func (s *Store) openCase(t tx, c *contactRow, turn bot.Turn) error {
	if err := c.note(turn.Open.Notes); err != nil {
		return err
	}
	if c.kase.id != "" {
		return s.addToCase(t, c, turn)
	}
	k := *turn.Open
	id := cmp.Or(string(k.ID), s.newID())
	opened := ms(orNow(k.Opened, turn.At))
	var channel string
	if len(c.addresses) > 0 {
		channel = c.addresses[0].channel
	}
	t.do(`INSERT INTO cases (id, contact, team, state, urgent, topic, lang, channel, brief, agent, opened, changed, asked)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		id, c.id, k.Team, string(cmp.Or(k.State, bot.Open)), bit(k.Urgent), k.Topic, cmp.Or(k.Lang, c.lang),
		cmp.Or(string(k.Channel), channel), pack(k.Brief, len(k.Brief) == 0), k.Agent, opened, opened, opened)
	c.kase = caseRow{id: id, state: string(cmp.Or(k.State, bot.Open))}
	return s.findable(t, c, k)
}

func (s *Store) addToCase(t tx, c *contactRow, turn bot.Turn) error {
	var brief []dialogs.BriefItem
	if err := unpack(c.kase.brief, &brief); err != nil {
		return fmt.Errorf("the brief of case %s: %w", c.kase.id, err)
	}
	for _, item := range turn.Open.Brief {
		same := func(b dialogs.BriefItem) bool { return b.Slot == item.Slot }
		if i := slices.IndexFunc(brief, same); i >= 0 {
			brief[i] = item
			continue
		}
		brief = append(brief, item)
	}
	urgent := max(c.kase.urgent, bit(turn.Open.Urgent))
	t.do(`UPDATE cases SET urgent = $1, topic = $2, brief = $3, changed = $4 WHERE id = $5`,
		urgent, cmp.Or(turn.Open.Topic, c.kase.topic), pack(brief, len(brief) == 0), ms(turn.At), c.kase.id)
	s.indexTopic(t, c.kase.id, turn.Open.Topic, cmp.Or(turn.Open.Lang, c.lang))
	s.index(t, c.kase.id, bot.InBrief, append(briefWords(turn.Open.Brief), slices.Collect(maps.Values(turn.Open.Notes))...)...)
	return nil
}
