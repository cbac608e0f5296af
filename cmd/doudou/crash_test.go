package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"doudou/bot/bottest"
)

// kills is few in make test, many in make soak.
var kills = flag.Int("kills", 12, "how often TestCrash kills the program")

// TestCrash kills the real program with SIGKILL at random instants while signed
// webhooks arrive from Telegram and Twilio, and counts what reached the families
// and what the store holds. To hold: no accepted message without its reply, no
// turn twice, order kept, seats exact. A reply may come twice only where the
// program died between a send and its mark.
func TestCrash(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		c := &crash{t: t, kills: *kills, process: newProcess(t, "DOUDOU_DATA="+dir)}
		c.run()
		c.audit(openSQL(t, "sqlite", filepath.Join(dir, "doudou.db")))
	})
	t.Run("postgres and redis", func(t *testing.T) {
		t.Parallel()
		url, redis := bottest.Postgres(t), bottest.Redis(t)
		c := &crash{t: t, kills: *kills, process: newProcess(t, "DOUDOU_DATABASE_URL="+url, "DOUDOU_KEY="+strings.Repeat("a1", 32), "DOUDOU_REDIS_URL="+redis)}
		c.run()
		c.audit(openSQL(t, "pgx", url))
	})
}

func openSQL(t *testing.T, driver, name string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// How many families write at once.
const (
	crashChats  = 12
	crashSeats  = 6
	crashPhones = 8
	seatsFrom   = 9000 // first chat of those who register
)

// A crash is one run of the test.
type crash struct {
	t       *testing.T
	kills   int
	process *process
	stop    atomic.Bool

	mu       sync.Mutex
	accepted map[string]int // messages acknowledged, by family
}

// The two messages that every family sends in turn, so that no reply is the
// same as the one before, and the mark of the reply to each.
var crashWords = []string{"MENU", "AIDE"}

// seatWords register for an event and give the seat back.
var seatWords = []string{"je veux m'inscrire à un atelier", "1", "je veux annuler mon inscription", "1"}

// helpMark is in the answer to AIDE and in no other.
const helpMark = "RETOUR"

func (c *crash) run() {
	c.accepted = map[string]int{}
	c.process.start()
	var families sync.WaitGroup
	for i := range crashChats {
		families.Go(func() { c.chat(int64(7000+i), crashWords) })
	}
	for i := range crashSeats {
		families.Go(func() { c.chat(int64(seatsFrom+i), seatWords) })
	}
	for i := range crashPhones {
		families.Go(func() { c.phone(fmt.Sprintf("+3361234%04d", i)) })
	}
	for range c.kills {
		time.Sleep(time.Duration(50+rand.IntN(400)) * time.Millisecond)
		c.process.kill()
		c.process.start()
	}
	c.stop.Store(true)
	families.Wait()
	c.quiet()
	c.process.stop()
}

// chat is a family on Telegram: the same update again and again until it is
// acknowledged, as Telegram does, then the next.
func (c *crash) chat(id int64, words []string) {
	for n := 0; !c.stop.Load(); n++ {
		_, raw := c.process.telegram.Update(bottest.TelegramText(id, "fr", words[n%len(words)]))
		for {
			status, err := c.process.telegram.Deliver(context.Background(), c.process.base+pathTelegram, testSecret, raw)
			if err == nil && status == 200 {
				break
			}
			if err == nil && status != 503 {
				c.t.Errorf("the webhook answered %d", status)
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		c.note(fmt.Sprint(id))
		time.Sleep(rand.N(40 * time.Millisecond))
	}
}

// phone is a family by SMS.
func (c *crash) phone(number string) {
	for n := 0; !c.stop.Load(); n++ {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		_, err := c.process.twilio.Text(ctx, c.process.base+pathSMS, bottest.TwilioText{From: number, To: testSender, Body: crashWords[n%2]})
		cancel()
		if err != nil {
			c.t.Error(err)
			return
		}
		c.note(number)
		time.Sleep(rand.N(40 * time.Millisecond))
	}
}

func (c *crash) note(family string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.accepted[family]++
}

// quiet waits until every family has its last reply.
func (c *crash) quiet() {
	deadline := time.Now().Add(100 * time.Second)
	for time.Now().Before(deadline) {
		done := true
		for family, n := range c.accepted {
			done = done && len(distinct(c.replies(family))) >= n
		}
		if done {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// replies returns what a family received: each reply as the word that it
// answers, or as it is, of those who register.
func (c *crash) replies(family string) []string {
	var texts []string
	if strings.HasPrefix(family, "+") {
		for _, m := range c.process.twilio.SentTo(family) {
			texts = append(texts, m.Body)
		}
	} else {
		var id int64
		fmt.Sscan(family, &id)
		for _, m := range c.process.telegram.SentTo(id) {
			texts = append(texts, m.Text)
		}
	}
	if registers(family) {
		return slices.DeleteFunc(texts, reminds)
	}
	for i, text := range texts {
		texts[i] = crashWords[0]
		if strings.Contains(text, helpMark) {
			texts[i] = crashWords[1]
		}
	}
	return texts
}

// reminds tells whether the relais spoke by itself: a date of the next days is
// recalled to whoever registers, and answers nothing.
func reminds(text string) bool {
	return strings.HasPrefix(text, "Je vous le rappelle") || strings.HasPrefix(text, "Rappel")
}

func registers(family string) bool { return strings.HasPrefix(family, "9") }

// distinct drops what came twice in a row.
func distinct(replies []string) []string {
	var list []string
	for _, r := range replies {
		if len(list) == 0 || list[len(list)-1] != r {
			list = append(list, r)
		}
	}
	return list
}

// audit compares what was accepted, what reached the families and what the
// store holds.
func (c *crash) audit(db *sql.DB) {
	total, sent, answered := 0, 0, 0
	for family, n := range c.accepted {
		replies := c.replies(family)
		got := distinct(replies)
		total, sent, answered = total+n, sent+len(replies), answered+len(got)
		if len(got) != n {
			c.t.Errorf("a family wrote %d messages and got %d replies", n, len(got))
		}
		for i, r := range got {
			if !registers(family) && r != crashWords[i%2] {
				c.t.Errorf("reply %d of a family answers %s: the order is lost", i, r)
				break
			}
		}
	}
	for what, query := range map[string]string{
		"messages kept":           `SELECT COUNT(*) FROM inbox WHERE kind <> 'started'`,
		"messages answered":       `SELECT COUNT(*) FROM inbox WHERE done <> 0 AND kind <> 'started'`,
		"turns":                   `SELECT COALESCE(SUM(version), 0) - (SELECT COUNT(*) FROM inbox WHERE done <> 0 AND kind = 'started') FROM contact`,
		"lines of families":       `SELECT COUNT(*) FROM line WHERE speaker = 'family'`,
		"replies in the outbox":   `SELECT COUNT(*) FROM outbox WHERE origin <> 'relais'`,
		"replies sent":            `SELECT COUNT(*) FROM outbox WHERE state = 'sent' AND origin <> 'relais'`,
		"messages with one reply": `SELECT COUNT(DISTINCT reply) FROM outbox WHERE origin <> 'relais'`,
	} {
		if got := number(c.t, db, query); got != total {
			c.t.Errorf("%s: %d, accepted %d", what, got, total)
		}
	}
	if got := number(c.t, db, `SELECT COUNT(*) FROM event e WHERE e.taken <> (SELECT COUNT(*) FROM registration r WHERE r.event = e.id AND r.state IN ('kept', 'offered'))`); got != 0 {
		c.t.Errorf("%d events have another number of seats taken than of people registered", got)
	}
	if got := number(c.t, db, `SELECT COUNT(*) FROM outbox WHERE body LIKE 'Réservé%' OR body LIKE 'C''est annulé%'`); got == 0 {
		c.t.Error("nobody registered: the test did not test")
	}
	c.t.Logf("%d kills, %d messages accepted, %d replies, %d of them twice, %d lost", c.kills, total, sent, sent-answered, total-answered)
	if sent-answered > c.kills*(crashChats+crashSeats+crashPhones) {
		c.t.Errorf("%d replies came twice: more than could be under way", sent-answered)
	}
	if total < c.kills {
		c.t.Errorf("only %d messages: the test did not test", total)
	}
}

func number(t *testing.T, db *sql.DB, query string) (n int) {
	t.Helper()
	if err := db.QueryRow(query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}
