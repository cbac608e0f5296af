package bottest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"doudou/bot"
	"doudou/dialogs"
	"doudou/knowledge/events"
)

var figureSuite = map[string]func(*storeTest){
	"what was heard":          figuresHeard,
	"how cases were answered": figuresOpened,
	"where people live":       figuresQuarters,
	"who came":                figuresCame,
	"counted when it left":    figuresLeft,
	"counted once forgotten":  figuresForgotten,
	"many count at once":      figuresTogether,
}

// figures is the side of the store that the report reads.
func (t *storeTest) figures() bot.FigureStore { return t.Store.(bot.FigureStore) }

// counters reads what was counted from today to tomorrow, months included.
func (t *storeTest) counters() map[bot.Counter]int {
	t.Helper()
	now := t.Now()
	list, err := t.figures().Counters(t.ctx, time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, now.Location()), now.AddDate(0, 0, 1))
	t.must(err)
	return list
}

func (t *storeTest) wantCounts(want map[bot.Counter]int) {
	t.Helper()
	if got := t.counters(); !maps.Equal(got, want) {
		t.Errorf("counted %v, want %v", got, want)
	}
}

func figuresHeard(t *storeTest) {
	w := t.next(t.hear(phone, planted))
	turn := t.turn(w)
	turn.Lang, turn.Audience = "ta", "parent"
	turn.Lines = []bot.Line{{Speaker: bot.Family, Text: planted, Intent: "cmg_what"}, {Speaker: bot.Robot, Says: []dialogs.Text{
		{Key: "cmg.what", Args: map[string]dialogs.Value{"word": {Kind: dialogs.KindText, Text: `{"key":"no.key"}`}}}, {Key: "cmg.what.amount"}}}}
	t.commit(turn)
	var all []bot.Heard
	hear := func(from, to time.Duration) []string {
		all = nil
		t.must(t.figures().Heard(t.ctx, t.Now().Add(from), t.Now().Add(to), func(h bot.Heard) { all = append(all, h) }))
		var list []string
		for _, h := range all {
			list = append(list, fmt.Sprintf("%s %s %s %s %s %v", h.Speaker, h.Audience, h.Lang, h.Channel, h.Intent, h.Keys))
		}
		return list
	}
	want := []string{"family parent ta sms cmg_what []", "robot parent ta sms  [cmg.what cmg.what.amount]"}
	if got := hear(0, time.Second); !slices.Equal(got, want) {
		t.Errorf("heard %q", got)
	}
	if strings.Contains(fmt.Sprintf("%+v", all), planted) {
		t.Error("the figures read what a family wrote")
	}
	if got := hear(-time.Hour, 0); len(got) > 0 {
		t.Errorf("before: %q", got)
	}
}

func figuresOpened(t *storeTest) {
	opened := t.Now()
	w := t.next(t.hear(phone, "une personne"))
	turn := t.turn(w)
	turn.Open = &bot.Case{ID: "K1", Team: "pmi", Topic: "person.call", Urgent: true}
	t.commit(turn)
	t.Clock.Add(time.Hour)
	t.must(t.Store.Act(t.ctx, bot.Act{Case: "K1", Agent: "awa", Do: bot.NoteIt, Text: "mot", Tag: 1, At: t.Now()}))
	want := bot.OpenedCase{Team: "pmi", Topic: "person.call", Urgent: true, State: bot.Open, Opened: opened.UTC()}
	t.wantOpened(opened, want)
	t.must(t.Store.Act(t.ctx, bot.Act{Case: "K1", Agent: "awa", Do: bot.Reply, Text: "Bonjour", Tag: 2, At: t.Now()}))
	want.State, want.Answered = bot.Waiting, t.Now().UTC()
	t.Clock.Add(time.Hour)
	t.must(t.Store.Act(t.ctx, bot.Act{Case: "K1", Agent: "awa", Do: bot.Reply, Text: "Encore", Tag: 3, At: t.Now()}))
	t.wantOpened(opened, want)
	t.wantOpened(opened.Add(time.Millisecond))
}

func (t *storeTest) wantOpened(from time.Time, want ...bot.OpenedCase) {
	t.Helper()
	list, err := t.figures().Opened(t.ctx, from, from.Add(time.Minute))
	t.must(err)
	if !slices.Equal(list, want) {
		t.Errorf("opened %+v, want %+v", list, want)
	}
}

