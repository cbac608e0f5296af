package events

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// calendar writes a file with some events, each a list of lines.
func calendar(events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//FR\r\n")
	for _, lines := range events {
		b.WriteString("BEGIN:VEVENT\r\n")
		for line := range strings.Lines(strings.TrimSpace(lines) + "\n") {
			b.WriteString(strings.TrimSpace(line) + "\r\n")
		}
		b.WriteString("END:VEVENT\r\n")
	}
	return b.String() + "END:VCALENDAR\r\n"
}

// wednesdays is a workshop on each Wednesday.
const wednesdays = `UID:atelier
	SUMMARY:Atelier jeux
	LOCATION:Salle Démo
	DTSTART;TZID=Europe/Paris:20261007T093000
	DTEND;TZID=Europe/Paris:20261007T110000
	X-DOUDOU-CAPACITY:8
	X-DOUDOU-OPENS:20260930T060000Z
	RRULE:FREQ=WEEKLY`

func TestReadICS(t *testing.T) {
	one := func(lines string) string { return "UID:x@example.org\nSUMMARY:Réunion\nLOCATION:Salle\n" + lines }
	for _, c := range []struct {
		name   string
		events []string
		want   string
	}{
		{"floating times are the town's", []string{one("DTSTART:20261202T093000\nDTEND:20261202T110000")}, "ics-x 2026-12-02 09:30-11:00 Salle"},
		{"universal times", []string{one("DTSTART:20261202T083000Z\nDTEND:20261202T100000Z")}, "ics-x 2026-12-02 09:30-11:00 Salle"},
		{"another zone", []string{one("DTSTART;TZID=Indian/Reunion:20261202T123000\nDURATION:PT1H30M")}, "ics-x 2026-12-02 09:30-11:00 Salle"},
		{"the zone as Windows calls it", []string{one("DTSTART;TZID=\"Romance Standard Time\":20270702T093000\nDURATION:PT90M")}, "ics-x 2027-07-02 09:30-11:00 Salle"},
		{"cancelled", []string{one("STATUS:CANCELLED\nDTSTART:20261202T093000\nDTEND:20261202T110000")}, "ics-x cancelled 2026-12-02 09:30-11:00 Salle"},
		{"what is over is left out", []string{one("DTSTART:20261101T093000\nDTEND:20261101T110000")}, ""},
		{"across the winter hour", []string{wednesdays + ";UNTIL=20261210T000000Z"}, "atelier-2026-11-25 2026-11-25 09:30-11:00 Salle Démo; atelier-2026-12-02 2026-12-02 09:30-11:00 Salle Démo; atelier-2026-12-09 2026-12-09 09:30-11:00 Salle Démo"},
		{"across the summer hour", []string{strings.ReplaceAll(wednesdays, "20261007", "20270324") + ";COUNT=2"}, "atelier-2027-03-24 2027-03-24 09:30-11:00 Salle Démo; atelier-2027-03-31 2027-03-31 09:30-11:00 Salle Démo"},
		{"taken out, by moment and by day", []string{wednesdays + ";UNTIL=20261210T000000Z\nEXDATE;TZID=Europe/Paris:20261125T093000\nEXDATE;VALUE=DATE:20261202,20261203"},
			"atelier-2026-11-25 cancelled 2026-11-25 09:30-11:00 Salle Démo; atelier-2026-12-02 cancelled 2026-12-02 09:30-11:00 Salle Démo; atelier-2026-12-09 2026-12-09 09:30-11:00 Salle Démo"},
		{"one date moved, another cancelled", []string{wednesdays + ";UNTIL=20261203T000000Z",
			"UID:atelier\nRECURRENCE-ID;TZID=Europe/Paris:20261125T093000\nDTSTART:20261126T140000\nDTEND:20261126T160000\nLOCATION:Gymnase",
			"UID:atelier\nRECURRENCE-ID:20261202T083000Z\nDTSTART:20261202T083000Z\nDTEND:20261202T100000Z\nSTATUS:CANCELLED"},
			"atelier-2026-11-25 2026-11-26 14:00-16:00 Gymnase; atelier-2026-12-02 cancelled 2026-12-02 09:30-11:00 Salle Démo"},
		{"moved out of the past", []string{wednesdays + ";UNTIL=20261118T000000Z",
			"UID:atelier\nRECURRENCE-ID;TZID=Europe/Paris:20261111T093000\nDTSTART:20261126T093000\nDTEND:20261126T110000"}, "atelier-2026-11-11 2026-11-26 09:30-11:00 Salle Démo"},
		{"a changed date without its series", []string{"UID:atelier\nSUMMARY:Atelier\nLOCATION:Gymnase\nRECURRENCE-ID:20261125T083000Z\nDTSTART:20261126T083000Z\nDTEND:20261126T100000Z"}, "atelier-2026-11-25 2026-11-26 09:30-11:00 Gymnase"},
		{"the last working day of a month", []string{strings.Replace(wednesdays, "WEEKLY", "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", 1)}, "atelier-2026-11-30 2026-11-30 09:30-11:00 Salle Démo; atelier-2026-12-31 2026-12-31 09:30-11:00 Salle Démo"},
		{"the third Saturday", []string{strings.Replace(wednesdays, "WEEKLY", "MONTHLY;BYDAY=3SA;COUNT=4", 1)}, "atelier-2026-12-19 2026-12-19 09:30-11:00 Salle Démo; atelier-2027-01-16 2027-01-16 09:30-11:00 Salle Démo"},
	} {
		list, wrong := ReadICS(strings.NewReader(calendar(c.events...)), town(t), on(t, "2026-11-23 12:00"))
		var got []string
		for _, e := range list {
			got = append(got, strings.Replace(describe(t, e), icsID("x@example.org"), "ics-x", 1))
		}
		if len(wrong) > 0 || strings.Join(got, "; ") != c.want {
			t.Errorf("%s:\n got %s %v\nwant %s", c.name, strings.Join(got, "; "), wrong, c.want)
		}
	}
}

