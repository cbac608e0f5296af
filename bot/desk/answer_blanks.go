package desk

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"doudou/bot"
	"doudou/knowledge"
	"doudou/locales"
)

// maxBlank is how long something that an agent fills in may be, in characters.
const maxBlank = 80

// blank is what stands before the name of what an agent fills in.
const blank = "b-"

// fill reads what an agent filled in; faults name, by input, what is wrong.
func (d *desk) fill(a bot.Approved, get func(name string) string) (bot.Pick, map[string]string) {
	pick, faults := bot.Pick{Key: a.ID, Args: map[string]locales.Arg{}}, map[string]string{}
	for _, b := range a.Blanks {
		typed := strings.TrimSpace(get(b.Name))
		if typed == "" {
			faults[b.Name] = "desk.fault.empty"
			continue
		}
		arg, ok := d.blankValue(b, typed)
		if _, err := d.Words.Format("fr", locales.Style{}, arg); !ok || err != nil {
			faults[b.Name] = "desk.answer.fault." + b.Kind
			continue
		}
		pick.Args[b.Name] = arg
	}
	return pick, faults
}

// blankValue is the canonical form of what was typed.
func (d *desk) blankValue(b knowledge.Blank, typed string) (locales.Arg, bool) {
	switch b.Kind {
	case "team":
		ok := slices.ContainsFunc(d.Knowledge.Teams(), func(t knowledge.Team) bool { return t.ID == typed })
		return locales.Arg{Kind: "choice", Text: typed, Key: "team." + typed}, ok
	case "half":
		return locales.Arg{Kind: "choice", Text: typed, Key: "reply.half." + typed}, typed == "morning" || typed == "afternoon"
	case "place":
		for _, p := range d.checked() {
			if p.ID == typed {
				return locales.Arg{Kind: "place", Text: placeText(p)}, true
			}
		}
		return locales.Arg{Kind: "place", Text: locales.Clean(typed)}, len(d.checked()) == 0 && utf8.RuneCountInString(typed) <= maxBlank
	case "text":
		return locales.Arg{Kind: "text", Text: locales.Clean(typed)}, utf8.RuneCountInString(typed) <= maxBlank
	case "euros":
		typed = strings.ReplaceAll(strings.ReplaceAll(typed, " ", ""), ",", ".")
	}
	return locales.Arg{Kind: b.Kind, Text: typed}, true
}

// checked are the places where a family may be sent today.
func (d *desk) checked() []knowledge.Place {
	on := d.Now().In(d.Zone)
	return slices.DeleteFunc(d.Knowledge.Places(), func(p knowledge.Place) bool { return !p.Spoken(on) })
}

// placeText is a place as it stands on the door and on the map.
func placeText(p knowledge.Place) string {
	if p.Address == "" {
		return p.Name
	}
	return p.Name + ", " + p.Address
}

// blanks are the questions of an answer's form, with what was typed.
func (d *desk) blanks(v *visit, a bot.Approved, get func(name string) string, faults map[string]string) []input {
	var list []input
	for _, b := range a.Blanks {
		i := input{ID: blank + b.Name, Type: "text", Label: "desk.answer.blank." + b.Name, Value: get(b.Name), Max: maxBlank, Needed: true, Fault: faults[b.Name]}
		switch b.Kind {
		case "date":
			i.Type, i.Max = "date", 0
		case "moment":
			i.Type, i.Max = "datetime-local", 0
		case "phone":
			i.Type = "tel"
		case "text":
			i.Hint = "desk.answer.hint.text"
		case "half":
			i.Type = "select"
			i.Choices = []choice{{"", ""}, {"morning", d.name(v.lang, "morning", "reply.half.morning")}, {"afternoon", d.name(v.lang, "afternoon", "reply.half.afternoon")}}
		case "team":
			i.Type, i.Choices = "select", []choice{{"", ""}}
			for _, t := range d.Knowledge.Teams() {
				i.Choices = append(i.Choices, choice{t.ID, d.teamName(v.lang, t.ID)})
			}
		case "place":
			d.placeInput(&i)
		}
		list = append(list, i)
	}
	return list
}

// placeInput lists the places that somebody has checked; where there are none,
// the agent writes the name.
func (d *desk) placeInput(i *input) {
	places := d.checked()
	if len(places) == 0 {
		i.Hint = "desk.answer.hint.place"
		return
	}
	i.Type, i.Choices = "select", []choice{{"", ""}}
	for _, p := range places {
		i.Choices = append(i.Choices, choice{p.ID, placeText(p)})
	}
}

// pack writes an answer and what was typed into it as one field of a form.
func pack(key string, blanks []knowledge.Blank, get func(name string) string) string {
	q := url.Values{"key": {key}}
	for _, b := range blanks {
		q.Set(blank+b.Name, get(b.Name))
	}
	return q.Encode()
}

// maxPicks is how many answers one message may hold.
const maxPicks = 5

// letter reads the message that a form carries.
func (d *desk) letter(v *visit, c bot.Case, more []bot.Pick) (Letter, error) {
	l := Letter{Text: v.field("text"), Seen: c.Lines, Free: !v.agent.Approved, Max: maxReply}
	if !l.Free {
		l.Text = ""
	}
	if n, err := strconv.Atoi(v.field("seen")); err == nil && n >= 0 {
		l.Seen = n
	}
	values, _, err := d.carried(v)
	if err != nil {
		return l, err
	}
	for _, value := range values {
		l.Picks = append(l.Picks, d.keep(value))
	}
	for _, p := range more {
		a, _ := d.Answers.Get(p.Key)
		l.Picks = append(l.Picks, d.keep(pack(p.Key, a.Blanks, func(name string) string { return v.field(blank + name) })))
	}
	if len(l.Picks) > maxPicks {
		return l, errForm
	}
	return l, nil
}

func (d *desk) keep(value string) inLetter {
	q, _ := url.ParseQuery(value) // read before
	a, _ := d.Answers.Get(q.Get("key"))
	return inLetter{a.Title, value}
}

// carried reads the answers that the message already holds.
func (d *desk) carried(v *visit) (values []string, picks []bot.Pick, err error) {
	values = v.r.PostForm["pick"]
	for _, value := range values {
		q, err := url.ParseQuery(value)
		if err != nil {
			return nil, nil, errForm
		}
		a, ok := d.Answers.Get(q.Get("key"))
		if !ok {
			return nil, nil, bot.ErrNoAnswer
		}
		pick, faults := d.fill(a, func(name string) string { return q.Get(blank + name) })
		if len(faults) > 0 {
			return nil, nil, errForm
		}
		picks = append(picks, pick)
	}
	return values, picks, nil
}
