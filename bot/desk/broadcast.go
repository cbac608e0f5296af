package desk

import (
	"context"
	"net/http"
	"slices"

	"doudou/bot"
	"doudou/knowledge/events"
)

// Broadcasts is what the relais says to many, and to whom; bot.BroadcastStore
// and bot.PromptStore satisfy it together.
type Broadcasts interface {
	Recipients(ctx context.Context, audience, quarter string) ([]bot.Recipient, error)
	Launch(ctx context.Context, b bot.Broadcast, prompts []bot.Prompt) error
	Halt(ctx context.Context, id string, halted bool) error
	Broadcasts(ctx context.Context, limit int) ([]bot.Broadcast, error)
	Batch(ctx context.Context, batch string) (bot.Progress, error)
}

// A Composer returns what a contact would read of a node, in a language, on a
// channel; bot.Service.Compose is one.
type Composer func(ctx context.Context, lang string, ch bot.Channel, node string, slots map[string]string) (string, error)

// maxBroadcasts is how many broadcasts the page shows.
const maxBroadcasts = 30

// A criers is what the page of broadcasts shows.
type criers struct {
	List []sentTo
	May  bool
	Once string
}

// A sentTo is one broadcast and how far it has come.
type sentTo struct {
	ID, By, To, Quarter, Words string
	Event, Title               string // the date that it invites to
	At                         stamp
	People, Segments           int
	Waiting, Started, Dropped  int
	State                      string // sending, halted, done
}

// broadcasting tells whether the desk can say something to many.
func (d *desk) broadcasting() bool { return d.Broadcasts != nil && d.Compose != nil }

// crying serves a page of broadcasts to the team that runs the dates.
func (d *desk) crying(h handler) handler {
	return func(v *visit) error {
		if !d.broadcasting() || !d.hosts(v.agent) {
			return errNoPage
		}
		return h(v)
	}
}

// broadcastsPage shows the last broadcasts.
func (d *desk) broadcastsPage(v *visit) error {
	list, err := d.sent(v, "")
	if err != nil {
		return err
	}
	data := criers{List: list, May: d.runs(v.agent) == nil, Once: v.key()}
	flash := d.sessions.PopString(v.r.Context(), sessionFlash)
	return d.show(v, http.StatusOK, "broadcasts", page{Title: "desk.cry.title", Tab: "events", Flash: flash, Data: data})
}

// sent returns the last broadcasts, of one date unless it is "".
func (d *desk) sent(v *visit, event string) ([]sentTo, error) {
	if !d.broadcasting() {
		return nil, nil
	}
	list, err := d.Broadcasts.Broadcasts(v.r.Context(), maxBroadcasts)
	if err != nil {
		return nil, err
	}
	var rows []sentTo
	for _, b := range list {
		if event != "" && b.Event != event {
			continue
		}
		row, err := d.sentTo(v, b)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (d *desk) sentTo(v *visit, b bot.Broadcast) (sentTo, error) {
	p, err := d.Broadcasts.Batch(v.r.Context(), b.ID)
	row := sentTo{ID: b.ID, By: d.agentName(v, b.Agent), To: d.name(v.lang, b.Audience, "desk.cry.to."+orAll(b.Audience)),
		Quarter: b.Quarter, Words: b.Slots["words"], Event: b.Event, Title: b.Slots["title"], At: d.when(v.lang, b.At),
		People: b.People, Segments: b.Segments, Waiting: p.Waiting, Started: p.Started, Dropped: p.Dropped, State: string(b.State)}
	if p.Waiting == 0 {
		row.State = "done"
	}
	return row, err
}

func orAll(audience string) string {
	if audience == "" {
		return "all"
	}
	return audience
}

// halt stops a broadcast half-way.
func (d *desk) halt(v *visit) error { return d.holdBroadcast(v, true, "cry-stop", "desk.cry.halted") }

// resume lets a broadcast go on where it stood.
func (d *desk) resume(v *visit) error {
	return d.holdBroadcast(v, false, "cry-resume", "desk.cry.resumed")
}

func (d *desk) holdBroadcast(v *visit, halted bool, did, flash string) error {
	if err := d.changes(v); err != nil {
		return err
	}
	list, err := d.Broadcasts.Broadcasts(v.r.Context(), maxBroadcasts)
	if err != nil {
		return err
	}
	id := v.r.PathValue("id")
	if !slices.ContainsFunc(list, func(b bot.Broadcast) bool { return b.ID == id }) {
		return bot.ErrGone
	}
	if err := d.record(v.r.Context(), v.agent, did, bot.CaseID(id)); err != nil {
		return err
	}
	if err := d.Broadcasts.Halt(v.r.Context(), id, halted); err != nil {
		return err
	}
	d.flash(v, flash)
	return v.back("/desk/broadcasts")
}

// invitable returns the date that a broadcast invites to; nil for a piece of news.
func (d *desk) invitable(v *visit, id string) (*events.Standing, error) {
	if id == "" {
		return nil, nil
	}
	if d.Calendar == nil {
		return nil, errNoPage
	}
	s, err := d.Calendar.Event(v.r.Context(), id)
	if err == nil && (s.Cancelled || !s.Start.After(d.Now())) {
		err = errOver
	}
	return &s, err
}
