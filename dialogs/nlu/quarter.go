package nlu

import "slices"

// leastTypo is the length from which a name is known with one letter wrong.
const leastTypo = 6

// quarter finds the one quarter that a message names: after a word of place
// ("à", "quartier", "near"), before one ("附近"), or alone.
func (g *glance) quarter() string {
	found := ""
	for _, name := range g.r.quarters {
		if !g.names(words(fold(name))) {
			continue
		}
		if found != "" && found != name {
			return ""
		}
		found = name
	}
	return found
}

// names says whether the words of a name stand where a place is told.
func (g *glance) names(name []string) bool {
	if len(name) == 0 {
		return false
	}
	for i := 0; i+len(name) <= len(g.in); i++ {
		if !slices.EqualFunc(g.in[i:i+len(name)], name, alikeName) {
			continue
		}
		to := i + len(name)
		if g.r.offer || len(name) == len(g.in) || g.touches("near", i-2, i) || g.touches("there", to, to+2) || g.touches("near", to, to+2) && slices.Contains(ahead, g.r.lang) {
			return true
		}
	}
	return false
}

// alikeName compares a word of a message with one of a name, one wrong letter
// forgiven.
func alikeName(said, name string) bool {
	return said == name || len(name) >= leastTypo && len(said) >= leastTypo-1 && ascii(said) && ascii(name) && oneWrong(said, name)
}
