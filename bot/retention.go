package bot

import (
	"strings"
	"time"
)

// A Kind is one kind of what the relais keeps, as the data sheet of the town and
// the settings name it.
type Kind string

// The kinds that are kept for a number of days.
const (
	KindCases    Kind = "cases"    // the words of a case, after it was closed
	KindWords    Kind = "words"    // what was said with the robot alone
	KindContacts Kind = "contacts" // the address of somebody who has fallen silent
	KindMessages Kind = "messages" // what came in and went out, as the channels carried it
	KindLetters  Kind = "letters"  // updates that could not be read
	KindProfiles Kind = "profiles" // what families need and childminders offer, after it was last in force
	KindMeetings Kind = "meetings" // who was introduced to whom
	KindPrompts  Kind = "prompts"  // that something was said already
	KindUnclear  Kind = "unclear"  // what was not understood, masked
	KindJournal  Kind = "journal"  // what staff did
)

// A Keeping says how long a kind is kept unless the town says otherwise.
type Keeping struct {
	Kind  Kind
	Days  int
	About string // what happens to it then
}

// Keepings returns all kinds, in the order of the settings.
func Keepings() []Keeping {
	return []Keeping{
		{KindCases, 365, "days after a case was closed until its words, brief and notes are erased; what the report counts stays"},
		{KindWords, 180, "days until what was said with the robot alone is erased; what the report counts stays"},
		{KindContacts, 730, "days after the last message until the address, session and notes of somebody are erased"},
		{KindMessages, 7, "days that messages are kept as they came and left; at least 2, as providers repeat them for a day"},
		{KindLetters, 30, "days that updates are kept which could not be read"},
		{KindProfiles, ProfileDays, "days that a need or an offer is kept after it was last in force"},
		{KindMeetings, 365, "days that it is kept who was introduced to whom"},
		{KindPrompts, 400, "days that it is known that something was said already, so that nobody is told twice; at least 400"},
		{KindUnclear, UnclearDays, "days that a message which was not understood waits, masked, for somebody to say what it meant"},
		{KindJournal, 365, "days that the journal is kept of what staff did"},
	}
}

// Setting is the name of the setting that changes it.
func (k Keeping) Setting() string { return "DOUDOU_KEEP_" + strings.ToUpper(string(k.Kind)) }

// Least is the fewest days that it may be kept: fewer would break a promise.
func (k Keeping) Least() int {
	switch k.Kind {
	case KindMessages:
		return 2 // a provider repeats a message for a day
	case KindPrompts:
		return 400 // nothing is planned further ahead
	}
	return 1
}

// A Retention says for how many days kinds are kept; one that it does not name is
// kept as Keepings says.
type Retention map[Kind]int

// Days returns for how many days a kind is kept.
func (r Retention) Days(kind Kind) int {
	if days, set := r[kind]; set {
		return days
	}
	for _, k := range Keepings() {
		if k.Kind == kind {
			return k.Days
		}
	}
	return 0
}

// Before returns the time before which a kind is old.
func (r Retention) Before(kind Kind, now time.Time) time.Time {
	return now.AddDate(0, 0, -r.Days(kind))
}
