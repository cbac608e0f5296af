package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"doudou/bot"
)

// A tally counts lines as they are read: people once, messages each time.
type tally struct {
	o         Options
	everybody map[bot.ContactID]bool
	audience  people
	channel   people
	lang      people
	steps     people // who came to each question
	stopped   map[bot.ContactID]bool
	topics    map[string]int // messages
	messages  int
	robot     int // messages that the robot understood
	unclear   int // messages that it did not
	person    int // messages that a person had the word for
}

// people counts each person once under a name.
type people map[string]map[bot.ContactID]bool

func (p people) add(name string, who bot.ContactID) {
	if p[name] == nil {
		p[name] = map[bot.ContactID]bool{}
	}
	p[name][who] = true
}

func newTally(o Options) *tally {
	return &tally{o: o, everybody: map[bot.ContactID]bool{}, audience: people{}, channel: people{}, lang: people{}, steps: people{},
		stopped: map[bot.ContactID]bool{}, topics: map[string]int{}}
}

// notUnderstood is what package bot calls a message that it did not understand.
const notUnderstood = "not_understood"

func (t *tally) hear(h bot.Heard) {
	switch h.Speaker {
	case bot.Robot:
		for _, key := range h.Keys {
			t.steps.add(key, h.Contact)
		}
	case bot.Family:
		t.everybody[h.Contact] = true
		t.audience.add(cmp.Or(h.Audience, "unknown"), h.Contact)
		t.channel.add(string(h.Channel), h.Contact)
		t.lang.add(cmp.Or(h.Lang, "unknown"), h.Contact)
		t.count(h)
	}
}

// count counts a message by what became of it. An answer inside a path has no
// intent: the robot understood it.
func (t *tally) count(h bot.Heard) {
	t.messages++
	switch {
	case h.Intent == "stop_messages":
		t.stopped[h.Contact] = true
		t.robot++
	case h.Intent == notUnderstood:
		t.unclear++
	case h.Intent == "" && h.Case != "":
		t.person++
	default:
		t.robot++
	}
	if h.Intent != "" && h.Intent != notUnderstood {
		t.topics[h.Intent]++
	}
}

// people returns the tables of who wrote and what about.
func (t *tally) people() []Table {
	whole := Table{Key: "whole", Note: "report.whole.note", Rows: []Row{
		t.row("report.whole.people", len(t.everybody)), t.row("report.whole.messages", t.messages), t.row("report.whole.stopped", len(t.stopped)),
	}}
	answered := Table{Key: "answered", Note: "report.answered.note", Parts: true, Rows: []Row{
		t.row("report.answered.robot", t.robot), t.row("report.answered.person", t.person), t.row("report.answered.unclear", t.unclear),
	}}
	return []Table{whole, t.persons("audience", "report.audience.", t.audience), t.persons("channel", "report.channel.", t.channel),
		t.persons("language", "language.", t.lang), answered, t.topicTable()}
}

func (t *tally) row(key string, n int) Row { return Row{Label: t.o.say(key), Count: Count{N: n}} }

// persons is a table of people, small counts hidden.
func (t *tally) persons(key, prefix string, p people) Table {
	table := Table{Key: key, Parts: true}
	for _, name := range slices.Sorted(maps.Keys(p)) {
		table.Rows = append(table.Rows, Row{Label: t.o.name(prefix, name), Count: Count{N: len(p[name])}})
	}
	sortRows(table.Rows)
	hide(table.Rows)
	return table
}

// topicTable counts messages by topic; a topic of fewer than five is not named.
func (t *tally) topicTable() Table {
	table := Table{Key: "topics", Note: "report.topics.note"}
	for intent, n := range t.topics {
		table.Rows = append(table.Rows, Row{Label: t.o.name("intent.", intent), Count: Count{N: n}})
	}
	sortRows(table.Rows)
	hide(table.Rows)
	return table
}

// paths counts who came to each question of the guided paths.
func (t *tally) paths() Table {
	table := Table{Key: "paths", Note: "report.paths.note"}
	for _, step := range t.o.Steps {
		if n := len(t.steps[step]); n > 0 {
			dialog, _, _ := strings.Cut(step, ".")
			table.Rows = append(table.Rows, Row{Label: dialog + " · " + t.o.name("", step), Count: Count{N: n, Hidden: n < few}})
		}
	}
	return table
}

// name writes what something is called, or its id.
func (o Options) name(prefix, id string) string { return cmp.Or(o.Words(prefix+id), id) }

func (o Options) say(key string) string { return cmp.Or(o.Words(key), key) }

// sortRows puts the greatest count first.
func sortRows(rows []Row) {
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Count.N, a.Count.N), cmp.Compare(a.Label, b.Label))
	})
}

// hide hides counts of fewer than five, and one more where a single one would
// be given away by the sum. The rows are in order, the greatest first.
func hide(rows []Row) {
	hidden := 0
	for i := range rows {
		if n := rows[i].Count.N; n > 0 && n < few {
			rows[i].Count.Hidden = true
			hidden++
		}
	}
	if hidden != 1 {
		return
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if !rows[i].Count.Hidden && rows[i].Count.N > 0 {
			rows[i].Count.Hidden = true
			return
		}
	}
}
