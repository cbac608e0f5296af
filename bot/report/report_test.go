package report

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/knowledge"
	"doudou/knowledge/events"
)

// A year is a source made by hand.
type year struct {
	heard   []bot.Heard
	cases   []bot.Case
	threads map[bot.ContactID][]bot.Line
	left    []string
	events  []events.Standing
	rosters map[string][]bot.Seat
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
func (y *year) Opened(context.Context, time.Time, time.Time) ([]bot.Case, error) { return y.cases, nil }
func (y *year) Left(_ context.Context, _ bot.Channel, _, _ time.Time, each func(string)) error {
	for _, body := range y.left {
		each(body)
	}
	return nil
}
func (y *year) Events(context.Context, time.Time, time.Time) ([]events.Standing, error) {
	return y.events, nil
}
func (y *year) Roster(_ context.Context, id string) ([]bot.Seat, error) { return y.rosters[id], nil }
func (y *year) Profiles(_ context.Context, side events.Side, _ time.Time) ([]events.Profile, error) {
	if side == events.Childminder {
		return y.offers, nil
	}
	return nil, nil
}
func (y *year) Introductions(context.Context, bot.ContactID, string) ([]bot.Introduction, error) {
	return y.pairs, nil
}
func (y *year) Thread(_ context.Context, who bot.ContactID, _ int) ([]bot.Line, error) {
	return y.threads[who], nil
}

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
	r, err := Make(t.Context(), Options{Source: y, Knowledge: k, Words: func(key string) string { return key },
		Segments: func(text string) int { return 1 + len(text)/160 }, Steps: []string{"contract.name"},
		From: at("2026-07-01 00:00"), To: at("2027-01-01 00:00"), Made: at("2027-01-05 09:00")})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// count finds a row: "table/label".
func count(t *testing.T, r Report, where string) Count {
	t.Helper()
	key, label, _ := strings.Cut(where, "/")
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			if table.Key == key && strings.HasSuffix(row.Label, label) {
				return row.Count
			}
		}
	}
	t.Fatalf("the report has no %s", where)
	return Count{}
}

func TestMake(t *testing.T) {
	y := &year{left: []string{"court", strings.Repeat("x", 200)}, threads: map[bot.ContactID][]bot.Line{}, rosters: map[string][]bot.Seat{}}
	y.family(12, "fr", "cmg_amount")
	y.family(9, "ta", "creche_register")
	y.family(2, "fr", notUnderstood)
	y.family(1, "fr", "stop_messages")
	y.heard = append(y.heard, bot.Heard{Contact: "fr1", At: at("2026-06-30 23:59"), Speaker: bot.Family, Lang: "fr", Intent: "cmg_amount"},
		bot.Heard{Contact: "fr1", At: at("2026-09-02 10:00"), Speaker: bot.Robot, Keys: []string{"contract.name"}})
	// Friday 17:00 to Monday 9:30: half an hour and half an hour of the office.
	y.cases = []bot.Case{{ID: "A", Contact: "fr1", Team: "relais", State: bot.Closed, Opened: at("2026-09-04 16:30")}, {ID: "B", Contact: "fr2", State: bot.Open}}
	y.threads["fr1"] = []bot.Line{{Speaker: bot.Staff, Case: "0", At: at("2026-09-04 16:31")}, {Speaker: bot.Staff, Case: "A", At: at("2026-09-07 09:30")}}
	y.events = []events.Standing{{Event: events.Event{ID: "e", Start: at("2026-10-01 10:00"), Capacity: 10}, Taken: 7}, {Event: events.Event{ID: "s", Sample: true, Start: at("2026-10-02 10:00"), Capacity: 99}}}
	y.rosters["e"] = []bot.Seat{{Came: at("2026-10-01 10:00")}, {}}
	y.pairs = []bot.Introduction{{Made: at("2026-08-01 10:00"), Exchanged: at("2026-08-02 10:00"), Contract: bot.Yes}, {Made: at("2026-01-01 10:00")}}
	r := made(t, y)
	for where, want := range map[string]int{
		"whole/people": 21, "whole/messages": 24, "whole/stopped": 1, "language/fr": 12, "language/ta": 9, "audience/parent": 21,
		"answered/robot": 22, "answered/unclear": 2, "topics/cmg_amount": 12, "cases/opened": 2, "cases/answered": 1, "cases/waiting": 1,
		"sms/messages": 2, "sms/segments": 3, "events/held": 1, "events/seats": 10, "events/taken": 7, "events/came": 1, "market/asked": 1, "market/contracts": 1, "paths/contract.name": 1,
	} {
		if got := count(t, r, where); got.N != want {
			t.Errorf("%s: %d, want %d", where, got.N, want)
		}
	}
	if got := count(t, r, "cases/median"); got.N <= 0 || got.N >= 24*60 {
		t.Errorf("from Friday afternoon to Monday morning took %d minutes of the office: nights and the weekend do not count", got.N)
	}
	if !count(t, r, "paths/contract.name").Hidden || !count(t, r, "market/contracts").Hidden {
		t.Error("a count of one person is shown")
	}
}

// TestHidden: no count under five can be read, nor reckoned from the others.
func TestHidden(t *testing.T) {
	for _, c := range []struct{ counts, want string }{
		{"12 9 7", "12 9 7"}, {"12 9 3", "12 - -"}, {"12 3 2", "12 - -"}, {"4", "-"}, {"5 0", "5 0"}, {"", ""},
	} {
		var rows []Row
		for _, word := range strings.Fields(c.counts) {
			var n int
			fmt.Sscan(word, &n)
			rows = append(rows, Row{Count: Count{N: n}})
		}
		hide(rows)
		var got []string
		for _, r := range rows {
			if r.Count.Hidden {
				got = append(got, "-")
			} else {
				got = append(got, fmt.Sprint(r.Count.N))
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s is shown as %v, want %s", c.counts, got, c.want)
		}
	}
}

// TestWritten: the three forms show the same counts and hide the same ones.
func TestWritten(t *testing.T) {
	y := &year{}
	y.family(12, "fr", "cmg_amount")
	y.family(3, "ta", "creche_register")
	r := made(t, y)
	words := func(key string) string { return key }
	for name, write := range map[string]func(*strings.Builder) error{
		"text": func(b *strings.Builder) error { return r.Text(b, words) },
		"csv":  func(b *strings.Builder) error { return r.CSV(b, words) },
		"html": func(b *strings.Builder) error { return r.HTML(b, words) },
	} {
		var b strings.Builder
		if err := write(&b); err != nil {
			t.Fatal(name, err)
		}
		if !strings.Contains(b.String(), "report.hidden") || !strings.Contains(b.String(), "15") {
			t.Errorf("%s: the whole is missing, or nothing is hidden:\n%s", name, b.String())
		}
		if name == "csv" && (!strings.HasPrefix(b.String(), "\ufeff") || !strings.Contains(b.String(), ";report.hidden;")) {
			t.Errorf("a spreadsheet in France does not open this:\n%s", b.String())
		}
	}
}