func figuresQuarters(t *storeTest) {
	said := func(from string, changes ...bot.Change) bot.ContactID {
		turn := t.turn(t.next(t.hear(from, "x")))
		turn.Changes = changes
		t.commit(turn)
		return turn.Contact
	}
	need := bot.KeepProfile{Profile: events.Profile{Participant: events.Participant{Side: events.Parent, Quarters: []string{"orgemont"}}, Until: t.Now().Add(time.Hour)}}
	both := said(phone, need, bot.Subscribe{On: true, Quarter: "La Source"})
	news := said("+33600000002", bot.Subscribe{On: true, Quarter: "La Source"})
	said("+33600000003", bot.Subscribe{On: true})
	got, err := t.figures().Quarters(t.ctx)
	t.must(err)
	if want := (map[bot.ContactID]string{both: "orgemont", news: "la source"}); !maps.Equal(got, want) {
		t.Errorf("live %v, want %v", got, want)
	}
}

func figuresCame(t *storeTest) {
	start := t.Now().Add(time.Hour)
	t.must(t.Store.SaveEvents(t.ctx, []events.Event{{ID: "jeux", Kind: "workshop", Title: "Jeux", Start: start, End: start.Add(time.Hour), Capacity: 5}}))
	var came []bot.ContactID
	for _, from := range []string{phone, "+33600000002"} {
		turn := t.turn(t.next(t.hear(from, "x")))
		turn.Register = []string{"jeux"}
		t.commit(turn)
		came = append(came, turn.Contact)
	}
	t.must(t.Store.CheckIn(t.ctx, "jeux", came[0], start, time.Time{}))
	for from, want := range map[time.Time]int{start: 1, start.Add(time.Millisecond): 0} {
		got, err := t.figures().Came(t.ctx, from, start.Add(time.Minute))
		t.must(err)
		if got["jeux"] != want {
			t.Errorf("from %s: %v came, want %d", from, got, want)
		}
	}
}

// figuresLeft: an SMS is counted when it has left, once, and stays counted when
// it is swept away.
func figuresLeft(t *storeTest) {
	t.say(phone, "bonjour")
	out := t.claim()[0]
	failed := bot.Outcome{Outgoing: out, State: bot.Queued, Segments: 2, Retry: t.Now(), At: t.Now()}
	t.must(t.Store.Settle(t.ctx, failed))
	t.wantCounts(map[bot.Counter]int{})
	done := bot.Outcome{Outgoing: t.claim()[0], State: bot.Sent, Sent: "SM", Segments: 2, At: t.Now()}
	t.must(t.Store.Settle(t.ctx, done))
	t.must(t.Store.Settle(t.ctx, done))
	t.wantCounts(map[bot.Counter]int{bot.CountSMS: 1, bot.CountSegments: 2})
	if list, err := t.figures().Counters(t.ctx, t.Now().AddDate(0, 0, 1), t.Now().AddDate(0, 0, 2)); err != nil || len(list) > 0 {
		t.Errorf("of tomorrow: %v, %v", list, err)
	}
}

// figuresForgotten: who said STOP is counted once, who is forgotten too, and
// nothing of either leads to them.
func figuresForgotten(t *storeTest) {
	yes, no := true, false
	for _, stopped := range []*bool{&yes, &yes, &no, nil} {
		turn := t.turn(t.next(t.hear(phone, "STOP")))
		turn.Stopped = stopped
		t.commit(turn)
	}
	turn := t.turn(t.next(t.hear(phone, "oui")))
	turn.Changes = []bot.Change{bot.Counted{Counter: bot.OpinionCounter("helped", "yes")}}
	t.commit(turn)
	t.forgetMe(bot.Lease{})
	t.wantCounts(map[bot.Counter]int{bot.CountStopped: 1, bot.CountErased: 1, "opinion.helped.yes": 1})
	for line := range strings.Lines(t.Dump()) {
		if strings.Contains(line, "opinion.helped") && strings.Contains(line, t.Now().Format(time.DateOnly)) {
			t.Errorf("the row tells the day of an opinion: %s", line)
		}
	}
}

func figuresTogether(t *storeTest) {
	turns := make([]bot.Turn, 30)
	for i := range turns {
		turns[i] = t.turn(t.next(t.hear(fmt.Sprintf("+336000001%02d", i), "x")))
		turns[i].Changes = []bot.Change{bot.Counted{Counter: bot.CountAsked}}
	}
	var failed atomic.Int64
	together(len(turns), func(i int) {
		if _, err := t.Store.Commit(t.ctx, turns[i]); err != nil {
			failed.Add(1)
		}
	})
	t.wantCounts(map[bot.Counter]int{bot.CountAsked: len(turns) - int(failed.Load())})
	if failed.Load() > 0 {
		t.Errorf("%d turns failed", failed.Load())
	}
}
