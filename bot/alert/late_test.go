package alert

import (
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/sms"
	"doudou/locales"
)

// started has what the relais says by itself enter the inbox, and returns it.
func (w *town) started() (data []string) {
	w.Helper()
	contacts, err := w.store.Start(w.Context(), w.Now(), 10)
	w.must(err)
	for _, c := range contacts {
		work, err := w.store.Next(w.Context(), c)
		w.must(err)
		data = append(data, work.Message.Data)
		turn := w.turns.Add(1)
		_, err = w.store.Commit(w.Context(), bot.Turn{Contact: c, Inbox: work.Inbox, From: work.Stamp, At: w.Now(),
			To: bot.Stamp{Version: work.Stamp.Version + 1, Tag: turn}})
		w.must(err)
	}
	return data
}

// TestAFamilyIsNotForgotten: it called on Monday at two, was promised an answer
// by half past five, and hears one kind word when that has passed.
func TestAFamilyIsNotForgotten(t *testing.T) {
	w := newTown(t)
	w.calls("1", false)
	for _, step := range []struct{ at, want string }{
		{"2026-11-23 17:29", ""},
		{"2026-11-23 17:30", `{"node":"person.late","slots":{"answer_by":"2026-11-24T12:00"}}`},
		{"2026-11-24 12:30", ""}, // once, not each half-day
		{"2026-11-26 10:00", ""},
	} {
		w.Set(step.at)
		w.must(w.watch.Round(t.Context()))
		w.must(w.replica().Round(t.Context()))
		if got := strings.Join(w.started(), " "); got != step.want {
			t.Errorf("%s: %q, want %q", step.at, got, step.want)
		}
	}
}

func TestAKindWordWaitsForTheMorning(t *testing.T) {
	w := newTown(t)
	w.Set("2026-11-26 18:30") // Thursday: until seven
	w.writes("+3361", &bot.Case{ID: "1", Team: "relais", Topic: "person.look", Lang: "ta"})
	w.writes("+3362", &bot.Case{ID: "2", Team: "relais", Topic: "person.look", Lang: "ta"})
	w.Set("2026-11-27 12:00") // the end of Friday morning, as promised
	w.act("2", "awa", bot.Reply)
	w.calls("4", false)
	w.act("4", "awa", bot.Reply)
	w.writes("+3364", nil) // wrote after an answer: no hour was promised
	w.must(w.watch.Round(t.Context()))
	if got := w.started(); len(got) != 1 {
		t.Errorf("%q: only who has no answer hears it", got)
	}
	w.Set("2026-11-28 20:30") // Saturday evening
	w.act("1", "awa", bot.Reply)
	w.writes("+3363", &bot.Case{ID: "3", Team: "relais", Topic: "person.look", Lang: "ta"})
	for _, at := range []string{"2026-11-30 21:00", "2026-12-01 03:00", "2026-12-01 07:59"} {
		w.Set(at)
		w.must(w.watch.Round(t.Context()))
		if got := w.started(); len(got) > 0 {
			t.Errorf("%s: %q is said at night", at, got)
		}
	}
	w.Set("2026-12-01 08:00")
	w.must(w.watch.Round(t.Context()))
	if got := w.started(); len(got) != 1 {
		t.Errorf("in the morning %q", got)
	}
}

// TestWhenToExpectAnAnswer: in every language and on both channels a family reads
// by when, whether the relais is open, closed or late.
func TestWhenToExpectAnAnswer(t *testing.T) {
	families, err := words()
	if err != nil {
		t.Fatal(err)
	}
	k, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	facts := func(id string) (locales.Arg, bool) {
		f, ok := k.Fact(id, day)
		return locales.Arg{Kind: f.Kind, Text: f.Value}, ok
	}
	by := locales.Arg{Kind: "moment", Text: "2026-11-24T12:00"}
	for _, lang := range families.Languages() {
		for _, key := range []string{"person.call", "person.closed", "person.rush_open", "person.rush_closed", "person.late"} {
			for _, style := range []locales.Style{{SMS: true}, {Isolate: true}} {
				text, err := families.Text(lang, style, locales.Line{Key: key, Args: map[string]locales.Arg{"answer_by": by}}, facts)
				moment, _ := families.Format(lang, style, by)
				if err != nil || !strings.Contains(text, moment) {
					t.Errorf("%s in %s does not say when: %q %v", key, lang, text, err)
				}
				if n := sms.Measure(sms.Fit(text)).Segments; style.SMS && n > 3 {
					t.Errorf("%s in %s takes %d SMS", key, lang, n)
				}
			}
		}
	}
}
