package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/bot/store"
)

// BenchmarkPrompts is ten thousand reminders, to a thousand people: kept, and
// moved into the inbox a hundred at a time. The figures are of one reminder.
func BenchmarkPrompts(b *testing.B) {
	for name, options := range map[string]func(testing.TB) store.Options{
		"sqlite":   func(t testing.TB) store.Options { return store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")} },
		"postgres": func(t testing.TB) store.Options { return store.Options{Key: testKey, URL: bottest.Postgres(t)} },
	} {
		b.Run(name, func(b *testing.B) {
			s := open(b, options(b))
			people := acquaint(b, s, 1000)
			var adding, starting time.Duration
			for i := range b.N {
				list := reminders(people, 10_000, i)
				begun := time.Now()
				if n, err := s.Prompt(b.Context(), list); err != nil || n != len(list) {
					b.Fatal(n, err)
				}
				adding += time.Since(begun)
				starting += startAll(b, s, list[0].Batch, len(list))
			}
			per := float64(b.N) * 10_000
			b.ReportMetric(float64(adding.Microseconds())/per, "us-added")
			b.ReportMetric(float64(starting.Microseconds())/per, "us-started")
		})
	}
}

// acquaint has people write for the first time.
func acquaint(b *testing.B, s *store.Store, n int) []bot.ContactID {
	people := make([]bot.ContactID, n)
	for i := range people {
		var err error
		people[i], _, err = s.Accept(b.Context(), bot.Message{
			Channel: bot.Telegram, Provider: fmt.Sprint("hello", i), Kind: bot.Text, From: bot.Address{Channel: bot.Telegram, ID: fmt.Sprint(i)},
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return people
}

func reminders(people []bot.ContactID, n, round int) []bot.Prompt {
	list := make([]bot.Prompt, n)
	for i := range list {
		list[i] = bot.Prompt{
			ID: fmt.Sprintf("remind/atelier-%d-%05d", round, i), Batch: fmt.Sprint(round), Contact: people[i%len(people)], Node: "notice.remind", Due: time.Now(),
			Slots: map[string]string{"event": "atelier", "title": "Éveil et motricité", "start": "2026-12-02T09:30:00+01:00", "place": "Maison de la petite enfance"},
		}
	}
	return list
}

// startAll starts prompts until none is due, and returns how long that took.
func startAll(b *testing.B, s *store.Store, batch string, n int) time.Duration {
	begun := time.Now()
	for {
		wake, err := s.Start(b.Context(), time.Now(), 100)
		if err != nil {
			b.Fatal(err)
		}
		if len(wake) == 0 {
			break
		}
	}
	took := time.Since(begun)
	if p, err := s.Batch(b.Context(), batch); err != nil || p.Started != n {
		b.Fatal(p, err)
	}
	return took
}
