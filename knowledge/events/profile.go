package events

import "time"

// A Profile is what a family needs, or a childminder offers, until it says
// otherwise: the terms of a Participant, and what the other side may learn once
// both said yes.
type Profile struct {
	Participant
	Name  string `json:"name,omitempty"`  // first name
	Phone string `json:"phone,omitempty"` // E.164, the number to be given
	// Listed tells that it may be proposed to the other side; a profile that only
	// serves a speed-dating day is not.
	Listed  bool      `json:"listed,omitempty"`
	Since   time.Time `json:"since"`   // first said
	Changed time.Time `json:"changed"` // said or confirmed last
	Until   time.Time `json:"until"`   // not proposed after that, unless confirmed
	// Cares is how many children a childminder has now, -1 when she did not say,
	// and CaresSince since when it is so.
	Cares      int       `json:"cares"`
	CaresSince time.Time `json:"cares_since,omitzero"`
	// Asked is when it was last proposed to the other side; whoever matches fills
	// it in, it is not kept with the profile.
	Asked time.Time `json:"-"`
}

// Idle tells whether a childminder has had no child for as many days.
func (p Profile) Idle(now time.Time, days int) bool {
	return p.Side == Childminder && p.Cares == 0 && !p.CaresSince.IsZero() && now.Sub(p.CaresSince) >= time.Duration(days)*24*time.Hour
}
