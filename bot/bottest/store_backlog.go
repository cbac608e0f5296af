package bottest

import (
	"fmt"
	"strings"
	"time"
)

// deepBacklog is a provider that was away: few contacts, much to send each. A
// look for the head of each line that reads the whole line would be many times
// slower at the beginning, when the lines are long, than at the end.
func deepBacklog(t *storeTest) {
	const contacts, deep = 10, 500
	for i := range contacts {
		for range deep / 20 {
			t.say(fmt.Sprint("+3360000000", i), strings.Split(strings.Repeat("x", 20), "")...)
		}
	}
	const fifth = contacts * deep / 5
	n, marks := 0, []time.Time{time.Now()}
	for {
		out := t.claim()
		if len(out) == 0 {
			break
		}
		n += len(out)
		together(len(out), func(i int) { t.sent(out[i]) })
		if n >= fifth*len(marks) {
			marks = append(marks, time.Now())
		}
	}
	if n != contacts*deep || len(marks) != 6 {
		t.Fatalf("%d messages left, want %d", n, contacts*deep)
	}
	if first, last := marks[1].Sub(marks[0]), marks[5].Sub(marks[4]); first > 6*last+time.Second {
		t.Errorf("the first fifth took %v and the last %v: the whole line is read to find its head", first, last)
	}
}
