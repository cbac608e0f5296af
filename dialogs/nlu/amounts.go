package nlu

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// A quantity is a number found in a message and what surrounds it.
type quantity struct {
	whole int
	cents string   // decimals as written, at most two, "" when none
	half  bool     // "et demi"
	units []string // what the number counts: year, month, week, day, hour, euro, child, smic
	from  int      // its place in the words
	to    int
}

// amount returns the number as canonical decimals: "2500", "5.60".
func (q quantity) amount() string {
	switch {
	case q.cents != "":
		return strconv.Itoa(q.whole) + "." + (q.cents + "0")[:2]
	case q.half:
		return strconv.Itoa(q.whole) + ".50"
	}
	return strconv.Itoa(q.whole)
}

// A measure reads numbers with their units.
type measure struct {
	numbers *numberWords
	units   []string // by pattern
	pattern *patternSet
}

func readMeasure(fsys fs.FS) (*measure, error) {
	numbers, err := readNumbers(fsys)
	if err != nil {
		return nil, err
	}
	m := &measure{numbers: numbers}
	var all []pattern
	err = table(fsys, "words/units.tsv", 3, func(c []string) error {
		for _, text := range strings.Split(c[2], "|") {
			p, err := compile(len(all), text)
			if err != nil {
				return err
			}
			all = append(all, p)
			m.units = append(m.units, c[0])
		}
		return nil
	})
	m.pattern = newPatternSet(all)
	return m, err
}

// amountSigns are the signs that may stand inside a number or a date.
const amountSigns = ".,:/-"

// figures cuts a text into words for reading amounts: figures apart from the
// letters that follow them ("1200e", "20h"), numbers whole ("2.500,50").
func figures(text string) []string {
	folded := foldKeeping(halfSigns.Replace(text), amountSigns)
	var out []string
	for _, field := range strings.Fields(folded) {
		out = appendFigures(out, field)
	}
	return joinThousands(out)
}

// halfSigns writes the sign of a half as a word of its own.
var halfSigns = strings.NewReplacer("½", " 1/2 ")

// appendFigures cuts one field where figures and letters meet.
func appendFigures(out []string, field string) []string {
	for field != "" {
		n := figureLength(field)
		if n > 0 {
			out = append(out, field[:n])
			field = field[n:]
			continue
		}
		n = strings.IndexAny(field, "0123456789")
		if n <= 0 || arabizi(field, n) {
			n = len(field)
		}
		out = append(out, words(strings.Map(dropSigns, field[:n]))...)
		field = field[n:]
	}
	return out
}

// arabizi says whether a field holds figures as letters ("sa3a", "wa7ed"):
// letters on both sides of the figure at n.
func arabizi(field string, n int) bool {
	return n > 0 && n+1 < len(field) && letterAt(field, n-1) && letterAt(field, n+1)
}

func letterAt(s string, i int) bool { return s[i] >= 'a' && s[i] <= 'z' }

func dropSigns(r rune) rune {
	if strings.ContainsRune(amountSigns, r) {
		return ' '
	}
	return r
}

// figureLength returns how long the number at the start of a field is; a sign
// belongs to it between two figures.
func figureLength(field string) int {
	n := 0
	for n < len(field) {
		switch {
		case field[n] >= '0' && field[n] <= '9':
			n++
		case n > 0 && strings.IndexByte(amountSigns, field[n]) >= 0 && n+1 < len(field) && field[n+1] >= '0' && field[n+1] <= '9':
			n += 2
		default:
			if n == 1 && letterAt(field, n) && field[n:] != "rd" && field[n:] != "th" && n+1 < len(field) && letterAt(field, n+1) && strings.IndexByte("3579", field[0]) >= 0 && !unitLike(field[n:]) {
				return 0 // "3endi", "7ta"
			}
			return n
		}
	}
	return n
}

// unitLike says whether letters stuck to a figure are a unit ("3ans", "5h30").
func unitLike(s string) bool {
	for _, u := range []string{"an", "mo", "h", "e", "j", "sem", "enf", "kid", "child", "yo", "year", "day", "saat", "ay", "gun", "hour", "hrs", "week", "bebe", "yas", "dias", "mes", "ani", "luni", "ore", "hor"} {
		if strings.HasPrefix(s, u) && !strings.HasPrefix(s, "end") && !strings.HasPrefix(s, "and") && !strings.HasPrefix(s, "arb") && !strings.HasPrefix(s, "ay"+"e") {
			return true
		}
	}
	return false
}

