package bottest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"doudou/bot"
)

var unclearSuite = map[string]func(*storeTest){
	"kept with the turn, without whose it is": unclearKept,
	"not kept":           unclearNotKept,
	"erased when looked": unclearSettled,
	"no more than so":    unclearMost,
	"no longer than so":  unclearDays,
	"many at once":       unclearTogether,
}

// mumble has a family write what is not understood.
func (t *storeTest) mumble(from, text string) {
	t.Helper()
	turn := t.turn(t.next(t.hear(from, "x")))
	turn.Unclear = &bot.Unclear{Day: t.Now().Format(time.DateOnly), Lang: "fr", Audience: "parent", Text: text, Top: []string{"creche_cost", "cmg_what"}}
	t.commit(turn)
}

func (t *storeTest) unclear() []bot.Unclear {
	t.Helper()
	list, err := t.Store.Unclear(t.ctx)
	t.must(err)
	return list
}

func (t *storeTest) unclearIDs() []string {
	var ids []string
	for _, u := range t.unclear() {
		ids = append(ids, u.ID)
	}
	return ids
}

func unclearKept(t *storeTest) {
	t.mumble(phone, planted+" … ?")
	t.mumble(phone, "autre")
	list := t.unclear()
	if len(list) != 2 || list[0].ID == "" || list[0].ID == list[1].ID {
		t.Fatalf("kept %+v", list)
	}
	i := slices.IndexFunc(list, func(u bot.Unclear) bool { return u.Text == planted+" … ?" })
	want := bot.Unclear{ID: list[i].ID, Day: "2026-11-23", Lang: "fr", Audience: "parent", Text: planted + " … ?", Top: []string{"creche_cost", "cmg_what"}}
	if !reflect.DeepEqual(list[i], want) {
		t.Errorf("kept %+v", list[i])
	}
	contact := t.hear(phone, "x")
	for line := range strings.Lines(t.Dump()) {
		if strings.Contains(line, planted) && strings.Contains(line, string(contact)) {
			t.Errorf("the row tells whose it is: %s", line)
		}
	}
	t.commit(t.turn(t.next(contact)))
	t.forgetMe(bot.Lease{})
	if again := t.unclear(); len(again) != 2 {
		t.Errorf("after the contact was forgotten: %+v", again)
	}
	t.Store = t.Reopen()
	if again := t.unclear(); !reflect.DeepEqual(again, list) {
		t.Errorf("after a crash: %+v", again)
	}
}

func unclearNotKept(t *storeTest) {
	for name, change := range map[string]func(*bot.Turn){
		"a failed turn":    func(turn *bot.Turn) { turn.Failed = true },
		"a private answer": func(turn *bot.Turn) { turn.Mask = true },
		"an erasure":       func(turn *bot.Turn) { turn.Forget = true },
	} {
		turn := t.turn(t.next(t.hear(phone, "x")))
		turn.Unclear = &bot.Unclear{Day: "2026-11-23", Text: planted}
		change(&turn)
		t.commit(turn)
		if list := t.unclear(); len(list) > 0 {
			t.Errorf("%s: kept %+v", name, list)
		}
	}
	turn := t.turn(t.next(t.hear(phone, "x")))
	turn.Unclear, turn.From.Tag = &bot.Unclear{Day: "2026-11-23", Text: planted}, turn.From.Tag+1
	t.stale(turn)
}

func unclearSettled(t *storeTest) {
	for i := range 3 {
		t.mumble(phone, fmt.Sprint("mot ", i))
	}
	ids := t.unclearIDs()
	n, err := t.Store.Settled(t.ctx, []string{ids[0], ids[2], "never", "' OR 1=1"})
	t.must(err)
	if left := t.unclearIDs(); n != 2 || !slices.Equal(left, ids[1:2]) {
		t.Errorf("%d settled, left %v of %v", n, left, ids)
	}
	if n, err = t.Store.Settled(t.ctx, ids[:1]); n != 0 || err != nil {
		t.Errorf("settled again: %d %v", n, err)
	}
	if n, err = t.Store.Settled(t.ctx, nil); n != 0 || err != nil {
		t.Errorf("settled nothing: %d %v", n, err)
	}
}

func unclearMost(t *storeTest) {
	t.mumble(phone, "le plus ancien")
	t.Clock.Add(24 * time.Hour)
	for i := range t.MostUnclear + 3 {
		t.mumble(fmt.Sprintf("+336000001%02d", i), fmt.Sprint("mot ", i))
	}
	list := t.unclear()
	old := slices.ContainsFunc(list, func(u bot.Unclear) bool { return u.Text == "le plus ancien" })
	if len(list) != t.MostUnclear || old {
		t.Errorf("%d are kept, not %d; the oldest among them: %t", len(list), t.MostUnclear, old)
	}
}

func unclearDays(t *storeTest) {
	t.mumble(phone, planted)
	t.Clock.Add(bot.UnclearDays * 24 * time.Hour)
	if list := t.unclear(); len(list) != 1 {
		t.Errorf("on the last day: %+v", list)
	}
	t.Clock.Add(24 * time.Hour)
	if list := t.unclear(); len(list) != 0 {
		t.Errorf("after the last day: %+v", list)
	}
	t.mumble(phone, "nouveau")
	t.nothingOf(planted)
}

func unclearTogether(t *storeTest) {
	turns := make([]bot.Turn, 2*t.MostUnclear)
	for i := range turns {
		turns[i] = t.turn(t.next(t.hear(fmt.Sprintf("+336000001%02d", i), "x")))
		turns[i].Unclear = &bot.Unclear{Day: "2026-11-23", Text: fmt.Sprint("mot ", i)}
	}
	var failed atomic.Int64
	together(len(turns), func(i int) {
		if _, err := t.Store.Commit(t.ctx, turns[i]); err != nil {
			failed.Add(1)
			t.Error(err)
		}
	})
	t.mumble(phone, "dernier")
	if list := t.unclear(); len(list) != t.MostUnclear || failed.Load() > 0 {
		t.Errorf("%d are kept, %d turns failed", len(list), failed.Load())
	}
}
