package bottest

import (
	"slices"
	"strings"
	"time"

	"doudou/bot"
)

var newsSuite = map[string]func(*storeTest){
	"who wants news":            whoWantsNews,
	"a broadcast":               broadcastLaunched,
	"halted and resumed":        broadcastHalted,
	"launched twice":            launchedTwice,
	"halted before it launches": launchedHalted,
}

// subscriber is somebody who wants news.
func (t *storeTest) subscriber(from, lang, audience, quarter string) bot.ContactID {
	t.Helper()
	turn := t.turn(t.next(t.hear(from, "x")))
	turn.Lang, turn.Audience, turn.Changes = lang, audience, []bot.Change{bot.Subscribe{On: true, Quarter: quarter}}
	t.commit(turn)
	return turn.Contact
}

func (t *storeTest) recipients(audience, quarter string) string {
	t.Helper()
	list, err := t.Store.Recipients(t.ctx, audience, quarter)
	t.must(err)
	if !slices.IsSortedFunc(list, func(a, b bot.Recipient) int { return strings.Compare(string(a.Contact), string(b.Contact)) }) {
		t.Fatalf("not by id: %v", list)
	}
	var langs []string
	for _, r := range list {
		if r.Channel != bot.SMS || r.Contact == "" {
			t.Fatalf("recipient %+v", r)
		}
		langs = append(langs, r.Lang)
	}
	slices.Sort(langs)
	return strings.Join(langs, " ")
}

func whoWantsNews(t *storeTest) {
	t.subscriber("+33600000001", "fr", "parent", "orgemont")
	t.subscriber("+33600000002", "tr", "parent", "")
	t.subscriber("+33600000003", "pt", "childminder", "centre")
	t.subscriber("+33600000004", "ta", "", "orgemont")
	t.known("+33600000005")
	want := func(audience, quarter, langs string) {
		t.Helper()
		if got := t.recipients(audience, quarter); got != langs {
			t.Errorf("%q in %q: %s, want %s", audience, quarter, got, langs)
		}
	}
	want("", "", "fr pt ta tr")
	want("parent", "", "fr tr")
	want("", "orgemont", "fr ta tr")
	want("parent", "centre", "tr")
	want("childminder", "orgemont", "")
	t.subscriber("+33600000001", "fr", "parent", "centre") // changes quarter
	t.stop("+33600000002", true)
	want("", "", "fr pt ta")
	want("parent", "centre", "fr")
	t.change("+33600000003", bot.Subscribe{})
	want("", "", "fr ta")
	t.stop("+33600000002", false)
	want("", "", "fr ta tr")
}

// broadcast is one that was never launched, with its prompts.
func (t *storeTest) broadcast(id string, people int) (bot.Broadcast, []bot.Prompt) {
	t.Helper()
	prompts := t.crowd(people, id)
	for i := range prompts {
		prompts[i].Batch = ""
	}
	return bot.Broadcast{
		ID: id, Agent: "awa", Node: "notice.invite", Slots: map[string]string{"title": "Samedi"}, Event: "e", Audience: "parent", Quarter: "orgemont",
		State: bot.Sending, People: people, Segments: 2 * people, At: t.Now().UTC(),
	}, prompts
}

func (t *storeTest) launch(b bot.Broadcast, prompts []bot.Prompt) {
	t.Helper()
	t.must(t.Store.Launch(t.ctx, b, prompts))
}

func (t *storeTest) broadcasts(limit int) []bot.Broadcast {
	t.Helper()
	list, err := t.Store.Broadcasts(t.ctx, limit)
	t.must(err)
	return list
}

func broadcastLaunched(t *storeTest) {
	first, prompts := t.broadcast("first", 3)
	t.launch(first, prompts)
	t.Clock.Add(time.Minute)
	second, _ := t.broadcast("second", 0)
	t.launch(second, nil)
	list := t.broadcasts(5)
	if len(list) != 2 || list[0].ID != "second" || list[1].Slots["title"] != "Samedi" {
		t.Fatalf("broadcasts %+v", list)
	}
	got := list[1]
	got.Slots, first.Slots = nil, nil
	if !got.At.Equal(first.At) || got.Agent != "awa" || got.Node != first.Node || got.Event != "e" || got.Audience != "parent" ||
		got.Quarter != "orgemont" || got.State != bot.Sending || got.People != 3 || got.Segments != 6 {
		t.Fatalf("broadcast %+v", got)
	}
	if last := t.broadcasts(1); len(last) != 1 || last[0].ID != "second" {
		t.Fatalf("the last one: %+v", last)
	}
	t.progress("first", bot.Progress{Waiting: 3})
	if wake := t.start(); len(wake) != 3 {
		t.Fatalf("wake %v", wake)
	}
	t.progress("first", bot.Progress{Started: 3})
}

// broadcastHalted stops half-way, loses the process, and goes on exactly where
// it stood.
func broadcastHalted(t *storeTest) {
	b, prompts := t.broadcast("b", 9)
	t.launch(b, prompts)
	if _, err := t.Store.Start(t.ctx, t.Now(), 4); err != nil {
		t.Fatal(err)
	}
	t.must(t.Store.Halt(t.ctx, "b", true))
	t.Store = t.Reopen()
	if wake := t.start(); len(wake) != 0 {
		t.Fatalf("halted, and started %v", wake)
	}
	if list := t.broadcasts(1); list[0].State != bot.Halted {
		t.Fatalf("broadcast %+v", list[0])
	}
	t.progress("b", bot.Progress{Waiting: 5, Started: 4, Held: true})
	t.must(t.Store.Halt(t.ctx, "b", false))
	t.start()
	if list := t.broadcasts(1); list[0].State != bot.Sending {
		t.Fatalf("broadcast %+v", list[0])
	}
	for _, p := range prompts {
		if got := t.waiting(p.Contact); !slices.Equal(got, []string{p.ID}) {
			t.Errorf("%s reads %q", p.ID, got)
		}
	}
}

func launchedTwice(t *storeTest) {
	b, prompts := t.broadcast("b", 4)
	both := []bot.Store{t.Store, t.replica()}
	together(4, func(i int) {
		if err := both[i%2].Launch(t.ctx, b, prompts[:3]); err != nil {
			t.Error(err)
		}
	})
	b.People = 7
	t.launch(b, prompts)
	t.must(t.Store.Halt(t.ctx, "b", true))
	t.launch(b, prompts) // a page that is sent again does not let it go on
	t.progress("b", bot.Progress{Waiting: 3, Held: true})
	if list := t.broadcasts(9); len(list) != 1 || list[0].People != 4 {
		t.Fatalf("broadcasts %+v", list)
	}
}

func launchedHalted(t *storeTest) {
	b, prompts := t.broadcast("b", 2)
	b.State = bot.Halted
	t.launch(b, prompts)
	if wake := t.start(); len(wake) != 0 {
		t.Fatalf("started %v", wake)
	}
	t.progress("b", bot.Progress{Waiting: 2, Held: true})
}
