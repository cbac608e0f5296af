package store

import (
	"context"
	"fmt"

	"doudou/bot"
)

// Introductions returns those of a contact, of an event, or all.
func (s *Store) Introductions(ctx context.Context, contact bot.ContactID, event string) ([]bot.Introduction, error) {
	which, args := introductionsOf(string(contact), event)
	var list []bot.Introduction
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(collectIntroductions(&list), selectIntroductions+which+` ORDER BY id`, args...)
	})
	if err != nil {
		return nil, fmt.Errorf("read the introductions: %w", err)
	}
	return list, nil
}

// introductionsOf is the condition for those of a contact and of an event; what
// is "" does not count.
func introductionsOf(contact, event string) (which string, args []any) {
	switch {
	case contact != "" && event != "":
		return `WHERE (parent = $1 OR childminder = $1) AND event = $2`, []any{contact, event}
	case contact != "":
		return `WHERE parent = $1 OR childminder = $1`, []any{contact}
	case event != "":
		return `WHERE event = $1 AND event <> ''`, []any{event}
	}
	return ``, nil
}

const selectIntroductions = `SELECT id, parent, childminder, event, parent_says, childminder_says, made, exchanged, visit, contract FROM introduction `

// collectIntroductions adds the rows of selectIntroductions to a list.
func collectIntroductions(list *[]bot.Introduction) func(row) error {
	return func(from row) error {
		var i bot.Introduction
		var parent, minder, parentSays, minderSays, visit, contract string
		var made, exchanged int64
		err := from.Scan(&i.ID, &parent, &minder, &i.Event, &parentSays, &minderSays, &made, &exchanged, &visit, &contract)
		i.Parent, i.ParentSays = bot.ContactID(parent), bot.Consent(parentSays)
		i.Childminder, i.MinderSays = bot.ContactID(minder), bot.Consent(minderSays)
		i.Visit, i.Contract = bot.Consent(visit), bot.Consent(contract)
		i.Made, i.Exchanged = fromMS(made), fromMS(exchanged)
		*list = append(*list, i)
		return err
	}
}

// lockIntroductions locks all of a contact, in the order in which they are
// written everywhere: two people who are introduced never wait for each other.
func lockIntroductions(t tx, contact string) {
	t.lock(`SELECT id FROM introduction WHERE parent = $1 OR childminder = $1 ORDER BY parent, childminder FOR UPDATE`, contact)
}
