package bottest

import (
	"errors"
	"sync/atomic"
	"time"

	"doudou/bot"
)

var topicSuite = map[string]func(*storeTest){
	"a case has one topic":           oneTopic,
	"a topic changes and is dropped": topicChanges,
	"a draft is kept until its tap":  draftKept,
}

func (t *storeTest) topics() bot.TopicStore { return t.Store.(bot.TopicStore) }

// oneTopic has many make the topic of a case at once: one is kept, and the others
// learn which.
func oneTopic(t *storeTest) {
	var fresh atomic.Int64
	together(8, func(i int) {
		kept, mine, err := t.topics().AddTopic(t.ctx, bot.Topic{Case: "C1", Group: -100, Thread: i + 1, Made: 1, Open: true, At: t.Now()})
		if err != nil {
			t.Error(err)
		}
		if mine {
			fresh.Add(1)
		}
		if mine != (kept.Thread == i+1) {
			t.Errorf("%d made topic %d, mine: %v", i+1, kept.Thread, mine)
		}
	})
	if list, err := t.topics().Topics(t.ctx); err != nil || len(list) != 1 || fresh.Load() != 1 {
		t.Fatalf("%d made it: %+v %v", fresh.Load(), list, err)
	}
}

func topicChanges(t *storeTest) {
	topic := bot.Topic{Case: "C1", Group: -100, Thread: 7, Made: 1, Open: true, At: t.Now().UTC()}
	_, _, err := t.topics().AddTopic(t.ctx, topic)
	t.must(err)
	topic = bot.Topic{Case: "C1", Group: -200, Thread: 9, Seen: 1 << 50, Made: 2, At: t.Now().UTC().Add(time.Hour)}
	t.must(t.topics().SaveTopic(t.ctx, topic))
	if list, err := t.topics().Topics(t.ctx); err != nil || len(list) != 1 || list[0] != topic {
		t.Fatalf("topics %+v %v, want %+v", list, err, topic)
	}
	t.must(t.topics().DropTopic(t.ctx, "C1"))
	if list, err := t.topics().Topics(t.ctx); err != nil || len(list) != 0 {
		t.Fatalf("topics %+v %v", list, err)
	}
}

func draftKept(t *storeTest) {
	_, id := t.openCase(phone)
	d := bot.Draft{ID: "d1", Case: id, Agent: "awa", Text: "Bonjour", Seen: 3, At: t.Now().UTC()}
	t.must(t.topics().AddDraft(t.ctx, d))
	t.must(t.topics().AddDraft(t.ctx, bot.Draft{ID: "d1", Case: id, Agent: "lea", Text: "autre", At: t.Now()}))
	if got, err := t.topics().Draft(t.ctx, "d1"); err != nil || got != d {
		t.Fatalf("draft %+v %v", got, err)
	}
	t.must(t.topics().DropDraft(t.ctx, "d1"))
	if _, err := t.topics().Draft(t.ctx, "d1"); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("after its tap: %v", err)
	}
	t.must(t.topics().AddDraft(t.ctx, d))
	turn := t.turn(t.next(t.hear(phone, "EFFACE")))
	turn.Forget, turn.Lines = true, nil
	t.commit(turn)
	if _, err := t.topics().Draft(t.ctx, "d1"); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("of who is forgotten: %v", err)
	}
}
