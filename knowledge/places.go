package knowledge

import (
	"slices"
	"time"
)

// A Place is where a family may go. What is written of it reaches them only
// when somebody has checked it, and not for ever: see Spoken.
type Place struct {
	ID        string // stable: "pmi_lilas"
	Kind      string // one of PlaceKinds
	Name      string // as it stands on the door
	Address   string
	Quarter   string // a quarter of the town, or empty
	At        Point
	Hours     Hours
	Phone     string
	Languages []string // spoken there: "fr", "ar"
	Audience  string   // parents, childminders, all
	Note      string   // for the team, never said
	CheckedOn time.Time
	Expires   time.Time // last day on which it may be said
	By        string    // who checked it
	File      string
	Line      int
}

// PlaceKinds returns the kinds of place, which dialogs offer as choices.
func PlaceKinds() []string {
	return []string{"creche", "micro_creche", "drop_in", "relais", "pmi", "laep", "town_hall", "caf", "school_office", "disability"}
}

// State tells what may be done with a place on a day: "checked" may be said,
// "unchecked" and "expired" may not.
func (p Place) State(on time.Time) string {
	switch {
	case p.CheckedOn.IsZero():
		return "unchecked"
	case dayOf(on).After(p.Expires):
		return "expired"
	}
	return "checked"
}

// Spoken tells whether a family may be sent there on a day.
func (p Place) Spoken(on time.Time) bool { return p.State(on) == "checked" }

// For tells whether the place is meant for an audience ("parent",
// "childminder"); everything is for somebody who has not said who they are.
func (p Place) For(audience string) bool {
	return audience == "" || p.Audience == "all" || p.Audience == audience+"s"
}

// Places returns all places, checked or not, for the team. A family only hears
// of those that a Library finds.
func (k *Knowledge) Places() []Place { return slices.Clone(k.places) }

// spoken returns the places of a kind where a family may be sent at a time, in
// the order of the files.
func (k *Knowledge) spoken(kind, audience string, at time.Time) []Place {
	on := k.local(at)
	return slices.DeleteFunc(k.Places(), func(p Place) bool {
		return p.Kind != kind || !p.For(audience) || !p.Spoken(on)
	})
}
