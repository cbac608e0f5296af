package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"doudou/dialogs"
	"doudou/dialogs/nlu"
)

// An Unclear is a message that was not understood, as it is kept to learn from:
// masked, on a day and not at an hour, and without whose it is. Nothing leads
// from it to a contact, so it is not erased with one; it goes when somebody has
// said what it meant, or after UnclearDays.
type Unclear struct {
	ID       string // drawn at random by the store
	Day      string // "2026-11-23"
	Lang     string
	Audience string
	Text     string   // masked, see nlu.Mask
	Top      []string // the three likeliest intents, the best first
}

// How much is kept of what was not understood.
const (
	MostUnclear = 5000 // messages; the oldest days go first
	UnclearDays = 90
)

// An UnclearStore keeps what was not understood.
type UnclearStore interface {
	// Unclear returns the messages that wait for somebody to say what they meant,
	// none older than UnclearDays.
	Unclear(ctx context.Context) ([]Unclear, error)
	// Settled erases those that somebody has looked at, and returns how many of
	// them were still there.
	Settled(ctx context.Context, ids []string) (int, error)
}

// mostLearned is how many characters of a message are kept: what follows is a
// story, and nobody else will tell it.
const mostLearned = 300

// unclear returns what is kept of a message to learn from, nil when nothing may
// be: what is urgent, private, about erasure or meant for a person is not kept,
// nor an answer to a question about the family.
func (b *player) unclear(w Work, before dialogs.Session, r nlu.Reading, d dialogs.Turn) *Unclear {
	switch {
	case d.Understood, d.Private, r.Urgent, w.Case != nil, w.Message.Kind != Text:
		return nil
	case len(r.Top) == 0, strings.HasPrefix(r.Intent, "urgent_"), r.Global != "":
		return nil
	case before.Dialog == "forget", d.Session.Dialog == "forget":
		return nil
	case b.Book.Guides(before) && len(d.Session.Offer) == 0:
		return nil
	}
	u := Unclear{Day: b.today(), Lang: r.Lang, Audience: w.Contact.Audience, Text: shortened(nlu.Mask(w.Message.Text))}
	if u.Text == "" {
		return nil
	}
	for _, t := range r.Top {
		u.Top = append(u.Top, t.Intent)
	}
	return &u
}

// shortened cuts a text at a word.
func shortened(text string) string {
	if utf8.RuneCountInString(text) <= mostLearned {
		return text
	}
	text = string([]rune(text)[:mostLearned])
	if at := strings.LastIndexByte(text, ' '); at > 0 {
		text = text[:at]
	}
	return text
}

// An UnclearGroup is messages that seem to ask for the same thing, in one
// language: the first is the one most like the others.
type UnclearGroup struct {
	Lang     string
	Top      []string // likeliest intents of all of them, the best first
	Messages []Unclear
}

// alike is how much of the words of two messages must be the same for them to
// stand in one group.
const alike = 0.5

// GroupUnclear puts messages together that have the same language, the same
// likeliest intent and most words in common; the biggest group comes first.
func GroupUnclear(reader *nlu.Model, list []Unclear) []UnclearGroup {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Unclear) int {
		return cmp.Or(cmp.Compare(len(a.Text), len(b.Text)), cmp.Compare(a.Text, b.Text), cmp.Compare(a.ID, b.ID))
	})
	type group struct {
		UnclearGroup
		words []string
	}
	byTopic := map[string][]*group{}
	var all []*group
	for _, u := range list {
		words := reader.Words(u.Text, u.Lang)
		slices.Sort(words)
		words = slices.Compact(words)
		topic := u.Lang + " " + first(u.Top...)
		same := slices.IndexFunc(byTopic[topic], func(g *group) bool { return similar(g.words, words) })
		if same < 0 {
			g := &group{UnclearGroup{Lang: u.Lang}, words}
			byTopic[topic] = append(byTopic[topic], g)
			all = append(all, g)
			same = len(byTopic[topic]) - 1
		}
		g := byTopic[topic][same]
		g.Messages = append(g.Messages, u)
	}
	groups := make([]UnclearGroup, 0, len(all))
	for _, g := range all {
		g.Top = likeliest(g.Messages)
		groups = append(groups, g.UnclearGroup)
	}
	slices.SortStableFunc(groups, func(a, b UnclearGroup) int { return len(b.Messages) - len(a.Messages) })
	return groups
}

// similar compares two sorted sets of words.
func similar(a, b []string) bool {
	small, big := min(len(a), len(b)), max(len(a), len(b))
	if float64(small) < alike*float64(big) {
		return false
	}
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); {
		case c == 0:
			both, i, j = both+1, i+1, j+1
		case c < 0:
			i++
		default:
			j++
		}
	}
	return both == big || float64(both) >= alike*float64(len(a)+len(b)-both)
}

// likeliest returns the intents that messages most likely have, at most three.
func likeliest(list []Unclear) []string {
	votes := map[string]int{}
	var top []string
	for _, u := range list {
		for place, intent := range u.Top {
			if votes[intent] == 0 {
				top = append(top, intent)
			}
			votes[intent] += 3 - min(place, 2)
		}
	}
	slices.SortStableFunc(top, func(a, b string) int { return votes[b] - votes[a] })
	return top[:min(3, len(top))]
}
