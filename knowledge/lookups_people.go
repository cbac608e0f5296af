package knowledge

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"doudou/knowledge/events"
)

// ErrNobody: nothing is known of what the contact needs or offers, or not all
// that somebody must say.
var ErrNobody = errors.New("nothing is known of the contact")

// peopleLookups are about what the contact needs or offers, and whom they met.
func peopleLookups() []lookup {
	return []lookup{
		{Function: Function{Name: "profile.mine", Sets: map[string]string{
			"side": "choice", "days": "days", "hours": "hours", "quarter": "choice", "start": "month", "age": "age", "places": "count", "until": "date",
		}}, look: (*Library).profileMine},
		{Function: Function{Name: "profile.reach", Sets: map[string]string{"name": "text", "phone": "phone"}}, look: (*Library).profileReach},
		{Function: Function{Name: "match.count", Sets: map[string]string{"found": "count"}}, look: (*Library).matchCount},
		{Function: Function{Name: "day.check", With: map[string]string{"event": "choice", "numbers": "numbers"},
			Sets: map[string]string{"names": "text"}}, look: (*Library).dayCheck},
	}
}

// said reads what the contact needs or offers.
func (l *Library) said() (events.Profile, error) {
	if l.Profile == nil {
		return events.Profile{}, errors.New("this library knows no profiles")
	}
	return l.Profile(cmp.Or(l.Ctx, context.Background()))
}

// profileMine answers profile.mine. It fails when something is missing that a
// family, or a childminder, must say: it is then asked anew.
func (l *Library) profileMine(map[string]string) (map[string]string, error) {
	p, err := l.said()
	if err != nil {
		return nil, err
	}
	if !p.Until.After(l.Now) {
		return nil, fmt.Errorf("%w: it is out of date", ErrNobody)
	}
	said := l.Knowledge.Terms(p)
	said["until"] = l.Knowledge.local(p.Until).Format(time.DateOnly)
	required := []string{"days", "hours", "quarter", "start", "age"}
	if p.Side == events.Childminder {
		required = []string{"days", "hours", "quarter", "start", "places"}
	}
	for _, name := range required {
		if said[name] == "" {
			return nil, fmt.Errorf("%w: %s", ErrNobody, name)
		}
	}
	return said, nil
}

// Terms writes what somebody needs or offers as trees read it; what they left
// open is left out.
func (k *Knowledge) Terms(p events.Profile) map[string]string {
	cells := p.Cells()
	said := map[string]string{"side": cells["side"], "days": cells["days"], "hours": cells["hours"], "start": cells["start"],
		"places": cells["places"], "quarter": k.quarterOf(p.Quarters)}
	if p.Side == events.Parent {
		said["age"], _, _ = strings.Cut(cells["child_months"], "|")
	}
	for name, value := range said {
		if value == "" {
			delete(said, name)
		}
	}
	return said
}

// quarterOf returns the first of some quarters as the town writes it.
func (k *Knowledge) quarterOf(names []string) string {
	for _, q := range k.Town().Quarters {
		if len(names) > 0 && strings.EqualFold(q.Name, names[0]) {
			return q.Name
		}
	}
	return ""
}

// profileReach answers profile.reach: how the contact may be reached once both
// sides said yes.
func (l *Library) profileReach(map[string]string) (map[string]string, error) {
	p, err := l.said()
	switch {
	case err != nil:
		return nil, err
	case p.Name == "" || p.Phone == "":
		return nil, fmt.Errorf("%w: name or phone", ErrNobody)
	}
	return map[string]string{"name": p.Name, "phone": p.Phone}, nil
}

// matchCount answers match.count: how many suit the contact and may be asked.
func (l *Library) matchCount(map[string]string) (map[string]string, error) {
	if l.Matches == nil {
		return nil, errors.New("this library matches nobody")
	}
	list, err := l.Matches(cmp.Or(l.Ctx, context.Background()))
	if err != nil {
		return nil, err
	}
	return map[string]string{"found": strconv.Itoa(len(list))}, nil
}

// dayCheck answers day.check: who wears these numbers, of those whom the contact
// met. It fails for any other number.
func (l *Library) dayCheck(args map[string]string) (map[string]string, error) {
	if l.Badges == nil {
		return nil, errors.New("this library knows no speed-dating day")
	}
	met, err := l.Badges(cmp.Or(l.Ctx, context.Background()), args["event"])
	if err != nil {
		return nil, err
	}
	var names []string
	for word := range strings.SplitSeq(args["numbers"], "|") {
		n, err := strconv.Atoi(word)
		name, ok := met[n]
		if err != nil || !ok {
			return nil, fmt.Errorf("%w: numbers", ErrArgument)
		}
		names = append(names, name)
	}
	return map[string]string{"names": strings.Join(names, ", ")}, nil
}
