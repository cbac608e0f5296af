package bot_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"doudou/bot"
	"doudou/dialogs"
	"doudou/locales"
)

// A small town: one dialog that asks where, one that does not, and a person.
const (
	nearTree = `
dialog: near
about: Près de chez moi
owner: relais
review: 2027-03-31
intents: {opening_hours_contact: where}
slots:
  where: {type: place}
start: shared
nodes:
  shared: {set: {}, next: [{if: where = shared, go: there}, {else: where}]}
  there: {menu: {stop: end, human: "@person"}}
  where: {ask: where, next: there, skip: "@person"}
`
	cmgTree = `
dialog: cmg
about: Le CMG
owner: relais
review: 2027-03-31
intents: {cmg_amount: children}
slots:
  children: {type: count, min: 1, max: 12, keep: true}
start: children
nodes:
  children: {ask: children, next: done, skip: "@person"}
  done: {next: end}
`
	personTree = `
dialog: person
about: Une personne
owner: relais
review: 2027-03-31
intents: {talk_to_human: call}
start: call
nodes:
  call: {handoff: caller, next: end}
  offer: {menu: {call: call, no: back}}
`
	nearWords = `
"near.there" = "Voici ce qui est près."
"near.there.stop" = "Merci"
"near.there.human" = "Une personne"
"near.where" = "Où êtes-vous ?"
"near.where.retry" = "Quel quartier ?"
"cmg.children" = "Combien d'enfants ?"
"cmg.children.retry" = "Un nombre ?"
"cmg.done" = "Merci."
"person.call" = "Une personne va répondre."
`
)

// smallTown is a service's content with the words and trees given, in French.
func smallTown(t *testing.T, words string, trees ...string) bot.Options {
	t.Helper()
	o := content(t)
	files := fstest.MapFS{}
	for _, tree := range trees {
		id, _, _ := strings.Cut(strings.TrimPrefix(tree, "\ndialog: "), "\n")
		files[id+".yaml"] = &fstest.MapFile{Data: []byte(tree)}
	}
	var problems []dialogs.Problem
	if o.Book, problems = dialogs.Read(files); len(problems) > 0 {
		t.Fatal(problems)
	}
	var err error
	if o.Words, err = locales.Read(fstest.MapFS{"active.fr.toml": &fstest.MapFile{Data: []byte(serviceWords(t) + words)}}); err != nil {
		t.Fatal(err)
	}
	return o
}

// serviceWords returns the French texts of the service itself, without dialogs.
func serviceWords(t *testing.T) string {
	t.Helper()
	all, err := os.ReadFile(filepath.Join("..", "locales", "active.fr.toml"))
	if err != nil {
		t.Fatal(err)
	}
	var kept strings.Builder
	for line := range strings.Lines(string(all)) {
		room, _, _ := strings.Cut(strings.TrimPrefix(line, `"`), ".")
		if strings.HasPrefix(line, `"`) && slices.Contains([]string{"bot", "global", "writing", "team", "language", "intent"}, room) {
			kept.WriteString(line)
		}
	}
	return kept.String()
}
