package bot

import (
	"context"
	"time"

	"doudou/dialogs/nlu"
)

// A List is one of the lists of the desk. A case that is not asleep stands in
// exactly one list of each colleague who may see it.
type List string

// The lists.
const (
	ToTake        List = "open"    // nobody holds them
	Mine          List = "mine"    // the agent holds them, and the family waits; those asleep last
	ForTheFamily  List = "waiting" // the family has been answered; and last, what colleagues hold
	AlreadyClosed List = "closed"  // the last closed first
)

// A CaseQuery asks for one page of a list: urgent cases first, then those whose
// family has waited longest. With Terms it asks for cases of all lists that have
// every one of them, the last changed first; with a Contact for those of one
// family, those not closed first.
type CaseQuery struct {
	Teams   []string // of the agent; without any there is no case
	Agent   string   // login
	List    List
	Terms   []Term
	Contact ContactID
	At      time.Time // now: what is asleep
	Limit   int       // 0: only the counts are asked for
	After   string    // CasePage.Next of the page before
}

// A Term is a word of a search, in the form of nlu.Words: it finds what begins
// with it, a word of one or two letters only itself. A case that is about one of
// the dialogs or in one of the languages has the term too. With an Address, it
// stands for what the family writes from, and for nothing else.
type Term struct {
	Word    string
	Topics  []string // dialogs
	Langs   []string
	Address *Address
}

// MostTerms is how many words of a search count.
const MostTerms = 6

// Places where a word of a search was found.
const (
	InNumber  = "number"
	InBrief   = "brief" // brief and notes of the family: what it asked for, what it speaks
	InFamily  = "family"
	InStaff   = "staff"
	InNote    = "note"
	InTopic   = "topic"
	InLang    = "lang"
	InAddress = "address"
)

// A CasePage is one page of a list.
type CasePage struct {
	Cases  []Case
	Found  map[CaseID][]string // of a search: the places where the words are
	Next   string              // for CaseQuery.After; "" on the last page
	Counts map[List]int        // of all lists but AlreadyClosed, without what is asleep
}

// A Move says that a page which shows a case is out of date.
type Move struct {
	Case CaseID
	Team string
	Mark int64 // grows with each move of the case
	Last int64 // Seq of the family's last line
}

// A Presence says who has a case before their eyes.
type Presence struct {
	Case  CaseID
	Agent string
	Doing Doing
	At    time.Time
}

// Doing is what somebody does at a case.
type Doing string

// What somebody does at a case.
const (
	Viewing Doing = "view"
	Writing Doing = "write"
	Leaving Doing = "leave"
)

// PresenceFor is how long somebody counts as there who has said nothing since.
const PresenceFor = 25 * time.Second

// A ListStore finds cases, and says what has changed of them.
type ListStore interface {
	// List returns one page of a list, or of what a search finds.
	List(ctx context.Context, q CaseQuery) (CasePage, error)
	// Moves returns the cases that moved after a mark, oldest move first, at most
	// limit. A move that is committed late may have a mark a little below one
	// that was seen before: whoever follows asks again from somewhat earlier.
	// Mark 0 returns none, but see Mark.
	Moves(ctx context.Context, after int64, limit int) ([]Move, error)
	// Mark returns the mark that a move at a time would have at least.
	Mark(at time.Time) int64
	// Attend notes who has a case before their eyes, or leaves it.
	Attend(ctx context.Context, p Presence) error
	// Attending returns who said so after a time, by case and login.
	Attending(ctx context.Context, after time.Time) ([]Presence, error)
}

// Searched reads what an agent typed into the field of the search: the words,
// and a telephone number in any form.
func Searched(text string) []Term {
	number, rest := nlu.Dialled(text)
	var list []Term
	for _, word := range nlu.Words(rest) {
		list = append(list, Term{Word: word})
	}
	if number != "" {
		list = append(list, Term{Address: &Address{Channel: SMS, ID: number}})
	}
	return list[max(0, len(list)-MostTerms):]
}

// SearchWords cuts a text into the words by which a search finds it.
func SearchWords(text string) []string { return nlu.Words(text) }
