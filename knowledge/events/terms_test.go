package events

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

func TestCells(t *testing.T) {
	for _, c := range []map[string]string{
		{"id": "p1", "side": "parent", "days": "mon|tue|thu", "hours": "08:00-18:00", "quarter": "orgemont", "start": "2027-01", "child_months": "10"},
		{"id": "p2", "side": "parent", "hours": "20:00-07:00", "start": "2026-12", "child_months": "0"},
		{"id": "c1", "side": "childminder", "days": "sat|sun", "quarter": "centre|orgemont", "places": "2", "child_months": "6-18", "languages": "fr|ta", "from": "09:30", "to": "11:00"},
	} {
		p, err := ReadParticipant(c)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Cells(); !reflect.DeepEqual(got, c) {
			t.Errorf("%v became %v", c, got)
		}
	}
	if _, err := ReadParticipant(map[string]string{"id": "p1", "side": "parent", "days": "someday"}); err == nil {
		t.Error("someday was taken for a day")
	}
}

// TestCellsOfACrowd: what is written is read again as it was.
func TestCellsOfACrowd(t *testing.T) {
	for _, p := range crowd(rand.New(rand.NewPCG(3, 4)), 100, 100, true, DefaultOptions()) {
		if got, err := ReadParticipant(p.Cells()); err != nil || !reflect.DeepEqual(got, p) {
			t.Fatalf("%+v became %+v (%v)", p, got, err)
		}
	}
}
