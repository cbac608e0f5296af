package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/bottest"
	"doudou/bot/store"
)

// How much a busy relais has after some years.
const (
	manyCases = 10_000
	linesEach = 10
)

// BenchmarkLists reads what the desk reads for a page of a list, a search and a
// case, where there are 10 000 cases and 100 000 lines.
func BenchmarkLists(b *testing.B) {
	engines := []struct {
		name    string
		options func(testing.TB) store.Options
	}{
		{"sqlite", func(t testing.TB) store.Options {
			return store.Options{Key: testKey, Path: filepath.Join(t.TempDir(), "doudou.db")}
		}},
		{"postgres", func(t testing.TB) store.Options { return store.Options{Key: testKey, URL: bottest.Postgres(t)} }},
	}
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) {
			o := e.options(b)
			s := open(b, o)
			last := fill(b, s)
			analyze(b, o)
			teams := []string{"relais", "pmi"}
			ask := func(name string, q bot.CaseQuery) {
				q.Teams, q.Agent, q.At = teams, "awa", time.Now()
				if q.Limit == 0 && name != "counts" {
					q.Limit = 50
				}
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						if _, err := s.List(b.Context(), q); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
			ask("counts", bot.CaseQuery{})
			ask("open", bot.CaseQuery{List: bot.ToTake})
			ask("mine", bot.CaseQuery{List: bot.Mine})
			ask("waiting", bot.CaseQuery{List: bot.ForTheFamily})
			ask("closed", bot.CaseQuery{List: bot.AlreadyClosed})
			ask("search-rare", bot.CaseQuery{Terms: bot.Searched("enfant4711")})
			ask("search-common", bot.CaseQuery{Terms: bot.Searched("bonjour")})
			ask("search-two", bot.CaseQuery{Terms: bot.Searched("bonjour garde")})
			ask("search-prefix", bot.CaseQuery{Terms: bot.Searched("enf")})
			ask("search-none", bot.CaseQuery{Terms: bot.Searched("inexistant")})
			ask("search-phone", bot.CaseQuery{Terms: bot.Searched("06 00 00 47 11")})
			b.Run("case", func(b *testing.B) { benchCase(b, s, last) })
			b.Run("moves", func(b *testing.B) {
				for b.Loop() {
					if _, err := s.Moves(b.Context(), s.Mark(time.Now().Add(-30*time.Second)), 1000); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// analyze has PostgreSQL count its rows, as it does by itself within minutes.
func analyze(b *testing.B, o store.Options) {
	if o.URL == "" {
		return
	}
	db, err := sql.Open("pgx", o.URL)
	if err == nil {
		_, err = db.Exec("ANALYZE")
		db.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
}

// benchCase reads what the page of a case shows.
func benchCase(b *testing.B, s *store.Store, id bot.CaseID) {
	for b.Loop() {
		c, err := s.Case(b.Context(), id)
		if err == nil {
			_, err = s.Thread(b.Context(), c.Contact, 200)
		}
		if err == nil {
			_, err = s.Attending(b.Context(), time.Now())
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// fill opens the cases, of which nine in ten are closed, with their threads.
func fill(b *testing.B, s *store.Store) (last bot.CaseID) {
	b.Helper()
	work := make(chan int)
	errs := make(chan error, 64)
	for range cap(errs) {
		go func() {
			var err error
			for i := range work {
				if err == nil {
					err = plantCase(b.Context(), s, i)
				}
			}
			errs <- err
		}()
	}
	for i := range manyCases {
		work <- i
	}
	close(work)
	for range cap(errs) {
		if err := <-errs; err != nil {
			b.Fatal(err)
		}
	}
	return "C0"
}

func plantCase(ctx context.Context, s *store.Store, i int) error {
	from := bot.Address{Channel: bot.SMS, ID: fmt.Sprintf("+3360000%04d", i), To: "+33700000000"}
	contact, _, err := s.Accept(ctx, bot.Message{Channel: bot.SMS, Provider: fmt.Sprint("L", i), Kind: bot.Text, From: from, At: time.Now()})
	if err != nil {
		return err
	}
	w, err := s.Next(ctx, contact)
	if err != nil {
		return err
	}
	id := bot.CaseID(fmt.Sprint("C", i))
	turn := bot.Turn{Contact: contact, Inbox: w.Inbox, From: w.Stamp, To: bot.Stamp{Version: 1, Tag: 1}, At: time.Now(), Session: []byte("{}"),
		Open: &bot.Case{ID: id, Team: []string{"relais", "pmi", "caf"}[i%3], Urgent: i%20 == 0, Topic: "cmg.person", Lang: "fr", Notes: map[string]string{"spoken": "soninké"}}}
	for n := range linesEach {
		turn.Lines = append(turn.Lines, bot.Line{Speaker: bot.Family, Lang: "fr",
			Text: fmt.Sprintf("Bonjour, je cherche une garde pour mon enfant%d, le numéro %d de la rue %d", i, n, i%97)})
	}
	if _, err := s.Commit(ctx, turn); err != nil {
		return err
	}
	act := bot.Act{Case: id, Agent: []string{"awa", "lea"}[i%2], Do: bot.Close, Tag: 2, At: time.Now()}
	switch {
	case i%10 > 2:
	case i%10 == 1:
		act.Do = bot.Take
	case i%10 == 2:
		act.Do, act.Text = bot.Reply, "Oui"
	default:
		return nil
	}
	return s.Act(ctx, act)
}
