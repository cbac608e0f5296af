package events

// A Side says who somebody is at a speed-dating day.
type Side string

// The two sides of a table.
const (
	Parent      Side = "parent"
	Childminder Side = "childminder"
)

// A Participant is somebody who comes to a speed-dating day: a parent with what
// the family needs, or a childminder with what she offers. What is left empty
// means "any".
type Participant struct {
	ID        string
	Side      Side
	Days      Days     // of care
	Hours     []Span   // of care; a night is two spans, before and after midnight
	Quarters  []string // where; lower case
	Start     Month    // when care begins
	Ages      []Ages   // of the children, or those that a childminder takes
	Places    int      // needed, or free
	Room      Span     // from when to when the person is in the room
	Languages []string // spoken; lower case
}

// Days is a set of days of the week; 0 is any.
type Days uint8

// Monday is the first of the Days; each next day is the next bit.
const Monday Days = 1

// A Span is a part of a day. In Room an end of 0 is the end of the day.
type Span struct{ From, To Clock }

// A Month counts months, so that two can be compared; 0 is any.
type Month int

// NewMonth returns a month of the calendar, 1 for January.
func NewMonth(year, month int) Month { return Month(12*year + month) }

// Ages are months of age, both ends included.
type Ages struct{ From, To int }

// eldest is the age in months above which no childminder of the relais takes a
// child: eighteen years, so that nobody is refused for a slip.
const eldest = 18 * 12
