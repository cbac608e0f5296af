package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"doudou/bot"
	"doudou/locales"
)

// maxLines is how much of a thread is shown.
const maxLines = 200

// A said is one line of a thread as the agent reads it.
type said struct {
	Seq     int64
	Speaker string
	Name    string // of the member of staff
	Lang    string // of the words, when known
	Dir     string
	Texts   []string // paragraphs
	Choices []string // what the robot offered
	Masked  bool     // a private answer
	Tapped  bool     // a button, not typed
	Day     string   // set on the first line of a day
	At      stamp
	Hidden  int // lines of another team's case, not shown
}

// thread returns the lines of the family, those of cases of other teams left
// out and counted.
func (d *desk) thread(v *visit, c bot.Case) ([]said, error) {
	lines, err := d.Cases.Thread(v.r.Context(), c.Contact, maxLines)
	if err != nil {
		return nil, err
	}
	return d.read(v, c, lines)
}

func (d *desk) read(v *visit, c bot.Case, lines []bot.Line) ([]said, error) {
	may := map[bot.CaseID]bool{"": true, c.ID: true}
	var list []said
	day := ""
	for _, l := range lines {
		if l.Speaker == bot.Undone || l.Team != "" && !d.within(v.agent, l.Team) {
			continue
		}
		shown, err := d.mayRead(v, may, l.Case)
		if err != nil {
			return nil, err
		}
		if !shown {
			list = hide(list, l.Seq)
			continue
		}
		s := d.said(v, l)
		if date := d.day(v.lang, l.At); date != day {
			s.Day, day = date, date
		}
		list = append(list, s)
	}
	return list, nil
}

// mayRead tells whether the agent may read the lines of a case, which may be an
// earlier one of the same family with another institution.
func (d *desk) mayRead(v *visit, known map[bot.CaseID]bool, id bot.CaseID) (bool, error) {
	if may, ok := known[id]; ok {
		return may, nil
	}
	c, err := d.Cases.Case(v.r.Context(), id)
	if err != nil && !errors.Is(err, bot.ErrGone) {
		return false, err
	}
	known[id] = err == nil && sees(v.agent, c)
	return known[id], nil
}

// within tells whether an agent is of the institution of a team: notes of
// another do not exist for them.
func (d *desk) within(a bot.Agent, team string) bool {
	return slices.ContainsFunc(a.Teams, func(mine string) bool { return mine == team || d.house(mine) != "" && d.house(mine) == d.house(team) })
}

func hide(list []said, seq int64) []said {
	if last := len(list) - 1; last >= 0 && list[last].Hidden > 0 {
		list[last].Hidden++
		list[last].Seq = seq
		return list
	}
	return append(list, said{Seq: seq, Speaker: "hidden", Hidden: 1})
}

// said turns a line into what the agent reads: the robot's words in the agent's
// language, all others as they were typed.
func (d *desk) said(v *visit, l bot.Line) said {
	at := l.At.In(d.Zone)
	s := said{Seq: l.Seq, Speaker: string(l.Speaker), Masked: l.Masked, Lang: l.Lang, Dir: "auto",
		At: stamp{at.Format("15:04"), at.Format(time.RFC3339)}}
	if l.Agent != "" {
		s.Name = d.agentName(v, l.Agent)
	}
	switch {
	case l.Masked:
	case len(l.Says) > 0:
		s.Tapped = l.Speaker == bot.Family
		d.speak(v, l, &s)
		if l.Speaker == bot.Staff {
			s.Texts = append(s.Texts, paragraphs(l.Text)...)
		}
	default:
		s.Texts = paragraphs(l.Text)
	}
	if l.Speaker == bot.Staff || l.Speaker == bot.Aside {
		s.Lang = "" // what colleagues write may be in any language
	}
	return s
}

// speak writes again what the robot said, by its keys, in the agent's language.
func (d *desk) speak(v *visit, l bot.Line, s *said) {
	s.Lang = d.Words.Best(v.lang)
	s.Dir = "ltr"
	if locales.RightToLeft(s.Lang) {
		s.Dir = "rtl"
	}
	facts := func(id string) (locales.Arg, bool) {
		f, ok := d.Knowledge.Fact(id, l.At)
		return locales.Arg{Kind: f.Kind, Text: f.Value}, ok
	}
	for i, t := range l.Says {
		line := locales.Line{Key: t.Key, Count: t.Count, Args: make(map[string]locales.Arg, len(t.Args))}
		for name, value := range t.Args {
			line.Args[name] = locales.Arg{Kind: string(value.Kind), Text: value.Text, Key: value.Key}
			if value.Private {
				line.Args[name] = locales.Arg{Kind: "text", Text: "•••"}
			}
		}
		text, err := d.Words.Text(s.Lang, locales.Style{Isolate: true}, line, facts)
		if err != nil {
			text = "[" + t.Key + "]" // a text that a later release took away, or ruled by a private number
		}
		if i > 0 && isChoice(t.Key) {
			s.Choices = append(s.Choices, text)
		} else {
			s.Texts = append(s.Texts, paragraphs(text)...)
		}
	}
}

// isChoice tells the label of a choice from a text, by its id.
func isChoice(key string) bool {
	if strings.HasPrefix(key, "intent.") || key == "global.human" || key == "global.menu" {
		return true
	}
	return strings.Count(key, ".") >= 2 && !strings.HasSuffix(key, ".retry")
}

func paragraphs(text string) []string {
	var list []string
	for _, p := range strings.Split(text, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// day names the day of a line.
func (d *desk) day(lang string, at time.Time) string {
	text, err := d.texts.Format(lang, locales.Style{}, locales.Arg{Kind: "date", Text: at.In(d.Zone).Format("2006-01-02")})
	if err != nil {
		return at.Format("2006-01-02")
	}
	return text
}

// since returns the lines that came after a reader's eyes had left.
func (d *desk) since(ctx context.Context, c bot.Case, seen int) ([]bot.Line, error) {
	lines, err := d.Cases.Thread(ctx, c.Contact, maxLines)
	fresh := min(max(c.Lines-seen, 0), len(lines))
	return lines[len(lines)-fresh:], err
}
