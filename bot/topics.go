package bot

import (
	"context"
	"time"
)

// A Topic is the forum topic of a case in the Telegram group of its team.
type Topic struct {
	Case   CaseID
	Group  int64
	Thread int
	Seen   int64 // number of the last line that was carried there
	Made   int   // how often it was made: one that is deleted is made again once
	Open   bool
	At     time.Time // made or closed
}

// A Draft is an answer that an agent wrote in a topic and has not confirmed.
type Draft struct {
	ID    string
	Case  CaseID
	Agent string // login
	Text  string
	Seen  int // lines that the agent had before their eyes
	At    time.Time
}

// A TopicStore keeps which topic is whose, and what waits for a tap there.
type TopicStore interface {
	// Topics returns the topics that are kept, by case.
	Topics(ctx context.Context) ([]Topic, error)
	// AddTopic keeps the topic of a case that has none; fresh is false when there
	// is one, which is returned: who made the second one deletes it.
	AddTopic(ctx context.Context, t Topic) (kept Topic, fresh bool, err error)
	// SaveTopic changes the topic of a case.
	SaveTopic(ctx context.Context, t Topic) error
	// DropTopic forgets the topic of a case.
	DropTopic(ctx context.Context, id CaseID) error
	// AddDraft keeps a draft, once.
	AddDraft(ctx context.Context, d Draft) error
	// Draft returns a draft; ErrGone when there is none.
	Draft(ctx context.Context, id string) (Draft, error)
	// DropDraft erases a draft.
	DropDraft(ctx context.Context, id string) error
}
