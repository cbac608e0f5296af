package events

import (
	"errors"
	"fmt"
	"strings"
)

// newParticipant reads the cells of one row. It says all that is wrong with it
// at once.
func newParticipant(cell func(name string) string) (Participant, error) {
	p := Participant{ID: cell("id"), Side: Side(strings.ToLower(cell("side"))),
		Quarters: words(cell("quarter")), Languages: words(cell("languages"))}
	var wrong []error
	note := func(name string, err error) {
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", name, err))
		}
	}
	if p.ID == "" {
		note("id", errors.New("it is empty; give each person a word or a number"))
	}
	if p.Side != Parent && p.Side != Childminder {
		note("side", fmt.Errorf("%q must be parent or childminder", cell("side")))
	}
	note("days", each(cell("days"), p.addDay))
	note("hours", each(cell("hours"), p.addHours))
	note("start", p.readStart(cell("start")))
	note("child_months", each(cell("child_months"), p.addAges))
	note("places", p.readPlaces(cell("places")))
	note("from", readRoom(cell("from"), &p.Room.From))
	note("to", readRoom(cell("to"), &p.Room.To))
	if p.Room.To != 0 && p.Room.To <= p.Room.From {
		note("to", fmt.Errorf("%s is not after from, %s", p.Room.To, p.Room.From))
	}
	if wrong != nil {
		return Participant{}, row(wrong)
	}
	return p, nil
}

// A row is all that is wrong with one row, on one line.
type row []error

func (r row) Error() string {
	text := make([]string, len(r))
	for i, err := range r {
		text[i] = err.Error()
	}
	return strings.Join(text, "; ")
}

// items cuts a list joined by |, without what is empty.
func items(cell string) (list []string) {
	for item := range strings.SplitSeq(cell, "|") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}

// each hands the items of a cell to add, until one is refused.
func each(cell string, add func(string) error) error {
	for _, item := range items(cell) {
		if err := add(item); err != nil {
			return err
		}
	}
	return nil
}

func words(cell string) []string { return items(strings.ToLower(cell)) }

// addDay takes a day in English or French, whole or its first three letters.
func (p *Participant) addDay(text string) error {
	text = strings.ToLower(text)
	for i, names := range [...][2]string{{"monday", "lundi"}, {"tuesday", "mardi"}, {"wednesday", "mercredi"}, {"thursday", "jeudi"},
		{"friday", "vendredi"}, {"saturday", "samedi"}, {"sunday", "dimanche"}} {
		for _, name := range names {
			if text == name || text == name[:3] {
				p.Days |= Monday << i
				return nil
			}
		}
	}
	return fmt.Errorf("%q is not a day; write mon|tue|wed|thu|fri|sat|sun", text)
}

// addHours takes hours of care; those that end the next morning become two.
func (p *Participant) addHours(text string) error {
	from, to, ok := strings.Cut(text, "-")
	if !ok {
		return fmt.Errorf("%q must be written as 08:00-18:00", text)
	}
	start, err := ParseClock(strings.TrimSpace(from))
	if err != nil {
		return err
	}
	end, err := ParseClock(strings.TrimSpace(to))
	switch {
	case err != nil:
		return err
	case start == end:
		return fmt.Errorf("%q ends when it begins", text)
	case start < end:
		p.Hours = append(p.Hours, Span{start, end})
	default:
		p.Hours = append(p.Hours, Span{start, midnight}, Span{0, end})
	}
	return nil
}

func (p *Participant) readStart(cell string) error {
	if cell == "" {
		return nil
	}
	year, month, _ := strings.Cut(cell, "-")
	y, okY := digits(year, 4, 4)
	m, okM := digits(month, 2, 2)
	if !okY || !okM || m < 1 || m > 12 {
		return fmt.Errorf("%q is not a month; write it as 2027-01", cell)
	}
	p.Start = NewMonth(y, m)
	return nil
}

// addAges takes the age of a child, or the ages that a childminder takes: from
// 6 to 18 months "6-18", from 6 months "6".
func (p *Participant) addAges(text string) error {
	least, most, span := strings.Cut(text, "-")
	from, okFrom := digits(strings.TrimSpace(least), 1, 3)
	to, okTo := digits(strings.TrimSpace(most), 1, 3)
	switch {
	case !span && p.Side == Childminder:
		to, okTo = eldest, true
	case !span:
		to, okTo = from, true
	}
	if !okFrom || !okTo || from > to || to > eldest {
		return fmt.Errorf("%q is not an age in months, 0 to %d", text, eldest)
	}
	p.Ages = append(p.Ages, Ages{from, to})
	return nil
}

func (p *Participant) readPlaces(cell string) error {
	if cell == "" {
		return nil
	}
	n, ok := digits(cell, 1, 2)
	if !ok || n == 0 {
		return fmt.Errorf("%q is not a number of places, 1 to 99", cell)
	}
	p.Places = n
	return nil
}

func readRoom(cell string, c *Clock) (err error) {
	if cell != "" {
		*c, err = ParseClock(cell)
	}
	return err
}
