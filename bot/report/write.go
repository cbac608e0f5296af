package report

import (
	"embed"
	"encoding/csv"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"time"
)

// A writer writes a report in the words of one language.
type writer struct {
	Report
	words func(string) string
}

// show writes a count as it may be read.
func (w writer) show(c Count) string {
	switch {
	case c.None:
		return ""
	case c.Hidden:
		return w.words("report.hidden")
	case c.Unit != "":
		return strconv.Itoa(c.N) + " " + w.words(c.Unit)
	}
	return strconv.Itoa(c.N)
}

func (w writer) note(t Table) string {
	if t.Note == "" {
		return ""
	}
	return w.words(t.Note)
}

func (w writer) title(t Table) string { return w.words("report." + t.Key) }

// Period writes the days of the report, the last one included.
func (w writer) Period() string {
	return w.From.Format("02/01/2006") + " - " + w.To.Add(-time.Second).Format("02/01/2006")
}

// Text writes a report for a terminal.
func (r Report) Text(out io.Writer, words func(string) string) error {
	w := writer{r, words}
	if _, err := fmt.Fprintf(out, "%s, %s, %s\n", words("report.title"), r.Town, w.Period()); err != nil {
		return err
	}
	for _, t := range r.Tables {
		fmt.Fprintf(out, "\n%s\n", w.title(t))
		for _, row := range t.Rows {
			fmt.Fprintf(out, "  %12s  %s\n", w.show(row.Count), row.Label)
		}
		if note := w.note(t); note != "" {
			fmt.Fprintf(out, "  (%s)\n", note)
		}
	}
	_, err := fmt.Fprintf(out, "\n%s\n", words("report.small"))
	return err
}

// CSV writes a report for the spreadsheet of an office in France: a mark of the
// encoding, and cells separated by semicolons.
func (r Report) CSV(out io.Writer, words func(string) string) error {
	w := writer{r, words}
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(out)
	c.Comma, c.UseCRLF = ';', true
	rows := [][]string{{words("report.csv.table"), words("report.csv.label"), words("report.csv.count"), words("report.csv.unit"), words("report.csv.note")}}
	for _, t := range r.Tables {
		for _, row := range t.Rows {
			n, unit := strconv.Itoa(row.Count.N), ""
			if row.Count.Hidden || row.Count.None {
				n = w.show(row.Count)
			}
			if row.Count.Unit != "" {
				unit = words(row.Count.Unit)
			}
			rows = append(rows, []string{w.title(t), row.Label, n, unit, w.note(t)})
		}
	}
	return c.WriteAll(rows)
}

//go:embed report.html
var files embed.FS

// HTML writes a report as one page that prints on A4 and needs nothing else.
func (r Report) HTML(out io.Writer, words func(string) string) error {
	w := writer{r, words}
	t, err := template.New("report.html").Funcs(template.FuncMap{"t": words, "show": w.show, "note": w.note, "title": w.title, "bar": bar}).ParseFS(files, "report.html")
	if err != nil {
		return err
	}
	return t.Execute(out, w)
}

// barWidth is the length of the longest bar.
const barWidth = 240

// bar returns the length of the bar of a row among those of its table.
func bar(t Table, c Count) int {
	most := 0
	for _, r := range t.Rows {
		if !r.Count.Hidden {
			most = max(most, r.Count.N)
		}
	}
	if c.Hidden || c.None || most == 0 {
		return 0
	}
	return c.N * barWidth / most
}
