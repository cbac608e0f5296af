// Package store keeps what must not be lost: what families wrote and is not
// answered, where each contact stands, what must leave, cases, seats, agents.
//
// One SQL transaction is the only commit point of a turn. It runs on SQLite, in
// one file, with a single writer that commits many turns at once; or on
// PostgreSQL when several replicas share a store. The live session may also be
// kept in Redis (see [RedisSessions]); the copy counts only if it bears the
// stamp of the contact's row, so that losing it costs one column read.
//
// What must leave waits in an outbox with one lane for each contact: a sender
// claims lanes, not messages, and so a contact's messages leave in order however
// often they are refused.
//
// What the relais starts by itself waits in a table of prompts and enters the
// inbox in the transaction that marks it as started. Seats are counted in the
// row of their event, which whoever takes, offers or gives one back locks first.
package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"doudou/bot"
)

// Options say where a store keeps things and where it gets its keys from.
type Options struct {
	// URL of a PostgreSQL database (postgres://...). When it is "", Path counts.
	URL string
	// Path of the SQLite file; its folder is made if need be. Never on a network
	// disk.
	Path string
	// Key seals addresses, names and numbers. When it is nil KeyFile is read, or
	// made; without one, that beside the SQLite file. OldKey is the key before:
	// what was sealed with it is sealed with Key at opening.
	KeyFile     string
	Key, OldKey *Key
	// Sessions is the live copy of sessions; nil when SQL is enough.
	Sessions Sessions
	// Now is the clock; time.Now when nil.
	Now func() time.Time
	// NewID makes the pseudonym of a contact; 80 random bits when nil.
	NewID func() string
	// Tag draws the tag of a contact's first stamp, not negative; random when nil.
	Tag func() int64
	// Draw draws a number below n, for the codes of seats; random when nil.
	Draw func(n int) int
	// Zone is that of the town; Europe/Paris when nil.
	Zone *time.Location
	// Beside opens a SQLite file that a service may have open already: for a
	// command that reads or changes little, never for a second service.
	Beside bool
	// Conns is the most connections to PostgreSQL; 16 when 0.
	Conns int
	// Keep says for how many days kinds of things are kept; nil: as bot.Keepings.
	Keep bot.Retention
	// MostUnclear is how many messages that were not understood are kept;
	// bot.MostUnclear when 0.
	MostUnclear int
}

// A Store is a [bot.Store] and a [bot.AgentStore] on SQL. It is safe for
// concurrent use.
type Store struct {
	db       engine
	sessions Sessions
	now      func() time.Time
	newID    func() string
	tag      func() int64
	draw     func(n int) int
	zone     *time.Location
	keys     *keys
	closing  func() error
	seals    seals
	keep     bot.Retention
	madeKey  string // the key file that was made

	mostUnclear int
}

var (
	_ bot.Store       = (*Store)(nil)
	_ bot.AgentStore  = (*Store)(nil)
	_ bot.FigureStore = (*Store)(nil)
	_ bot.AlertStore  = (*Store)(nil)
	_ bot.PersonStore = (*Store)(nil)
)

// newStore returns a store without a database, with what the options leave out.
func newStore(o Options) (*Store, error) {
	s := &Store{sessions: o.Sessions, now: o.Now, newID: o.NewID, tag: o.Tag, draw: o.Draw, zone: o.Zone, keep: o.Keep, mostUnclear: cmp.Or(o.MostUnclear, bot.MostUnclear)}
	if s.sessions == nil {
		s.sessions = noSessions{}
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.newID == nil {
		s.newID = randomID
	}
	if s.tag == nil {
		s.tag = randomTag
	}
	if s.draw == nil {
		s.draw = randomBelow
	}
	s.keys = newKeys(s.now, randomTag())
	var err error
	if s.zone == nil {
		s.zone, err = time.LoadLocation("Europe/Paris")
	}
	return s, err
}

// Open opens a store and brings its tables up to date. It fails if another
// service has the SQLite file open, or if its SQLite is one that can lose
// committed data.
func Open(ctx context.Context, o Options) (*Store, error) {
	s, err := newStore(o)
	if err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	switch {
	case o.URL != "":
		s.db, err = openPostgres(ctx, o.URL, o.Conns)
	case o.Path != "":
		s.db, err = openSQLite(ctx, o.Path, o.Beside)
	default:
		err = errors.New("neither a file nor a database URL is given")
	}
	if err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	s.closing = sync.OnceValue(s.db.close)
	if err = s.unlock(ctx, o); err == nil {
		err = s.resumeKeys(ctx)
	}
	if err == nil && o.URL == "" && !o.Beside {
		err = s.takeOver(ctx)
	}
	if err != nil {
		s.db.close()
		return nil, fmt.Errorf("open the store: %w", err)
	}
	return s, nil
}

// takeOver ends the leases of a service that is gone: the file is ours alone, so
// nobody is sending. An answer by SMS is left to the operator's second request
// until its lease ends: it would leave twice.
func (s *Store) takeOver(ctx context.Context) error {
	return s.db.write(ctx, func(t tx) error {
		now := ms(s.now())
		t.do(`UPDATE lane SET ready = $1 WHERE token <> 0 AND ready > $2 AND channel <> $3`, now, now, string(bot.SMS))
		return t.flush()
	})
}

// Close waits for what is being written and closes the store; to close it again
// does nothing.
func (s *Store) Close() error { return s.closing() }

// resumeKeys makes sure that new keys are above old ones, even if the clock of
// the machine was put back meanwhile.
func (s *Store) resumeKeys(ctx context.Context) error {
	var contact, inbox int64
	err := s.db.read(ctx, func(t tx) {
		t.get(one(&contact), `SELECT COALESCE(MAX(last), 0) FROM contact`)
		t.get(one(&inbox), `SELECT COALESCE(MAX(id), 0) FROM inbox WHERE done = 0`)
	})
	s.keys.after(max(contact, inbox))
	return err
}

func randomID() string {
	var b [10]byte
	rand.Read(b[:])
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

func randomTag() int64 {
	var b [8]byte
	rand.Read(b[:])
	return int64(binary.BigEndian.Uint64(b[:]) >> 1)
}

func randomBelow(n int) int { return int(randomTag() % int64(n)) }
