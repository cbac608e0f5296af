package desk

import (
	"strings"
	"time"

	"doudou/bot"
	"doudou/locales"
)

// name returns the first of these texts that the desk or Doudou has, raw when
// there is none: a word that is new in a tree is shown as it stands.
func (d *desk) name(lang, raw string, keys ...string) string {
	for _, key := range keys {
		for _, c := range []*locales.Catalog{d.texts, d.Words} {
			in := c.Best(lang)
			if !c.Has(in, key) || len(c.Slots(in, key)) > 0 {
				continue
			}
			if text, err := c.Text(in, locales.Style{}, locales.Line{Key: key}, nil); err == nil {
				return text
			}
		}
	}
	return raw
}

func (d *desk) teamName(lang, id string) string {
	raw := id
	for _, t := range d.Knowledge.Teams() {
		if t.ID == id {
			raw = t.Name
		}
	}
	return d.name(lang, raw, "team."+id)
}

func (d *desk) teamNames(lang string, ids []string) []string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		names = append(names, d.teamName(lang, id))
	}
	return names
}

// languageName names the language of a family in the agent's.
func (d *desk) languageName(lang, code string) string {
	return d.name(lang, code, "desk.language."+code, "language."+code)
}

// topicName says what a family was talking of: topic is a dialog and its node.
func (d *desk) topicName(lang, topic string) string {
	dialog, _, _ := strings.Cut(topic, ".")
	return d.name(lang, topic, "desk.topic."+topic, "desk.topic."+dialog)
}

// agentName is how colleagues call an agent.
func (d *desk) agentName(v *visit, login string) string {
	if login == v.agent.Login {
		return v.agent.Name
	}
	if a, err := d.Staff.Agent(v.r.Context(), login); err == nil && a.Name != "" {
		return a.Name
	}
	return login
}

// A stamp is a moment as it is read, and as a program reads it.
type stamp struct{ Text, ISO string }

// when writes a moment of the town.
func (d *desk) when(lang string, at time.Time) stamp {
	at = at.In(d.Zone)
	arg := locales.Arg{Kind: "moment", Text: at.Format("2006-01-02T15:04")}
	text, err := d.texts.Format(lang, locales.Style{SMS: true}, arg)
	if err != nil {
		text = at.Format("2006-01-02 15:04")
	}
	return stamp{text, at.Format(time.RFC3339)}
}

// dayOf writes the day of a moment.
func (d *desk) dayOf(lang string, at time.Time) stamp {
	return stamp{d.day(lang, at), at.In(d.Zone).Format(time.RFC3339)}
}

// monthName names the month of a moment, with its year.
func (d *desk) monthName(lang string, at time.Time) string {
	return d.written(lang, "month", at.In(d.Zone).Format("2006-01"))
}

// weekday writes the day of a moment, with its name.
func (d *desk) weekday(lang string, at time.Time) stamp {
	at = at.In(d.Zone)
	name := d.written(lang, "days", strings.ToLower(at.Weekday().String()[:3]))
	return stamp{name + " " + d.day(lang, at), at.Format(time.RFC3339)}
}

// written writes a value as the reader's language does, as it stands when it
// cannot be.
func (d *desk) written(lang, kind, text string) string {
	if s, err := d.texts.Format(lang, locales.Style{}, locales.Arg{Kind: kind, Text: text}); err == nil {
		return s
	}
	return text
}

// age says how long ago something was.
func (d *desk) age(lang string, at time.Time) (stamp, error) {
	ago := d.Now().Sub(at)
	key, n := "desk.age.minutes", int(ago.Minutes())
	switch {
	case n < 1:
		key, n = "desk.age.now", 0
	case ago >= 48*time.Hour:
		key, n = "desk.age.days", int(ago.Hours()/24)
	case ago >= time.Hour:
		key, n = "desk.age.hours", int(ago.Hours())
	}
	text, err := write(d.texts, lang, key, "n", n)
	return stamp{text, at.In(d.Zone).Format(time.RFC3339)}, err
}

// channelName names a channel.
func (d *desk) channelName(lang string, ch bot.Channel) string {
	return d.name(lang, string(ch), "desk.channel."+string(ch))
}
