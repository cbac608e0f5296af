package main

import (
	"os"
	"slices"
	"testing"

	"doudou/knowledge"
)

// TestCheckReplies breaks the index of answers one line at a time.
func TestCheckReplies(t *testing.T) {
	c, problems, err := readContent(inDemo(t), checkDay())
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	for entry, want := range map[string]string{
		"{id: reply.caf, title: La Caf, facts: [caf_phone], review: 2027-05-31}": "",
		"{id: reply.gone, title: Parti, review: 2027-05-31}":                     "replies.yaml:2: K02 reply.gone has no words in ta",
		"{id: reply.wait, title: Attendre, review: 2027-05-31}":                  "replies.yaml:2: K03 reply.wait in ta asks for [date], its blanks are []",
		"{id: reply.caf, title: La Caf, review: 2027-05-31}":                     "replies.yaml:2: K04 reply.caf in ta quotes caf_phone, which facts does not name",
		"{id: reply.reads, title: Lu, intents: [sing], review: 2027-05-31}":      "replies.yaml:2: K06 reply.reads: there is no intent sing",
		"{id: reply.sorry, title: Pardon, review: 2027-05-31}":                   "active.ta.toml:1: K02 reply.reads is not in replies.yaml",
	} {
		k, err := knowledge.Overlay(os.DirFS(folder(t, map[string]string{"replies.yaml": "replies:\n  - " + entry + "\n"})))
		if err != nil {
			t.Fatal(err)
		}
		c.knowledge = k
		var found []string
		for _, b := range c.checkReplies(lintWords{Catalog: c.words, fact: c.fact(checkDay())}) {
			found = append(found, b.String())
		}
		if want != "" && !slices.Contains(found, want) {
			t.Errorf("%s: %q", entry, found)
		}
	}
}
