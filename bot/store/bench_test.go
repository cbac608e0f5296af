package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/bot/store"
)

// BenchmarkTurn is the whole way of a message through the store: kept, read,
// answered with two lines and a message, which is sent. turns/s is the figure of
// the README; p50 and p99 are in microseconds.
func BenchmarkTurn(b *testing.B) {
	engines := []struct {
		name    string
		options func(testing.TB) store.Options
	}{
		{"sqlite", func(t testing.TB) store.Options { return store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")} }},
		{"postgres", func(t testing.TB) store.Options { return store.Options{Key: testKey, URL: bottest.Postgres(t)} }},
		{"postgres+redis", func(t testing.TB) store.Options {
			return store.Options{Key: testKey, URL: bottest.Postgres(t), Sessions: redisSessions(t)}
		}},
	}
	for _, e := range engines {
		for _, contacts := range []int{1, 64} {
			b.Run(fmt.Sprintf("%s/%d", e.name, contacts), func(b *testing.B) { benchTurns(b, open(b, e.options(b)), contacts) })
		}
	}
}

func benchTurns(b *testing.B, s *store.Store, contacts int) {
	var left atomic.Int64
	left.Store(int64(b.N))
	took := make([][]time.Duration, contacts)
	var all sync.WaitGroup
	b.ResetTimer()
	for i := range contacts {
		all.Go(func() {
			for left.Add(-1) >= 0 {
				start := time.Now()
				if err := oneTurn(b.Context(), s, i); err != nil {
					b.Error(err)
					return
				}
				took[i] = append(took[i], time.Since(start))
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
	d := slices.Concat(took...)
	slices.Sort(d)
	b.ReportMetric(float64(d[len(d)/2].Microseconds()), "p50-us")
	b.ReportMetric(float64(d[len(d)*99/100].Microseconds()), "p99-us")
}

var provider atomic.Int64

// session is of the size of a family in the middle of a CMG estimate.
var session = fmt.Appendf(nil, `{"dialog":{"dialog":"cmg","node":"hours","slots":{"children":"2","resources":"2500"},"trail":["children","resources"],"said":%d},"x":"%0250d"}`, 1<<60, 0)

func oneTurn(ctx context.Context, s *store.Store, contact int) error {
	m := bot.Message{
		Channel: bot.Telegram, Provider: fmt.Sprint(provider.Add(1)), Kind: bot.Text, Text: "combien pour deux enfants", At: time.Now(),
		From: bot.Address{Channel: bot.Telegram, ID: fmt.Sprint(contact)},
	}
	id, _, err := s.Accept(ctx, m)
	if err != nil {
		return err
	}
	w, err := s.Next(ctx, id)
	if err != nil {
		return err
	}
	out, err := s.Commit(ctx, bot.Turn{
		Contact: id, Inbox: w.Inbox, From: w.Stamp, To: bot.Stamp{Version: w.Stamp.Version + 1, Tag: provider.Load()}, At: time.Now(),
		Session: session, Lease: bot.Lease{Token: 1 + provider.Load(), Until: time.Now().Add(time.Minute)},
		Lines: []bot.Line{{Speaker: bot.Family, Text: m.Text, Intent: "cmg_amount"}, {Speaker: bot.Robot, Lang: "fr"}},
		Out:   []bot.Outgoing{{To: m.From, Origin: bot.FromRobot, Body: "Vous toucheriez environ 310 euros par mois.", Reply: m.Provider}},
	})
	if err != nil {
		return err
	}
	if len(out) != 1 {
		return errors.New("the answer was not leased")
	}
	return s.Settle(ctx, bot.Outcome{Outgoing: out[0], State: bot.Sent, Sent: m.Provider, At: time.Now()})
}
