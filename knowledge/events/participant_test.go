package events

import (
	"reflect"
	"strings"
	"testing"
)

const header = "id,side,days,hours,quarter,start,child_months,places,from,to,languages\n"

func TestReadParticipants(t *testing.T) {
	got, err := ReadParticipants(strings.NewReader(header +
		"p1,parent,mon|tue|thu,08:00-18:00,Orgemont,2027-01,10|34,1,09:30,11:30,fr|ta\n" +
		"\n,,,,,,,,,,\n" +
		" c1 , Childminder ,lun|mardi|Wednesday,7h30-12h | 14h-18h30|20:00-6:00,Orgemont | Centre,2027-12,6-18|24,2,,11h,FR\n" +
		"p2,parent,,,,,,,,,\n"))
	want := []Participant{
		{ID: "p1", Side: Parent, Days: Monday | Monday<<1 | Monday<<3, Hours: []Span{{480, 1080}}, Quarters: []string{"orgemont"}, Start: NewMonth(2027, 1),
			Ages: []Ages{{10, 10}, {34, 34}}, Places: 1, Room: Span{570, 690}, Languages: []string{"fr", "ta"}},
		{ID: "c1", Side: Childminder, Days: Monday | Monday<<1 | Monday<<2, Hours: []Span{{450, 720}, {840, 1110}, {1200, 1440}, {0, 360}},
			Quarters: []string{"orgemont", "centre"}, Start: NewMonth(2027, 12), Ages: []Ages{{6, 18}, {24, eldest}}, Places: 2, Room: Span{To: 660}, Languages: []string{"fr"}},
		{ID: "p2", Side: Parent},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%+v, want\n%+v", err, got, want)
	}
}

// TestReadParticipantsColumns: columns in another order, and others beside.
func TestReadParticipantsColumns(t *testing.T) {
	got, err := ReadParticipants(strings.NewReader("name;languages;to;from;places;child_months;start;quarter;hours;days;side;ID\n\"Awa; mère\";;;;;;;;;;parent;p1\n"))
	if err != nil || !reflect.DeepEqual(got, []Participant{{ID: "p1", Side: Parent}}) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestParseClock(t *testing.T) {
	for text, want := range map[string]Clock{"09:30": 570, "9:30": 570, "9h30": 570, "9H": 540, "00:00": 0, "24:00": midnight} {
		if c, err := ParseClock(text); err != nil || c != want {
			t.Errorf("%s: %v, %v", text, c, err)
		}
	}
	for _, text := range []string{"", "9", "9:", "9:3", "9:60", "24:01", "-1:00", "09:30:00", "9h30h", "123:00", "９:30", "h", ":30"} {
		if c, err := ParseClock(text); err == nil {
			t.Errorf("%q is read as %v", text, c)
		}
	}
	if s := Clock(9*60 + 5).String(); s != "09:05" {
		t.Error(s)
	}
}

// FuzzReadParticipants: any list is either read whole or refused with a line;
// who is read can be planned.
func FuzzReadParticipants(f *testing.F) {
	f.Add(header + "p1,parent,mon|tue|thu,08:00-18:00,Orgemont,2027-01,10,1,09:30,11:30,fr|ta\nc1,childminder,,7h-9h,,,6-18,2,,,\n")
	f.Add("\ufeff" + strings.ReplaceAll(header, ",", ";") + "p1;parent;;;;;;;;;\r\n;;;;;;;;;;\r\n")
	f.Add(header + "p1,parent\n\"p2,parent,,,,,,,,,\n")
	f.Add(header + "p1,parent,moo,9-8,,2027-13,-1,0,25:00,9:75,\xff\n")
	f.Fuzz(func(t *testing.T, text string) {
		people, err := ReadParticipants(strings.NewReader(text))
		if err != nil {
			if people != nil {
				t.Error("wrong, and yet read")
			}
			for _, line := range strings.Split(err.Error(), "\n") {
				if !strings.HasPrefix(line, "line ") {
					t.Errorf("%q does not say where", line)
				}
			}
			return
		}
		if len(people) > 40 {
			people = people[:40]
		}
		s, err := Plan(people, DefaultOptions())
		if err != nil {
			t.Fatal(err)
		}
		obeys(t, s)
	})
}
