package store

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/report"
	"doudou/dialogs"
	"doudou/knowledge"
	"doudou/knowledge/events"
)

// A year of the relais as the report reads it.
const (
	yearContacts = 10_000
	yearTurns    = 10 // of each: a line of the family, one of the robot
	yearCases    = 10 // one contact in so many asked for a person
)

// BenchmarkReport counts a year of ten thousand contacts.
func BenchmarkReport(b *testing.B) {
	s, err := Open(b.Context(), Options{Path: filepath.Join(b.TempDir(), "doudou.db")})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		b.Fatal(err)
	}
	k, err := knowledge.Demo()
	if err != nil {
		b.Fatal(err)
	}
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, zone)
	for first := 0; first < yearContacts; first += 500 {
		if err := s.db.write(b.Context(), func(t tx) error { return s.year(t, from, first, first+500) }); err != nil {
			b.Fatal(err)
		}
	}
	o := report.Options{Source: s, Knowledge: k, Words: func(key string) string { return key }, From: from, To: from.AddDate(1, 0, 0), Made: from.AddDate(1, 0, 1),
		Paths: []report.Path{{Dialog: "cmg", Steps: []report.Step{{Key: "cmg.care"}, {Key: "cmg.hours", Ends: []string{"cmg.result"}}}}}}
	for b.Loop() {
		if _, err := report.Make(b.Context(), o); err != nil {
			b.Fatal(err)
		}
	}
}

// year has contacts write all year long.
func (s *Store) year(t tx, from time.Time, first, after int) error {
	says := []dialogs.Text{{Key: "cmg.care", Args: map[string]dialogs.Value{"hours": {Kind: dialogs.KindCount, Text: "120"}}}, {Key: "cmg.care.home"}, {Key: "cmg.care.childminder"}, {Key: "cmg.care.structure"}}
	for i := first; i < after; i++ {
		id := fmt.Sprintf("contact%05d", i)
		c := &contactRow{id: id}
		t.do(`INSERT INTO contact (id, lang, audience, tag, since) VALUES ($1, 'ta', 'parent', 1, 1)`, id)
		t.do(`INSERT INTO address (channel, lookup, sealed, contact) VALUES ('sms', $1, $1, $1)`, id)
		at := from.Add(time.Duration(i) * 50 * time.Minute)
		kase := ""
		if i%yearCases == 0 {
			kase = fmt.Sprint("K", i)
			t.do(`INSERT INTO cases (id, contact, team, state, urgent, topic, lang, channel, brief, opened, changed) VALUES ($1, $2, 'relais', 'closed', 0, 'person.call', 'ta', 'sms', '', $3, $3)`, kase, id, ms(at))
		}
		for n := range yearTurns {
			lines := []bot.Line{{At: at.Add(time.Duration(n) * time.Minute), Speaker: bot.Family, Lang: "ta", Text: "combien je vais toucher de cmg svp", Intent: "cmg_amount", Case: bot.CaseID(kase)},
				{At: at.Add(time.Duration(n) * time.Minute), Speaker: bot.Robot, Lang: "ta", Says: says}}
			if kase != "" && n == yearTurns-1 {
				lines[1] = bot.Line{At: at.Add(time.Hour), Speaker: bot.Staff, Agent: "awa", Text: "Bonjour", Case: bot.CaseID(kase)}
			}
			s.addLines(t, c, lines)
		}
		if i%20 == 0 {
			s.keepNeed(t, id, at)
		}
	}
	return t.flush()
}

func (s *Store) keepNeed(t tx, id string, at time.Time) {
	p := events.Profile{Participant: events.Participant{Side: events.Parent, Quarters: []string{"centre"}}, Until: at.AddDate(2, 0, 0), Listed: true}
	if err := s.keepProfile(t, id, p, at); err != nil {
		panic(err)
	}
}
