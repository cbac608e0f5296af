package events

import "time"

// Holiday tells whether a day, where it is, is a public holiday in France: the
// eleven of article L. 3133-1 of the labour code, without the two that only
// Alsace and Moselle have (Good Friday, 26 December).
func Holiday(day time.Time) bool {
	y, m, d := day.Date()
	switch (monthDay{m, d}) {
	case monthDay{time.January, 1}, monthDay{time.May, 1}, monthDay{time.May, 8}, monthDay{time.July, 14},
		monthDay{time.August, 15}, monthDay{time.November, 1}, monthDay{time.November, 11}, monthDay{time.December, 25}:
		return true
	}
	sunday := easter(y)
	for _, after := range []int{1, 39, 50} { // Easter Monday, Ascension, Whit Monday
		if _, em, ed := sunday.AddDate(0, 0, after).Date(); em == m && ed == d {
			return true
		}
	}
	return false
}

type monthDay struct {
	month time.Month
	day   int
}

// easter returns Easter Sunday of a year of the Gregorian calendar, by the
// method known as Meeus, Jones and Butcher.
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(year, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}
