package desk

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"doudou/knowledge/events"
)

// An input is one question of a form, with what was typed and what is wrong.
type input struct {
	ID      string
	Type    string // of the HTML field; select, textarea and checks are elements of their own
	Label   string // text id
	Hint    string // text id, "" for none
	Value   string
	Chosen  []string // of checks
	Choices []choice // of select and checks
	Max     int      // characters of a text, the most of a number
	Needed  bool
	Fault   string // text id, "" when it is right
}

// Has tells whether a choice was made before.
func (i input) Has(value string) bool { return value == i.Value || slices.Contains(i.Chosen, value) }

// Describes lists the ids of what is said about the input, for its aria-describedby.
func (i input) Describes() string {
	switch {
	case i.Hint != "" && i.Fault != "":
		return i.ID + "-hint " + i.ID + "-fault"
	case i.Hint != "":
		return i.ID + "-hint"
	case i.Fault != "":
		return i.ID + "-fault"
	}
	return ""
}

// A group is the questions of a form that go together.
type group struct {
	Legend string // text id
	Inputs []input
}

// faulty lists the inputs that are wrong, in the order of the page.
func faulty(groups []group) (list []input) {
	for _, g := range groups {
		for _, i := range g.Inputs {
			if i.Fault != "" {
				list = append(list, i)
			}
		}
	}
	return list
}

// A formReader reads what was typed and notes what is wrong, once for each
// input: the first fault is the one to mend.
type formReader struct {
	v      *visit
	zone   *time.Location
	faults map[string]string // of an input: text id
}

func (d *desk) reads(v *visit) *formReader { return &formReader{v, d.Zone, map[string]string{}} }

func (r *formReader) refuse(id, fault string) {
	if r.faults[id] == "" {
		r.faults[id] = fault
	}
}

// text reads a text of at most so many characters.
func (r *formReader) text(id string, most int, needed bool) string {
	text := r.v.field(id)
	if text == "" && needed {
		r.refuse(id, "desk.fault.empty")
	}
	if utf8.RuneCountInString(text) > most {
		r.refuse(id, "desk.fault.long")
	}
	return text
}

// choice reads one of the values that were offered.
func (r *formReader) choice(id string, among []choice) string {
	value := r.v.field(id)
	if !slices.ContainsFunc(among, func(c choice) bool { return c.Value == value }) {
		r.refuse(id, "desk.fault.choice")
	}
	return value
}

// number reads a whole number between two others.
func (r *formReader) number(id string, from, to int) int {
	n, err := strconv.Atoi(r.v.field(id))
	if err != nil || n < from || n > to {
		r.refuse(id, "desk.fault.number")
	}
	return n
}

// day reads a day; zero when nothing is typed and nothing needed.
func (r *formReader) day(id string, needed bool) time.Time {
	if r.v.field(id) == "" && !needed {
		return time.Time{}
	}
	day, err := time.ParseInLocation(time.DateOnly, r.v.field(id), r.zone)
	if err != nil {
		r.refuse(id, "desk.fault.day")
	}
	return day
}

// clock reads a time of day.
func (r *formReader) clock(id string) events.Clock {
	c, err := events.ParseClock(r.v.field(id))
	if err != nil {
		r.refuse(id, "desk.fault.clock")
	}
	return c
}

// moment reads a day and an hour; zero when nothing is typed.
func (r *formReader) moment(id string) time.Time {
	if r.v.field(id) == "" {
		return time.Time{}
	}
	at, err := time.ParseInLocation(momentForm, r.v.field(id), r.zone)
	if err != nil {
		r.refuse(id, "desk.fault.moment")
	}
	return at
}

// momentForm is how browsers send a day and an hour.
const momentForm = "2006-01-02T15:04"
