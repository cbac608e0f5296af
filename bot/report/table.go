package report

import "cmp"

// A Table is one question that the report answers; its title is the text
// report.<key>, or Title.
type Table struct {
	Key     string
	Title   string   // "" for the text of the key
	Note    string   // text id of what the reader must know of the figures; "" for none
	Columns []string // text ids of what is counted, one for each count of a row
	Rows    []Row
	Plot    Plot
	Unknown []string // text ids: what Doudou cannot know of it
}

// A Plot is how a table is drawn beside its figures.
type Plot string

// The plots. No plot is for figures that are not of one kind.
const (
	Bars Plot = "bars" // the first column, a bar for each row
	Line Plot = "line" // the first column, from row to row: time goes by
)

// A Row is one line of figures.
type Row struct {
	Key    string // names it in its table
	Label  string
	Counts []Count
}

// A Count is a number as it may be shown.
type Count struct {
	N      int
	Unit   string // text id: "" for things, else one of the units below
	Said   string // as its source prints it, instead of N
	Hidden bool   // it is of fewer than five people, or would give such a count away
	None   bool   // there is nothing to count: no median of no answer
}

// Units of counts. Cents are shown as euros.
const (
	Minutes = "report.unit.minutes"
	Percent = "report.unit.percent"
	Cents   = "report.unit.euros"
)

// row is a row under the text of its key.
func (m *maker) row(key string, counts ...Count) Row { return Row{key, m.say(key), counts} }

// columns of a table that counts one thing.
func people() []string   { return []string{"report.column.people"} }
func messages() []string { return []string{"report.column.messages"} }
func number() []string   { return []string{"report.column.count"} }

// count is a number of things that are no people.
func count(n int) Count { return Count{N: n} }

// small is a number of people.
func small(n int) Count { return Count{N: n, Hidden: isSmall(n)} }

// part is a number of people among others who are counted too: neither they nor
// the rest are shown when they are few.
func part(n, of int) Count { return Count{N: n, Hidden: isSmall(n) || isSmall(of-n)} }

// share is a part in hundredths, hidden as the part itself.
func share(n, of int) Count {
	if of == 0 {
		return Count{None: true}
	}
	return Count{N: (100*n + of/2) / of, Unit: Percent, Hidden: part(n, of).Hidden || isSmall(of)}
}

// find returns a count of the first column, by table and row.
func find(sections []Section, table, row string) Count {
	for _, s := range sections {
		for _, t := range s.Tables {
			for _, r := range t.Rows {
				if t.Key == table && r.Key == row {
					return r.Counts[0]
				}
			}
		}
	}
	return Count{None: true}
}

// greatestFirst orders rows by their first count.
func greatestFirst(a, b Row) int {
	return cmp.Or(cmp.Compare(b.Counts[0].N, a.Counts[0].N), cmp.Compare(a.Label, b.Label))
}
