package cmg

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// A structureScale holds the amounts that are in force between two days. The
// maxima change on 1 April with the BMAF, the brackets on 1 January with the
// year of income: a scale lasts until the next of the two.
type structureScale struct {
	from, until  time.Time          // both included
	company      [3]decimal.Decimal // maxima under 3, by bracket: micro-crèche and company
	organisation [3]decimal.Decimal // the same of an organisation that employs childminders
	brackets     [2]bracket
	computed     bool // company too could not be read
}

// A bracket is an income of a year up to which a higher maximum holds.
type bracket struct {
	one  int64 // euros, with one child
	more int64 // for each further child
}

func (b bracket) ceiling(in Enrolment) decimal.Decimal {
	ceiling := decimal.NewFromInt(b.one + int64(in.Children-1)*b.more)
	if in.Lone {
		return ceiling.Mul(exact("1.4"))
	}
	return ceiling
}

// bracket returns 1, 2 or 3 for the income of a year.
func (s structureScale) bracket(in Enrolment) int {
	income := in.Resources.Mul(decimal.NewFromInt(12))
	for i, b := range s.brackets {
		if !income.GreaterThan(b.ceiling(in)) {
			return i + 1
		}
	}
	return len(s.brackets) + 1
}

func (s structureScale) maxima(of Structure) [3]decimal.Decimal {
	if of == Organisation {
		return s.organisation
	}
	return s.company
}

// doubts names what was computed here and could not be read.
func (s structureScale) doubts(in Enrolment) []string {
	var notes []string
	if s.computed || in.Structure == Organisation {
		notes = append(notes, "CMG structure : plafonds calculés à partir de la BMAF, à un centime près")
	}
	if in.AEEH > 0 {
		notes = append(notes, "CMG structure : la majoration pour un enfant avec AEEH n'est pas comptée, à vérifier avec la Caf")
	}
	if in.Lone && in.Atypical {
		notes = append(notes, "CMG structure : le cumul des deux majorations (parent seul, horaires atypiques) est à vérifier avec la Caf")
	}
	return notes
}

// structureScales returns the scales, oldest first, each following the one before.
//
// The maxima of April 2026 for a micro-crèche or company are printed by one
// source and match 208.53, 179.76 and 151.00 % of the BMAF (478.16), less the
// CRDS; those of April 2025 are computed the same way from 474.37. Those of an
// organisation (172.57, 143.81, 115.05 %) are computed in both years, to the
// cent or so. The brackets are in the yearly instruction of the Sécurité
// sociale; the lower step of 2025 is that of 2026 less the 1.8 % of its rise.
func structureScales() []structureScale {
	old := three("984.26", "848.47", "712.72")
	oldOrganisation := three("814.53", "678.78", "543.03")
	income2023 := [2]bracket{{23903, 3392}, {53119, 7540}}
	income2024 := [2]bracket{{24333, 3453}, {54075, 7676}}
	return []structureScale{
		{day(2025, time.September, 1), day(2025, time.December, 31), old, oldOrganisation, income2023, true},
		{day(2026, time.January, 1), day(2026, time.March, 31), old, oldOrganisation, income2024, true},
		{day(2026, time.April, 1), day(2026, time.December, 31), three("992.13", "855.25", "718.41"),
			three("821.03", "684.20", "547.37"), income2024, false},
	}
}

func three(a, b, c string) [3]decimal.Decimal {
	return [3]decimal.Decimal{exact(a), exact(b), exact(c)}
}

// structureOn returns the scale of a calendar day, whatever the hour and the zone.
func structureOn(on time.Time) (structureScale, error) {
	d := day(on.Date())
	list := structureScales()
	if d.Before(list[0].from) {
		return structureScale{}, fmt.Errorf("%w: give a date from 2025-09-01 on", ErrBefore)
	}
	for _, s := range list {
		if !d.After(s.until) {
			return s, nil
		}
	}
	last := list[len(list)-1].until.Format(time.DateOnly)
	return structureScale{}, fmt.Errorf("%w: the last brackets of a structure end on %s; add the new ones to knowledge/cmg", ErrAfter, last)
}
