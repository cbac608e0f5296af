package desk

import (
	"cmp"
	"encoding/csv"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"doudou/bot"
)

// How much of the journal a page shows, and a spreadsheet holds.
const (
	journalShown = 200
	journalTaken = 50_000
)

// A chronicle is what the page of the journal shows.
type chronicle struct {
	Rows   []journalRow
	Form   []group
	Faults []input
	CSV    string // address of the same as a spreadsheet
	Full   bool   // there may be more than is shown
}

type journalRow struct {
	At               stamp
	Agent, Did, Case string
}

// journalPage shows a manager who did what: the acts of colleagues, without
// those that were done to cases of other teams.
func (d *desk) journalPage(v *visit) error {
	data, entries, err := d.chronicle(v, journalShown)
	if err != nil {
		return err
	}
	for _, e := range entries {
		data.Rows = append(data.Rows, journalRow{d.when(v.lang, e.At), e.Agent, d.didName(v.lang, e.Did), string(e.Case)})
	}
	data.Full = len(entries) == journalShown
	status := http.StatusOK
	if data.Faults = faulty(data.Form); len(data.Faults) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return d.show(v, status, "journal", page{Title: "desk.journal.title", Tab: "journal", Data: data})
}

// journalCSV gives the same as a spreadsheet. That it was taken away stands in the
// journal too.
func (d *desk) journalCSV(v *visit) error {
	_, entries, err := d.chronicle(v, journalTaken)
	if err != nil {
		return err
	}
	if err := d.record(v.r.Context(), v.agent, "export", ""); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="journal.csv"`)
	if _, err := io.WriteString(v.w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(v.w)
	c.Comma, c.UseCRLF = ';', true
	rows := [][]string{{d.name(v.lang, "", "desk.journal.at"), d.name(v.lang, "", "desk.journal.who"),
		d.name(v.lang, "", "desk.journal.did"), d.name(v.lang, "", "desk.journal.case")}}
	for _, e := range entries {
		rows = append(rows, []string{e.At.In(d.Zone).Format(time.DateTime), e.Agent, d.didName(v.lang, e.Did), string(e.Case)})
	}
	return c.WriteAll(rows)
}

// chronicle reads what is asked for, and what the agent may know of it.
func (d *desk) chronicle(v *visit, limit int) (chronicle, []bot.Entry, error) {
	colleagues, err := d.colleagues(v)
	if err != nil {
		return chronicle{}, nil, err
	}
	r := d.reads(v)
	q := bot.JournalQuery{Agents: append(colleagues, ""), Teams: v.agent.Teams, Did: v.query("did"), Case: bot.CaseID(v.query("case")), Limit: limit}
	if who := v.query("who"); slices.Contains(colleagues, who) {
		q.Agents = []string{who}
	}
	q.From, q.To = r.queryDay("from"), r.queryDay("to")
	if !q.To.IsZero() {
		q.To = q.To.AddDate(0, 0, 1)
	}
	asked := url.Values{}
	for _, name := range []string{"who", "did", "case", "from", "to"} {
		asked.Set(name, v.query(name))
	}
	data := chronicle{Form: d.journalForm(v, colleagues, r.faults), CSV: "/desk/journal.csv?" + asked.Encode()}
	entries, err := d.Staff.Journal(v.r.Context(), q)
	return data, entries, err
}

// colleagues are the logins of who shares a team with the agent.
func (d *desk) colleagues(v *visit) ([]string, error) {
	list, err := d.Staff.Agents(v.r.Context())
	var logins []string
	for _, a := range list {
		if slices.ContainsFunc(a.Teams, func(t string) bool { return slices.Contains(v.agent.Teams, t) }) {
			logins = append(logins, a.Login)
		}
	}
	return logins, err
}

func (d *desk) journalForm(v *visit, colleagues []string, faults map[string]string) []group {
	all := choice{"", d.name(v.lang, "", "desk.journal.all")}
	who, did := []choice{all}, []choice{all}
	for _, login := range colleagues {
		who = append(who, choice{login, login})
	}
	for _, key := range d.texts.Keys("fr") {
		if id, is := strings.CutPrefix(key, "desk.did."); is {
			did = append(did, choice{id, d.didName(v.lang, id)})
		}
	}
	slices.SortFunc(did[1:], func(a, b choice) int { return cmp.Compare(a.Label, b.Label) })
	return []group{{Legend: "desk.journal.filter", Inputs: []input{
		{ID: "who", Type: "select", Label: "desk.journal.who", Choices: who, Value: v.query("who")},
		{ID: "did", Type: "select", Label: "desk.journal.did", Choices: did, Value: v.query("did")},
		{ID: "case", Type: "text", Label: "desk.journal.case", Value: v.query("case"), Max: 40},
		{ID: "from", Type: "date", Label: "desk.journal.from", Value: v.query("from"), Fault: faults["from"]},
		{ID: "to", Type: "date", Label: "desk.journal.to", Value: v.query("to"), Fault: faults["to"]},
	}}}
}

func (d *desk) didName(lang, did string) string { return d.name(lang, did, "desk.did."+did) }

// query returns a word of the address.
func (v *visit) query(name string) string { return strings.TrimSpace(v.r.URL.Query().Get(name)) }

// queryDay reads a day of the address; zero when there is none.
func (r *formReader) queryDay(id string) time.Time {
	text := r.v.query(id)
	day, err := time.ParseInLocation(time.DateOnly, text, r.zone)
	if text != "" && err != nil {
		r.refuse(id, "desk.fault.day")
	}
	return day
}
