package nlu

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// mostListed is how many numbers an answer may list, longestListed how many
// figures one of them has.
const (
	mostListed    = 6
	longestListed = 3
)

// someFigures are the figures of a list, whatever stands between them.
var someFigures = regexp.MustCompile(`[0-9]+`)

// numbers reads a list of small numbers, in figures or in words: "4 7", "4,7",
// "table 4 et 12". What counts something, or is one or the other, is no list.
func (m *Model) numbers(r *reply) string {
	in := figures(r.text)
	g := m.glanceAt(r, in)
	counts := slices.ContainsFunc(g.all, func(q quantity) bool { return q.units != nil && !m.measure.numbers.and[g.in[q.to-1]] })
	if r.loose(len(in)) || counts || g.has("or", 0, len(in)) {
		return ""
	}
	said := someFigures.FindAllString(fold(r.text), -1)
	if said == nil {
		for _, q := range g.all {
			said = append(said, strconv.Itoa(q.whole))
		}
	}
	return r.expect.list(said)
}

// list writes the numbers of a list, each once, when all are within bounds.
func (e Expect) list(said []string) string {
	var out []string
	for _, s := range said {
		n, err := strconv.Atoi(s)
		if err != nil || len(s) > longestListed || n == 0 || !e.holds(n) {
			return ""
		}
		if s = strconv.Itoa(n); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if len(out) > mostListed {
		return ""
	}
	return strings.Join(out, "|")
}

// dialled is anything that could be a telephone number.
var dialled = regexp.MustCompile(`(?:\+ ?)?[0-9](?:[ .\-/()]{0,3}[0-9]){6,}`)

// phone reads the one telephone number of a message, as the whole world dials
// it: French ones as they are written here, others with + or 00.
func phone(text string) string {
	found := ""
	for _, written := range dialled.FindAllString(foldKeeping(text, ".-/()"), -1) {
		number := worldwide(strings.Map(dialKey, written))
		if number == "" || found != "" && found != number {
			return ""
		}
		found = number
	}
	return found
}

// dialKey drops what is not dialled.
func dialKey(r rune) rune {
	if r == '+' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// french is a French number that a person may have, without its first zero.
var french = regexp.MustCompile(`^[1-79][0-9]{8}$`)

// The lengths of a telephone number with its country.
const (
	leastDialled = 8
	mostDialled  = 15
)

// worldwide writes a number with its country; "" when it is none.
func worldwide(keys string) string {
	abroad, plus := strings.CutPrefix(keys, "+")
	if !plus {
		abroad, plus = strings.CutPrefix(keys, "00")
	}
	home, isHome := strings.CutPrefix(abroad, "33")
	switch {
	case isHome && french.MatchString(strings.TrimPrefix(home, "0")): // +33 (0)6
		return "+33" + strings.TrimPrefix(home, "0")
	case plus && isHome:
		return ""
	case plus && len(abroad) >= leastDialled && len(abroad) <= mostDialled && abroad[0] != '0':
		return "+" + abroad
	case !plus && french.MatchString(strings.TrimPrefix(keys, "0")):
		return "+33" + strings.TrimPrefix(keys, "0")
	}
	return ""
}
