package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/bot/store"
)

func TestRedisSessions(t *testing.T) {
	bottest.Redis(t)
	bottest.TestSessions(t, func(t testing.TB) bottest.Sessions { return redisSessions(t) })
}

func redisSessions(t testing.TB) *store.RedisSessions {
	t.Helper()
	return store.NewRedisSessions(redisClient(t), time.Hour)
}

func redisClient(t testing.TB) redis.UniversalClient {
	t.Helper()
	client, err := store.DialRedis(bottest.Redis(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

func TestRedisTimeToLive(t *testing.T) {
	s := store.NewRedisSessions(redisClient(t), 60*time.Millisecond)
	id := bot.ContactID(fmt.Sprint("ttl", rand.Uint64()))
	s.Put(t.Context(), id, bot.Stamp{Version: 3}, []byte("x"))
	if _, _, ok := s.Get(t.Context(), id); !ok {
		t.Fatal("not kept at all")
	}
	time.Sleep(120 * time.Millisecond)
	if _, _, ok := s.Get(t.Context(), id); ok {
		t.Fatal("kept after its time")
	}
}

// What is in Redis under our key may be anything.
func TestRedisGarbage(t *testing.T) {
	client := redisClient(t)
	s := store.NewRedisSessions(client, time.Minute)
	for _, garbage := range []string{"", "x", "1 2", "a b\n{}", "1\n{}", "99999999999999999999 1\n{}", "-\n"} {
		id := bot.ContactID(fmt.Sprint("garbage", rand.Uint64()))
		if err := client.Set(t.Context(), "doudou:session:{"+string(id)+"}", garbage, time.Minute).Err(); err != nil {
			t.Fatal(err)
		}
		if _, got, ok := s.Get(t.Context(), id); ok {
			t.Errorf("%q was taken for the session %q", garbage, got)
		}
	}
}

// A Redis that is away must cost a turn next to nothing.
func TestRedisAway(t *testing.T) {
	client, err := store.DialRedis("redis://127.0.0.1:1/0")
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	s := store.NewRedisSessions(client, time.Minute)
	s.Get(t.Context(), "x")
	start := time.Now()
	for range 1000 {
		s.Put(t.Context(), "x", bot.Stamp{Version: 1}, nil)
		if _, _, ok := s.Get(t.Context(), "x"); ok {
			t.Fatal("a session from nowhere")
		}
	}
	if took := time.Since(start); took > time.Second {
		t.Fatalf("2000 calls to a Redis that is away took %v", took)
	}
	if s.Health(t.Context()) == nil {
		t.Fatal("a Redis that is away is well")
	}
}

// A Redis that comes back is used again, one second later.
func TestRedisComesBack(t *testing.T) {
	client := redisClient(t)
	broken := &detour{UniversalClient: client}
	s := store.NewRedisSessions(broken, time.Minute)
	id := bot.ContactID(fmt.Sprint("back", rand.Uint64()))
	broken.away.Store(true)
	s.Put(t.Context(), id, bot.Stamp{Version: 1}, []byte("x"))
	broken.away.Store(false)
	s.Put(t.Context(), id, bot.Stamp{Version: 1}, []byte("x"))
	if _, _, ok := s.Get(t.Context(), id); ok {
		t.Fatal("asked a Redis that has just failed")
	}
	time.Sleep(1100 * time.Millisecond)
	s.Put(t.Context(), id, bot.Stamp{Version: 2}, []byte("y"))
	if _, got, ok := s.Get(t.Context(), id); !ok || string(got) != "y" {
		t.Fatalf("after it came back: %q %v", got, ok)
	}
}

// A detour is a Redis whose scripts fail while it is away.
type detour struct {
	redis.UniversalClient
	away atomic.Bool
}

func (d *detour) EvalSha(ctx context.Context, sha string, keys []string, args ...any) *redis.Cmd {
	if d.away.Load() {
		cmd := redis.NewCmd(ctx)
		cmd.SetErr(errors.New("away"))
		return cmd
	}
	return d.UniversalClient.EvalSha(ctx, sha, keys, args...)
}

func TestDialRedis(t *testing.T) {
	for _, c := range []struct {
		url, want string
	}{
		{"redis://h:1/2", "one h:1 db2 user= pass= tls=false"},
		{"redis://h", "one h:6379 db0 user= pass= tls=false"},
		{"rediss://u:p@h:1", "one h:1 db0 user=u pass=p tls=true"},
		{"redis://:p@h1:1,h2:2,h3", "cluster [h1:1 h2:2 h3:6379] pass=p"},
		{"redis+sentinel://:p@h1,h2:2/mymaster/3", "one FailoverClient db3 user= pass=p tls=false"},
		{"unix:///run/redis.sock?db=1", "one /run/redis.sock db1 user= pass= tls=false"},
	} {
		client, err := store.DialRedis(c.url)
		if err != nil {
			t.Errorf("%s: %v", c.url, err)
			continue
		}
		got := ""
		switch r := client.(type) {
		case *redis.Client:
			o := r.Options()
			got = fmt.Sprintf("one %s db%d user=%s pass=%s tls=%v", o.Addr, o.DB, o.Username, o.Password, o.TLSConfig != nil)
		case *redis.ClusterClient:
			got = fmt.Sprintf("cluster %v pass=%s", r.Options().Addrs, r.Options().Password)
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.url, got, c.want)
		}
		client.Close()
	}
	for _, bad := range []string{"", "localhost:6379", "http://:secret@h", "redis+sentinel://:secret@h1,h2", "redis://:secret@h/notanumber"} {
		if _, err := store.DialRedis(bad); err == nil {
			t.Errorf("%q was taken for a Redis URL", bad)
		} else if containsSecret(err) {
			t.Errorf("the error quotes the password: %v", err)
		}
	}
}

// A liar holds live copies and may lose them, keep old ones, give those of
// another database, and mix up contacts.
type liar struct {
	mu   sync.Mutex
	r    *rand.Rand
	puts map[bot.ContactID][]copyOf
}

type copyOf struct {
	stamp   bot.Stamp
	session []byte
}

func (l *liar) Get(_ context.Context, id bot.ContactID) (bot.Stamp, []byte, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.puts[id]
	if len(all) == 0 {
		return bot.Stamp{}, nil, false
	}
	last := all[len(all)-1]
	switch l.r.IntN(6) {
	case 0: // lost
		return bot.Stamp{}, nil, false
	case 1: // an old one
		old := all[l.r.IntN(len(all))]
		return old.stamp, old.session, true
	case 2: // the same number in another database
		return bot.Stamp{Version: last.stamp.Version, Tag: last.stamp.Tag + 1}, []byte("foreign"), true
	case 3: // from the future of another database
		return bot.Stamp{Version: last.stamp.Version + 40, Tag: last.stamp.Tag}, []byte("foreign"), true
	}
	return last.stamp, last.session, true
}

func (l *liar) Put(_ context.Context, id bot.ContactID, stamp bot.Stamp, session []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.r.IntN(4) > 0 {
		l.puts[id] = append(l.puts[id], copyOf{stamp, session})
	}
}

func (l *liar) Drop(_ context.Context, id bot.ContactID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.puts, id)
}

func (l *liar) Health(context.Context) error { return nil }

// Whatever the live copy does, a turn starts from the last committed session.
func TestLiveCopyLies(t *testing.T) {
	l := &liar{r: rand.New(rand.NewPCG(1, 2)), puts: map[bot.ContactID][]copyOf{}}
	s := open(t, store.Options{Path: filepath.Join(t.TempDir(), "doudou.db"), Sessions: l})
	followSession(t, s, 300, func(bot.ContactID, int) {})
}

// The same with a real Redis that is emptied, put back to an old state, or
// filled from another database.
func TestRedisCopyReplaced(t *testing.T) {
	client := redisClient(t)
	s := open(t, store.Options{Path: filepath.Join(t.TempDir(), "doudou.db"), Sessions: store.NewRedisSessions(client, time.Minute)})
	old := map[bot.ContactID]string{}
	followSession(t, s, 200, func(id bot.ContactID, turn int) {
		key := "doudou:session:{" + string(id) + "}"
		set := func(v string) {
			if err := client.Set(t.Context(), key, v, time.Minute).Err(); err != nil {
				t.Fatal(err)
			}
		}
		switch turn % 5 {
		case 0:
			old[id] = client.Get(t.Context(), key).Val()
		case 1:
			client.Del(t.Context(), key)
		case 2:
			set(old[id])
		case 3:
			set(fmt.Sprintf("%d 12345\nforeign", turn+1+turn%2*1000))
		}
	})
}

// A foreign copy with a higher number must not keep the right one out.
func TestForeignCopyGivesWay(t *testing.T) {
	client := redisClient(t)
	sessions := store.NewRedisSessions(client, time.Minute)
	s := open(t, store.Options{Path: filepath.Join(t.TempDir(), "doudou.db"), Sessions: sessions})
	var contact bot.ContactID
	followSession(t, s, 3, func(id bot.ContactID, turn int) {
		contact = id
		if turn == 1 {
			client.Set(t.Context(), "doudou:session:{"+string(id)+"}", "1000 5\nforeign", time.Minute)
		}
	})
	if stamp, _, ok := sessions.Get(t.Context(), contact); !ok || stamp.Version != 3 {
		t.Fatalf("the live copy after three turns: %v %v", stamp, ok)
	}
}

// followSession plays turns of one contact; each must start from the session
// that the one before committed. between is called after each turn.
func followSession(t *testing.T, s *store.Store, turns int, between func(bot.ContactID, int)) {
	t.Helper()
	want := ""
	for turn := range turns {
		id, _, err := s.Accept(t.Context(), bot.Message{
			Channel: bot.Telegram, Provider: fmt.Sprint(turn), Kind: bot.Text, From: bot.Address{Channel: bot.Telegram, ID: "1"},
		})
		if err != nil {
			t.Fatal(err)
		}
		w, err := s.Next(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if string(w.Session) != want {
			t.Fatalf("turn %d starts from %q, want %q", turn, w.Session, want)
		}
		want = fmt.Sprintf("session %d", turn)
		_, err = s.Commit(t.Context(), bot.Turn{Contact: id, Inbox: w.Inbox, From: w.Stamp, Session: []byte(want),
			To: bot.Stamp{Version: w.Stamp.Version + 1, Tag: rand.Int64()}})
		if err != nil {
			t.Fatal(err)
		}
		between(id, turn)
	}
}
