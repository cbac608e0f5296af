package knowledge

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// resemblance tells how well a text that a family typed names a street or a
// quarter: 0 not at all, else the more the better. Accents, case and small words
// do not count, nor one wrong letter in a word of four, two in one of seven.
func resemblance(typed, name string) float64 {
	said, wanted := telling(typed), telling(name)
	if len(wanted) == 0 {
		return 0
	}
	letters, wrong := 0, 0
	for _, w := range wanted {
		typos, ok := closest(w, said)
		if !ok {
			return glued(typed, name)
		}
		letters, wrong = letters+len(w), wrong+typos
	}
	score := 1 - float64(wrong)/float64(letters+1)
	if whole := folded(name); strings.Contains(" "+folded(typed)+" ", " "+whole+" ") {
		score += float64(len(whole)) // "rue des Lilas" is the street before it is the quarter
	}
	return score
}

// glued compares without the spaces: "centreville" is Centre-ville, "orge mont"
// is Orgemont.
func glued(typed, name string) float64 {
	word, said := strings.ReplaceAll(folded(name), " ", ""), strings.Fields(folded(typed))
	for i := range len(said) - 1 {
		said = append(said, said[i]+said[i+1])
	}
	typos, ok := closest(word, said)
	if !ok {
		return 0
	}
	return 1 - float64(typos)/float64(len(word)+1)
}

// closest returns the fewest typos between a word and one of those said; false
// when none resembles it.
func closest(word string, said []string) (int, bool) {
	best := tolerance(word) + 1
	for _, s := range said {
		best = min(best, typos(s, word))
	}
	return best, best <= tolerance(word)
}

// tolerance is how many typos a word may have and still be read.
func tolerance(word string) int {
	switch n := len([]rune(word)); {
	case n >= 7:
		return 2
	case n >= 4:
		return 1
	}
	return 0
}

// telling returns the words of a text that tell one street from another.
func telling(text string) []string {
	small := strings.Fields("a au aux d de des du en et l la le les quartier cite rue r avenue av boulevard bd place allee chemin impasse square")
	return slices.DeleteFunc(strings.Fields(folded(text)), func(w string) bool {
		return slices.Contains(small, w) || strings.Trim(w, "0123456789") == ""
	})
}

// folded writes a text in small letters without accents, a space between words.
func folded(text string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			out.WriteRune(r)
		default:
			out.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// typos counts the letters to add, drop, change or swap with the next one to
// make b of a.
func typos(a, b string) int {
	from, to := []rune(a), []rune(b)
	before, last := []int(nil), make([]int, len(to)+1)
	for j := range last {
		last[j] = j
	}
	for i := range from {
		row := make([]int, len(to)+1)
		row[0] = i + 1
		for j := range to {
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+differ(from[i], to[j]))
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(to)]
}

func differ(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}
