package desk

import (
	"bytes"
	"context"
	"html/template"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Reports counts a period for the half-yearly report, from included, to not, in
// the words of a language of the desk. It counts all institutions together.
type Reports func(ctx context.Context, lang string, from, to time.Time) (Report, error)

// A Report writes what was counted: as sections of a page, and for a spreadsheet.
type Report interface {
	Body(io.Writer) error
	CSV(io.Writer) error
}

// leastDays is how long a period is at least: of a day, a report would tell what
// one family did.
const leastDays = 28

// A bilan is what the page of the report shows.
type bilan struct {
	From, To string // the first and the last day, as the form has them
	Wrong    string // text id
	Halves   []halfYear
	CSV      string // address of the same figures for a spreadsheet
	Body     template.HTML
}

// A halfYear is a period to choose with one click.
type halfYear struct {
	Label, Address string
	Here           bool
}

// reportPage shows the figures of a period: those of this half-year, if none was
// chosen.
func (d *desk) reportPage(v *visit) error {
	if d.Reports == nil {
		return errNoPage
	}
	data := d.bilan(v)
	from, to, ok := d.period(data.From, data.To)
	if !ok {
		data.Wrong = "desk.report.wrong"
		return d.show(v, http.StatusUnprocessableEntity, "report", page{Title: "desk.report.title", Tab: "report", Data: data})
	}
	r, err := d.Reports(v.r.Context(), v.lang, from, to)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := r.Body(&body); err != nil {
		return err
	}
	data.CSV, data.Body = reportPath+".csv?"+days(data.From, data.To), template.HTML(body.String()) // written by a template of its own
	return d.show(v, http.StatusOK, "report", page{Title: "desk.report.title", Tab: "report", Data: data})
}

// reportCSV gives the same figures to the spreadsheet of an office.
func (d *desk) reportCSV(v *visit) error {
	if d.Reports == nil {
		return errNoPage
	}
	data := d.bilan(v)
	from, to, ok := d.period(data.From, data.To)
	if !ok {
		return errForm
	}
	r, err := d.Reports(v.r.Context(), v.lang, from, to)
	if err != nil {
		return err
	}
	if err := d.record(v.r.Context(), v.agent, "report-export", ""); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="bilan-`+data.From+"-"+data.To+`.csv"`)
	return r.CSV(v.w)
}

const reportPath = "/desk/report"

// bilan reads the period that was asked for.
func (d *desk) bilan(v *visit) bilan {
	this := halfOf(d.Now().In(d.Zone))
	b := bilan{From: this.Format(time.DateOnly), To: lastDay(this)}
	if q := v.r.URL.Query(); q.Has("from") || q.Has("to") {
		b.From, b.To = q.Get("from"), q.Get("to")
	}
	for i, label := range []string{"desk.report.this", "desk.report.last"} {
		from := this.AddDate(0, -6*i, 0)
		h := halfYear{label, reportPath + "?" + days(from.Format(time.DateOnly), lastDay(from)), from.Format(time.DateOnly) == b.From && lastDay(from) == b.To}
		b.Halves = append(b.Halves, h)
	}
	return b
}

func days(from, to string) string { return url.Values{"from": {from}, "to": {to}}.Encode() }

// halfOf is the first day of the half-year that holds a time.
func halfOf(at time.Time) time.Time {
	return time.Date(at.Year(), (at.Month()-1)/6*6+1, 1, 0, 0, 0, 0, at.Location())
}

// lastDay is the last day of the half-year that begins on a day.
func lastDay(from time.Time) string { return from.AddDate(0, 6, -1).Format(time.DateOnly) }

// period reads the first and the last day of a period.
func (d *desk) period(first, last string) (from, to time.Time, ok bool) {
	from, errFrom := time.ParseInLocation(time.DateOnly, first, d.Zone)
	to, errTo := time.ParseInLocation(time.DateOnly, last, d.Zone)
	to = to.AddDate(0, 0, 1)
	return from, to, errFrom == nil && errTo == nil && !to.Before(from.AddDate(0, 0, leastDays))
}
