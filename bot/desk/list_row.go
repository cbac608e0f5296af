package desk

import (
	"fmt"
	"time"

	"doudou/bot"
)

// A row is one case of a list.
type row struct {
	ID, Topic, Team, Language, Lang, Channel string
	Urgent                                   bool
	State, Holder                            string
	Notes                                    []noted
	Age                                      stamp    // how long the family has waited, or ago the last thing was done
	Late                                     string   // when it was to be answered, once that has passed
	Step                                     int      // how far it has climbed
	Asleep                                   string   // until when it was put aside
	Woken                                    bool     // that time has come
	There                                    []string // colleagues who have it before their eyes
	Found                                    []string // places where the words of a search stand
}

func (d *desk) row(v *visit, c bot.Case) (row, error) {
	age, err := d.waits(v.lang, c)
	r := row{ID: string(c.ID), Topic: d.topicName(v.lang, c.Topic), Team: d.teamName(v.lang, c.Team),
		Language: d.languageName(v.lang, c.Lang), Lang: c.Lang, Channel: d.channelName(v.lang, c.Channel),
		Urgent: c.Urgent, State: string(c.State), Notes: d.notes(v.lang, c.Notes), Age: age, Step: d.step(v, c.ID)}
	if c.Agent != "" {
		r.Holder = d.agentName(v, c.Agent)
	}
	if c.Asleep(d.Now()) {
		r.Asleep = d.when(v.lang, c.Snoozed).Text
	}
	r.Woken = r.Asleep == "" && !c.Snoozed.IsZero() && c.State != bot.Closed
	if by := d.promised(c); !by.IsZero() && d.Now().After(by) {
		r.Late = d.when(v.lang, by).Text
	}
	return r, err
}

// promised is when a family that waits was to be answered: at the end of the
// half-day in which its team has read it. It is what the family was told.
func (d *desk) promised(c bot.Case) time.Time {
	if c.Asked.IsZero() || c.State == bot.Closed {
		return time.Time{}
	}
	return d.Knowledge.Hours(c.Team).AnswerBy(c.Asked)
}

// waits says how long the family has waited while somebody of the team was
// there, or, when it does not wait, how long ago the last thing was done.
func (d *desk) waits(lang string, c bot.Case) (stamp, error) {
	if c.Asked.IsZero() || c.State == bot.Closed {
		return d.age(lang, c.Changed)
	}
	worked := d.Knowledge.Worked(c.Team, c.Asked, d.Now())
	text, err := write(d.texts, lang, "desk.wait.open", "time", spent(worked))
	if worked < time.Minute {
		text, err = write(d.texts, lang, "desk.wait.none")
	}
	return stamp{text, c.Asked.In(d.Zone).Format(time.RFC3339)}, err
}

// spent writes a time as on a time sheet: "35 min", "2 h 10".
func spent(t time.Duration) string {
	h, m := int(t.Hours()), int(t.Minutes())%60
	if h == 0 {
		return fmt.Sprintf("%d\u00a0min", m)
	}
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", h, m)
}
