package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"doudou/bot"
)

// RedisSessions keep the live copy of sessions in Redis, each for a time to live
// after its last turn. When Redis does not answer they leave it alone for a
// second, so that turns go on from SQL at its speed.
type RedisSessions struct {
	client redis.UniversalClient
	ttl    time.Duration

	mu    sync.Mutex
	until time.Time // Redis is left alone until then
	why   error     // nil while it answers
}

const (
	breakFor     = time.Second            // how long Redis is left alone after a failure
	redisTimeout = 300 * time.Millisecond // how long a turn waits for Redis
)

// NewRedisSessions returns sessions in Redis; ttl is rounded to milliseconds.
func NewRedisSessions(client redis.UniversalClient, ttl time.Duration) *RedisSessions {
	return &RedisSessions{client: client, ttl: ttl}
}

// put keeps a session unless one of a later version is there. Versions are
// compared as texts of digits: a number of Lua is exact to 2^53 only.
var put = redis.NewScript(`
local old = redis.call('GET', KEYS[1])
if old then
	local have = string.match(old, '^(%d+) ')
	local new = ARGV[1]
	if have and (#have > #new or (#have == #new and have > new)) then
		return 0
	end
end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2] .. '\n' .. ARGV[3], 'PX', ARGV[4])
return 1`)

func key(contact bot.ContactID) string { return "doudou:session:{" + string(contact) + "}" }

// Get returns the session kept for a contact.
func (s *RedisSessions) Get(ctx context.Context, contact bot.ContactID) (bot.Stamp, []byte, bool) {
	var raw []byte
	err := s.try(ctx, func(ctx context.Context) (err error) {
		raw, err = s.client.Get(ctx, key(contact)).Bytes()
		return err
	})
	if err != nil {
		return bot.Stamp{}, nil, false
	}
	return parse(raw)
}

// parse reads "version tag\nsession".
func parse(raw []byte) (bot.Stamp, []byte, bool) {
	head, session, ok := bytes.Cut(raw, []byte("\n"))
	version, tag, ok2 := bytes.Cut(head, []byte(" "))
	if !ok || !ok2 {
		return bot.Stamp{}, nil, false
	}
	v, err := strconv.ParseInt(string(version), 10, 64)
	g, err2 := strconv.ParseInt(string(tag), 10, 64)
	return bot.Stamp{Version: v, Tag: g}, session, err == nil && err2 == nil
}

// Put keeps a session, unless one of a later version is there.
func (s *RedisSessions) Put(ctx context.Context, contact bot.ContactID, stamp bot.Stamp, session []byte) {
	_ = s.try(context.WithoutCancel(ctx), func(ctx context.Context) error {
		return put.Run(ctx, s.client, []string{key(contact)}, stamp.Version, stamp.Tag, session, s.ttl.Milliseconds()).Err()
	}) // what is not kept is read from SQL
}

// Drop forgets the session of a contact. If Redis does not answer, the time to
// live does it later.
func (s *RedisSessions) Drop(ctx context.Context, contact bot.ContactID) {
	_ = s.try(context.WithoutCancel(ctx), func(ctx context.Context) error { return s.client.Del(ctx, key(contact)).Err() })
}

// Health asks Redis, even while it is left alone.
func (s *RedisSessions) Health(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, redisTimeout)
	defer cancel()
	if err := s.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("sessions are read from SQL: %w", err)
	}
	return nil
}

// try runs a call unless Redis is left alone. A failure opens the breaker; when
// its time is over one call goes to see, and the others follow if that succeeds.
func (s *RedisSessions) try(ctx context.Context, call func(context.Context) error) error {
	if why := s.leftAlone(); why != nil {
		return why
	}
	timed, cancel := context.WithTimeout(ctx, redisTimeout)
	defer cancel()
	err := call(timed)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err == nil, errors.Is(err, redis.Nil):
		s.why = nil
	case ctx.Err() == nil: // the caller did not give up: Redis did
		s.until, s.why = time.Now().Add(breakFor), err
	}
	return err
}

func (s *RedisSessions) leftAlone() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.why == nil {
		return nil
	}
	if time.Now().Before(s.until) {
		return s.why
	}
	s.until = time.Now().Add(breakFor) // for all but this call
	return nil
}
