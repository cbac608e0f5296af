package knowledge

import (
	"slices"
	"strings"
	"time"
)

// Hours returns when a team is there; for one that is in the files no more, the
// hours of the default team.
func (k *Knowledge) Hours(team string) Hours {
	t, err := k.team(team)
	if err != nil {
		t, err = k.team("")
	}
	if err != nil {
		return Hours{}
	}
	return t.Hours
}

// Deputy returns the team that answers a topic where another one does not, as
// the institutions agreed; "" when there is none.
func (k *Knowledge) Deputy(topic, team string) string {
	dialog, _, _ := strings.Cut(topic, ".")
	for _, name := range []string{topic, dialog} {
		for _, r := range k.routing.Rules {
			if r.Team == team && slices.Contains(r.Topics, name) {
				return r.Deputy
			}
		}
	}
	return ""
}

// Away tells whether a team is closed on all of the next days on which it is
// usually there, so that its deputy answers.
func (k *Knowledge) Away(team string, at time.Time) bool { return k.away(team, at) }

// Institution returns that of a team, "" for a team that is in no file.
func (k *Knowledge) Institution(team string) string {
	t, err := k.team(team)
	if err != nil {
		return ""
	}
	return t.Institution
}
