package knowledge

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Reply is an answer that staff pick by its key, written for them or said by
// Doudou in its dialogs: what they look for, what they fill in, and what it rests
// on. Its words are in the catalogs.
type Reply struct {
	ID        string // key of its words: "reply.appointment", "creche.refused"
	Title     string // in French, as staff read it in the list
	Intents   []string
	Blanks    []Blank
	Facts     []string         // facts that its words quote
	Review    time.Time        // zero for what a dialog says
	Proofread map[string]Proof // by language; nobody has read what is not here
	File      string
	Line      int
}

// A Blank is one thing that staff fill in.
type Blank struct {
	Name string `yaml:"name"`
	Kind string `yaml:"kind"` // one of BlankKinds
}

// A Proof says who has read a text in a language, and when.
type Proof struct {
	By string
	On time.Time
}

// BlankKinds returns the kinds of what staff fill in.
func BlankKinds() []string {
	return []string{"date", "moment", "place", "text", "phone", "euros", "count", "team", "half"}
}

// Written tells whether the answer is written for staff; what Doudou says in its
// dialogs is reviewed with them.
func (r Reply) Written() bool { return strings.HasPrefix(r.ID, "reply.") }

// Replies returns what staff may answer by key, in the order of the file.
func (k *Knowledge) Replies() []Reply { return slices.Clone(k.replies) }

// Standing says how long what some facts state may be said: until is the first
// day on which one of them ends, zero when no end is known, and ended the id of
// one that has ended and that nothing follows, "" when all are still true.
func (k *Knowledge) Standing(facts []string, at time.Time) (until time.Time, ended string) {
	on := k.local(at)
	for _, id := range facts {
		f, spoken := k.Fact(id, at)
		if !spoken && k.over(id, on) {
			ended = cmp.Or(ended, id)
		}
		if !f.Until.IsZero() && (until.IsZero() || f.Until.Before(until)) {
			until = f.Until
		}
	}
	return until, ended
}

// over tells whether a fact was true once and is not any more.
func (k *Knowledge) over(id string, on time.Time) bool {
	return slices.ContainsFunc(k.facts, func(f Fact) bool { return f.ID == id && f.State(on) == "ended" })
}

type repliesFile struct {
	Replies []struct {
		ID        string   `yaml:"id"`
		Title     string   `yaml:"title"`
		Intents   []string `yaml:"intents"`
		Blanks    []Blank  `yaml:"blanks"`
		Facts     []string `yaml:"facts"`
		Review    day      `yaml:"review"`
		Proofread map[string]struct {
			By string `yaml:"by"`
			On day    `yaml:"on"`
		} `yaml:"proofread"`
	} `yaml:"replies"`
}

// readReplies reads what staff may answer by key.
func readReplies(fsys fs.FS, facts []Fact) (list []Reply, wrong []error) {
	const name = "replies.yaml"
	var file repliesFile
	doc, err := readYAML(fsys, name, &file)
	if err != nil {
		return nil, []error{err}
	}
	for i, line := range linesOf(doc, "replies") {
		e := file.Replies[i]
		r := Reply{ID: e.ID, Title: e.Title, Intents: e.Intents, Blanks: e.Blanks, Facts: e.Facts, Review: e.Review.Time,
			Proofread: map[string]Proof{}, File: name, Line: line}
		for _, lang := range slices.Sorted(maps.Keys(e.Proofread)) {
			r.Proofread[lang] = Proof{e.Proofread[lang].By, e.Proofread[lang].On.Time}
		}
		if err := r.check(facts, list); err != nil {
			wrong = append(wrong, position{name, line}.wrong("%w", err))
		}
		list = append(list, r)
	}
	return list, wrong
}

var (
	replyForm = regexp.MustCompile(`^[a-z]+\.[a-z][a-z0-9_]*$`)
	blankForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// check refuses a reply that staff could not find, fill in or trust. Its words
// are for whoever knows the catalogs to prove.
func (r Reply) check(facts []Fact, before []Reply) error {
	switch {
	case !replyForm.MatchString(r.ID):
		return fmt.Errorf("the id of a reply is reply. or a dialog, then its name, not %q", r.ID)
	case slices.ContainsFunc(before, func(o Reply) bool { return o.ID == r.ID }):
		return fmt.Errorf("%s is there twice", r.ID)
	case r.Title == "" || r.Written() == r.Review.IsZero():
		return fmt.Errorf("%s: say title, and for what is written here review, the day before which it is read again", r.ID)
	}
	for _, id := range r.Facts {
		if !slices.ContainsFunc(facts, func(f Fact) bool { return f.ID == id }) {
			return fmt.Errorf("%s: there is no fact %q", r.ID, id)
		}
	}
	for lang, p := range r.Proofread {
		if p.By == "" || p.On.IsZero() {
			return fmt.Errorf("%s: proofread in %s by whom, and on which day", r.ID, lang)
		}
	}
	return r.checkBlanks()
}

func (r Reply) checkBlanks() error {
	for i, b := range r.Blanks {
		switch {
		case !blankForm.MatchString(b.Name):
			return fmt.Errorf("%s: %q is no name of a blank", r.ID, b.Name)
		case !slices.Contains(BlankKinds(), b.Kind):
			return fmt.Errorf("%s: kind of %s is one of %s, not %q", r.ID, b.Name, strings.Join(BlankKinds(), ", "), b.Kind)
		case slices.ContainsFunc(r.Blanks[:i], func(o Blank) bool { return o.Name == b.Name }):
			return fmt.Errorf("%s: %s is there twice", r.ID, b.Name)
		}
	}
	return nil
}
