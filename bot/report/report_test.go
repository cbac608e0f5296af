package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"doudou/bot"
	"doudou/knowledge"
	"doudou/knowledge/events"
)

// A year is a source made by hand.
type year struct {
	heard   []bot.Heard
	cases   []bot.OpenedCase
	lives   map[bot.ContactID]string
	events  []events.Standing
	came    map[string]int
	counts  map[bot.Counter]int
	unclear []bot.Unclear
	offers  []events.Profile
	pairs   []bot.Introduction
}

func (y *year) Heard(_ context.Context, from, to time.Time, each func(bot.Heard)) error {
	for _, h := range y.heard {
		if !h.At.Before(from) && h.At.Before(to) {
			each(h)
		}
	}
	return nil
}
func (y *year) Quarters(context.Context) (map[bot.ContactID]string, error) { return y.lives, nil }
func (y *year) Opened(context.Context, time.Time, time.Time) ([]bot.OpenedCase, error) {
	return y.cases, nil
}
func (y *year) Came(context.Context, time.Time, time.Time) (map[string]int, error) {
	return y.came, nil
}
func (y *year) Counters(context.Context, time.Time, time.Time) (map[bot.Counter]int, error) {
	return y.counts, nil
}
func (y *year) Events(context.Context, time.Time, time.Time) ([]events.Standing, error) {
	return y.events, nil
}
func (y *year) Profiles(_ context.Context, side events.Side, _ time.Time) ([]events.Profile, error) {
	if side == events.Childminder {
		return y.offers, nil
	}
	return nil, nil
}
func (y *year) Introductions(context.Context, bot.ContactID, string) ([]bot.Introduction, error) {
	return y.pairs, nil
}
func (y *year) Unclear(context.Context) ([]bot.Unclear, error) { return y.unclear, nil }

func at(text string) time.Time {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err)
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	if err != nil {
		panic(err)
	}
	return t
}

// family writes messages of a number of people.
func (y *year) family(n int, lang, intent string) {
	for i := range n {
		y.heard = append(y.heard, bot.Heard{Contact: bot.ContactID(fmt.Sprint(lang, i)), Channel: bot.SMS, Audience: "parent",
			At: at("2026-09-01 10:00"), Speaker: bot.Family, Lang: lang, Intent: intent})
	}
}

