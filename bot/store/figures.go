package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// Heard calls each with every line of a period. What a family wrote is not read.
func (s *Store) Heard(ctx context.Context, from, to time.Time, each func(bot.Heard)) error {
	err := s.db.read(ctx, func(t tx) {
		t.get(func(r row) error {
			h, err := scanHeard(r)
			if err == nil {
				each(h)
			}
			return err
		}, `SELECT l.contact, COALESCE(c.audience, ''), COALESCE(a.channel, ''),
			l.at, l.speaker, COALESCE(NULLIF(c.lang, ''), l.lang), l.intent, CASE WHEN l.speaker = 'robot' THEN l.says ELSE '' END, l.casefile
			FROM line l LEFT JOIN contact c ON c.id = l.contact
			LEFT JOIN (SELECT contact, MIN(channel) AS channel FROM address GROUP BY contact) a ON a.contact = l.contact
			WHERE l.at >= $1 AND l.at < $2 ORDER BY l.contact, l.seq`, ms(from), ms(to))
	})
	if err != nil {
		return fmt.Errorf("read the lines of a period: %w", err)
	}
	return nil
}

func scanHeard(r row) (bot.Heard, error) {
	var h bot.Heard
	var at int64
	var contact, channel, speaker, says, kase string
	err := r.Scan(&contact, &h.Audience, &channel, &at, &speaker, &h.Lang, &h.Intent, &says, &kase)
	h.Contact, h.Channel, h.At = bot.ContactID(contact), bot.Channel(channel), fromMS(at)
	h.Speaker, h.Case, h.Keys = bot.Speaker(speaker), bot.CaseID(kase), keysOf(says)
	return h, err
}

// keysOf picks the keys out of what the robot said, as pack wrote it. The report
// reads a year of it: to decode the JSON takes ten times as long. An argument
// that looks like a key cannot be taken for one: its quotes are escaped.
func keysOf(says string) (keys []string) {
	const mark = `{"key":"`
	for {
		_, rest, found := strings.Cut(says, mark)
		if !found {
			return keys
		}
		key, rest, _ := strings.Cut(rest, `"`)
		keys, says = append(keys, key), rest
	}
}

// Quarters returns where those live who said it: in what they need or offer, or
// else with the news that they asked for.
func (s *Store) Quarters(ctx context.Context) (map[bot.ContactID]string, error) {
	quarters := map[bot.ContactID]string{}
	err := s.db.read(ctx, func(t tx) {
		clear(quarters)
		t.get(func(r row) error {
			var contact, quarter string
			err := r.Scan(&contact, &quarter)
			quarters[bot.ContactID(contact)] = strings.ToLower(quarter)
			return err
		}, `SELECT contact, quarter FROM subscription WHERE quarter <> ''`)
		t.get(func(r row) error {
			var contact, terms string
			if err := r.Scan(&contact, &terms); err != nil {
				return err
			}
			var p events.Participant
			err := unpack(terms, &p)
			if len(p.Quarters) > 0 {
				quarters[bot.ContactID(contact)] = p.Quarters[0]
			}
			return err
		}, `SELECT contact, terms FROM profile`)
	})
	if err != nil {
		return nil, fmt.Errorf("read where people live: %w", err)
	}
	return quarters, nil
}

// Opened returns the cases opened in a period.
func (s *Store) Opened(ctx context.Context, from, to time.Time) ([]bot.OpenedCase, error) {
	var list []bot.OpenedCase
	err := s.db.read(ctx, func(t tx) {
		list = nil
		t.get(func(r row) error {
			var c bot.OpenedCase
			var state string
			var urgent, opened, answered int64
			err := r.Scan(&c.Team, &c.Topic, &urgent, &state, &opened, &answered)
			c.Urgent, c.State, c.Opened, c.Answered = urgent == 1, bot.CaseState(state), fromMS(opened), fromMS(answered)
			list = append(list, c)
			return err
		}, `SELECT k.team, k.topic, k.urgent, k.state, k.opened,
			COALESCE((SELECT MIN(l.at) FROM line l WHERE l.contact = k.contact AND l.casefile = k.id AND l.speaker = 'staff'), 0)
			FROM cases k WHERE k.opened >= $1 AND k.opened < $2 ORDER BY k.opened, k.id`, ms(from), ms(to))
	})
	if err != nil {
		return nil, fmt.Errorf("list the cases of a period: %w", err)
	}
	return list, nil
}

// Came returns how many were checked in at each event of a period.
func (s *Store) Came(ctx context.Context, from, to time.Time) (map[string]int, error) {
	came := map[string]int{}
	err := s.db.read(ctx, func(t tx) {
		clear(came)
		t.get(func(r row) error {
			var event string
			var n int64
			err := r.Scan(&event, &n)
			came[event] = int(n)
			return err
		}, `SELECT r.event, COUNT(*) FROM registration r JOIN event e ON e.id = r.event
			WHERE r.came > 0 AND e.starts >= $1 AND e.starts < $2 GROUP BY r.event`, ms(from), ms(to))
	})
	if err != nil {
		return nil, fmt.Errorf("count who came: %w", err)
	}
	return came, nil
}
