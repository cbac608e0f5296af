package bot

import (
	"context"
	"slices"
	"time"

	"doudou/dialogs"
	"doudou/dialogs/nlu"
	"doudou/knowledge/events"
)

// Opinions are what can be answered to a question about the service.
func Opinions() []string { return []string{"yes", "some", "no"} }

// Later has the relais say something by itself after a turn.
type Later struct{ Prompt Prompt }

func (Later) change() {}

// opinionNode asks what somebody thinks of the answers.
const opinionNode = "opinion.helped"

const (
	opinionAfter = 20 * time.Hour     // an answer is tried out first
	opinionFor   = 3 * 24 * time.Hour // later nobody knows what is meant
	quietDays    = 90                 // after a safety card nobody is asked
)

// opinion asks somebody what they think: once in a quarter of a year, whatever
// they asked in it, because of its id.
func (h herald) opinion(contact ContactID) Prompt {
	at := h.now.In(h.zone)
	p := h.prompt(idOf("opinion", at.Format("2006"), (int(at.Month())+2)/3), contact, opinionNode, nil, h.now.Add(opinionAfter+opinionFor))
	p.Due = events.Courteous(h.now.Add(opinionAfter), h.zone)
	return p
}

// ends are the texts that end a path of questions: then an opinion is asked.
func ends(o Options) map[string]bool {
	if !o.Opinions {
		return nil
	}
	all := map[string]bool{}
	for _, path := range o.Book.Paths() {
		for _, s := range path.Steps {
			for _, end := range s.Ends {
				all[end] = true
			}
		}
	}
	return all
}

// finished tells whether a turn ended a path, and nothing else is going on.
func (b *player) finished(w Work, t Turn, r nlu.Reading, says []dialogs.Say) bool {
	if r.Urgent || t.Forget || t.Open != nil || w.Case != nil {
		return false
	}
	return slices.ContainsFunc(says, func(s dialogs.Say) bool { return b.ends[s.Text.Key] })
}

// keepsQuiet tells whether this is no time to ask: a person has the case, or
// something grave was said.
func (b *player) keepsQuiet(w Work, s Session) bool {
	return w.Case != nil || s.Quiet > b.Now().AddDate(0, 0, -quietDays).Format(time.DateOnly)
}

// askOpinion asks the family of a case that was closed, unless it was urgent. If
// it cannot be asked, nothing is lost.
func (s *Service) askOpinion(ctx context.Context, id CaseID) {
	if s.ends == nil {
		return
	}
	c, err := s.Store.Case(ctx, id)
	if err == nil && !c.Urgent {
		_, err = s.Store.Prompt(ctx, []Prompt{s.herald().opinion(c.Contact)})
	}
	if err != nil {
		s.Log.Warn("an opinion will not be asked", "error", err)
	}
}

// opinion counts an answer, and not whose it is.
func opinion(question string) func(*recorder, map[string]string) ([]Change, error) {
	return func(_ *recorder, with map[string]string) ([]Change, error) {
		if !slices.Contains(Opinions(), with[question]) {
			return nil, nil
		}
		return one(Counted{OpinionCounter(question, with[question])})
	}
}
