package bot_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"doudou/knowledge"
)

// TestRoute sends a question to the team that the routing table names for it,
// unless the tree names one itself.
func TestRoute(t *testing.T) {
	const routing = `
rules:
  - {what: Tout, topics: [cmg], audience: all, team: caf}
  - {what: Les enfants, topics: [cmg.children], audience: all, team: pmi}
  - {what: Les cas, topics: [person], audience: all, team: caf}
signed: []
`
	renamed := strings.NewReplacer("children: {ask", "number: {ask", "start: children", "start: number", "amount: children", "amount: number").Replace(cmgTree)
	words := strings.ReplaceAll(nearWords, "cmg.children", "cmg.number")
	named := strings.Replace(personTree, "handoff: caller", "handoff: inscription", 1)
	for _, c := range []struct{ name, dialog, tree, words, person, want string }{
		{"most exact", "cmg", cmgTree, nearWords, personTree, "pmi"},
		{"of the dialog", "cmg", renamed, words, personTree, "caf"},
		{"none: the owner", "near", nearTree, nearWords, personTree, "relais"},
		{"the tree's own", "cmg", cmgTree, nearWords, named, "inscription"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := smallTown(t, c.words, c.tree, c.person)
			var err error
			if o.Knowledge, err = knowledge.Overlay(fstest.MapFS{"routing.yaml": &fstest.MapFile{Data: []byte(routing)}}); err != nil {
				t.Fatal(err)
			}
			s := newStageOf(t, o)
			s.telegram([]string{"chat", "7"}, "/start "+c.dialog)
			s.telegram([]string{"chat", "7"}, "0")
			if shown := s.show(t.Context(), "K-1")[0]; !strings.Contains(shown, " team "+c.want+" ") {
				t.Errorf("opened %s, want team %s", shown, c.want)
			}
		})
	}
}
