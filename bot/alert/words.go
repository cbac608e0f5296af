package alert

import (
	"fmt"
	"strings"
	"time"

	"doudou/bot"
	"doudou/locales"
)

// write writes a message in the language of its agent: what waits, each with a
// link to the desk, and nothing that a family said.
func (w *Watch) write(lang string, a bot.Agent, items []item, now time.Time) (Message, error) {
	t := writer{texts: w.Texts, w: w, lang: w.Texts.Best(lang), now: now}
	var m Message
	for _, it := range items {
		m.Urgent = m.Urgent || it.wait.Case.Urgent
	}
	subject := "alert.subject"
	if m.Urgent {
		subject = "alert.subject.urgent"
	}
	m.Subject = t.say(subject, "n", len(items))
	parts := []string{t.say("alert.hello", "name", a.Name)}
	for _, it := range items {
		parts = append(parts, t.item(a, it))
	}
	parts = append(parts, t.say("alert.foot", "link", w.link("/desk/me")))
	m.Body = strings.Join(parts, "\n\n")
	return m, t.err
}

// A writer writes texts of the desk; the first error stands.
type writer struct {
	texts *locales.Catalog
	w     *Watch // nil for texts that name no team
	lang  string
	now   time.Time
	err   error
}

// item writes one wait: what it is, why the agent is told, where to answer.
func (t *writer) item(a bot.Agent, it item) string {
	c := it.wait.Case
	lines := []string{t.say("alert.case", "id", c.ID, "team", t.team(c.Team), "language", t.language(c.Lang), "age", t.age(t.now.Sub(it.wait.Since)))}
	if c.Urgent {
		lines[0] = t.say("alert.urgent") + " " + lines[0]
	}
	if why := "alert.why." + string(it.kind); it.kind != bot.NoticeUrgent {
		lines = append(lines, t.say(why))
	}
	if it.kind == bot.NoticeManager && c.Held() {
		lines = append(lines, t.say("alert.held"))
	}
	if !within(a, c) {
		return strings.Join(append(lines, t.say("alert.ask", "team", t.team(c.Team))), "\n")
	}
	return strings.Join(append(lines, t.w.link("/desk/cases/"+string(c.ID))), "\n")
}

// age says how long a family has waited.
func (t *writer) age(d time.Duration) string {
	switch n := int(d.Minutes()); {
	case n < 1:
		return t.say("alert.age.now")
	case n < 60:
		return t.say("alert.age.minutes", "n", n)
	case n < 48*60:
		return t.say("alert.age.hours", "n", n/60)
	default:
		return t.say("alert.age.days", "n", n/60/24)
	}
}

func (t *writer) team(id string) string {
	name := id
	for _, team := range t.w.Knowledge.Teams() {
		if team.ID == id {
			name = team.Name
		}
	}
	return t.named(name, t.w.Words, "team."+id)
}

func (t *writer) language(code string) string {
	return t.named(code, t.texts, "desk.language."+code)
}

// named returns a text without arguments, or the name as it stands.
func (t *writer) named(name string, c *locales.Catalog, key string) string {
	in := c.Best(t.lang)
	if !c.Has(in, key) {
		return name
	}
	text, err := c.Text(in, locales.Style{}, locales.Line{Key: key}, nil)
	if err != nil {
		return name
	}
	return text
}

// say writes one text; arguments are pairs, "n" rules the plural.
func (t *writer) say(key string, args ...any) string {
	line := locales.Line{Key: key, Args: map[string]locales.Arg{}}
	for i := 0; i+1 < len(args); i += 2 {
		name := fmt.Sprint(args[i])
		kind := "text"
		if name == "n" {
			kind, line.Count = "count", name
		}
		line.Args[name] = locales.Arg{Kind: kind, Text: fmt.Sprint(args[i+1])}
	}
	text, err := t.texts.Text(t.lang, locales.Style{}, line, nil)
	if err != nil && t.err == nil {
		t.err = fmt.Errorf("write to staff: %w", err)
	}
	return text
}
