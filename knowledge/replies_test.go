package knowledge

import (
	"strings"
	"testing"
)

// TestStanding: an answer is true as long as all that it states.
func TestStanding(t *testing.T) {
	files := sound()
	files["facts/one.yaml"] += `  - {id: phone, kind: phone, value: "3230", about: la Caf, source: law, sure: A}
  - {id: later, kind: count, value: "3", about: plus tard, source: law, sure: A, from: 2027-01-01}
`
	k, err := Read(open(files))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ facts, on, until, ended string }{
		{"", "2026-11-24T09:00", "", ""},
		{"phone", "2026-11-24T09:00", "", ""},
		{"pay", "2026-05-31T23:30", "2026-05-31", ""},
		{"pay phone", "2026-06-01T00:30", "2026-12-31", ""},
		{"phone pay", "2027-01-01T00:30", "", "pay"},
		{"later", "2026-11-24T09:00", "", ""},
		{"unknown", "2026-11-24T09:00", "", ""},
	} {
		until, ended := k.Standing(strings.Fields(c.facts), at(t, c.on))
		got := ""
		if !until.IsZero() {
			got = until.Format("2006-01-02")
		}
		if got != c.until || ended != c.ended {
			t.Errorf("%q on %s: until %q, ended %q; want %q, %q", c.facts, c.on, got, ended, c.until, c.ended)
		}
	}
}

// TestRepliesRead: what staff read of an answer is what the file says.
func TestRepliesRead(t *testing.T) {
	k, err := Read(open(sound()))
	if err != nil {
		t.Fatal(err)
	}
	list := k.Replies()
	if len(list) != 2 || !list[0].Written() || list[1].Written() {
		t.Fatalf("%+v", list)
	}
	if p := list[1].Proofread["ta"]; p.By != "Mme Selvi" || p.On.Format("2006-01-02") != "2026-10-01" {
		t.Errorf("read by %+v", p)
	}
	if b := list[0].Blanks; len(b) != 1 || b[0] != (Blank{"date", "date"}) {
		t.Errorf("blanks %+v", b)
	}
}
