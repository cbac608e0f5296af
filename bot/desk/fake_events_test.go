package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"doudou/bot"
	"doudou/knowledge/events"
)

// A hall is the calendar, the broadcasts and the profiles in memory: it keeps
// the promises of the store on which the desk relies.
type hall struct {
	mu       sync.Mutex
	dates    map[string]events.Event
	seats    map[string][]bot.Seat
	agreed   []bot.Recipient
	sent     []bot.Broadcast
	prompts  map[string]bot.Prompt
	started  map[string]int // of a batch
	profiles []events.Profile
	saves    int
}

func (h *hall) standing(e events.Event) events.Standing {
	s := events.Standing{Event: e}
	for _, seat := range h.seats[e.ID] {
		switch seat.State {
		case bot.Kept, bot.Offered:
			s.Taken++
		case bot.Queueing:
			s.Waiting++
		}
	}
	return s
}

func (h *hall) Events(_ context.Context, from, to time.Time) (list []events.Standing, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range h.dates {
		if e.End.After(from) && e.Start.Before(to) {
			list = append(list, h.standing(e))
		}
	}
	slices.SortFunc(list, func(a, b events.Standing) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}

func (h *hall) Event(_ context.Context, id string) (events.Standing, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	e, ok := h.dates[id]
	if !ok {
		return events.Standing{}, bot.ErrGone
	}
	return h.standing(e), nil
}

func (h *hall) SaveEvents(_ context.Context, list []events.Event) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range list {
		if e.ID == "" {
			return fmt.Errorf("an event has no id")
		}
		h.dates[e.ID] = e
		h.saves++
	}
	return nil
}

func (h *hall) Roster(_ context.Context, event string) ([]bot.Seat, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.seats[event]), nil
}

func (h *hall) seat(event string, c bot.ContactID) (*bot.Seat, error) {
	for i := range h.seats[event] {
		if h.seats[event][i].Contact == c {
			return &h.seats[event][i], nil
		}
	}
	return nil, bot.ErrGone
}

func (h *hall) CheckIn(_ context.Context, event string, c bot.ContactID, came, left time.Time) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	s, err := h.seat(event, c)
	if err == nil {
		s.Came, s.Left = came, left
	}
	return err
}

func (h *hall) Unseat(_ context.Context, event string, c bot.ContactID) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, err := h.seat(event, c); err != nil {
		return err
	}
	h.seats[event] = slices.DeleteFunc(h.seats[event], func(s bot.Seat) bool { return s.Contact == c })
	return nil
}

func (h *hall) Recipients(_ context.Context, audience, quarter string) ([]bot.Recipient, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if audience == "childminder" {
		return slices.Clone(h.agreed[:1]), nil
	}
	if quarter == "Le Parc" {
		return nil, nil
	}
	return slices.Clone(h.agreed), nil
}

func (h *hall) Launch(_ context.Context, b bot.Broadcast, prompts []bot.Prompt) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if slices.ContainsFunc(h.sent, func(o bot.Broadcast) bool { return o.ID == b.ID }) {
		return nil
	}
	h.sent = append(h.sent, b)
	for _, p := range prompts {
		if _, known := h.prompts[p.ID]; !known {
			h.prompts[p.ID] = p
		}
	}
	return nil
}

func (h *hall) Halt(_ context.Context, id string, halted bool) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range h.sent {
		if h.sent[i].ID == id && halted {
			h.sent[i].State = bot.Halted
		} else if h.sent[i].ID == id {
			h.sent[i].State = bot.Sending
		}
	}
	return nil
}

func (h *hall) Broadcasts(_ context.Context, limit int) ([]bot.Broadcast, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := slices.Clone(h.sent)
	slices.Reverse(list)
	return list[:min(limit, len(list))], nil
}

func (h *hall) Batch(_ context.Context, batch string) (bot.Progress, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := bot.Progress{Started: h.started[batch]}
	for _, prompt := range h.prompts {
		if prompt.Batch == batch {
			p.Waiting++
		}
	}
	p.Waiting -= p.Started
	return p, nil
}

func (h *hall) Profiles(_ context.Context, side events.Side, at time.Time) (list []events.Profile, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.profiles {
		if p.Side == side && p.Until.After(at) {
			list = append(list, p)
		}
	}
	return list, nil
}