func TestReadICSFields(t *testing.T) {
	list, wrong := ReadICS(strings.NewReader(calendar(wednesdays+";UNTIL=20261126T000000Z\nCATEGORIES:Relais,Formation\nSEQUENCE:3\nDESCRIPTION:appeler Mme D.\n"+
		"X-DOUDOU-QUARTER:Orgemont\nX-DOUDOU-AUDIENCE:childminders\nX-DOUDOU-LANGUAGES:fr,ta\nX-DOUDOU-NOWAIT:1\nX-DOUDOU-NOTE:un plaid\\, des jouets")),
		town(t), on(t, "2026-11-23 12:00"))
	want := Event{ID: "atelier-2026-11-25", Kind: "training", Title: "Atelier jeux", Place: "Salle Démo", Quarter: "Orgemont", Audience: "childminders",
		Start: on(t, "2026-11-25 09:30"), End: on(t, "2026-11-25 11:00"), Capacity: 8, Languages: []string{"fr", "ta"}, Opens: on(t, "2026-11-18 08:00"),
		NoWait: true, Rev: 3, Series: "atelier", Note: "un plaid, des jouets"}
	if len(wrong) > 0 || len(list) != 1 || !reflect.DeepEqual(utc(list[0]), utc(want)) {
		t.Errorf("%+v %v; want %+v", list, wrong, want)
	}
}

// utc returns an event that can be compared: moments without their zones.
func utc(e Event) Event {
	for _, at := range []*time.Time{&e.Start, &e.End, &e.Opens, &e.Closes} {
		*at = at.UTC()
	}
	return e
}

