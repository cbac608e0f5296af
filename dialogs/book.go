// Package dialogs is the conversation of the relais: trees that a coordinator
// can read, and the step that walks them.
//
// A [Book] holds the trees. [Book.Step] takes where a family stands and what it
// wrote, and returns where it stands next and what should be done ([Effect]).
// It is pure: no clock, no store, no channel, no words. What it must look up it
// asks of a [Library]; words are chosen later, by whoever sends.
//
// README.md says how a tree is written. None reaches a family before [Book.Check]
// has proved it: see [Rules].
package dialogs

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// A Book holds the dialog trees of a service. It is immutable once read and
// safe for concurrent use.
type Book struct {
	trees    []*tree // by id
	tree     map[string]*tree
	intents  map[string]*node
	subjects map[string]*node // by "intent/subject"
	broken   map[string]bool  // files that could not be read, while reading
}

// A Turn is what a Step wants: the session after it, and the effects to commit.
type Turn struct {
	Session Session
	Effects []Effect
	// Intent is the intent that was answered, "" for an answer to a question.
	Intent string
	// Private is set when the message answered a private slot, or tried to: it
	// must not be kept as written.
	Private bool
	// Asked is the dialog and node that was asked when the message came, for the
	// figures on where families stop.
	Asked string
	// Audience is who the contact has shown to be, parent or childminder; "" when
	// this turn tells nothing.
	Audience string
	// Understood is false when the message was neither an answer nor a known intent.
	Understood bool
}

// A Problem is a rule that a tree breaks: File and Line say where, Code names
// the rule for ever, Text says what is wrong and what to do.
type Problem struct {
	File string
	Line int
	Code string
	Text string
}

// String writes the problem as compilers do: file:line: code text.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d: %s %s", p.File, p.Line, p.Code, p.Text)
}

// Warning tells whether the problem comes with time alone: a date that has
// passed (D15). Families are still answered well, so a service must not refuse
// to start for it.
func (p Problem) Warning() bool { return p.Code == "D15" }

// Read reads all *.yaml trees at the top of fsys. It reports problems of form
// (D00) and of reference that need no catalog; the Book is nil if there are any.
func Read(fsys fs.FS) (*Book, []Problem) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil || len(names) == 0 {
		return nil, []Problem{{File: ".", Line: 1, Code: "D00", Text: "there is no tree: no *.yaml file"}}
	}
	b := &Book{tree: map[string]*tree{}, intents: map[string]*node{}, subjects: map[string]*node{}, broken: map[string]bool{}}
	var problems []Problem
	for _, name := range names {
		f := &form{file: name}
		b.add(f, fsys, name)
		problems = append(problems, f.problems...)
	}
	slices.SortFunc(b.trees, func(x, y *tree) int { return strings.Compare(x.id, y.id) })
	problems = append(problems, b.link()...)
	if len(problems) > 0 {
		return nil, sorted(problems)
	}
	b.prepare()
	return b, nil
}

// add reads one file into the book.
func (b *Book) add(f *form, fsys fs.FS, name string) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		f.report(1, "D00", "cannot be read: %v", err)
		b.broken[strings.TrimSuffix(name, ".yaml")] = true
		return
	}
	t := f.tree(data)
	if t == nil || t.id == "" || len(t.nodes) == 0 {
		b.broken[strings.TrimSuffix(name, ".yaml")] = true
		return
	}
	if b.tree[t.id] != nil {
		f.report(t.line, "D00", "there is another dialog %q", t.id)
		return
	}
	b.trees = append(b.trees, t)
	b.tree[t.id] = t
}

// sorted puts problems in the order of the files, each said once.
func sorted(list []Problem) []Problem {
	slices.SortFunc(list, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			strings.Compare(a.Code, b.Code), strings.Compare(a.Text, b.Text))
	})
	return slices.Compact(list)
}

// Dialogs returns the ids of all dialogs, sorted.
func (b *Book) Dialogs() []string {
	ids := make([]string, 0, len(b.trees))
	for _, t := range b.trees {
		ids = append(ids, t.id)
	}
	return ids
}

// Intents returns all intents that a dialog answers, sorted.
func (b *Book) Intents() []string {
	return slices.Sorted(maps.Keys(b.intents))
}

// Subjects returns all subjects that a dialog answers, as "intent/subject", sorted.
func (b *Book) Subjects() []string {
	return slices.Sorted(maps.Keys(b.subjects))
}

// answering returns where an intent is answered: at what exactly is asked within
// it, if a tree tells that apart, else in general; nil when no dialog answers it.
func (b *Book) answering(intent, subject string) *node {
	if n := b.subjects[intent+"/"+subject]; n != nil {
		return n
	}
	return b.intents[intent]
}

// Dialog returns the dialog that answers an intent, "" when none does.
func (b *Book) Dialog(intent string) string {
	if n := b.intents[intent]; n != nil {
		return n.tree.id
	}
	return ""
}

// Owner returns the team that answers for a dialog, "" for an unknown dialog.
func (b *Book) Owner(dialog string) string {
	if t := b.tree[dialog]; t != nil {
		return t.owner
	}
	return ""
}

// About returns the French sentence that says what a dialog is about, "" for an
// unknown dialog.
func (b *Book) About(dialog string) string {
	if t := b.tree[dialog]; t != nil {
		return t.about
	}
	return ""
}

// A Review says until when a dialog counts as right, and who answers for it.
type Review struct {
	Dialog string
	Owner  string
	Date   string // "2027-03-31": to be read again by then
}

// Reviews returns the review dates of all dialogs, the next first.
func (b *Book) Reviews() []Review {
	list := make([]Review, 0, len(b.trees))
	for _, t := range b.trees {
		list = append(list, Review{t.id, t.owner, t.review})
	}
	slices.SortStableFunc(list, func(x, y Review) int { return strings.Compare(x.Date, y.Date) })
	return list
}
