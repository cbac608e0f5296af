package desk

import (
	"slices"
	"strings"

	"doudou/bot"
	"doudou/locales"
)

// mostSearched is how much of what is typed is searched for, in characters.
const mostSearched = 80

// clip returns the first characters of a text.
func clip(text string, most int) string {
	if r := []rune(locales.Clean(text)); len(r) > most {
		return string(r[:most])
	}
	return locales.Clean(text)
}

// terms reads what was typed: its words, each of which may also be in the name
// of a topic or a language as the agent reads it.
func (d *desk) terms(lang, typed string) []bot.Term {
	list := bot.Searched(typed)
	for i, t := range list {
		if t.Address == nil {
			list[i].Topics = d.named(lang, topicKey, t.Word)
			list[i].Langs = d.named(lang, languageKey, t.Word)
		}
	}
	return list
}

// Texts that name topics and languages.
const (
	topicKey    = "desk.topic."
	languageKey = "desk.language."
)

// named returns the dialogs, or languages, in whose names a word begins so. What
// one node of a dialog is called does not name the others.
func (d *desk) named(lang, prefix, word string) []string {
	var list []string
	for _, key := range d.texts.Keys(lang) {
		id, ok := strings.CutPrefix(key, prefix)
		if !ok || strings.Contains(id, ".") {
			continue
		}
		begins := func(w string) bool { return strings.HasPrefix(w, word) }
		if slices.ContainsFunc(bot.SearchWords(d.name(lang, "", key)), begins) {
			list = append(list, id)
		}
	}
	return list
}

// places names where the words of a search were found.
func (d *desk) places(lang string, places []string) []string {
	var list []string
	for _, p := range places {
		list = append(list, d.name(lang, p, "desk.found."+p))
	}
	return list
}
