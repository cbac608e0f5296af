package bot_test

import (
	"strings"
	"testing"

	"doudou/bot"
)

// share sends where somebody is.
func (s *stage) share(from string) []string {
	m := s.message(bot.Telegram, from, "")
	m.Kind, m.Data = bot.Place, "48.953,2.308"
	if _, err := s.service.Receive(s.t.Context(), m); err != nil {
		s.t.Fatal(err)
	}
	s.settle(m)
	return s.take(from)
}

// says checks the last lines that somebody got.
func (s *stage) says(got []string, want ...string) {
	s.t.Helper()
	if all := strings.Join(got, "\n"); !strings.HasSuffix(all, strings.Join(want, "\n")) {
		s.t.Errorf("said\n%s\nnot\n%s", all, strings.Join(want, "\n"))
	}
}

func TestASharedPlaceAnswersWhere(t *testing.T) {
	s := newStageOf(t, smallTown(t, nearWords, nearTree, cmgTree, personTree))
	s.says(s.telegram([]string{"chat", "7"}, "/start near"), "Où êtes-vous ?", "[Envoyer ma position]")
	s.says(s.share("7"), "Voici ce qui est près.", "[Merci] [Une personne]")
}

func TestAPlaceOutOfTheBlueOpensNear(t *testing.T) {
	s := newStageOf(t, smallTown(t, nearWords, nearTree, cmgTree, personTree))
	s.says(s.telegram([]string{"chat", "7"}, "/start cmg"), "Combien d'enfants ?")
	s.says(s.share("7"), "Voici ce qui est près.", "[Merci] [Une personne]")
	s.says(s.telegram([]string{"tap", "7"}, "Une personne"), "Une personne va répondre.")
	if shown := strings.Join(s.show(t.Context(), "K-1"), "\n"); strings.Contains(shown, "48.953") || !strings.Contains(shown, "family: [place]") {
		t.Errorf("staff read\n%s", shown)
	}
}

func TestAPlaceThatNobodyAskedForIsNotKept(t *testing.T) {
	s := newStageOf(t, smallTown(t, nearWords, cmgTree, personTree))
	s.says(s.share("7"), "Merci. Je ne garde pas où vous êtes. Écrivez votre question, ou MENU.")
}

func TestARehearsalCannotSharePlaces(t *testing.T) {
	s := newStageOf(t, smallTown(t, nearWords, nearTree, personTree))
	p, err := s.service.Rehearse(bot.Telegram, "fr").Say(t.Context(), bot.Message{Kind: bot.Greeting, Data: "near"})
	if err != nil || len(p.Turn.Out) != 1 || len(p.Turn.Out[0].Buttons) != 0 {
		t.Errorf("it shows %+v, %v", p.Turn.Out, err)
	}
}
