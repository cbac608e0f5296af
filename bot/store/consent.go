package store

import "doudou/bot"

// consents keeps the yes and no that a turn says, in the order in which it does:
// what was agreed to, when, and on which channel.
func (s *Store) consents(t tx, c *contactRow, turn bot.Turn) {
	for _, change := range turn.Changes {
		switch do := change.(type) {
		case bot.Subscribe:
			s.consent(t, c, turn, bot.ToNews, do.On)
		case bot.KeepProfile:
			s.consent(t, c, turn, bot.ToProposals, do.Profile.Listed)
		case bot.Withdraw:
			s.consent(t, c, turn, bot.ToProposals, false)
		case bot.SayTo:
			s.consent(t, c, turn, bot.ToIntroduction, do.Says == bot.Yes)
		}
	}
	if turn.Stopped != nil {
		s.consent(t, c, turn, bot.ToMessages, !*turn.Stopped)
	}
}

// consent adds one word.
func (s *Store) consent(t tx, c *contactRow, turn bot.Turn, what bot.Matter, given bool) {
	t.do(`INSERT INTO consent (contact, id, at, what, given, how)
		VALUES ($1, $2, $3, $4, $5, COALESCE((SELECT i.channel FROM inbox i WHERE i.contact = $1 AND i.id = $6), ''))`,
		c.id, s.key(c), ms(turn.At), string(what), bit(given), turn.Inbox)
}

func collectConsents(list *[]bot.Consented) func(row) error {
	return func(from row) error {
		var c bot.Consented
		var at, given int64
		var what string
		err := from.Scan(&at, &what, &given, &c.How)
		c.At, c.What, c.Given = fromMS(at), bot.Matter(what), given == 1
		*list = append(*list, c)
		return err
	}
}
