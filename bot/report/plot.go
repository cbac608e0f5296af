package report

import (
	"fmt"
	"strings"
)

// The measures of a drawing, in units that the page scales.
const (
	drawWidth = 360
	barHeight = 24
	barLeft   = 150 // where bars begin; their names stand before
	barMost   = 150 // the longest bar
	lineDown  = 110 // the bottom of a line
	lineHigh  = 80  // the highest point above it
)

// A drawing is a table as a picture: the page says its title, and in its
// description the same figures as the table beside it.
type drawing struct {
	ID, Title, About string
	Width, Height    int
	Bars             []bar
	Points           []point
	Lines            []string // points of a polyline, broken where a count is hidden
}

// A bar is one row.
type bar struct {
	Y, Text, Length, End int // End: where its figure is written
	Name, Value          string
	Hidden               bool
}

// A point is one row of a line.
type point struct {
	X, Y        int
	Name, Value string
	Hidden      bool
}

// draw draws a table; nil when a picture would say nothing.
func (r Report) draw(t Table) *drawing {
	most, shown := 0, 0
	for _, row := range t.Rows {
		if c := row.Counts[0]; plain(c) {
			most, shown = max(most, c.N), shown+1
		}
	}
	if t.Plot == "" || shown < 2 || most == 0 {
		return nil
	}
	d := &drawing{ID: strings.ReplaceAll(t.Key, ".", "-"), Title: r.title(t), Width: drawWidth}
	if t.Plot == Line {
		r.line(d, t, most)
	} else {
		r.bars(d, t, most)
	}
	var figures []string
	for _, row := range t.Rows {
		figures = append(figures, row.Label+" "+r.show(row.Counts[0]))
	}
	d.About = strings.Join(figures, ", ")
	return d
}

// plain tells whether a count is a number of the kind that a table is drawn of.
func plain(c Count) bool { return !c.Hidden && !c.None && c.Unit == "" && c.Said == "" }

func (r Report) bars(d *drawing, t Table, most int) {
	for _, row := range t.Rows {
		c := row.Counts[0]
		if !plain(c) && !c.Hidden {
			continue
		}
		b := bar{Y: d.Height + 4, Text: d.Height + 17, Name: shortly(row.Label), Value: r.show(c), Hidden: c.Hidden}
		if !c.Hidden {
			b.Length = c.N * barMost / most
		}
		b.End = barLeft + b.Length + 6
		d.Bars, d.Height = append(d.Bars, b), d.Height+barHeight
	}
}

// shortly cuts a label to what stands before a bar.
func shortly(label string) string {
	const most = 20
	if letters := []rune(label); len(letters) > most {
		return strings.TrimSpace(string(letters[:most-1])) + "…"
	}
	return label
}

func (r Report) line(d *drawing, t Table, most int) {
	d.Height = lineDown + 30
	step := (drawWidth - 60) / max(1, len(t.Rows)-1)
	var run []string
	for i, row := range t.Rows {
		c := row.Counts[0]
		p := point{X: 30 + i*step, Y: lineDown, Name: row.Label[:min(2, len(row.Label))], Value: r.show(c), Hidden: c.Hidden}
		if c.Hidden {
			d.Lines, run = append(d.Lines, strings.Join(run, " ")), nil
		} else {
			p.Y -= c.N * lineHigh / most
			run = append(run, fmt.Sprintf("%d,%d", p.X, p.Y))
		}
		d.Points = append(d.Points, p)
	}
	d.Lines = append(d.Lines, strings.Join(run, " "))
}