// compose stands for bot.Service.Compose: what is said, with its values. As the
// tree does, it refuses values that a notice does not take.
func compose(_ context.Context, lang string, ch bot.Channel, node string, slots map[string]string) (string, error) {
	if node == "notice.cancelled" && len(slots) != 2 {
		return "", fmt.Errorf("%s takes title and start only, not %v", node, slots)
	}
	return fmt.Sprintf("[%s %s %s] %s%s", lang, ch, node, slots["title"], slots["words"]), nil
}

// at is a moment of the town.
func at(day string, clock string) time.Time {
	paris, _ := time.LoadLocation("Europe/Paris") // embedded in every Go
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, paris)
	if err != nil {
		panic(err)
	}
	return t
}

// open fills the hall: a workshop with three who come and two who wait, open
// doors, a date that is past and one that is cancelled.
func newHall() *hall {
	h := &hall{dates: map[string]events.Event{}, seats: map[string][]bot.Seat{}, prompts: map[string]bot.Prompt{}, started: map[string]int{}}
	for _, e := range []events.Event{
		{ID: "atelier", Kind: "workshop", Title: "Atelier peinture", Place: "Salle des Lilas", Quarter: "Les Lilas", Audience: "parents",
			Start: at("2027-04-07", "09:30"), End: at("2027-04-07", "11:00"), Capacity: 3, Languages: []string{"fr"}, Note: "Un vieux tee-shirt"},
		{ID: "jeux", Kind: "laep", Title: "Jeux ouverts", Place: "Maison de la Gare", Quarter: "La Gare", Audience: "all",
			Start: at("2027-03-09", "14:00"), End: at("2027-03-09", "17:00")},
		{ID: "pro", Kind: "professionals", Title: "Journée pro", Place: "Mairie", Quarter: "Centre", Audience: "professionals",
			Start: at("2027-05-11", "09:00"), End: at("2027-05-11", "17:00"), Capacity: 40},
		{ID: "hier", Kind: "workshop", Title: "Atelier d’hier", Place: "Salle des Lilas", Quarter: "Les Lilas", Audience: "all",
			Start: at("2027-03-02", "09:30"), End: at("2027-03-02", "11:00"), Capacity: 8},
		{ID: "neige", Kind: "workshop", Title: "Atelier neige", Place: "Parc", Quarter: "Le Parc", Audience: "all", Cancelled: true, Rev: 1,
			Start: at("2027-03-20", "09:30"), End: at("2027-03-20", "11:00"), Capacity: 8},
	} {
		h.dates[e.ID] = e
	}
	h.seats["atelier"] = []bot.Seat{
		{Event: "atelier", Contact: "family", State: bot.Kept, Number: 1, Code: "4071", Lang: "ar", Channel: bot.Telegram, Audience: "parent",
			Profile: &events.Profile{Name: "Salma", Phone: "+33611223344"}},
		{Event: "atelier", Contact: "c2", State: bot.Kept, Number: 2, Code: "8130", Lang: "fr", Channel: bot.SMS, Audience: "parent"},
		{Event: "atelier", Contact: "c3", State: bot.Offered, Until: noon.Add(3 * time.Hour), Lang: "en", Channel: bot.SMS},
		{Event: "atelier", Contact: "c4", State: bot.Queueing, Lang: "fr", Channel: bot.SMS},
		{Event: "atelier", Contact: "c5", State: bot.Queueing, Lang: "fr", Channel: bot.Telegram, Stopped: true},
	}
	h.agreed = []bot.Recipient{{Contact: "family", Lang: "fr", Channel: bot.Telegram}, {Contact: "n1", Lang: "fr", Channel: bot.SMS},
		{Contact: "n2", Lang: "en", Channel: bot.SMS}, {Contact: "n3", Lang: "ta", Channel: bot.SMS}, {Contact: "n4", Lang: "fr", Channel: bot.SMS}}
	return h
}

// inHall adds a hall to the options of a desk.
func inHall(h *hall) func(*Options) {
	return func(o *Options) {
		o.Calendar, o.Broadcasts, o.Meetings, o.Compose = h, h, h, compose
		o.Rates = map[bot.Channel]float64{bot.SMS: 0.1, bot.Telegram: 10}
	}
}

// host opens a desk with a hall for somebody.
func hosted(t *testing.T, login string) (*browser, *hall) {
	t.Helper()
	h := newHall()
	return opened(t, furnish(), inHall(h)).enter(login), h
}
