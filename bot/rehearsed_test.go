package bot_test

import (
	"strings"
	"testing"

	"doudou/bot"
)

// TestARehearsalRemembers plays the dialogs that keep something without keeping
// it: the try-it phone and the terminal go the way of a family.
func TestARehearsalRemembers(t *testing.T) {
	s := newStage(t)
	s.play("date jeux 2026-12-11T09:30 1 > Ateliers des lutins\nchat 7 fr > je veux m'inscrire à un atelier le 11 décembre\ntap 7 > vendredi 11 décembre à 9h30, Ateliers des lutins\n")
	r := s.service.Rehearse(bot.SMS, "fr")
	for _, c := range []struct{ say, want string }{
		{"LIBRE 2 mars Centre", "Quels jours"}, {"lundi", "Quelles heures"}, {"8h-18h", "Combien d'enfants"}, {"PASSER", "Noté. Places : 2"},
		{"4", "retiré"}, {"LIBRE", "Combien de places"},
		{"je veux m'inscrire à un atelier le 11 décembre", "Ateliers des lutins"}, {"1", "complet"}, {"1", "liste d'attente"},
		{"je veux m'inscrire à un atelier le 11 décembre", "Ateliers des lutins"}, {"1", "liste d'attente"}, {"1", "liste"},
	} {
		p, err := r.Say(t.Context(), bot.Message{Text: c.say})
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, o := range p.Turn.Out {
			text += o.Body
		}
		if !strings.Contains(text, c.want) {
			t.Errorf("%q: %q, want %q", c.say, text, c.want)
		}
	}
	if seats, err := s.store.Roster(t.Context(), "jeux"); err != nil || len(seats) != 1 {
		t.Errorf("the rehearsal took a seat: %+v, %v", seats, err)
	}
}
