package dialogs

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// maxText is the longest text, in characters, that a slot without a max takes.
const maxText = 500

func (k Kind) known() bool {
	switch k {
	case KindCount, KindEuros, KindYesNo, KindChoice, KindDate, KindMoment, KindPostcode, KindText, KindAge, KindPlace,
		KindDays, KindHours, KindMonth, KindNumbers, KindPhone:
		return true
	}
	return false
}

// ordered tells whether values of the kind can be compared with < and >.
func (k Kind) ordered() bool {
	switch k {
	case KindCount, KindEuros, KindDate, KindMoment, KindAge, KindMonth:
		return true
	}
	return false
}

// number tells whether values of the kind are numbers, that may have limits.
func (k Kind) number() bool { return k == KindCount || k == KindEuros || k == KindAge }

// bounded tells whether the kind may have a min or a max of its numbers.
func (k Kind) bounded() bool { return k.number() || k == KindNumbers }

// secret tells whether values of the kind are private wherever they stand: where
// a family is, and how to call it.
func (k Kind) secret() bool { return k == KindPlace || k == KindPhone }

// dated tells whether values of the kind lie before or after today.
func (k Kind) dated() bool { return k == KindDate || k == KindMonth }

// free tells whether the kind takes whatever is written.
func (k Kind) free() bool { return k == KindText || k == KindPlace }

// counts tells whether the kind is a number of these units of time.
func (k Kind) counts(units []string) bool {
	return k == KindCount && !slices.ContainsFunc(units, func(u string) bool {
		return !slices.Contains([]string{"hour", "day", "week", "month", "year"}, u)
	})
}

// canonical tells whether a value is in the canonical form of the kind.
func (k Kind) canonical(value string) bool {
	switch k {
	case KindCount, KindAge:
		return isCount(value)
	case KindEuros:
		return isEuros(value)
	case KindYesNo:
		return value == "yes" || value == "no"
	case KindChoice:
		return value != "" && len(value) <= 64
	case KindDate:
		return isTime("2006-01-02", value)
	case KindMoment:
		return isTime("2006-01-02T15:04", value)
	case KindPostcode:
		return len(value) == 5 && digits(value)
	case KindDays:
		return isDays(value)
	case KindHours:
		return isHours(value)
	case KindMonth:
		return isTime("2006-01", value)
	case KindNumbers:
		return isNumbers(value)
	case KindPhone:
		return isPhone(value)
	case KindText, KindPlace:
		return value != "" && value == strings.TrimSpace(value) && utf8.ValidString(value)
	}
	return false
}

func isTime(layout, value string) bool {
	_, err := time.Parse(layout, value)
	return err == nil && len(value) == len(layout)
}

func digits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

func isCount(s string) bool {
	return digits(s) && len(s) <= 9 && (s[0] != '0' || s == "0")
}

func isEuros(s string) bool {
	whole, cents, point := strings.Cut(s, ".")
	return isCount(whole) && (!point || len(cents) <= 2 && digits(cents))
}

// accepts tells whether a value may fill the slot as an answer. Of a slot whose
// choices come from a look-up it knows the form only.
func (s *slot) accepts(value string) bool {
	if !s.kind.canonical(value) {
		return false
	}
	switch s.kind {
	case KindCount, KindEuros, KindAge:
		return s.inRange(value)
	case KindNumbers:
		return s.eachInRange(value)
	case KindChoice:
		return s.list != "" || len(s.of) == 0 || s.labelled(value)
	case KindText, KindPlace:
		return utf8.RuneCountInString(value) <= cmp.Or(s.max, maxText)
	}
	return true
}

// timely tells whether a date or a month is on the right side of today, or of
// this month, if today is known.
func (s *slot) timely(value, today string) bool {
	today = today[:min(len(today), len(value))]
	return today == "" || !(s.past && value > today) && !(s.future && value < today)
}

func (s *slot) labelled(value string) bool {
	for _, o := range s.of {
		if o == value {
			return true
		}
	}
	return false
}

// inRange compares with min and max, both 0 when the slot takes any number.
func (s *slot) inRange(value string) bool {
	if s.min == 0 && s.max == 0 {
		return true
	}
	return compareNumber(value, itoa(s.min)) >= 0 && (s.max == 0 || compareNumber(value, itoa(s.max)) <= 0)
}

// compareValues orders two canonical values of an ordered kind.
func compareValues(k Kind, a, b string) int {
	if k.number() {
		return compareNumber(a, b)
	}
	return strings.Compare(a, b)
}

// compareNumber orders two canonical decimal numbers, exactly.
func compareNumber(a, b string) int {
	wholeA, centsA, _ := strings.Cut(a, ".")
	wholeB, centsB, _ := strings.Cut(b, ".")
	return cmp.Or(
		cmp.Compare(len(wholeA), len(wholeB)), // canonical: no leading zero
		strings.Compare(wholeA, wholeB),
		strings.Compare(strings.TrimRight(centsA, "0"), strings.TrimRight(centsB, "0")),
	)
}

// holds tells whether the condition is true of these slots. A slot that is not
// filled is equal to nothing.
func (c *condition) holds(slots map[string]string) bool {
	have, ok := slots[c.slot]
	if !ok {
		return c.op == "!="
	}
	if c.kind == KindPlace {
		have = given(have)
	}
	if !c.kind.ordered() {
		return (have == c.value) == (c.op == "=")
	}
	order := compareValues(c.kind, have, c.value)
	switch c.op {
	case "=":
		return order == 0
	case "!=":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}
