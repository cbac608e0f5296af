package locales

import "strings"

// isNumber tells whether s is a canonical number: digits, perhaps a point and
// digits, no sign.
func isNumber(s string) bool {
	whole, part, point := strings.Cut(s, ".")
	return digits(whole) && (!point || digits(part)) && len(s) <= 18
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// number writes a canonical number with groups of three digits. When it has a
// fraction, at least so many decimals are written: 5.6 euros are 5,60; a
// fraction of zeros is left out.
func (w *writing) number(s string, decimals int) (string, bool) {
	if !isNumber(s) {
		return "", false
	}
	whole, part, _ := strings.Cut(s, ".")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	var out strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out.WriteString(w.group)
		}
		out.WriteRune(r)
	}
	if part = strings.TrimRight(part, "0"); part != "" {
		out.WriteString(w.decimal)
		out.WriteString(part)
		out.WriteString(strings.Repeat("0", max(0, decimals-len(part))))
	}
	return out.String(), true
}

// phone writes a French telephone number as it is said, in pairs; others stay
// as they are. The kind is not checked further: it comes from a fact.
func phone(s string) (string, bool) {
	s = strings.NewReplacer(" ", "", "\u00a0", "", ".", "", "-", "").Replace(s)
	if rest, ok := strings.CutPrefix(s, "+33"); ok {
		s = "0" + rest
	}
	plus := strings.TrimPrefix(s, "+")
	if !digits(plus) {
		return "", false
	}
	if len(s) != 10 || s != plus { // 15, 119, 3919: people know them unsplit
		return s, true
	}
	pairs := []string{s[:2], s[2:4], s[4:6], s[6:8], s[8:]}
	if strings.HasPrefix(s, "0800") || strings.HasPrefix(s, "0805") { // said "0 800"
		pairs = []string{s[:1], s[1:4], s[4:6], s[6:8], s[8:]}
	}
	return strings.Join(pairs, "\u00a0"), true
}