// TestReadICSRefuses: what is wrong is said by the name of the event; the event
// beside it is read all the same.
func TestReadICSRefuses(t *testing.T) {
	const times = "\nDTSTART:20261202T093000\nDTEND:20261202T110000"
	for _, c := range []struct{ lines, want string }{
		{"UID:b\nLOCATION:S\nDTSTART;VALUE=DATE:20261202", `event "b": DTSTART: it lasts whole days`},
		{"UID:b\nLOCATION:S\nDTSTART:20261202", "it lasts whole days"},
		{"SUMMARY:b" + times, "it has no UID"},
		{"UID:good" + times, `the UID "good" is there twice`},
		{"UID:b\nSUMMARY:B" + times, `event "B": the place is empty`},
		{"UID:b\nSUMMARY:B\nLOCATION:S\nCATEGORIES:fête" + times, `the category "fête" is not a kind`},
		{"UID:b\nX-DOUDOU-CAPACITY:beaucoup" + times, `X-DOUDOU-CAPACITY is a number from 0 to 1000, not "beaucoup"`},
		{"UID:b\nX-DOUDOU-AUDIENCE:tous\nSUMMARY:B\nLOCATION:S" + times, `audience is one of`},
		{"UID:b\nX-DOUDOU-DATING:9h" + times, "DATING is begin;rounds"},
		{"UID:b\nX-DOUDOU-OPENS:hier" + times, `X-DOUDOU-OPENS: "hier" is not a moment`},
		{"UID:b\nX-DOUDOU-SERIES:les mercredis" + times, "X-DOUDOU-SERIES is lower case letters"},
		{"UID:b\nDTSTART:20261202T093000", "it has no DTEND"},
		{"UID:b\nDTEND:20261202T093000", "it has no DTSTART"},
		{"UID:b\nDTSTART:20261202T093000\nDURATION:1h", `"1h" is not a DURATION`},
		{"UID:b\nSUMMARY:B\nLOCATION:S\nDTSTART:20261202T093000\nDTEND:20261202T083000", "it must end after it begins"},
		{"UID:b\nDTSTART;TZID=Paris:20261202T093000\nDTEND:20261202T110000", `the time zone "Paris" is not known`},
		{"UID:b\nDTSTART:20261302T093000\nDTEND:20261202T110000", `"20261302T093000" is not a moment`},
		{"UID:b\nRRULE:FREQ=HOURLY" + times, "more than once a day"},
		{"UID:b\nRRULE:FREQ=YEARLY" + times, "once a year"},
		{"UID:b\nRRULE:FREQ=DAILY;BYEASTER=1" + times, "too special"},
		{"UID:b\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30" + times, "too special"},
		{"UID:b\nRRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO" + times, "too special"},
		{"UID:b\nRRULE:FREQ=DAILY;INTERVAL=9223372036854775807" + times, "too special"},
		{"UID:b\nRRULE:FREQ=WEEKLY;BYDAY=53MO" + times, "too special"},
		{"UID:b\nRRULE:FREQ=MONTHLY;BYDAY=53MO" + times, "too special"},
		{"UID:b\nRRULE:FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31" + times, "too special"},
		{"UID:b\nRRULE:FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2" + times, "too special"},
		{"UID:b\nRRULE:FREQ=SOMETIMES" + times, "RRULE FREQ=SOMETIMES: undefined frequency"},
		{"UID:b\nRRULE:FREQ=DAILY\nDTSTART:20101202T093000\nDTEND:20101202T110000", "more than 10 years ago"},
		{"UID:b\nRDATE:20261203T093000\nRRULE:FREQ=DAILY" + times, "RDATE and EXRULE are not read"},
		{"UID:b\nRRULE:FREQ=DAILY\nEXDATE:demain" + times, `EXDATE: "demain" is not a moment`},
		{"UID:good\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261202T093000" + times, "end the series and begin another"},
		{"UID:good@doudou\nSUMMARY:B\nLOCATION:S" + times, "another event has the id good"},
	} {
		good := "UID:good\nSUMMARY:Bon\nLOCATION:Salle" + times
		list, wrong := ReadICS(strings.NewReader(calendar(good, c.lines)), town(t), on(t, "2026-11-23 12:00"))
		if len(wrong) != 1 || !strings.Contains(wrong[0].Error(), c.want) || len(list) != 1 || list[0].Title != "Bon" {
			t.Errorf("%s: %v %v; want %q", c.lines, list, wrong, c.want)
		}
	}
}

