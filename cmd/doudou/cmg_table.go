package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"doudou/knowledge/cmg"
)

// cmgTable reads families from standard input and prints them with their CMG.
// All rows are checked first: if one is wrong, nothing is printed.
func (p *program) cmgTable() error {
	in := bufio.NewReader(p.in)
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = in.Discard(3) // spreadsheets put it first
	}
	table := csv.NewReader(in)
	header, err := table.Read()
	if err != nil {
		return fmt.Errorf("read the header of the CSV (%s): %w", strings.Join(cmgFields[:], ","), err)
	}
	columns, err := cmgColumns(header)
	if err != nil {
		return err
	}
	rows := [][]string{append(slices.Clone(header), "cmg", "rest", "reference", "cap", "valid_from")}
	rows, bad := p.cmgRows(table, columns, rows)
	if bad > 0 {
		return fmt.Errorf("%d rows are wrong; nothing was printed", bad)
	}
	out := csv.NewWriter(p.out)
	return out.WriteAll(rows)
}

// cmgRows adds the rows of the table with their results; bad ones are told on
// standard error and counted.
func (p *program) cmgRows(table *csv.Reader, columns map[string]int, rows [][]string) (_ [][]string, bad int) {
	today := p.today()
	for {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			return rows, bad
		}
		if err == nil {
			row, err = cmgRow(row, columns, today)
			if err != nil {
				line, _ := table.FieldPos(0)
				err = fmt.Errorf("line %d: %w", line, err)
			}
		}
		if err != nil {
			fmt.Fprintf(p.err, "doudou cmg: %v\n", err)
			bad++
			if fatal := (*csv.ParseError)(nil); !errors.Is(err, csv.ErrFieldCount) && (errors.As(err, &fatal) || errors.Is(err, io.ErrUnexpectedEOF)) {
				return rows, bad // nothing after it can be read as rows
			}
			continue
		}
		rows = append(rows, row)
	}
}

func cmgRow(row []string, columns map[string]int, today time.Time) ([]string, error) {
	f, err := readFamily(func(name string) string {
		if i, ok := columns[name]; ok {
			return strings.TrimSpace(row[i])
		}
		return ""
	}, today)
	if err != nil {
		return nil, err
	}
	r, err := cmg.Estimate(f.Input, f.on)
	if err != nil {
		return nil, err
	}
	return append(row, r.CMG.StringFixed(2), r.Rest.StringFixed(2), r.Reference.StringFixed(2),
		r.Cap.StringFixed(2), r.ValidFrom.Format(time.DateOnly)), nil
}

// cmgColumns finds the columns by name. Other columns are kept as they are; a
// column valid_from is the day when there is no date.
func cmgColumns(header []string) (map[string]int, error) {
	columns := map[string]int{}
	for i, name := range header {
		name = strings.TrimSpace(name)
		if _, twice := columns[name]; twice && slices.Contains(cmgFields[:], name) {
			return nil, fmt.Errorf("line 1: there are two columns %s", name)
		}
		columns[name] = i
	}
	if from, ok := columns["valid_from"]; ok {
		if _, dated := columns["date"]; !dated {
			columns["date"] = from
		}
	}
	for _, name := range cmgFields[:] {
		if _, ok := columns[name]; !ok && name != "aeeh" && name != "date" {
			return nil, fmt.Errorf("line 1: there is no column %s; the header names %s, in any order", name, strings.Join(cmgFields[:], ","))
		}
	}
	return columns, nil
}
