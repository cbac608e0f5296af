package knowledge

import (
	"fmt"
	"time"
)

// moment is the canonical form of a moment, in the town's time.
const moment = "2006-01-02T15:04"

// teamOpen answers team.open; without a team, for the default one.
func (l *Library) teamOpen(args map[string]string) (map[string]string, error) {
	t, err := l.Knowledge.team(args["team"])
	if err != nil {
		return nil, err
	}
	by := t.Hours.AnswerBy(l.Now)
	if by.IsZero() {
		return nil, fmt.Errorf("team %s has no opening within a year", t.ID)
	}
	open, _ := t.Hours.Open(l.Now)
	return map[string]string{"open": yesNo(open), "answer_by": l.moment(by)}, nil
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (l *Library) moment(t time.Time) string { return l.Knowledge.local(t).Format(moment) }

// quarters answers town.quarters: the quarters under the names that families
// give them.
func (l *Library) quarters(map[string]string) ([]map[string]string, error) {
	items := []map[string]string{}
	for _, q := range l.Knowledge.town.Quarters {
		items = append(items, map[string]string{"id": q.Name, "name": q.Name})
	}
	return items, nil
}
