package store

import (
	"context"

	"doudou/bot"
)

// Sessions hold the live copy of sessions. They may lose, delay or mix up
// anything: the store checks the stamp of what it gets. No method waits long,
// none fails: what cannot be had is read from SQL.
type Sessions interface {
	// Get returns the session kept for a contact, with the stamp it was put under.
	Get(ctx context.Context, contact bot.ContactID) (bot.Stamp, []byte, bool)
	// Put keeps a session, unless one of a later version is there.
	Put(ctx context.Context, contact bot.ContactID, stamp bot.Stamp, session []byte)
	// Drop forgets the session of a contact.
	Drop(ctx context.Context, contact bot.ContactID)
	// Health returns why sessions cannot be kept now, nil when they can.
	Health(ctx context.Context) error
}

// noSessions leave everything to SQL.
type noSessions struct{}

func (noSessions) Get(context.Context, bot.ContactID) (bot.Stamp, []byte, bool) {
	return bot.Stamp{}, nil, false
}
func (noSessions) Put(context.Context, bot.ContactID, bot.Stamp, []byte) {}
func (noSessions) Drop(context.Context, bot.ContactID)                   {}
func (noSessions) Health(context.Context) error                          { return nil }
