package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"doudou/dialogs"
	"doudou/dialogs/nlu"
	"doudou/knowledge"
	"doudou/knowledge/events"
	"doudou/locales"
)

// A player works turns out: rooms 3 and 4, and the words of room 5. It changes
// nothing, so a turn may be played again, or only rehearsed.
type player struct {
	Book      *dialogs.Book
	Reader    *nlu.Model
	Knowledge *knowledge.Knowledge
	Words     *locales.Catalog
	Now       func() time.Time
	Draw      func() int64
	NewID     func() string
	carriers  map[Channel]Carrier
	calendar  calendar
	people    people
	ends      map[string]bool // texts after which an opinion is asked; nil: none is
}

// A calendar gives the events that are not over, with their seats as a contact
// sees them.
type calendar interface {
	Standing(ctx context.Context, contact ContactID, after time.Time) ([]events.Standing, error)
}

// turn starts the turn of a message: who, which, when, and the new stamp.
func (b *player) turn(w Work) Turn {
	return Turn{
		Contact: w.Contact.ID, Inbox: w.Inbox, At: b.Now(),
		From: w.Stamp, To: Stamp{Version: w.Stamp.Version + 1, Tag: b.Draw()},
	}
}

// A Played is a turn that was worked out and not committed: nothing has
// happened yet.
type Played struct {
	Turn    Turn
	Session Session // what Turn.Session holds
	Lang    string  // language of the answer
	Intent  string  // intent that was answered, "" for an answer to a question
	Dialog  string  // where the contact stands afterwards
	Node    string
}

// play works a turn out. It changes nothing; a panic in a tree or a text is an
// error of this turn, not the end of the service.
func (b *player) play(ctx context.Context, w Work) (p Played, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the turn panicked: %v", r)
		}
	}()
	var session Session
	if len(w.Session) > 0 {
		if err := json.Unmarshal(w.Session, &session); err != nil {
			return p, fmt.Errorf("read the session: %w", err)
		}
	}
	p = Played{Turn: b.turn(w), Session: session}
	if err := b.decide(ctx, w, &p); err != nil {
		return p, err
	}
	p.Dialog, p.Node = p.Session.Dialog.Dialog, p.Session.Dialog.Node
	p.Turn.Session, err = json.Marshal(p.Session)
	return p, err
}
