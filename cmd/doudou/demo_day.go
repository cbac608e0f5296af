package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// demoDay is the date on which parents meet childminders, this morning.
const demoDay = "grande-rencontre"

// playMumbles has people write what the robot does not understand.
func (s *stage) playMumbles(ctx context.Context) error {
	for i, m := range []struct{ lang, text string }{
		{"fr", "c cb pr 1 plce le mercrdi slmt"}, {"fr", "et pour la place du mercredi seulement"}, {"fr", "ya til des nounou la nuit"},
		{"ar", "هل توجد مربية في الليل"}, {"ta", "இரவில் பராமரிப்பாளர் இருக்கிறாரா"}, {"tr", "gece bakan var mı"}, {"pt", "tem ama à noite"},
	} {
		s.clock.set(s.morning.Add(-time.Duration(20+9*i) * time.Minute))
		if _, err := s.hear(ctx, demoAddress(bot.Telegram, 60+i), m.lang, m.text, nil); err != nil {
			return err
		}
	}
	return nil
}

// playDay registers people to the day of meetings, has most of them come, and
// plans their rounds.
func (s *stage) playDay(ctx context.Context) error {
	e := s.demoEvent()
	if err := s.store.SaveEvents(ctx, []events.Event{e}); err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(20, 26))
	for i := range 30 {
		s.clock.set(s.morning.Add(-time.Duration(72-i) * time.Hour))
		if err := s.register(ctx, e, i, random); err != nil {
			return fmt.Errorf("guest %d: %w", i+1, err)
		}
	}
	s.scenes["jour"] = "/desk/events/" + demoDay + "/day"
	s.scenes["date"] = "/desk/events/" + demoDay
	return s.planDemoDay(ctx, e)
}

// demoEvent is a date that began fifty minutes before the morning's clock.
func (s *stage) demoEvent() events.Event {
	start := s.morning.Add(-50 * time.Minute)
	o := events.Options{Begin: 9*60 + 30, Rounds: 12, Tables: 8, Minutes: 7, Pause: 1, Minimum: 3}
	return events.Event{ID: demoDay, Kind: "speeddating", Title: "Rencontre parents et nounous", Place: "Gymnase Démo", Quarter: "Les Lilas",
		Audience: "all", Start: start, End: start.Add(2 * time.Hour), Capacity: 32, Dating: &o, Staff: true, Sample: true}
}

// register gives somebody a seat, and keeps what they need or offer.
func (s *stage) register(ctx context.Context, e events.Event, i int, random *rand.Rand) error {
	names := []string{"Awa", "Fatou", "Nadia", "Elif", "Maria", "Ioana", "Priya", "Sultana", "Mei", "Sophie", "Amina", "Karim", "Yusuf", "João", "Selvi"}
	langs := []string{"fr", "fr", "ar", "tr", "ta", "pt", "en", "zh"}
	from := demoAddress(bot.SMS, i)
	from.ID = fmt.Sprintf("+336399801%02d", i)
	contact, _, err := s.store.Accept(ctx, bot.Message{Channel: bot.SMS, Provider: "guest-" + strconv.Itoa(i), Kind: bot.Text, Text: "je viens", At: s.p.now(), From: from})
	if err != nil {
		return err
	}
	w, err := s.store.Next(ctx, contact)
	if err != nil {
		return err
	}
	side := events.Parent
	if i%3 == 2 {
		side = events.Childminder
	}
	p := demoProfile(side, names[i%len(names)], random, s.morning)
	_, err = s.store.Commit(ctx, bot.Turn{Contact: contact, Inbox: w.Inbox, From: w.Stamp, To: bot.Stamp{Version: w.Stamp.Version + 1, Tag: draw()},
		At: s.p.now(), Session: []byte("{}"), Lang: langs[i%len(langs)], Audience: string(side), Register: []string{e.ID}, Changes: []bot.Change{bot.KeepProfile{Profile: p}}})
	return err
}

func demoProfile(side events.Side, name string, random *rand.Rand, now time.Time) events.Profile {
	quarters := []string{"centre", "les lilas", "la gare", "le parc"}
	p := events.Profile{Name: name, Phone: "+33639980000", Listed: true, Cares: random.IntN(3), Until: now.AddDate(0, 2, 0), Participant: events.Participant{
		Side: side, Days: events.Days(7 + random.IntN(25)), Hours: []events.Span{{From: 8 * 60, To: events.Clock(17*60 + 30*random.IntN(3))}},
		Quarters: []string{quarters[random.IntN(4)]}, Start: events.NewMonth(2027, 1+random.IntN(4)), Places: 1 + random.IntN(2)}}
	if side == events.Parent {
		age := 6 + random.IntN(20)
		p.Ages, p.Places = []events.Ages{{From: age, To: age}}, 1
	}
	return p
}

// planDemoDay checks most of them in and publishes the rounds.
func (s *stage) planDemoDay(ctx context.Context, e events.Event) error {
	roster, err := s.store.Roster(ctx, e.ID)
	if err != nil {
		return err
	}
	var people []events.Participant
	for i, seat := range roster {
		if i%7 != 6 {
			if err := s.store.CheckIn(ctx, e.ID, seat.Contact, e.Start.Add(-time.Duration(20-i%20)*time.Minute), time.Time{}); err != nil {
				return err
			}
		}
		if seat.Profile != nil {
			p := seat.Profile.Participant
			p.ID = string(seat.Contact)
			people = append(people, p)
		}
	}
	schedule, err := events.Plan(people, *e.Dating)
	if err != nil {
		return err
	}
	return s.store.SaveDay(ctx, bot.Day{Event: e.ID, Version: 1, Schedule: schedule, Published: true, Agent: "ines", At: e.Start.Add(-time.Hour)})
}

// playNews launches a message to many that has left already.
func (s *stage) playNews(ctx context.Context) error {
	return s.store.Launch(ctx, bot.Broadcast{ID: "demo-news", Agent: "ines", Node: "notice.news", Slots: map[string]string{"words": "Le relais ferme le 24 décembre à midi. Bonnes fêtes !"},
		Audience: "parent", State: bot.Sending, People: 64, Segments: 91, At: s.morning.AddDate(0, 0, -12)}, nil)
}
