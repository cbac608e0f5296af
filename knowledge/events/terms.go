package events

import (
	"fmt"
	"strconv"
	"strings"
)

// ReadParticipant reads one participant from cells named as the columns of a
// list (see ReadParticipants); a cell that is not there is empty.
func ReadParticipant(cells map[string]string) (Participant, error) {
	return newParticipant(func(name string) string { return strings.TrimSpace(cells[name]) })
}

// Cells writes a participant as ReadParticipant reads it, without the cells that
// are empty.
func (p Participant) Cells() map[string]string {
	cells := map[string]string{
		"id": p.ID, "side": string(p.Side), "days": p.Days.String(), "hours": hoursText(p.Hours),
		"quarter": strings.Join(p.Quarters, "|"), "start": p.Start.String(), "child_months": agesText(p.Ages),
		"places": numberText(p.Places), "languages": strings.Join(p.Languages, "|"),
		"from": roomText(p.Room.From), "to": roomText(p.Room.To),
	}
	for name, text := range cells {
		if text == "" {
			delete(cells, name)
		}
	}
	return cells
}

// String writes days in the order of the week, "mon|tue"; "" for any.
func (d Days) String() string {
	var list []string
	for i, name := range [...]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		if d&(Monday<<i) != 0 {
			list = append(list, name)
		}
	}
	return strings.Join(list, "|")
}

// String writes a month as "2027-01"; "" for any.
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", (m-1)/12, (m-1)%12+1)
}

// String writes a part of a day as "08:00-18:00".
func (s Span) String() string { return s.From.String() + "-" + s.To.String() }

// hoursText writes hours of care; those that go on after midnight are one again.
func hoursText(spans []Span) string {
	var list []string
	for i, s := range spans {
		if i > 0 && s.From == 0 && spans[i-1].To == midnight {
			list[len(list)-1] = Span{spans[i-1].From, s.To}.String()
			continue
		}
		list = append(list, s.String())
	}
	return strings.Join(list, "|")
}

func agesText(ages []Ages) string {
	var list []string
	for _, a := range ages {
		if a.From == a.To {
			list = append(list, strconv.Itoa(a.From))
			continue
		}
		list = append(list, fmt.Sprintf("%d-%d", a.From, a.To))
	}
	return strings.Join(list, "|")
}

func numberText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func roomText(c Clock) string {
	if c == 0 {
		return ""
	}
	return c.String()
}
