package events

import "fmt"

// A Count is how many meetings somebody has and, when that is less than the
// minimum, why.
type Count struct {
	ID       string
	Side     Side
	Meetings int // without those that were missed
	Cause    Cause
	Why      string // the cause in words
}

// A Cause is what keeps somebody from the minimum.
type Cause string

// The causes, the nearest first.
const (
	NoRound   Cause = "noround"   // no round lies inside the time in the room
	Nobody    Cause = "nobody"    // nobody of the other side is there at the same time
	FewRounds Cause = "fewrounds" // too few rounds lie inside the time in the room
	FewOthers Cause = "fewothers" // too few of the other side are there at the same time
	NoTable   Cause = "notable"   // the tables or the other side have no free round left
)

// Counts returns the number of meetings of each person, by side and id.
func (s Schedule) Counts() []Count {
	met := map[string]int{}
	for _, m := range s.Meetings {
		if !m.Missed {
			met[m.Parent]++
			met[m.Childminder]++
		}
	}
	list := make([]Count, len(s.People))
	for i, p := range s.People {
		list[i] = Count{ID: p.ID, Side: p.Side, Meetings: met[p.ID]}
		if met[p.ID] < s.Minimum {
			list[i].Cause, list[i].Why = s.why(p, met[p.ID])
		}
	}
	return list
}

// why says what keeps somebody from the minimum, the nearest cause first.
func (s Schedule) why(p Participant, met int) (Cause, string) {
	rounds := s.open(p.Room)
	partners, others := 0, "childminders"
	if p.Side == Childminder {
		others = "parents"
	}
	for _, q := range s.People {
		if q.Side != p.Side && s.open(q.Room)&rounds != 0 {
			partners++
		}
	}
	switch {
	case rounds == 0:
		return NoRound, "no round lies wholly inside the time in the room"
	case partners == 0:
		return Nobody, fmt.Sprintf("no %s are in the room at the same time", others)
	case count(rounds) < s.Minimum && count(rounds) == met:
		return FewRounds, fmt.Sprintf("only %d of the rounds lie inside the time in the room", met)
	case partners < s.Minimum && partners == met:
		return FewOthers, fmt.Sprintf("only %d of the %s are in the room at the same time", met, others)
	}
	return NoTable, fmt.Sprintf("the tables or the %s have no free round left", others)
}
