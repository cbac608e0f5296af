package bot

import (
	"strings"
	"time"

	"doudou/knowledge/events"
)

// Days before which childminders are told.
const (
	stillDays     = 7  // that what they offer will not be believed any more
	monenfantDays = 14 // that they must write their places on monenfant.fr
)

// still asks childminders whether their places are still free, before nobody is
// proposed to them any more.
func (h herald) still(list []events.Profile) []Prompt {
	var due []Prompt
	for _, p := range list {
		if p.Listed && p.Side == events.Childminder && p.Until.After(h.now) && !p.Until.AddDate(0, 0, -stillDays).After(h.now) {
			until := h.date(p.Until)
			due = append(due, h.prompt(idOf("still", until), ContactID(p.ID), "places.still", map[string]string{"until": until}, p.Until))
		}
	}
	return due
}

// monenfant reminds childminders twice a year of what the law asks of them:
// their places, on monenfant.fr, before 1 June and 1 December.
func (h herald) monenfant(list []events.Profile) []Prompt {
	var due []Prompt
	for _, month := range []time.Month{time.June, time.December} {
		deadline := time.Date(h.now.In(h.zone).Year(), month, 1, 0, 0, 0, 0, h.zone)
		if !h.within(deadline.AddDate(0, 0, -monenfantDays), monenfantDays) {
			continue
		}
		for _, p := range list {
			if p.Listed && p.Side == events.Childminder {
				due = append(due, h.prompt(idOf("monenfant", h.date(deadline)), ContactID(p.ID), "places.monenfant",
					map[string]string{"deadline": h.date(deadline)}, deadline))
			}
		}
	}
	return due
}

func byID(a, b Prompt) int { return strings.Compare(a.ID, b.ID) }
