package main

import (
	"slices"
	"strings"

	"doudou/dialogs"
	"doudou/knowledge"
)

// replyRules are what is proved of the answers that staff send by key.
func replyRules() []dialogs.Rule {
	return []dialogs.Rule{
		{Code: "K02", Text: "An answer of replies.yaml has its words in every language, and every reply. text is in replies.yaml."},
		{Code: "K03", Text: "The words of an answer ask for its blanks, and for nothing else, in every language."},
		{Code: "K04", Text: "An answer names the facts that its words quote, and words that quote a fact have a form without it."},
		{Code: "K05", Text: "An answer fits into its SMS."},
		{Code: "K06", Text: "The intents of an answer are known."},
	}
}

// replyTools returns the texts beside the answers: the note above an answer in
// French, the halves of a day.
func replyTools() []string {
	return []string{"reply.in_french", "reply.half.morning", "reply.half.afternoon"}
}

// checkReplies proves the answers that staff send by key.
func (c *content) checkReplies(words lintWords) (problems []dialogs.Problem) {
	listed := replyTools()
	for _, r := range c.knowledge.Replies() {
		listed = append(listed, r.ID)
		report := func(code, text string) {
			problems = append(problems, dialogs.Problem{File: r.File, Line: r.Line, Code: code, Text: r.ID + text})
		}
		for _, intent := range r.Intents {
			if !slices.Contains(c.reader.Intents(), intent) {
				report("K06", ": there is no intent "+intent)
			}
		}
		for _, lang := range words.Languages() {
			if !words.Has(lang, r.ID) {
				report("K02", " has no words in "+lang)
				continue
			}
			checkReplyWords(words, r, lang, report)
		}
	}
	return append(problems, unlisted(words, listed)...)
}

// checkReplyWords proves an answer in one language.
func checkReplyWords(words lintWords, r knowledge.Reply, lang string, report func(code, text string)) {
	var blanks []string
	for _, b := range r.Blanks {
		blanks = append(blanks, b.Name)
	}
	slices.Sort(blanks)
	if slots := words.Slots(lang, r.ID); !slices.Equal(slots, blanks) {
		report("K03", " in "+lang+" asks for ["+strings.Join(slots, " ")+"], its blanks are ["+strings.Join(blanks, " ")+"]")
	}
	facts := words.Facts(lang, r.ID)
	for _, fact := range facts {
		if !slices.Contains(r.Facts, fact) {
			report("K04", " in "+lang+" quotes "+fact+", which facts does not name")
		}
	}
	if len(facts) > 0 && !words.Has(lang, r.ID+".nofact") {
		report("K04", " in "+lang+" quotes facts and has no .nofact form")
	}
	if words.measure(lang, r.ID, nil).Segments > segmentBudget(lang) {
		report("K05", " is too long by SMS in "+lang+": shorten it, or add "+r.ID+".sms")
	}
}

// unlisted reports the words of answers that nobody could pick.
func unlisted(words lintWords, listed []string) (problems []dialogs.Problem) {
	for _, lang := range words.Languages() {
		for _, key := range words.Keys(lang) {
			bare := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(key, ".sms"), ".nofact"), ".sms")
			if strings.HasPrefix(key, "reply.") && !slices.Contains(listed, bare) {
				problems = append(problems, dialogs.Problem{File: "active." + lang + ".toml", Line: 1, Code: "K02", Text: key + " is not in replies.yaml"})
			}
		}
	}
	return problems
}
