package desk

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"doudou/knowledge/events"
)

// Meetings is what families need and childminders offer; bot.MeetingStore
// satisfies it.
type Meetings interface {
	Profiles(ctx context.Context, side events.Side, at time.Time) ([]events.Profile, error)
}

const (
	// fewest is the least number of people that other institutions are told: of
	// fewer, somebody could be recognised.
	fewest = 5
	// idleDays is after how many days without a child the relais calls.
	idleDays = 60
	// monthsShown are those in which care begins, one by one; then "later".
	monthsShown = 6
)

// A market is what the page of free places shows.
type market struct {
	Months   []string
	Offers   table
	Needs    table
	Idle     []idle
	Hosts    bool
	IdleDays int
	Fewest   int
}

// A table counts people by quarter and by the month in which care begins.
type table struct {
	ID     string // of what names it on the page
	Months []string
	Rows   []tableRow
}

// marketOf gives a table what the page shows around it.
func marketOf(m market, t table, id string) table {
	t.ID, t.Months = id, m.Months
	return t
}

type tableRow struct {
	Quarter string // "" for who named none
	Cells   []cell
}

// A cell is how many people, and how many places they offer or need.
type cell struct {
	People, Places int
	Few            bool // fewer than may be said
}

// An idle is a childminder who has had no child for long.
type idle struct {
	Name, Phone string
	Since       stamp
	Quarters    []string
}

// placesPage shows free places and needs, counted; and to the relais whom to
// call.
func (d *desk) placesPage(v *visit) error {
	if d.Meetings == nil {
		return errNoPage
	}
	minders, err := d.Meetings.Profiles(v.r.Context(), events.Childminder, d.Now())
	if err != nil {
		return err
	}
	families, err := d.Meetings.Profiles(v.r.Context(), events.Parent, d.Now())
	if err != nil {
		return err
	}
	data := market{Months: d.monthsAhead(v.lang), Hosts: d.hosts(v.agent), IdleDays: idleDays, Fewest: fewest}
	free := slices.DeleteFunc(slices.Clone(minders), func(p events.Profile) bool { return p.Places == 0 })
	data.Offers, data.Needs = d.counted(free, data.Hosts), d.counted(families, data.Hosts)
	if data.Hosts {
		if err := d.record(v.r.Context(), v.agent, "idle", ""); err != nil {
			return err
		}
		data.Idle = d.idle(v.lang, minders)
	}
	return d.show(v, http.StatusOK, "places", page{Title: "desk.places.title", Tab: "events", Data: data})
}

// monthsAhead names the months that the tables show, the present one first.
func (d *desk) monthsAhead(lang string) (names []string) {
	y, m, _ := d.Now().In(d.Zone).Date()
	for i := range monthsShown {
		names = append(names, d.monthName(lang, time.Date(y, m+time.Month(i), 1, 12, 0, 0, 0, d.Zone)))
	}
	return names
}

// counted counts profiles. One that names two quarters counts in both; what has
// begun, or may begin any time, counts in the first month.
func (d *desk) counted(list []events.Profile, all bool) table {
	now := d.Now().In(d.Zone)
	first := events.NewMonth(now.Year(), int(now.Month()))
	rows := map[string][]cell{}
	for _, p := range list {
		column := min(max(0, int(p.Start-first)), monthsShown)
		quarters := p.Quarters
		if len(quarters) == 0 {
			quarters = []string{""}
		}
		for _, q := range quarters {
			if rows[q] == nil {
				rows[q] = make([]cell, monthsShown+1)
			}
			rows[q][column].People++
			rows[q][column].Places += p.Places
		}
	}
	var t table
	for q, cells := range rows {
		t.Rows = append(t.Rows, tableRow{d.quarterName(q), veiled(cells, all)})
	}
	slices.SortFunc(t.Rows, func(a, b tableRow) int { return cmp.Compare(a.Quarter, b.Quarter) })
	return t
}

// veiled hides what is too few to be told to other institutions.
func veiled(cells []cell, all bool) []cell {
	for i, c := range cells {
		if !all && c.People > 0 && c.People < fewest {
			cells[i] = cell{Few: true}
		}
	}
	return cells
}

// quarterName writes a quarter as the town does: profiles have it in lower case.
func (d *desk) quarterName(quarter string) string {
	for _, q := range d.Knowledge.Town().Quarters {
		if strings.EqualFold(q.Name, quarter) {
			return q.Name
		}
	}
	return quarter
}

// idle lists the childminders who have had no child for long, the longest first.
func (d *desk) idle(lang string, minders []events.Profile) (list []idle) {
	minders = slices.DeleteFunc(minders, func(p events.Profile) bool { return !p.Idle(d.Now(), idleDays) })
	slices.SortStableFunc(minders, func(a, b events.Profile) int { return a.CaresSince.Compare(b.CaresSince) })
	for _, p := range minders {
		row := idle{Name: p.Name, Phone: d.written(lang, "phone", p.Phone),
			Since: stamp{d.day(lang, p.CaresSince), p.CaresSince.In(d.Zone).Format(time.DateOnly)}}
		for _, q := range p.Quarters {
			row.Quarters = append(row.Quarters, d.quarterName(q))
		}
		list = append(list, row)
	}
	return list
}
