package desk

import (
	"encoding/csv"
	"strconv"

	"doudou/bot"
	"doudou/knowledge/events"
)

// figures are what came of a day.
type figures struct {
	Families, FamiliesCame         int
	Childminders, ChildmindersCame int
	Planned, Held                  int // meetings
	Wished                         int // introductions that at least one side asked for
	Exchanged                      int
	Visits, Contracts              int
}

// figures counts what came of a day. Held are the meetings at which both had
// come; whether they talked is not for a machine to know.
func (d *desk) figures(v *visit, t dating) (figures, error) {
	var f figures
	came := map[string]bool{}
	for _, s := range t.roster {
		p, _ := participant(s)
		here := !s.Came.IsZero()
		came[string(s.Contact)] = here
		switch p.Side {
		case events.Parent:
			f.Families, f.FamiliesCame = f.Families+1, f.FamiliesCame+one(here)
		case events.Childminder:
			f.Childminders, f.ChildmindersCame = f.Childminders+1, f.ChildmindersCame+one(here)
		}
	}
	for _, m := range t.day.Schedule.Meetings {
		f.Planned++
		f.Held += one(!m.Missed && came[m.Parent] && came[m.Childminder])
	}
	list, err := d.Days.Introductions(v.r.Context(), "", t.ID)
	for _, i := range list {
		f.Wished++
		f.Exchanged += one(!i.Exchanged.IsZero())
		f.Visits += one(i.Visit == bot.Yes)
		f.Contracts += one(i.Contract == bot.Yes)
	}
	return f, err
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Rows are the figures as a table: text id and number.
func (f figures) Rows() []figure {
	return []figure{
		{"desk.figures.families", f.Families}, {"desk.figures.familiescame", f.FamiliesCame},
		{"desk.figures.childminders", f.Childminders}, {"desk.figures.childminderscame", f.ChildmindersCame},
		{"desk.figures.planned", f.Planned}, {"desk.figures.held", f.Held}, {"desk.figures.wished", f.Wished},
		{"desk.figures.exchanged", f.Exchanged}, {"desk.figures.visits", f.Visits}, {"desk.figures.contracts", f.Contracts},
	}
}

// A figure is one line.
type figure struct {
	Key string
	N   int
}

// dayFiguresCSV gives the figures to the spreadsheet of an office in France.
func (d *desk) dayFiguresCSV(v *visit) error {
	t, err := d.dating(v)
	if err != nil {
		return err
	}
	f, err := d.figures(v, t)
	if err != nil {
		return err
	}
	rows := [][]string{}
	for _, row := range f.Rows() {
		label, err := write(d.texts, v.lang, row.Key)
		if err != nil {
			return err
		}
		rows = append(rows, []string{label, strconv.Itoa(row.N)})
	}
	v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="rencontre-`+t.Start.In(d.Zone).Format("2006-01-02")+`.csv"`)
	if _, err := v.w.Write([]byte("\ufeff")); err != nil {
		return nil // the browser left
	}
	c := csv.NewWriter(v.w)
	c.Comma, c.UseCRLF = ';', true
	return c.WriteAll(rows)
}
