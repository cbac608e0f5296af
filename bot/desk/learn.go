package desk

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"doudou/bot"
)

// Lessons are the messages that Doudou did not understand, masked and without
// whose they are, and a way to say what they meant.
type Lessons interface {
	// Groups returns messages that look alike together, the biggest group first.
	Groups(ctx context.Context) ([]bot.UnclearGroup, error)
	// Intents returns what a message may have meant.
	Intents() []string
	// Teach keeps messages as phrases of an intent, Drop erases those that teach
	// nothing; both return how many were still there.
	Teach(ctx context.Context, intent string, ids []string) (int, error)
	Drop(ctx context.Context, ids []string) (int, error)
}

// How much the page shows: what comes next is there once this is done.
const (
	maxGroups = 30
	maxAlike  = 50 // messages of one group
	maxOpen   = 5  // of these, at once
)

// A class is what the page of what is to be learned shows.
type class struct {
	Groups []lesson
	Left   int // groups that are not shown
}

// A lesson is one group of messages, with what they may have meant.
type lesson struct {
	N, Count, Over  int // Over: messages that are not shown
	Language        string
	First, More     []mumble
	Likely, Intents []choice
}

// A mumble is a message that was not understood.
type mumble struct{ ID, Text, Lang string }

// teaches tells whether an agent may say what messages meant: it holds for the
// families of all teams.
func (d *desk) teaches(a bot.Agent) bool { return d.Lessons != nil && a.Role == bot.RoleManager }

func (d *desk) learnPage(v *visit) error {
	if !d.teaches(v.agent) {
		return errNoPage
	}
	groups, err := d.Lessons.Groups(v.r.Context())
	if err != nil {
		return err
	}
	data := class{Left: max(0, len(groups)-maxGroups)}
	all := d.intents(v.lang, d.Lessons.Intents())
	for n, g := range groups[:min(len(groups), maxGroups)] {
		l := lesson{N: n, Count: len(g.Messages), Over: max(0, len(g.Messages)-maxAlike), Language: d.languageName(v.lang, g.Lang), Intents: all}
		for i, u := range g.Messages[:min(len(g.Messages), maxAlike)] {
			if m := (mumble{u.ID, u.Text, u.Lang}); i < maxOpen {
				l.First = append(l.First, m)
			} else {
				l.More = append(l.More, m)
			}
		}
		for _, intent := range g.Top {
			if i := slices.IndexFunc(all, func(c choice) bool { return c.Value == intent }); i >= 0 {
				l.Likely = append(l.Likely, all[i])
			}
		}
		data.Groups = append(data.Groups, l)
	}
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, http.StatusOK, "learn", page{Title: "desk.learn.title", Tab: "learn", Flash: flash, Data: data})
}

// intents names intents as families read them, by name.
func (d *desk) intents(lang string, ids []string) []choice {
	list := make([]choice, 0, len(ids))
	for _, id := range ids {
		list = append(list, choice{id, d.name(lang, id, "intent."+id)})
	}
	slices.SortFunc(list, func(a, b choice) int { return cmp.Or(cmp.Compare(a.Label, b.Label), cmp.Compare(a.Value, b.Value)) })
	return list
}

// learn keeps what a manager said of messages. The journal has that it was
// done, and no word of the messages.
func (d *desk) learn(v *visit) error {
	if !d.teaches(v.agent) {
		return errNoPage
	}
	ctx, intent, did, flash := v.r.Context(), v.field("as"), "learn", "desk.learn.taught"
	ids := v.r.PostForm["id"]
	switch {
	case len(ids) == 0:
		d.flash(v, "desk.learn.none")
		return v.back("/desk/learn")
	case len(ids) > maxAlike:
		return errForm
	case v.field("do") == "drop":
		did, flash = "unlearn", "desk.learn.dropped"
	case v.field("do") != "teach", !slices.Contains(d.Lessons.Intents(), intent):
		return errForm
	}
	if err := d.record(ctx, v.agent, did, ""); err != nil {
		return err
	}
	var n int
	var err error
	if did == "learn" {
		n, err = d.Lessons.Teach(ctx, intent, ids)
	} else {
		n, err = d.Lessons.Drop(ctx, ids)
	}
	if err != nil {
		return err
	}
	if n == 0 {
		flash = "desk.learn.gone"
	}
	d.flash(v, flash)
	return v.back("/desk/learn")
}
