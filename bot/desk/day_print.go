package desk

import (
	"net/http"
	"slices"

	"doudou/knowledge/events"
)

// A dayPrint is what the papers of a day are made of. They are in French, like
// all papers, and have no code and no telephone.
type dayPrint struct {
	date
	Sheet  string   // waves, tables, rotations
	Waves  []wave   // families by when they must come
	Tables []person // childminders, by table
	Sheets []person // everybody who has a meeting, families first
	Rounds int
}

// A wave is the families whose first meeting is at the same time.
type wave struct {
	At       string
	Families []person
}

// daySheets are the papers of a day.
func daySheets() []string { return []string{"waves", "tables", "rotations"} }

// dayPrintPage shows one paper of the day.
func (d *desk) dayPrintPage(v *visit) error {
	t, err := d.dating(v)
	if err != nil {
		return err
	}
	sheet := v.r.PathValue("sheet")
	if t.day.Version == 0 || !slices.Contains(daySheets(), sheet) {
		return errNoPage
	}
	data := dayPrint{date: d.date(sheetLanguage, t.Standing), Sheet: sheet, Rounds: t.day.Schedule.Rounds}
	data.fill(d.people(sheetLanguage, t))
	shown := page{Lang: sheetLanguage, Agent: v.agent, texts: d.texts, Data: data}
	return d.execute(v, http.StatusOK, "dayprint", "dayprint", &shown)
}

// fill sorts people into what is printed.
func (p *dayPrint) fill(people []somebody) {
	for _, who := range people {
		if len(who.Meetings) == 0 {
			continue
		}
		if who.side == string(events.Childminder) {
			p.Tables = append(p.Tables, who.person)
			continue
		}
		p.Sheets = append(p.Sheets, who.person)
		p.wave(who.person)
	}
	slices.SortStableFunc(p.Tables, func(a, b person) int { return a.Meetings[0].Table - b.Meetings[0].Table })
	slices.SortFunc(p.Waves, func(a, b wave) int { return compareClock(a.At, b.At) })
	p.Sheets = append(p.Sheets, p.Tables...)
}

// wave puts a family with those who begin at the same time.
func (p *dayPrint) wave(who person) {
	at := who.Meetings[0].At
	i := slices.IndexFunc(p.Waves, func(w wave) bool { return w.At == at })
	if i < 0 {
		p.Waves = append(p.Waves, wave{At: at})
		i = len(p.Waves) - 1
	}
	p.Waves[i].Families = append(p.Waves[i].Families, who)
}

func compareClock(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