// joinThousands joins "2 500" into "2500".
func joinThousands(in []string) []string {
	out := in[:0]
	for _, w := range in {
		if n := len(out); n > 0 && len(w) >= 3 && allFigures(w[:3]) && (len(w) == 3 || w[3] == ',' || w[3] == '.') && len(out[n-1]) <= 3 && allFigures(out[n-1]) {
			out[n-1] += w
			continue
		}
		out = append(out, w)
	}
	return out
}

func allFigures(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// number reads a figure word: "2500", "2.500,50", "5,60". ok is false for what
// is no number: a date, an hour, figures too long to be one.
func number(w string) (whole int, cents string, ok bool) {
	if w == "" || strings.ContainsAny(w, ":/-") {
		return 0, "", false
	}
	last := strings.LastIndexAny(w, ".,")
	if last >= 0 && len(w)-last-1 <= 2 {
		cents = w[last+1:]
		w = w[:last]
	}
	groups := strings.FieldsFunc(w, func(r rune) bool { return r == '.' || r == ',' })
	for i, g := range groups {
		if i > 0 && len(g) != 3 {
			return 0, "", false
		}
	}
	whole, err := strconv.Atoi(strings.Join(groups, ""))
	return whole, cents, err == nil && whole <= mostNumber
}

// quantities finds the numbers of a message, in figures or in words.
func (m *measure) quantities(in []string, lang string) []quantity {
	units := m.unitsAt(in)
	var out []quantity
	for i := 0; i < len(in); {
		q := quantity{from: i}
		if in[i][0] >= '0' && in[i][0] <= '9' {
			whole, cents, ok := number(in[i])
			q.whole, q.cents, q.to = whole, cents, i+1
			if !ok {
				i++
				continue
			}
			if q.to < len(in) && in[q.to] == "k" {
				q.whole, q.to = q.whole*1000, q.to+1
			}
		} else if q.whole, q.to = m.numbers.read(in, i, lang); q.to == i {
			i++
			continue
		}
		q.half = m.numbers.more[in[q.to-1]] || i > 0 && m.numbers.ahead[in[i-1]]
		if q.to == q.from+1 && len(units[q.from]) > 0 { // شهرين is two months in one word
			q.units = units[q.from]
		}
		i = m.unit(&q, in, units)
		out = append(out, q)
	}
	return out
}

// unitsAt names the units at each word.
func (m *measure) unitsAt(in []string) [][]string {
	units := make([][]string, len(in))
	m.pattern.find(stems(in), func(h hit) {
		for i := h.from; i < h.to; i++ {
			if u := m.units[h.pattern]; !slices.Contains(units[i], u) {
				units[i] = append(units[i], u)
			}
		}
	})
	return units
}

// unit reads the unit that follows a number, and the half that may follow it.
// It returns the word where reading goes on.
func (m *measure) unit(q *quantity, in []string, units [][]string) int {
	at := q.to
	for range 3 {
		switch {
		case at < len(in) && m.numbers.half[stem(in[at])]:
			q.half = true
			at++
		case at+1 < len(in) && m.numbers.and[in[at]] && m.numbers.half[stem(in[at+1])]:
			q.half = true
			at += 2
		case at+2 < len(in) && m.numbers.and[in[at]] && in[at+1] == "a" && m.numbers.half[in[at+2]]: // and a half
			q.half = true
			at += 3
		case at+1 < len(in) && in[at] == "de" && len(units[at+1]) > 0 && q.units == nil && q.whole >= 20: // 35 de ore
			at++
		case at < len(in) && len(units[at]) > 0 && q.units == nil:
			q.units = units[at]
			at++
			for at < len(in) && han(in[at]) && slices.Equal(units[at], q.units) { // 小时, 个月
				at++
			}
		}
	}
	q.to = at
	return max(at, q.from+1)
}

// counts says whether the number counts this unit.
func (q quantity) counts(unit string) bool { return slices.Contains(q.units, unit) }
