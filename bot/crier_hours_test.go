package bot

import (
	"context"
	"testing"
	"time"

	"doudou/knowledge"
)

// TestNothingStartsAtNight hands the crier no store: whatever is due, it must
// not look at night, on a Sunday or on a public holiday. A broadcast that is
// resumed in the evening goes on in the morning.
func TestNothingStartsAtNight(t *testing.T) {
	k, err := knowledge.Demo()
	if err != nil {
		t.Fatal(err)
	}
	c := &crier{s: &Service{player: &player{Knowledge: k}}}
	for _, at := range []string{"2027-03-03 07:59", "2027-03-03 20:00", "2027-03-07 12:00", "2027-11-11 12:00"} {
		now, err := time.ParseInLocation("2006-01-02 15:04", at, k.Zone())
		if err != nil {
			t.Fatal(err)
		}
		if n, err := c.start(context.Background(), herald{now: now, zone: k.Zone()}); n != 0 || err != nil {
			t.Errorf("%s: %d started, %v", at, n, err)
		}
	}
}