func made(t *testing.T, y *year) Report {
	t.Helper()
	k, err := knowledge.Default()
	if err != nil {
		t.Fatal(err)
	}
	r, err := Make(t.Context(), Options{Source: y, Knowledge: k, Words: func(key string) string { return key }, SegmentPrice: decimal.RequireFromString("0.0725"),
		Paths: []Path{{"contract", []Step{{"contract.needs", []string{"contract.finished"}}, {"contract.meet", []string{"contract.finished"}}}}},
		From:  at("2026-07-01 00:00"), To: at("2027-01-01 00:00"), Made: at("2027-01-05 09:00")})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// figure finds a count: "table/row" or "table/row/column".
func figure(t *testing.T, r Report, where string) Count {
	t.Helper()
	parts := strings.Split(where, "/")
	column := 0
	if len(parts) > 2 {
		column = int(parts[2][0] - '0')
	}
	for _, s := range r.Sections {
		for _, table := range s.Tables {
			for _, row := range table.Rows {
				if table.Key == parts[0] && (row.Key == parts[1] || strings.HasSuffix(row.Key, "."+parts[1])) {
					return row.Counts[column]
				}
			}
		}
	}
	t.Fatalf("the report has no %s", where)
	return Count{}
}

// town is half a year of invented figures.
func town() *year {
	y := &year{lives: map[bot.ContactID]string{}, came: map[string]int{"e": 6}, counts: map[bot.Counter]int{
		bot.CountSMS: 40, bot.CountSegments: 57, bot.CountStopped: 7, bot.CountErased: 2, bot.CountAsked: 30,
		"opinion.helped.yes": 14, "opinion.helped.some": 6, "opinion.easy.yes": 9, "opinion.easy.no": 2}}
	y.family(12, "fr", "cmg_amount")
	y.family(9, "ta", "creche_register")
	y.family(2, "fr", notUnderstood)
	y.family(6, "fr", "stop_messages")
	for i := range 12 {
		who := bot.ContactID(fmt.Sprint("fr", i))
		y.lives[who] = "orgemont"
		for _, key := range []string{"contract.needs", "contract.meet", "contract.finished"}[:1+i%3] {
			y.heard = append(y.heard, bot.Heard{Contact: who, Channel: bot.SMS, Audience: "parent", Lang: "fr", At: at("2026-09-02 10:00"), Speaker: bot.Robot, Keys: []string{key}})
		}
	}
	y.heard = append(y.heard, bot.Heard{Contact: "fr1", At: at("2026-06-30 23:59"), Speaker: bot.Family, Lang: "fr", Intent: "cmg_amount"})
	slices.SortStableFunc(y.heard, func(a, b bot.Heard) int { return strings.Compare(string(a.Contact), string(b.Contact)) })
	// Friday 16:30 to Monday 9:30: half an hour and half an hour of the office.
	for range 6 {
		y.cases = append(y.cases, bot.OpenedCase{Team: "relais", State: bot.Closed, Opened: at("2026-09-04 16:30"), Answered: at("2026-09-07 09:30")})
	}
	for range 5 {
		y.cases = append(y.cases, bot.OpenedCase{Team: "relais", State: bot.Open, Opened: at("2026-09-04 16:30")})
	}
	y.events = []events.Standing{{Event: events.Event{ID: "e", Start: at("2026-10-01 10:00"), Capacity: 14, Quarter: "Orgemont"}, Taken: 12},
		{Event: events.Event{ID: "s", Sample: true, Start: at("2026-10-02 10:00"), Capacity: 99}}}
	for i := range 8 {
		pair := bot.Introduction{Made: at("2026-08-01 10:00"), Exchanged: at("2026-08-02 10:00")}
		if i < 2 {
			pair.Contract = bot.Yes
		}
		y.pairs = append(y.pairs, pair)
	}
	y.pairs = append(y.pairs, bot.Introduction{Made: at("2026-01-01 10:00")})
	for range 7 {
		y.unclear = append(y.unclear, bot.Unclear{Day: "2026-12-01", Lang: "ta", Top: []string{"cmg_what"}})
	}
	y.unclear = append(y.unclear, bot.Unclear{Day: "2026-06-30", Lang: "ta", Top: []string{"cmg_what"}}, bot.Unclear{Day: "2026-12-01", Lang: "fr", Top: []string{"mam"}})
	return y
}

func TestMake(t *testing.T) {
	r := made(t, town())
	for where, want := range map[string]string{
		"whole/people": "21", "whole/messages": "29", "months/2026-09": "29", "months/2026-09/1": "21", "months/2026-07": "0",
		"audience/parent": "21", "channel/sms": "21", "language/fr": "12", "language/ta": "9", "quarter/Orgemont": "12", "quarter/unknown": "9",
		"answered/robot": "report.hidden", "answered/nobody": "report.hidden", "topics/cmg_amount": "12", "topics/stop_messages": "6",
		"open/others":  "8",
		"cases/opened": "11", "cases/answered": "6", "cases/waiting": "5", "cases/silent": "0",
		"events/held": "1", "events/seats": "14", "events/taken": "12", "events/came": "6", "events/kept": "50\u00a0report.unit.percent",
		"sessions/Orgemont": "1", "market/asked": "8", "market/exchanged": "8", "market/contracts": "report.hidden",
		"sms/messages": "40", "sms/segments": "57", "sms/cost": "4report.decimal13\u00a0report.unit.euros",
		"rights/stopped": "7", "rights/erased": "report.hidden", "rate/asked": "30", "rate/answered": "20", "rate/share": "67\u00a0report.unit.percent",
		"opinion.helped/yes": "14", "opinion.helped/some": "6", "opinion.helped/yes/1": "70\u00a0report.unit.percent", "opinion.easy/yes": "report.hidden",
		"axis3/people": "21", "axis3/people/1": "report.none", "axis1/become": "0", "axis1/baseline": "report.none", "axis1/baseline/1": "1 046",
	} {
		if got := r.show(figure(t, r, where)); got != want {
			t.Errorf("%s: %s, want %s", where, got, want)
		}
	}
	if got := figure(t, r, "cases/median"); got.N <= 0 || got.N >= 24*60 {
		t.Errorf("from Friday afternoon to Monday morning took %d minutes of the office: nights and the weekend do not count", got.N)
	}
}
