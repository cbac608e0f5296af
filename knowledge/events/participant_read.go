package events

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// participantColumns are the columns of a list of participants. They may stand
// in any order, and others beside them are not read.
var participantColumns = [...]string{"id", "side", "days", "hours", "quarter", "start", "child_months", "places", "from", "to", "languages"}

// ReadParticipants reads a list of participants as a spreadsheet saves it:
// separated by commas or semicolons, with or without the mark that Excel puts
// first. If rows are wrong, nobody is returned, and the error says for each its
// line and what is wrong (errors.Join, one error a row).
func ReadParticipants(r io.Reader) ([]Participant, error) {
	t, err := openTable(r)
	if err != nil {
		return nil, err
	}
	var people []Participant
	var wrong []error
	lines := map[string]int{}
	for {
		p, line, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && lines[p.ID] > 0 {
			err = fmt.Errorf("line %d: id %q is that of line %d too; give each person their own", line, p.ID, lines[p.ID])
		}
		if err != nil {
			wrong = append(wrong, err)
			if t.broken {
				break
			}
			continue
		}
		lines[p.ID] = line
		people = append(people, p)
	}
	if wrong != nil {
		return nil, errors.Join(wrong...)
	}
	return people, nil
}

// A table is a CSV whose header has been read.
type table struct {
	*csv.Reader
	columns map[string]int
	broken  bool // nothing that follows can be read as rows
}

func openTable(r io.Reader) (*table, error) {
	in := bufio.NewReader(r)
	if mark, _ := in.Peek(3); string(mark) == "\ufeff" {
		_, _ = in.Discard(3)
	}
	t := &table{Reader: csv.NewReader(in), columns: map[string]int{}}
	t.Comma = separator(in)
	header, err := t.Read()
	if err != nil {
		return nil, fmt.Errorf("line 1: the header cannot be read (%w); it is %s", err, strings.Join(participantColumns[:], ","))
	}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := t.columns[name]; twice && slices.Contains(participantColumns[:], name) {
			return nil, fmt.Errorf("line 1: there are two columns %s; leave one", name)
		}
		t.columns[name] = i
	}
	for _, name := range participantColumns {
		if _, ok := t.columns[name]; !ok {
			return nil, fmt.Errorf("line 1: there is no column %s; the header is %s", name, strings.Join(participantColumns[:], ","))
		}
	}
	return t, nil
}

// separator looks at the first line: a French spreadsheet separates by
// semicolons.
func separator(in *bufio.Reader) rune {
	head, _ := in.Peek(in.Size())
	line, _, _ := strings.Cut(string(head), "\n")
	if strings.Count(line, ";") > strings.Count(line, ",") {
		return ';'
	}
	return ','
}

// next reads one participant; rows whose cells are all empty are passed over.
func (t *table) next() (Participant, int, error) {
	for {
		row, err := t.Read()
		if errors.Is(err, io.EOF) {
			return Participant{}, 0, err
		}
		if err != nil {
			t.broken = !errors.Is(err, csv.ErrFieldCount)
			return Participant{}, 0, rowError(err)
		}
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		line, _ := t.FieldPos(0)
		if !utf8.ValidString(strings.Join(row, "")) {
			return Participant{}, line, fmt.Errorf("line %d: letters cannot be read; save the list as CSV UTF-8", line)
		}
		p, err := newParticipant(func(name string) string { return strings.TrimSpace(row[t.columns[name]]) })
		if err != nil {
			err = fmt.Errorf("line %d: %w", line, err)
		}
		return p, line, err
	}
}

// rowError says where the row is that could not be read.
func rowError(err error) error {
	if at := (*csv.ParseError)(nil); errors.As(err, &at) {
		if errors.Is(err, csv.ErrFieldCount) {
			return fmt.Errorf("line %d: the row has more or fewer cells than the header", at.Line)
		}
		return fmt.Errorf("line %d: %w; nothing after it was read", at.Line, at.Err)
	}
	return fmt.Errorf("read the list: %w", err)
}
