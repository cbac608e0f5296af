package main

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"doudou/bot"
)

// A question is what somebody really writes, and the answer that it must reach.
type question struct {
	id, class string
	nodes     []string // any of them
	text      string
}

// TestQuestions asks the questions of families and childminders by SMS, each in
// a conversation of its own, and sees that the right answer comes, and who gives
// it (testdata/questions.txt).
func TestQuestions(t *testing.T) {
	w := worldOf(t, demoWorld)
	list := readQuestions(t)
	if len(list) < 90 {
		t.Fatalf("only %d questions", len(list))
	}
	for _, q := range list {
		t.Run(q.id, func(t *testing.T) { q.ask(t, w) })
	}
}

// TestNothingUncheckedIsSaid asks for places where nobody has checked any: no
// telephone and no address is said, and staff learn what is missing.
func TestNothingUncheckedIsSaid(t *testing.T) {
	w := worldOf(t, epinayWorld)
	for _, text := range []string{"numero de la pmi", "adresse de la pmi", "c'est ou la pmi"} {
		h := w.talk(t, bot.SMS, "").say(text)
		if h.Turn.Open == nil || strings.ContainsFunc(h.text(), unicode.IsDigit) || !strings.Contains(h.text(), "mairie") {
			t.Errorf("%q is answered %q, case %v", text, h.text(), h.Turn.Open)
		}
	}
}

func readQuestions(t *testing.T) []question {
	t.Helper()
	src, err := os.ReadFile("testdata/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []question
	for line := range strings.Lines(string(src)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.SplitN(line, "|", 4)
		if len(f) != 4 {
			t.Fatalf("not a question: %s", line)
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		list = append(list, question{f[0], f[1], strings.Fields(f[2]), f[3]})
	}
	return list
}

// ask puts the question and compares.
func (q question) ask(t *testing.T, w *world) {
	k := w.talk(t, bot.SMS, "")
	h := k.say(q.text)
	if !slices.ContainsFunc(q.nodes, func(node string) bool { return slices.Contains(h.keys(), node) }) {
		t.Errorf("%q is answered by %v", q.text, h.keys())
	}
	check := map[string]func(*testing.T, *talk, heard){
		"M": machine, "MH": machineThenPerson, "H": person, "HQ": firstQuestion, "U": card, "-": silent,
	}[q.class]
	if check == nil {
		t.Fatalf("there is no class %q", q.class)
	}
	check(t, k, h)
}

// machine answers alone.
func machine(t *testing.T, _ *talk, h heard) {
	if h.text() == "" || h.Turn.Open != nil {
		t.Errorf("the machine does not answer alone: %q, case %v", h.text(), h.Turn.Open)
	}
}

// machineThenPerson answers, and one choice calls a person.
func machineThenPerson(t *testing.T, k *talk, h heard) {
	machine(t, k, h)
	digit := h.person()
	if digit == "" {
		t.Fatalf("no choice calls a person: %q", h.text())
	}
	if next := k.say(digit); next.Turn.Open == nil || next.Turn.Open.Urgent {
		t.Errorf("%s calls nobody: %q", digit, next.text())
	}
}

// person answers: the case is open in the same turn.
func person(t *testing.T, _ *talk, h heard) {
	if h.Turn.Open == nil || h.Turn.Open.Urgent {
		t.Errorf("no person is called: %q, case %v", h.text(), h.Turn.Open)
	}
}

// firstQuestion begins the questions whose answers go to a person; who does not
// want them gets the person by one word.
func firstQuestion(t *testing.T, k *talk, h heard) {
	if h.Turn.Open != nil || !h.asks(k.world) {
		t.Errorf("nothing is asked: %q", h.text())
	}
	if next := k.say("0"); next.Turn.Open == nil && k.say("humain").Turn.Open == nil {
		t.Errorf("nobody is called: %q", next.text())
	}
}

// card is said, staff are alerted, and nothing is asked.
func card(t *testing.T, k *talk, h heard) {
	if !h.card() || h.Turn.Open == nil || !h.Turn.Open.Urgent {
		t.Errorf("no card, or nobody is alerted: %q, case %v", h.text(), h.Turn.Open)
	}
	if h.asks(k.world) || h.person() != "" || strings.Contains(h.text(), "?") {
		t.Errorf("a card asks nothing: %q", h.text())
	}
	if !strings.Contains(h.text(), "114") {
		t.Errorf("the number that takes SMS is missing: %q", h.text())
	}
}

// silent is a control word, obeyed with a word or with none.
func silent(t *testing.T, _ *talk, h heard) {
	if h.Turn.Open != nil {
		t.Errorf("a control word opens a case: %q", h.text())
	}
}
