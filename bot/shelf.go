package bot

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"doudou/dialogs"
	"doudou/dialogs/nlu"
	"doudou/knowledge"
	"doudou/locales"
)

// An Approved is an answer that staff may pick, as it stands today.
type Approved struct {
	knowledge.Reply
	Until  time.Time        // first day on which something that it states ends; zero when none is known
	Ended  string           // fact that has ended: the answer may not leave; "" when all is true
	Quotes []knowledge.Fact // what it states, with its sources
}

// A Shelf holds the answers that staff may pick, to be found by their words or
// by what a family has written. It is safe for concurrent use.
type Shelf struct {
	reader    *nlu.Model
	book      *dialogs.Book
	words     *locales.Catalog
	knowledge *knowledge.Knowledge
	now       func() time.Time
	list      []shelved
	rare      map[string]float64 // weight of a word: the fewer answers have it, the more it tells
}

// A shelved is an answer with the words that find it, in French.
type shelved struct {
	reply       knowledge.Reply
	title, text []string
}

// NewShelf reads the answers. The reader finds them by meaning.
func NewShelf(reader *nlu.Model, book *dialogs.Book, words *locales.Catalog, k *knowledge.Knowledge, now func() time.Time) *Shelf {
	s := &Shelf{reader: reader, book: book, words: words, knowledge: k, now: now, rare: map[string]float64{}}
	for _, r := range k.Replies() {
		e := shelved{reply: r, title: s.read(r.Title), text: s.read(s.french(r))}
		for _, w := range unique(slices.Concat(e.title, e.text)) {
			s.rare[w]++
		}
		s.list = append(s.list, e)
	}
	for w, n := range s.rare {
		s.rare[w] = math.Log(float64(len(s.list)+1) / n)
	}
	return s
}

// french is the French text of an answer, what is filled in left out.
func (s *Shelf) french(r knowledge.Reply) string {
	line := locales.Line{Key: r.ID, Args: map[string]locales.Arg{}}
	for _, b := range r.Blanks {
		line.Args[b.Name] = locales.Arg{Kind: "text", Text: "…"}
	}
	text, err := s.words.Text("fr", locales.Style{}, line, s.fact)
	if err != nil {
		return "" // doudou check says why
	}
	return text
}

func (s *Shelf) fact(id string) (locales.Arg, bool) {
	f, ok := s.knowledge.Fact(id, s.now())
	return locales.Arg{Kind: f.Kind, Text: f.Value}, ok
}

// read returns the words of a French text, folded.
func (s *Shelf) read(text string) []string { return s.reader.Words(text, "fr") }

func unique(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// standing is an answer as it stands now.
func (s *Shelf) standing(r knowledge.Reply) Approved {
	a := Approved{Reply: r}
	a.Until, a.Ended = s.knowledge.Standing(r.Facts, s.now())
	for _, id := range r.Facts {
		if f, ok := s.knowledge.Fact(id, s.now()); ok {
			a.Quotes = append(a.Quotes, f)
		}
	}
	return a
}

// Get returns one answer; false when there is none with this key.
func (s *Shelf) Get(key string) (Approved, bool) {
	for _, e := range s.list {
		if e.reply.ID == key {
			return s.standing(e.reply), true
		}
	}
	return Approved{}, false
}

// How much each sign counts that an answer is the one that is looked for.
const (
	inTitle   = 3.0
	inText    = 1.0
	forIntent = 6.0 // times how sure the intent is
	forDialog = 1.5 // the case comes from there
	bySight   = 1.0 // least that is shown for a search
	bySense   = 1.5 // least that is suggested
)

// Find returns the answers that a search in French means, the best first; all of
// them, in the order of the file, for no words.
func (s *Shelf) Find(query string) []Approved {
	asked := unique(s.read(query))
	if len(asked) == 0 {
		return s.rank(func(shelved) float64 { return bySight }, bySight)
	}
	intents := s.intents(query, "fr")
	return s.rank(func(e shelved) float64 {
		score := forIntent / 2 * e.meant(intents)
		for _, w := range asked {
			score += s.weight(w) * max(inTitle*holds(e.title, w), inText*holds(e.text, w))
		}
		return score
	}, bySight)
}

// Suggest returns at most three answers for what a family last wrote in its
// language, in a case about a topic: none that is out of date or that the
// language lacks.
func (s *Shelf) Suggest(text, lang, topic string) []Approved {
	intents := s.intents(text, lang)
	dialog, _, _ := strings.Cut(topic, ".")
	list := s.rank(func(e shelved) float64 {
		score := forIntent * e.meant(intents)
		if score > 0 && s.from(e.reply, dialog) {
			score += forDialog
		}
		return score
	}, bySense)
	list = slices.DeleteFunc(list, func(a Approved) bool { return a.Ended != "" || !s.words.Has(s.words.Best(lang), a.ID) })
	return list[:min(3, len(list))]
}

// rank returns the answers with at least so much, the best first.
func (s *Shelf) rank(score func(shelved) float64, least float64) []Approved {
	type scored struct {
		e     shelved
		score float64
	}
	var found []scored
	for _, e := range s.list {
		if n := score(e); n >= least {
			found = append(found, scored{e, n})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	list := make([]Approved, len(found))
	for i, f := range found {
		list[i] = s.standing(f.e.reply)
	}
	return list
}

// intents reads what a text may ask for. What is urgent is for a person to read,
// not to be answered from a shelf.
func (s *Shelf) intents(text, lang string) []nlu.Scored {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	r := s.reader.Read(text, nlu.Context{Lang: lang})
	if r.Urgent {
		return nil
	}
	return r.Top
}

// meant is how sure it is that the answer is for one of the intents.
func (e shelved) meant(intents []nlu.Scored) (best float64) {
	for _, i := range intents {
		if slices.Contains(e.reply.Intents, i.Intent) {
			best = max(best, i.Score)
		}
	}
	return best
}

// from tells whether an answer is about what a dialog is about.
func (s *Shelf) from(r knowledge.Reply, dialog string) bool {
	return strings.HasPrefix(r.ID, dialog+".") ||
		slices.ContainsFunc(r.Intents, func(intent string) bool { return s.book.Dialog(intent) == dialog })
}

// weight is how much a word tells: one that no answer has tells as much as one
// that a single answer has.
func (s *Shelf) weight(word string) float64 {
	if w, ok := s.rare[word]; ok {
		return w
	}
	return math.Log(float64(len(s.list) + 1))
}

// shortest is how many letters of a word must be typed for it to be found by its
// beginning.
const shortest = 4

// holds is 1 when a text has the word, or one that begins like it.
func holds(text []string, word string) float64 {
	for _, w := range text {
		if w == word || len(word) >= shortest && strings.HasPrefix(w, word) || len(w) >= shortest && strings.HasPrefix(word, w) && len(word)-len(w) <= 2 {
			return 1
		}
	}
	return 0
}
