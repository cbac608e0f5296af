package bot_test

import (
	"strings"
	"testing"
	"time"

	"doudou/bot"
)

func TestPromptData(t *testing.T) {
	p := bot.Prompt{Node: "meet.exchange", Slots: map[string]string{"name": "Aïcha \"A\"", "phone": "+33612345678"}}
	got, err := bot.ParsePrompt(p.Data())
	if err != nil || got.Node != p.Node || got.Slots["name"] != p.Slots["name"] || got.Slots["phone"] != p.Slots["phone"] {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := bot.ParsePrompt("notice.remind"); err == nil {
		t.Error("what is no prompt was read as one")
	}
}

// reminded is a stage where somebody at an address has talked to Doudou, and a
// reminder for them.
func reminded(t *testing.T, lang string) (*stage, bot.Prompt) {
	s := newStage(t)
	s.play("chat 7 " + lang + " > /start\n")
	return s, bot.Prompt{
		ID: "remind/jeux/0.7/7", Contact: s.contact["7"], Node: "notice.remind", Due: s.clock.Now(),
		Slots: map[string]string{"event": "jeux", "title": "Jeux", "start": "2026-12-11T09:30", "place": "Salle"},
	}
}

func (s *stage) prompt(p bot.Prompt) {
	s.t.Helper()
	if _, err := s.store.Prompt(s.t.Context(), []bot.Prompt{p}); err != nil {
		s.t.Fatal(err)
	}
}

// TestStoppedBetween: a prompt that has started waits behind a STOP that came
// before it; nothing of it is said.
func TestStoppedBetween(t *testing.T) {
	s, p := reminded(t, "fr")
	if _, _, err := s.store.Accept(t.Context(), s.message(bot.Telegram, "7", "STOP")); err != nil {
		t.Fatal(err)
	}
	s.prompt(p)
	if _, err := s.store.Start(t.Context(), s.clock.Now(), 10); err != nil { // the crier of the service may have been faster
		t.Fatal(err)
	}
	s.service.Wake(p.Contact)
	if got := strings.Join(s.cry(), "\n"); !strings.Contains(got, "Doudou ne vous écrit plus") || strings.Contains(got, "Jeux") {
		t.Errorf("they read:\n%s", got)
	}
	p.ID += "b"
	s.prompt(p)
	if got := s.cry(); len(got) > 0 {
		t.Errorf("after STOP: %q", got)
	}
}

// TestACrashAfterTheStart: a prompt that a process moved into the inbox, and
// did not live to answer, is said by the next one that looks: once.
func TestACrashAfterTheStart(t *testing.T) {
	s, p := reminded(t, "ar")
	s.prompt(p)
	for range 2 {
		if _, err := s.store.Start(t.Context(), s.clock.Now(), 10); err != nil {
			t.Fatal(err)
		}
	}
	s.clock.Add(10 * time.Second)
	var got []string
	for range 50 {
		time.Sleep(100 * time.Millisecond)
		got = append(got, s.everything()...)
	}
	if text := strings.Join(got, "\n"); strings.Count(text, "Jeux") != 1 {
		t.Errorf("they read:\n%s", text)
	}
}

// TestAPromptAndAPerson: a person who holds the case does not hold back what
// the relais says; the thread has it, and nothing that the family did not write.
func TestAPromptAndAPerson(t *testing.T) {
	s, p := reminded(t, "fr")
	s.play("chat 7 > je veux parler a quelqu'un\nchat 7 > PASSER\nchat 7 > PASSER\ndesk awa take K-1\n")
	s.prompt(p)
	if got := strings.Join(s.cry(), "\n"); !strings.Contains(got, "Je vous le rappelle : Jeux") {
		t.Errorf("they read:\n%s", got)
	}
	lines, err := s.store.Thread(t.Context(), p.Contact, 1)
	if err != nil || len(lines) != 1 || lines[0].Speaker != bot.Robot || lines[0].Intent != "prompt:notice.remind" {
		t.Errorf("%+v, %v", lines, err)
	}
}

// TestAPromptThatCannotBeSaid is given up without a word, and holds nothing up.
func TestAPromptThatCannotBeSaid(t *testing.T) {
	s, p := reminded(t, "fr")
	p.Node = "notice.nowhere"
	s.prompt(p)
	if got := s.cry(); len(got) > 0 {
		t.Errorf("they read: %q", got)
	}
	if got := s.play("chat 7 > cmg\n"); !strings.Contains(got, "Caf") {
		t.Errorf("afterwards:\n%s", got)
	}
}

// TestTheLanguageOfAPrompt is the contact's own, not that of a question which
// they put in another one.
func TestTheLanguageOfAPrompt(t *testing.T) {
	s, p := reminded(t, "tr")
	s.play("chat 7 > merhaba\nchat 7 > bonjour, combien je vais toucher de cmg\n")
	s.prompt(p)
	if got := strings.Join(s.cry(), "\n"); !strings.Contains(got, "Hatırlatıyorum: Jeux") {
		t.Errorf("they read:\n%s", got)
	}
}

func TestCompose(t *testing.T) {
	s, p := reminded(t, "fr")
	for _, c := range []struct {
		lang string
		ch   bot.Channel
		want string
	}{
		{"fr", bot.Telegram, "Je vous le rappelle : Jeux, vendredi 11 décembre à 9h30, Salle. Vous venez ? Si non, votre place servira à une autre famille.\n[Oui, je viens] [Je ne peux pas]\n[Une personne]"},
		{"fr", bot.SMS, "Rappel : Jeux, ven. 11 décembre à 9h30, Salle. Vous venez ?\n1 Oui, je viens\n2 Je ne peux pas\n3 Une personne"},
	} {
		if got, err := s.service.Compose(t.Context(), c.lang, c.ch, p.Node, p.Slots); err != nil || got != c.want {
			t.Errorf("%s by %s: %q, %v", c.lang, c.ch, got, err)
		}
	}
	if _, err := s.service.Compose(t.Context(), "fr", bot.SMS, "notice.nowhere", nil); err == nil {
		t.Error("a node that is not there was composed")
	}
}

// TestPromptsAreOfTheTrees: what the relais says is there to be said, with the
// values that it gives.
func TestPromptsAreOfTheTrees(t *testing.T) {
	book := content(t).Book
	for node, want := range map[string]string{
		"notice.remind": "event title start place", "notice.moved": "event title start place", "notice.cancelled": "title start",
		"notice.offered": "event title start place until", "notice.lapsed": "title start", "notice.invite": "event title start place",
		"notice.news": "words", "places.still": "until", "places.monenfant": "deadline", "meet.asked": "introduction days hours quarter start age",
		"meet.exchange": "introduction name phone", "meet.nobody": "", "day.times": "event title start place number code times",
		"day.changed": "event times", "day.choose": "event title", "meet.visit": "introduction name", "meet.contract": "introduction name",
	} {
		slots, ok := book.Prompts()[node]
		if got := strings.Join(slots, " "); !ok || got != want {
			t.Errorf("%s takes %q, want %q", node, got, want)
		}
	}
}
