package knowledge

import (
	"strings"
	"testing"
	"time"
)

const sentFile = `calendar:
  - {id: lecture, kind: workshop, title: Lecture, place: Médiathèque, quarter: Centre, audience: all, every: wednesday, time: 10:00-11:00, capacity: 5, ahead: 2}
`

func TestReadCalendar(t *testing.T) {
	k, err := Demo()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2027, 3, 3, 11, 0, 0, 0, time.UTC)
	list, wrong := k.ReadCalendar([]byte(sentFile), now)
	if len(wrong) > 0 || len(list) != 2 || list[0].ID != "lecture-2027-03-03" || list[0].Sample {
		t.Errorf("read %+v, %v", list, wrong)
	}
	for change, want := range map[string]string{
		"workshop": "kind is one of", "wednesday": "every is a day", "Centre": "is not in town.yaml", "every:": "calendar.yaml:2",
	} {
		list, wrong := k.ReadCalendar([]byte(strings.Replace(sentFile, change, "x", 1)), now)
		if len(list) > 0 || len(wrong) == 0 || !strings.Contains(wrong[0].Error(), want) {
			t.Errorf("%s: %v, %v", change, list, wrong)
		}
	}
	if _, wrong := k.ReadCalendar(nil, now); len(wrong) == 0 {
		t.Error("an empty file is read")
	}
}