func TestReadICSFile(t *testing.T) {
	many := slices.Repeat([]string{"UID:x"}, icsEvents+1)
	for _, c := range []struct{ name, text, want string }{
		{"another file", "id,side,days", "this is not an iCalendar file"},
		{"nothing", "", "this is not an iCalendar file"},
		{"cut off", strings.TrimSuffix(calendar(wednesdays), "END:VCALENDAR\r\n"), "ends in the middle"},
		{"an event within another", calendar("BEGIN:VEVENT"), "not a sound iCalendar file"},
		{"Latin letters", calendar("SUMMARY:R\xe9union"), "not UTF-8"},
		{"too large", calendar("SUMMARY:" + strings.Repeat("x", icsBytes)), "larger than 1 MB"},
		{"too many", calendar(many...), "has 1001 events, more than 1000"},
	} {
		list, wrong := ReadICS(strings.NewReader(c.text), town(t), on(t, "2026-11-23 12:00"))
		if len(list) > 0 || len(wrong) != 1 || !strings.Contains(wrong[0].Error(), c.want) {
			t.Errorf("%s: %v %v; want %q", c.name, list, wrong, c.want)
		}
	}
	if list, wrong := ReadICS(strings.NewReader("\ufeff"+calendar(wednesdays)), town(t), on(t, "2026-11-23 12:00")); len(list) != 52 || len(wrong) > 0 {
		t.Errorf("a year of Wednesdays: %d, %v", len(list), wrong)
	}
	until := calendar(wednesdays + ";UNTIL=20301231T000000Z")
	if list, _ := ReadICS(strings.NewReader(until), town(t), on(t, "2026-11-23 12:00")); len(list) != 52 {
		t.Errorf("Wednesdays until 2030: %d", len(list))
	}
	daily := strings.Replace(wednesdays, "WEEKLY", "DAILY", 1)
	if list, _ := ReadICS(strings.NewReader(calendar(daily)), town(t), on(t, "2026-11-23 12:00")); len(list) != ruleDates {
		t.Errorf("a daily event has %d dates", len(list))
	}
}

// TestReadICSRules: a file with very many recurrences costs no more than some.
func TestReadICSRules(t *testing.T) {
	var all []string
	for i := range icsRules + 1 {
		all = append(all, strings.Replace(wednesdays, "atelier", fmt.Sprintf("a%d", i), 1)+";COUNT=10")
	}
	list, wrong := ReadICS(strings.NewReader(calendar(all...)), town(t), on(t, "2026-11-23 12:00"))
	if len(list) != 3*icsRules || len(wrong) != 1 || !strings.Contains(wrong[0].Error(), "more than 100 recurrences") {
		t.Errorf("%d dates, %v", len(list), wrong)
	}
}

// TestReadICSChangedWindow: registration for a changed date opens as many days
// before it as for the others.
func TestReadICSChangedWindow(t *testing.T) {
	change := "UID:atelier\nRECURRENCE-ID:20261202T083000Z\nDTSTART:20261202T130000Z\nDTEND:20261202T150000Z"
	list, wrong := ReadICS(strings.NewReader(calendar(wednesdays+";COUNT=9", change)), town(t), on(t, "2026-12-01 12:00"))
	if len(wrong) > 0 || len(list) != 1 || show(t, list[0].Opens) != "2026-11-25 08:00" {
		t.Errorf("%+v, %v", list, wrong)
	}
}

