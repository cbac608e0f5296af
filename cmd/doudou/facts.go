package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"doudou/knowledge"
)

func factsCommand() command {
	return command{
		name: "facts", about: "lists the facts that answers state, or the places, with their dates",
		usage: "[places] [--expires DAYS] [--json | --csv]", example: "doudou facts --expires 60", run: runFacts,
	}
}

// runFacts lists the facts or the places of the town.
func runFacts(_ context.Context, p *program, flags *flag.FlagSet, args []string) error {
	days := flags.Int("expires", -1, "only what has ended or ends within so many `days`")
	asJSON := flags.Bool("json", false, "one JSON object a line")
	asCSV := flags.Bool("csv", false, "a table with a header, comma-separated")
	what := "facts"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		what, args = args[0], args[1:]
	}
	if err := p.parse(flags, args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		what = flags.Arg(0)
	}
	k, err := p.openTown()
	if err != nil {
		return err
	}
	var s sheet
	switch what {
	case "facts":
		s = factSheet(k, p.now())
	case "places":
		s = placeSheet(k, p.now())
	default:
		return fmt.Errorf("there is no list of %q; say nothing, or places", what)
	}
	if *days >= 0 {
		s.keep(k.Expiring(p.now(), *days))
	}
	switch {
	case *asJSON:
		return s.json(p)
	case *asCSV:
		return s.csv(p)
	}
	return s.text(p)
}

// A sheet is a list that can be printed in several forms. Its last column says
// the file and the line.
type sheet struct {
	head []string
	rows [][]string
}

func factSheet(k *knowledge.Knowledge, now time.Time) sheet {
	s := sheet{head: strings.Fields("id value kind unit sure state from until checked_on about source address file")}
	for _, f := range k.Facts() {
		s.rows = append(s.rows, []string{f.ID, f.Value, f.Kind, f.Unit, f.Sure, f.State(now), date(f.From), date(f.Until),
			date(f.CheckedOn), f.About, f.Source, f.Address, where(f.File, f.Line)})
	}
	return s
}

func placeSheet(k *knowledge.Knowledge, now time.Time) sheet {
	s := sheet{head: strings.Fields("id kind name state quarter address phone checked_on expires by note file")}
	for _, p := range k.Places() {
		s.rows = append(s.rows, []string{p.ID, p.Kind, p.Name, p.State(now), p.Quarter, p.Address, p.Phone,
			date(p.CheckedOn), date(p.Expires), p.By, p.Note, where(p.File, p.Line)})
	}
	return s
}

// keep drops the rows that do not end.
func (s *sheet) keep(ends []knowledge.Expiry) {
	s.rows = slices.DeleteFunc(s.rows, func(row []string) bool {
		return !slices.ContainsFunc(ends, func(e knowledge.Expiry) bool { return where(e.File, e.Line) == row[len(row)-1] })
	})
}

func where(file string, line int) string { return fmt.Sprintf("%s:%d", file, line) }

// date writes a day; nothing for none.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func (s sheet) json(p *program) error {
	lines := json.NewEncoder(p.out)
	lines.SetEscapeHTML(false)
	for _, row := range s.rows {
		object := map[string]string{}
		for i, name := range s.head {
			object[name] = row[i]
		}
		if err := lines.Encode(object); err != nil {
			return err
		}
	}
	return nil
}

func (s sheet) csv(p *program) error {
	w := csv.NewWriter(p.out)
	if err := w.Write(s.head); err != nil {
		return err
	}
	return w.WriteAll(s.rows)
}

func (s sheet) text(p *program) error {
	w := tabwriter.NewWriter(p.out, 0, 4, 2, ' ', 0)
	for _, row := range slices.Concat([][]string{s.head}, s.rows) {
		for i := range row {
			if row[i] == "" {
				row[i] = "-"
			}
		}
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	return w.Flush()
}
