package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// show writes a count as it may be read.
func (r Report) show(c Count) string {
	switch {
	case c.Said != "":
		return c.Said
	case c.None:
		return r.words("report.none")
	case c.Hidden:
		return r.words("report.hidden")
	case c.Unit == Minutes && c.N >= 120:
		return fmt.Sprintf("%d h %02d", c.N/60, c.N%60)
	case c.Unit != "":
		return r.number(c) + "\u00a0" + r.words(c.Unit)
	}
	return r.number(c)
}

// number writes a number alone, as a spreadsheet of the language reads it.
func (r Report) number(c Count) string {
	if c.Unit == Cents {
		return fmt.Sprintf("%d%s%02d", c.N/100, r.words("report.decimal"), c.N%100)
	}
	return strconv.Itoa(c.N)
}

func (r Report) title(t Table) string {
	if t.Title != "" {
		return t.Title
	}
	return r.words("report." + t.Key)
}

func (r Report) note(t Table) string {
	if t.Note == "" {
		return ""
	}
	return r.words(t.Note)
}

func (r Report) heading(s Section) string { return r.words("report.part." + s.Key) }

// Period writes the days of the report, the last one included.
func (r Report) Period() string {
	return r.From.Format("02/01/2006") + " - " + r.To.Add(-time.Second).Format("02/01/2006")
}

// Text writes a report for a terminal.
func (r Report) Text(out io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s, %s\n", r.words("report.title"), r.Town, r.Period())
	for _, s := range r.Sections {
		fmt.Fprintf(&b, "\n== %s\n", r.heading(s))
		for _, t := range s.Tables {
			if len(t.Rows) > 0 {
				r.textTable(&b, t)
			}
		}
	}
	fmt.Fprintf(&b, "\n%s\n", r.words("report.small"))
	_, err := io.WriteString(out, b.String())
	return err
}

func (r Report) textTable(b *strings.Builder, t Table) {
	fmt.Fprintf(b, "\n%s\n", r.title(t))
	for _, c := range t.Columns {
		fmt.Fprintf(b, "  %12s", r.words(c))
	}
	b.WriteByte('\n')
	for _, row := range t.Rows {
		for _, c := range row.Counts {
			fmt.Fprintf(b, "  %12s", r.show(c))
		}
		fmt.Fprintf(b, "  %s\n", row.Label)
	}
	if note := r.note(t); note != "" {
		fmt.Fprintf(b, "  (%s)\n", note)
	}
	for _, u := range t.Unknown {
		fmt.Fprintf(b, "  ? %s\n", r.words(u))
	}
}

// CSV writes a report for the spreadsheet of an office in France: a mark of the
// encoding, cells separated by semicolons, a line for each figure.
func (r Report) CSV(out io.Writer) error {
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(out)
	c.Comma, c.UseCRLF = ';', true
	var head []string
	for _, name := range []string{"part", "table", "label", "column", "count", "unit", "note"} {
		head = append(head, r.words("report.csv."+name))
	}
	rows := [][]string{head}
	for _, s := range r.Sections {
		for _, t := range s.Tables {
			rows = append(rows, r.csvTable(s, t)...)
		}
	}
	return c.WriteAll(rows)
}

func (r Report) csvTable(s Section, t Table) (rows [][]string) {
	add := func(cells ...string) {
		for i := range cells {
			cells[i] = inert(cells[i])
		}
		rows = append(rows, cells)
	}
	for _, row := range t.Rows {
		for i, c := range row.Counts {
			n, unit := r.show(c), ""
			if !c.None && !c.Hidden && c.Said == "" {
				n = r.number(c)
			}
			if c.Unit != "" {
				unit = r.words(c.Unit)
			}
			add(r.heading(s), r.title(t), row.Label, r.words(t.Columns[i]), n, unit, r.note(t))
		}
	}
	for _, u := range t.Unknown {
		add(r.heading(s), r.title(t), r.words("report.unknowns"), "", "", "", r.words(u))
	}
	return rows
}

// inert keeps a spreadsheet from taking a cell for a formula.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
