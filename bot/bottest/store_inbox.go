package bottest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"doudou/bot"
)

var inboxSuite = map[string]func(*storeTest){
	"a message is kept once":         keptOnce,
	"one contact for many at once":   oneContact,
	"oldest first":                   oldestFirst,
	"a message comes back whole":     comesBackWhole,
	"any bytes are kept":             anyBytes,
	"waiting tells who":              waiting,
	"unreadable updates":             unreadable,
	"the place of a poller":          place,
	"a new number to answer from":    newVia,
	"accepted outlives a crash":      acceptedOutlives,
	"channels do not share provider": channelsApart,
}

func keptOnce(t *storeTest) {
	m := t.message(phone, "bonjour")
	var fresh atomic.Int64
	ids := make([]bot.ContactID, 16)
	together(16, func(i int) {
		id, new, err := t.Store.Accept(t.ctx, m)
		if err != nil {
			t.Error(err)
		}
		ids[i] = id
		if new {
			fresh.Add(1)
		}
	})
	if fresh.Load() != 1 || len(slices.Compact(ids)) != 1 {
		t.Fatalf("16 deliveries of a message: fresh %d times, contacts %v", fresh.Load(), slices.Compact(ids))
	}
	w := t.next(ids[0])
	t.commit(t.turn(w))
	if _, new, err := t.Store.Accept(t.ctx, m); new || err != nil {
		t.Fatalf("after its turn the message is fresh again: %v %v", new, err)
	}
	if _, err := t.Store.Next(t.ctx, ids[0]); !errors.Is(err, bot.ErrNothing) {
		t.Fatalf("Next after the only message: %v", err)
	}
}

func oneContact(t *storeTest) {
	ids := make([]bot.ContactID, 16)
	together(16, func(i int) {
		m := t.message(phone, fmt.Sprint(i))
		var err error
		if ids[i], _, err = t.Store.Accept(t.ctx, m); err != nil {
			t.Error(err)
		}
	})
	if len(slices.Compact(ids)) != 1 {
		t.Fatalf("one number, contacts %v", slices.Compact(ids))
	}
	var heard []string
	for range 16 {
		w := t.next(ids[0])
		heard = append(heard, w.Message.Text)
		t.commit(t.turn(w))
	}
	slices.Sort(heard)
	if n := len(slices.Compact(heard)); n != 16 {
		t.Fatalf("%d of 16 messages were answered", n)
	}
}

func oldestFirst(t *storeTest) {
	var id bot.ContactID
	for i := range 20 {
		id = t.hear(phone, fmt.Sprint(i))
	}
	other := t.hear("+33699999999", "other")
	for i := range 20 {
		if again := t.next(id); again.Message.Text != fmt.Sprint(i) {
			t.Fatalf("message %d: Next returned %q", i, again.Message.Text)
		}
		t.commit(t.turn(t.next(id)))
	}
	if w := t.next(other); w.Message.Text != "other" {
		t.Fatalf("the other contact: %q", w.Message.Text)
	}
}

func comesBackWhole(t *storeTest) {
	m := bot.Message{
		Channel: bot.Telegram, Provider: "update 7", Kind: bot.Tap, Text: "Ça va ? 👶", Data: "cmg:children:2", Lang: "pt-br", Ref: "99",
		From: bot.Address{Channel: bot.Telegram, ID: "123456789"}, At: t.Now().UTC().Truncate(time.Millisecond),
	}
	id, _, err := t.Store.Accept(t.ctx, m)
	t.must(err)
	w := t.next(id)
	if !reflect.DeepEqual(w.Message, m) {
		t.Errorf("message\n%+v, want\n%+v", w.Message, m)
	}
	if w.Contact.Address != m.From || w.Contact.ID != id || w.Contact.Lang != "" || w.Contact.Since.IsZero() || w.Contact.Stopped {
		t.Errorf("contact %+v", w.Contact)
	}
	if w.Session != nil || w.Case != nil || w.Tries != 0 || w.Stamp.Version != 0 {
		t.Errorf("a first message: %+v", w)
	}
	if strings.Contains(string(id), m.From.ID) {
		t.Errorf("the pseudonym %s holds the address", id)
	}
}

