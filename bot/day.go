package bot

import (
	"fmt"
	"strings"
)

// A Telling is what somebody was told of their own times at a speed-dating day.
type Telling struct {
	First   int    `json:"first"`   // version of the plan that told them for the first time
	Version int    `json:"version"` // version that told them this
	Times   string `json:"times"`   // see Day.Times
}

// After returns d with what everybody was told, brought forward from the plan
// before it: a published plan tells those whose own times are new or different,
// and nobody else.
func (d Day) After(before Day) Day {
	told := make(map[ContactID]Telling, len(before.Told))
	for contact, t := range before.Told {
		told[contact] = t
	}
	d.Told = told
	if !d.Published {
		return d
	}
	for contact, times := range d.allTimes() {
		if last, known := told[contact]; !known {
			told[contact] = Telling{First: d.Version, Version: d.Version, Times: times}
		} else if last.Times != times {
			told[contact] = Telling{First: last.First, Version: d.Version, Times: times}
		}
	}
	return d
}

// allTimes returns the times of each who was told some or has some now: somebody
// whose meetings all went away must hear of that too.
func (d Day) allTimes() map[ContactID]string {
	all := map[ContactID]string{}
	for contact := range d.Told {
		all[contact] = d.Times(contact)
	}
	for _, p := range d.Schedule.People {
		if times := d.Times(ContactID(p.ID)); times != noTimes {
			all[ContactID(p.ID)] = times
		}
	}
	return all
}

// noTimes stands for no meeting at all, in any language.
const noTimes = "—"

// Times writes when somebody meets people, and at which table, as it is read in
// any language: "09:30 (4), 09:46 (7)". A meeting of the past that was missed is
// still on their sheet: it is no news.
func (d Day) Times(contact ContactID) string {
	var list []string
	for _, m := range d.Schedule.Meetings {
		if m.Parent == string(contact) || m.Childminder == string(contact) {
			list = append(list, fmt.Sprintf("%s (%d)", m.Start, m.Table))
		}
	}
	if len(list) == 0 {
		return noTimes
	}
	return strings.Join(list, ", ")
}

// met returns whom somebody sat at a table with.
func (d Day) met(contact ContactID) []ContactID {
	var list []ContactID
	for _, m := range d.Schedule.Meetings {
		switch {
		case m.Missed:
		case m.Parent == string(contact):
			list = append(list, ContactID(m.Childminder))
		case m.Childminder == string(contact):
			list = append(list, ContactID(m.Parent))
		}
	}
	return list
}
