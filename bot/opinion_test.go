package bot_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"doudou/bot"
)

// asking is a stage where people are asked what they think, and somebody who
// came to the end of a path.
func asking(t *testing.T) *stage {
	o := content(t)
	o.Opinions = true
	s := newStageOf(t, o)
	if got := s.play(toTheEnd("7")); !strings.Contains(got, "reste") {
		t.Fatalf("the path did not end:\n%s", got)
	}
	return s
}

// toTheEnd works out what a childminder costs.
func toTheEnd(who string) string {
	var lines []string
	for _, text := range []string{"combien je vais toucher de cmg", "1", "1", "2500", "120", "5"} {
		lines = append(lines, "chat "+who+" fr > "+text+"\n")
	}
	return strings.Join(lines, "")
}

// counted is what was counted without whose it is.
func (s *stage) counted() map[bot.Counter]int {
	s.t.Helper()
	list, err := s.store.Counters(s.t.Context(), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

// TestOpinion: the day after, at a decent hour, two questions; the answers are
// counted, and staff read neither.
func TestOpinion(t *testing.T) {
	s := asking(t)
	if got := s.cry(); len(got) > 0 {
		t.Errorf("at once: %q", got)
	}
	s.clock.Add(24 * time.Hour)
	if got := strings.Join(s.cry(), "\n"); !strings.Contains(got, "vous a aidé ?") || !strings.Contains(got, "[Un peu]") {
		t.Errorf("the day after:\n%s", got)
	}
	got := s.play("tap 7 > Un peu\ntap 7 > Oui\n")
	if !strings.Contains(got, "c'était facile") || !strings.Contains(got, "sans garder qui") {
		t.Errorf("they read:\n%s", got)
	}
	want := map[bot.Counter]int{bot.CountAsked: 1, bot.OpinionCounter("helped", "some"): 1, bot.OpinionCounter("easy", "yes"): 1}
	if counted := s.counted(); !maps.Equal(counted, want) {
		t.Errorf("counted %v", counted)
	}
	lines, err := s.store.Thread(t.Context(), s.contact["7"], 4)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if l.Speaker == bot.Family && (!l.Masked || l.Text != "" || l.Says != nil) {
			t.Errorf("staff read %+v", l)
		}
	}
}

// TestOpinionOnce: nobody is asked twice in a quarter of a year; in the next one
// they may be.
func TestOpinionOnce(t *testing.T) {
	s := asking(t)
	s.clock.Add(24 * time.Hour)
	s.cry()
	s.play("chat 7 fr > PASSER\n" + toTheEnd("7"))
	s.clock.Add(24 * time.Hour)
	if got := s.cry(); len(got) > 0 {
		t.Errorf("asked again: %q", got)
	}
	s.clock.Add(50 * 24 * time.Hour) // in January
	s.play(toTheEnd("7"))
	s.clock.Add(24 * time.Hour)
	if got := strings.Join(s.cry(), "\n"); !strings.Contains(got, "vous a aidé ?") {
		t.Errorf("in the next quarter of a year: %q", got)
	}
	if counted := s.counted(); counted[bot.CountAsked] != 2 || len(counted) != 1 {
		t.Errorf("counted %v", counted)
	}
}

// TestOpinionKeepsQuiet: nobody is asked after a safety card, while a person has
// the case, after STOP, or where the relais does not ask.
func TestOpinionKeepsQuiet(t *testing.T) {
	for name, script := range map[string]string{
		"a safety card before": "chat 8 fr > mon mari me tape\ndesk awa take K-1\ndesk awa close K-1\n" + toTheEnd("8"),
		"a safety card after":  toTheEnd("8") + "chat 8 fr > mon mari me tape\ndesk awa take K-1\ndesk awa close K-1\n",
		"a person has it":      toTheEnd("8") + "chat 8 fr > je veux parler a quelqu'un\n",
		"STOP":                 toTheEnd("8") + "chat 8 fr > STOP\n",
		"in the middle":        strings.Join(strings.SplitAfter(toTheEnd("8"), "\n")[:4], ""),
	} {
		t.Run(name, func(t *testing.T) {
			o := content(t)
			o.Opinions = true
			s := newStageOf(t, o)
			s.play(script)
			s.clock.Add(24 * time.Hour)
			if got := s.cry(); len(got) > 0 {
				t.Errorf("they read %q", got)
			}
			if counted := s.counted(); counted[bot.CountAsked] > 0 {
				t.Errorf("counted %v", counted)
			}
		})
	}
	s := newStage(t)
	s.play(toTheEnd("7"))
	s.clock.Add(24 * time.Hour)
	if got := s.cry(); len(got) > 0 {
		t.Errorf("where the relais does not ask: %q", got)
	}
}

// TestOpinionOfACase: a case that was closed is asked about, whoever closed it.
func TestOpinionOfACase(t *testing.T) {
	o := content(t)
	o.Opinions = true
	s := newStageOf(t, o)
	s.play("sms 0612345678 > je veux parler a quelqu'un\nsms 0612345678 > PASSER\nsms 0612345678 > PASSER\ndesk awa take K-1\ndesk awa close K-1 > Voilà\n")
	s.clock.Add(24 * time.Hour)
	if got := strings.Join(s.cry(), "\n"); !strings.Contains(got, "Si vous voulez bien") || !strings.Contains(got, "2 Un peu") {
		t.Errorf("they read:\n%s", got)
	}
}