func anyBytes(t *storeTest) {
	w := t.next(t.hear(phone, "a\x00b\xff"))
	if w.Message.Text != "ab\uFFFD" {
		t.Fatalf("text %q", w.Message.Text)
	}
	turn := t.turn(w)
	turn.Lines[0].Text, turn.Out = "a\x00b\xff", words(w, bot.FromRobot, "x\x00\xfe")
	t.commit(turn)
}

func waiting(t *storeTest) {
	before := t.Now()
	a := t.hear(phone, "a")
	t.Clock.Add(time.Second)
	b := t.hear("+33600000002", "b")
	t.Clock.Add(time.Second)
	for _, c := range []struct {
		before time.Time
		limit  int
		want   []bot.ContactID
	}{
		{before, 9, nil}, {before.Add(time.Second), 9, []bot.ContactID{a}},
		{before.Add(2 * time.Second), 9, []bot.ContactID{a, b}}, {before.Add(2 * time.Second), 1, []bot.ContactID{a}},
	} {
		got, err := t.Store.Waiting(t.ctx, c.before, c.limit)
		t.must(err)
		if !slices.Equal(got, c.want) {
			t.Errorf("waiting before +%v, at most %d: %v, want %v", c.before.Sub(before), c.limit, got, c.want)
		}
	}
	t.commit(t.turn(t.next(a)))
	if got, _ := t.Store.Waiting(t.ctx, t.Now(), 9); !slices.Equal(got, []bot.ContactID{b}) {
		t.Errorf("after a's turn: %v", got)
	}
}

func unreadable(t *storeTest) {
	for range 2 {
		t.must(t.Store.Bury(t.ctx, bot.Telegram, "8", []byte(`{"broken`), "not JSON"))
	}
	t.must(t.Store.Bury(t.ctx, bot.Telegram, "9", []byte{0, 0xff}, "not JSON"))
	if n := strings.Count(t.Dump(), "not JSON"); n != 2 {
		t.Fatalf("two unreadable updates are kept %d times", n)
	}
	t.nothingOf(`{"broken`) // it may tell who wrote: it is sealed
}

func place(t *storeTest) {
	for _, want := range []int64{0, 7, 1 << 40, 3} {
		if want != 0 {
			t.must(t.Store.SetCursor(t.ctx, "telegram", want))
		}
		if at, err := t.Store.Cursor(t.ctx, "telegram"); err != nil || at != want {
			t.Fatalf("cursor %d %v, want %d", at, err, want)
		}
	}
	if at, _ := t.Store.Cursor(t.ctx, "other"); at != 0 {
		t.Fatalf("another poller stands at %d", at)
	}
}

func newVia(t *storeTest) {
	id := t.hear(phone, "a")
	t.commit(t.turn(t.next(id)))
	m := t.message(phone, "b")
	m.From.To = "36180"
	if same, _, err := t.Store.Accept(t.ctx, m); same != id || err != nil {
		t.Fatalf("contact %v %v, want %v", same, err, id)
	}
	if w := t.next(id); w.Contact.Address.To != "36180" {
		t.Fatalf("answers leave from %q", w.Contact.Address.To)
	}
}

func acceptedOutlives(t *storeTest) {
	id := t.hear(phone, "bonjour")
	turn := t.turn(t.next(id))
	turn.Lang = "pt"
	t.commit(turn)
	m := t.message(phone, "encore")
	_, _, err := t.Store.Accept(t.ctx, m)
	t.must(err)
	t.Store = t.Reopen()
	if _, fresh, err := t.Store.Accept(t.ctx, m); fresh || err != nil {
		t.Fatalf("a message from before the crash is fresh: %v %v", fresh, err)
	}
	w := t.next(id)
	if w.Message.Text != "encore" || string(w.Session) != `{"turn":1}` || w.Stamp != turn.To || w.Contact.Lang != "pt" {
		t.Fatalf("after the crash: %+v", w)
	}
	t.commit(t.turn(w))
}

func channelsApart(t *storeTest) {
	m := t.message(phone, "a")
	a, _, err := t.Store.Accept(t.ctx, m)
	t.must(err)
	m.Channel, m.From.Channel = bot.Telegram, bot.Telegram
	b, fresh, err := t.Store.Accept(t.ctx, m)
	t.must(err)
	if !fresh || a == b {
		t.Fatalf("same id on another channel: fresh %v, contacts %v %v", fresh, a, b)
	}
}
