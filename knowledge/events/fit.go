package events

import (
	"math/bits"
	"slices"
)

// What each subject counts for in the fit of a pair; together 100. Timetables
// come first because they decide whether a contract can be signed at all. They
// are what both sides wrote down about the care, and nothing else: no origin,
// no income, no opinion of anybody, no order of arrival.
const (
	daysWeight      = 25 // share of the days needed that are offered
	hoursWeight     = 25 // share of the hours needed that are offered
	quarterWeight   = 15 // a quarter in common
	startWeight     = 15 // the same month; a third less for each month between
	languagesWeight = 10 // a language in common
	agesWeight      = 5  // share of the children who are of an age that is taken
	placesWeight    = 5  // as many places as are needed

	// FullFit is the fit of a pair that agrees on everything.
	FullFit = daysWeight + hoursWeight + quarterWeight + startWeight + languagesWeight + agesWeight + placesWeight
)

// Fit says in whole points, 0 to FullFit, how well a parent and a childminder
// go together. The order of the two does not matter. 0 is a pair without a
// common day or without a common hour of care, which could sign nothing; every
// other pair has some points. What somebody left empty agrees with everything.
func Fit(a, b Participant) int {
	if a.Side == b.Side {
		return 0
	}
	if a.Side == Childminder {
		a, b = b, a
	}
	days, hours := daysFit(a.Days, b.Days), hoursFit(a.Hours, b.Hours)
	if days == 0 || hours < 0 {
		return 0
	}
	return days + hours + startFit(a.Start, b.Start) + agesFit(a.Ages, b.Ages) +
		points(quarterWeight, common(a.Quarters, b.Quarters)) +
		points(languagesWeight, common(a.Languages, b.Languages)) +
		points(placesWeight, b.Places == 0 || b.Places >= a.Places)
}

func points(weight int, yes bool) int {
	if yes {
		return weight
	}
	return 0
}

// daysFit is 0 only when no day is common: a day out of seven is three points.
func daysFit(needed, offered Days) int {
	if needed == 0 || offered == 0 {
		return daysWeight
	}
	return daysWeight * bits.OnesCount8(uint8(needed&offered)) / bits.OnesCount8(uint8(needed))
}

// hoursFit is -1 when no minute is common.
func hoursFit(needed, offered []Span) int {
	if len(needed) == 0 || len(offered) == 0 {
		return hoursWeight
	}
	need, both := 0, 0
	for _, n := range needed {
		need += int(n.To - n.From)
		for _, o := range offered {
			both += max(0, int(min(n.To, o.To)-max(n.From, o.From)))
		}
	}
	if both == 0 {
		return -1
	}
	return hoursWeight * min(both, need) / need
}

// startFit looks both ways: a family that waits and a place that stays empty
// are the same months.
func startFit(a, b Month) int {
	if a == 0 || b == 0 {
		return startWeight
	}
	return max(0, startWeight-startWeight/3*int(max(a-b, b-a)))
}

func agesFit(children, taken []Ages) int {
	if len(children) == 0 || len(taken) == 0 {
		return agesWeight
	}
	n := 0
	for _, child := range children {
		if slices.ContainsFunc(taken, func(t Ages) bool { return t.From <= child.From && child.To <= t.To }) {
			n++
		}
	}
	return agesWeight * n / len(children)
}

// common tells whether two lists share a word; an empty one shares all.
func common(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(word string) bool { return slices.Contains(b, word) })
}
