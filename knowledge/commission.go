package knowledge

import (
	"errors"
	"time"

	"go.yaml.in/yaml/v3"
)

// A Commission is a day on which the town gives places in its crèches, and the
// last day to hand in a file for it.
type Commission struct{ Date, Deadline time.Time }

// ErrNoCommission: the town gives no date, or nobody has checked them.
var ErrNoCommission = errors.New("no date of the commission is known")

// commissionsFile is the part of town.yaml about the commission.
type commissionsFile struct {
	CheckedOn day    `yaml:"checked_on"`
	By        string `yaml:"by"`
	Dates     []struct {
		Date     day `yaml:"date"`
		Deadline day `yaml:"deadline"`
	} `yaml:"dates"`
}

// read returns the dates that may be said: none before somebody has checked them.
func (f commissionsFile) read(doc *yaml.Node) (list []Commission, wrong []error) {
	at := func(i int) position { return position{"town.yaml", linesOf(under(doc, "commissions"), "dates")[i]} }
	for i, d := range f.Dates {
		c := Commission{d.Date.Time, d.Deadline.Time}
		switch {
		case c.Date.IsZero() || c.Deadline.IsZero() || c.Deadline.After(c.Date):
			wrong = append(wrong, at(i).wrong("a commission has a date, and a deadline that is not after it"))
		case i > 0 && !c.Date.After(f.Dates[i-1].Date.Time):
			wrong = append(wrong, at(i).wrong("the commissions are in order, each on its own day"))
		}
		list = append(list, c)
	}
	if f.CheckedOn.IsZero() {
		return nil, wrong
	}
	if f.By == "" {
		wrong = append(wrong, position{"town.yaml", lineOf(doc, "commissions")}.wrong("say who checked the dates of the commission (by)"))
	}
	return list, wrong
}

// Commission returns the first commission for which a file handed in on a day
// is still in time.
func (k *Knowledge) Commission(on time.Time) (Commission, bool) {
	today := dayOf(k.local(on))
	for _, c := range k.town.Commissions {
		if !c.Deadline.Before(today) {
			return c, true
		}
	}
	return Commission{}, false
}

// commission answers creche.commission.
func (l *Library) commission(map[string]string) (map[string]string, error) {
	c, ok := l.Knowledge.Commission(l.Now)
	if !ok {
		return nil, ErrNoCommission
	}
	return map[string]string{"date": c.Date.Format(time.DateOnly), "deadline": c.Deadline.Format(time.DateOnly)}, nil
}
