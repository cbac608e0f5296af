package events

import (
	"cmp"
	"slices"
	"time"
)

// A Match is an offer that may suit a need.
type Match struct {
	Profile
	Points int // the Fit of the two
}

// alike is how many points make no difference between two offers: whoever fits
// a little better is not proposed for ever before whoever fits as well.
const alike = 10

// Matches returns the n offers that suit a need best; all of them for n < 0. The
// rule, as the relais states it to whoever asks:
//
//   - Nobody is proposed without a day and an hour of care in common, with fewer
//     places than are needed, or for a child of an age that she does not take.
//   - First come those who fit better: points are given for days, hours, quarter,
//     month, languages, ages and places (see Fit), and ten points make a step.
//   - On the same step first comes whoever has waited longest: since she was last
//     proposed to a family, or else since she said that she has places.
//   - If that is equal too, the id decides, which is drawn at random.
//
// Nothing else counts: not the order in which they are listed, nor who they are.
func Matches(need Profile, offers []Profile, n int) []Match {
	var list []Match
	for _, o := range offers {
		if points := Fit(need.Participant, o.Participant); points > 0 && takes(need.Participant, o.Participant) {
			list = append(list, Match{o, points})
		}
	}
	slices.SortFunc(list, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Points/alike, a.Points/alike), a.idle().Compare(b.idle()), cmp.Compare(a.ID, b.ID))
	})
	if n >= 0 && n < len(list) {
		list = list[:n]
	}
	return list
}

// idle is since when nobody was proposed.
func (m Match) idle() time.Time {
	if m.Asked.After(m.Since) {
		return m.Asked
	}
	return m.Since
}

// takes tells whether the childminder of the two has room for the children of
// the other. What somebody left empty is no reason against.
func takes(a, b Participant) bool {
	if a.Side == Childminder {
		a, b = b, a
	}
	return (b.Places == 0 || a.Places <= b.Places) && agesFit(a.Ages, b.Ages) == agesWeight
}
