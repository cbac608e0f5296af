// Package dialogs is the conversation of the relais: trees that a coordinator
// can read, and the step that walks them.
//
// A [Book] holds the trees. [Book.Step] takes where a family stands and what it
// wrote, and returns where it stands next and what should be done ([Effect]).
// It is pure: no clock, no store, no channel, no words. What it must look up it
// asks of a [Library]; words are chosen later, by whoever sends.
//
// A tree never reaches a family before [Check] has proved it: see [Problem] for
// the rules.
package dialogs

import "io/fs"

// A Book holds the dialog trees of a service. It is immutable once read and
// safe for concurrent use.
type Book struct {
}

// Read reads all *.yaml trees at the top of fsys. It reports problems of form
// (D00) and of reference that need no catalog; the Book is nil if there are any.
func Read(fsys fs.FS) (*Book, []Problem) { return &Book{}, nil }

// A Turn is what a Step wants: the session after it, and the effects to commit.
type Turn struct {
	Session Session
	Effects []Effect
	// Intent is the intent that was answered, "" for an answer to a question.
	Intent string
	// Private is set when the message answered a private slot: it must not be
	// kept as written.
	Private bool
	// Asked is the dialog and node that was asked when the message came, for the
	// figures on where families stop.
	Asked string
	// Understood is false when the message was neither an answer nor a known intent.
	Understood bool
}

// Step plays one turn. It returns an error only if the trees and the library
// disagree (a bug): a failed look-up, an unknown node or a strange answer are
// turns like others.
func (b *Book) Step(s Session, in Input, lib Library) (Turn, error) { return Turn{Session: s}, nil }

// Expecting tells what the question that waits in s would take for an answer.
func (b *Book) Expecting(s Session) Expectation { return Expectation{} }

// A Problem is a rule that a tree breaks: File and Line say where, Code names
// the rule for ever, Text says what is wrong and what to do.
type Problem struct {
	File string
	Line int
	Code string
	Text string
}
