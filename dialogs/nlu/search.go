package nlu

import "strings"

// mostFound is how much of a word is told from another, in runes.
const mostFound = 40

// Words cuts a text into the words by which it is found again: small letters, no
// accents, one form for letters that people mix up, each Chinese character by
// itself. The same word in two texts is the same here, whoever typed it. Each
// word is there once.
func Words(text string) []string {
	var list []string
	seen := map[string]bool{}
	for _, field := range strings.Fields(text) {
		for _, word := range words(fold(field)) {
			if r := []rune(word); len(r) > mostFound {
				word = string(r[:mostFound])
			}
			if !seen[word] {
				seen[word] = true
				list = append(list, word)
			}
		}
	}
	return list
}

// Dialled takes the one telephone number out of a text: the number as the whole
// world dials it, and the text without it. number is "" when there is none, or
// more than one.
func Dialled(text string) (number, rest string) {
	if number = phone(text); number == "" {
		return "", text
	}
	return number, dialled.ReplaceAllString(foldKeeping(text, ".-/()"), " ")
}
