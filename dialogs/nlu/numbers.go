package nlu

import (
	"io/fs"
	"strconv"
	"strings"
)

// numberWords are the words of numbers, by language and folded word: "on" is
// ten in Turkish and a person in French.
type numberWords struct {
	values map[string]map[string]int
	and    map[string]bool
	half   map[string]bool
	more   map[string]bool // words of a number and a half: আড়াই is two and a half
	ahead  map[string]bool // a half said before its number: সাড়ে তিন
}

func readNumbers(fsys fs.FS) (*numberWords, error) {
	n := &numberWords{values: map[string]map[string]int{}, and: map[string]bool{}, half: map[string]bool{"1/2": true}, more: map[string]bool{}, ahead: map[string]bool{}}
	err := table(fsys, "words/numbers.tsv", 3, func(c []string) error {
		figure, more := strings.CutSuffix(c[1], ".5")
		value, err := strconv.Atoi(figure)
		if err != nil {
			return err
		}
		for _, w := range strings.Split(c[2], "|") {
			switch c[0] {
			case "and":
				n.and[fold(w)] = true
			case "half":
				n.half[fold(w)] = true
			case "before half":
				n.ahead[fold(w)] = true
			default:
				if more {
					n.more[fold(w)] = true
				}
				n.learn(c[0], fold(w), value)
			}
		}
		return nil
	})
	return n, err
}

// learn files a word under its language; what is not in Latin letters needs none.
func (n *numberWords) learn(lang, word string, value int) {
	if !ascii(word) {
		lang = ""
	}
	if n.values[lang] == nil {
		n.values[lang] = map[string]int{}
	}
	n.values[lang][word] = value
}

// mostNumber bounds what is read as a number.
const mostNumber = 10_000_000

// read reads the number that begins at in[at], in words ("deux mille cinq
// cents", "خمسة وعشرون"); to is the word after it, at itself when there is none.
func (n *numberWords) read(in []string, at int, lang string) (value, to int) {
	total, group, seen, times := 0, 0, false, 0
	to = at
	for i := at; i < len(in); i++ {
		v, ok := n.word(in[i], lang)
		if !ok {
			if seen && n.and[in[i]] {
				continue
			}
			break
		}
		next, fits := join(group, v, seen)
		if v == 10 && group < 10 && seen && !han(in[i]) { // خمسة عشر is fifteen, 五十 fifty
			next, fits = group+v, total == 0 && !ascii(in[i])
		}
		switch {
		case !fits:
			return total + group, to
		case v >= 1000:
			total, group = total+max(group, 1)*v, 0
		default:
			group = next
		}
		if total > mostNumber {
			return 0, at
		}
		seen, to = true, i+1
		if times > 0 && v > 0 && v < 10 && !n.follows(in, to, lang) {
			return total + group + v*(times/10-1), to
		}
		times = 0
		if han(in[i]) && v >= 100 {
			times = v
		}
	}
	return total + group, to
}

// follows says whether the number goes on at in[at]: 两千五 is 2500 where
// nothing follows.
func (n *numberWords) follows(in []string, at int, lang string) bool {
	if at >= len(in) {
		return false
	}
	_, ok := n.word(in[at], lang)
	return ok
}

// word returns the value of one word; in Arabic "and" is glued to it. Whoever
// writes Arabic in Latin letters counts in French too.
func (n *numberWords) word(w, lang string) (int, bool) {
	if !ascii(w) {
		v, ok := n.values[""][w]
		if rest, glued := strings.CutPrefix(w, "و"); glued && !ok {
			v, ok = n.values[""][rest]
		}
		return v, ok
	}
	v, ok := n.values[lang][w]
	if !ok && lang == "ar-latn" {
		v, ok = n.values[home][w]
	}
	return v, ok
}

// join adds the next word of a number to what was read before, below a
// thousand; fits is false where a new number begins ("deux trois").
func join(group, v int, seen bool) (next int, fits bool) {
	switch {
	case v >= 1000:
		return group, true
	case !seen || group == 0:
		return v, true
	case v == 100 && group < 10:
		return group * 100, true
	case v == 20 && group == 4: // quatre-vingts
		return 80, true
	case v == 10 && group < 10: // Chinese 二十
		return group * 10, true
	case v < 10 && group%10 == 0, v < 20 && (group%100 == 60 || group%100 == 80), v < 100 && group%100 == 0 && group >= 100:
		return group + v, true
	case group < 10 && v >= 20 && v%10 == 0: // Arabic says five and twenty
		return group + v, true
	}
	return group, false
}