func TestWriteICS(t *testing.T) {
	e := sound(t)
	e.Title, e.Cancelled, e.Rev, e.Note = "Atelier « jeux d'hiver », pour les enfants qui marchent ; et les autres", true, 2, "un plaid\ndes jouets"
	var out bytes.Buffer
	if err := WriteICS(&out, []Event{e}, "Relais\r\nde la ville", on(t, "2026-11-23 12:00")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "X-WR-CALNAME:Relais\\nde la ville\r\n", "UID:atelier-2026-12-02@doudou\r\n",
		"DTSTAMP:20261123T110000Z\r\n", "DTSTART:20261202T083000Z\r\n", "SEQUENCE:2\r\n", "STATUS:CANCELLED\r\n", "DESCRIPTION:un plaid\\ndes jouets\r\n", "\\; et"} {
		if text := out.String(); !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	for line := range strings.Lines(out.String()) {
		if len(line) > 77 || !strings.HasSuffix(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
}

// TestICSRoundTrip: what is written is read back, whatever the words are.
func TestICSRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	for range 200 {
		list := make([]Event, r.IntN(8))
		for i := range list {
			list[i] = random(t, r, i)
		}
		var out bytes.Buffer
		if err := WriteICS(&out, list, "Relais", on(t, "2026-11-23 12:00")); err != nil {
			t.Fatal(err)
		}
		back, wrong := ReadICS(&out, town(t), on(t, "2026-11-23 12:00"))
		slices.SortFunc(back, func(a, b Event) int { return strings.Compare(a.ID, b.ID) })
		for i := range back {
			back[i] = utc(back[i])
		}
		if len(wrong) > 0 || len(back) != len(list) || len(list) > 0 && !reflect.DeepEqual(back, list) {
			t.Fatalf("wrote %+v\nread  %+v %v", list, back, wrong)
		}
	}
}

// random makes an event that is sound, with words that are hard to write.
func random(t testing.TB, r *rand.Rand, i int) Event {
	letters := []rune(`aé , ; : \ " n ' « » తె 👶 <b>`)
	words := func(n int) string {
		text := "x"
		for range r.IntN(n) {
			text += string(letters[r.IntN(len(letters))])
		}
		return strings.Join(strings.Fields(text), " ")
	}
	e := sound(t)
	e.ID, e.Title, e.Place, e.Note, e.Quarter = fmt.Sprintf("e-%d", i), words(200), words(90), words(250), words(20)
	e.Start = e.Start.Add(time.Duration(r.IntN(500)) * 50 * time.Minute).UTC()
	e.End = e.Start.Add(time.Duration(1+r.IntN(300)) * time.Minute)
	e.Kind, e.Audience = Kinds()[r.IntN(len(Kinds()))], Audiences()[r.IntN(len(Audiences()))]
	e.Capacity, e.Rev, e.Sample, e.NoWait, e.Cancelled = 1+r.IntN(1000), r.IntN(9), r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(2) == 0
	if r.IntN(2) == 0 {
		e.Opens, e.Closes = e.Start.AddDate(0, 0, -9), e.Start.Add(-time.Hour)
		e.Languages, e.Series = []string{"fr", "ta"}, "e"
	}
	if e.Kind == "speeddating" {
		o := DefaultOptions()
		o.Rounds, o.Minimum = 1+r.IntN(9), r.IntN(4)
		e.Dating = &o
	}
	return e
}

// FuzzReadICS: whatever the file and a rule hold, each event that is read could
// be entered by staff, is to come and has an id of its own.
func FuzzReadICS(f *testing.F) {
	f.Add(calendar(wednesdays), "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270101")
	f.Add(calendar(wednesdays+"\nEXDATE:20261125T083000Z", "UID:atelier\nRECURRENCE-ID:20261202T083000Z\nDTSTART:20261203T083000Z\nDURATION:PT2H"), "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=2")
	f.Add(calendar("UID:a\nSUMMARY:A\nLOCATION:B\nDTSTART;VALUE=DATE:20261202", "UID:b\nSUMMARY:A\nLOCATION:B\nCATEGORIES:laep\nDTSTART:20261202T093000\nDURATION:PT2H"), "FREQ=DAILY;INTERVAL=2;COUNT=9;WKST=SU")
	f.Fuzz(func(t *testing.T, text, rule string) {
		now := on(t, "2026-11-23 12:00")
		for _, file := range []string{text, calendar(strings.Replace(wednesdays, "FREQ=WEEKLY", rule, 1))} {
			list, _ := ReadICS(strings.NewReader(file), town(t), now)
			seen := map[string]bool{}
			for _, e := range list {
				if err := e.Validate(); err != nil || !e.End.After(now) || seen[e.ID] || !icsIDForm.MatchString(e.Series) && e.Series != "" {
					t.Errorf("%+v: %v", e, err)
				}
				seen[e.ID] = true
			}
		}
	})
}
