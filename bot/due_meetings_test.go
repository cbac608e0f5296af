package bot

import (
	"maps"
	"strings"
	"testing"
	"time"

	"doudou/knowledge/events"
)

// looking is a family's need, in force until the end of the year.
func looking(t *testing.T) func(ContactID) (events.Profile, bool) {
	return func(contact ContactID) (events.Profile, bool) {
		cells := map[string]string{"id": string(contact), "side": "parent", "days": "mon|tue", "hours": "08:00-18:00", "quarter": "Centre", "start": "2027-01", "child_months": "10"}
		if contact == "vague" {
			delete(cells, "start")
		}
		p, err := events.ReadParticipant(cells)
		if err != nil {
			t.Fatal(err)
		}
		return events.Profile{Participant: p, Name: "Lina", Phone: "+33612345678", Until: when(t, "2026-12-31 12:00")}, contact != "withdrawn"
	}
}

func TestAsked(t *testing.T) {
	made := when(t, "2026-12-01 10:00")
	for _, c := range []struct {
		name, now string
		change    func(*Introduction)
		want      string
	}{
		{"she is asked", "2026-12-01 10:00", nil, "asked/i/minder meet.asked"},
		{"for five days", "2026-12-06 09:59", nil, "asked/i/minder meet.asked"},
		{"no longer", "2026-12-06 10:00", nil, ""},
		{"she has answered", "2026-12-02 10:00", func(i *Introduction) { i.MinderSays = No }, ""},
		{"the family does not want it any more", "2026-12-02 10:00", func(i *Introduction) { i.ParentSays = No }, ""},
		{"they met at a day and choose by numbers", "2026-12-02 10:00", func(i *Introduction) { i.Event = "d" }, ""},
		{"the need is taken back", "2026-12-02 10:00", func(i *Introduction) { i.Parent = "withdrawn" }, ""},
		{"the need is not whole", "2026-12-02 10:00", func(i *Introduction) { i.Parent = "vague" }, ""},
	} {
		i := Introduction{ID: "i", Parent: "lina", Childminder: "minder", ParentSays: Yes, Made: made}
		if c.change != nil {
			c.change(&i)
		}
		list := heraldAt(t, c.now).asked([]Introduction{i}, looking(t))
		if got := listed(list); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		want := map[string]string{"introduction": "i", "days": "mon|tue", "hours": "08:00-18:00", "quarter": "centre", "start": "2027-01", "age": "10"}
		if len(list) > 0 && !maps.Equal(list[0].Slots, want) {
			t.Errorf("she is told %v", list[0].Slots)
		}
	}
}

func TestNobody(t *testing.T) {
	made := when(t, "2026-12-01 10:00")
	one := func(says Consent, change ...func(*Introduction)) Introduction {
		i := Introduction{ID: "i", Parent: "lina", Childminder: "minder", ParentSays: Yes, MinderSays: says, Made: made}
		for _, c := range change {
			c(&i)
		}
		return i
	}
	later := func(i *Introduction) { i.Made = made.Add(48 * time.Hour) }
	day := func(i *Introduction) { i.Event = "d" }
	withdrawn := func(i *Introduction) { i.ParentSays = No }
	for _, c := range []struct {
		name, now string
		list      []Introduction
		want      bool
	}{
		{"all said no", "2026-12-02 10:00", []Introduction{one(No), one(No)}, true},
		{"one has not answered yet", "2026-12-02 10:00", []Introduction{one(No), one("")}, false},
		{"after five days silence is a no", "2026-12-06 10:00", []Introduction{one(No), one("")}, true},
		{"one said yes", "2026-12-06 10:00", []Introduction{one(Yes), one(No)}, false},
		{"the family took it back", "2026-12-06 10:00", []Introduction{one("", withdrawn)}, false},
		{"others were asked since", "2026-12-06 10:00", []Introduction{one(No), one("", later)}, false},
		{"and said no", "2026-12-06 10:00", []Introduction{one(Yes), one(No, later)}, true},
		{"a choice at a day is nothing to wait for", "2026-12-06 10:00", []Introduction{one("", day)}, false},
		{"long ago", "2026-12-20 10:00", []Introduction{one(No)}, false},
	} {
		if got := heraldAt(t, c.now).nobody(c.list); (len(got) == 1) != c.want {
			t.Errorf("%s: %s", c.name, listed(got))
		}
	}
}

func TestFollows(t *testing.T) {
	for _, c := range []struct {
		now             string
		visit, contract Consent
		want            string
	}{
		{"2026-12-08 09:59", "", "", ""}, {"2026-12-08 10:00", "", "", "visit/i/lina meet.visit"}, {"2026-12-08 10:00", Yes, "", ""},
		{"2026-12-22 10:00", "", "", ""}, {"2026-12-31 09:59", Yes, "", ""}, {"2026-12-31 10:00", "", "", "contract/i/lina meet.contract"},
		{"2026-12-31 10:00", Yes, Yes, ""}, {"2027-01-14 10:00", Yes, "", ""},
	} {
		h := heraldAt(t, c.now)
		i := Introduction{ID: "i", Parent: "lina", Childminder: "minder", Exchanged: when(t, "2026-12-01 10:00"), Visit: c.visit, Contract: c.contract}
		var list []Prompt
		for _, f := range h.follows([]Introduction{i, {ID: "j", Parent: "lina"}}) {
			list = append(list, h.ask(f, "Rosa")...)
			if forgotten := h.ask(f, ""); len(forgotten) > 0 {
				t.Errorf("asked about nobody: %s", listed(forgotten))
			}
		}
		if got := listed(list); got != c.want {
			t.Errorf("%s, visit %q, contract %q: %q, want %q", c.now, c.visit, c.contract, got, c.want)
		}
	}
}

func TestExchanged(t *testing.T) {
	i := Introduction{ID: "i", Parent: "lina", Childminder: "minder"}
	list := heraldAt(t, "2026-12-05 10:00").exchanged(i, events.Profile{Name: "Lina", Phone: "+33600000001"}, events.Profile{Name: "Rosa", Phone: "+33600000002"})
	if got := listed(list); got != "exchange/i/lina meet.exchange; exchange/i/minder meet.exchange" {
		t.Fatal(got)
	}
	for _, p := range list {
		want := map[ContactID]string{"lina": "Rosa +33600000002", "minder": "Lina +33600000001"}[p.Contact]
		if got := p.Slots["name"] + " " + p.Slots["phone"]; got != want {
			t.Errorf("%s gets %s", p.Contact, got)
		}
	}
}

func TestProfilesDue(t *testing.T) {
	for _, c := range []struct {
		name, now, until string
		listed           bool
		want             string
	}{
		{"long in force", "2026-10-01 10:00", "2026-10-31 12:00", true, ""},
		{"a week left", "2026-10-24 12:00", "2026-10-31 12:00", true, "still/2026-10-31/minder places.still"},
		{"only for a day", "2026-10-24 12:00", "2026-10-31 12:00", false, ""},
		{"over", "2026-10-31 12:00", "2026-10-31 12:00", true, ""},
		{"two weeks before December", "2026-11-17 10:00", "2026-12-31 12:00", true, "monenfant/2026-12-01/minder places.monenfant"},
		{"the day before that", "2026-11-16 20:00", "2026-12-31 12:00", true, ""},
		{"two weeks before June", "2027-05-20 10:00", "2027-06-30 12:00", true, "monenfant/2027-06-01/minder places.monenfant"},
		{"in June", "2027-06-01 10:00", "2027-06-30 12:00", true, ""},
	} {
		h := heraldAt(t, c.now)
		p := []events.Profile{
			{Participant: events.Participant{ID: "minder", Side: events.Childminder}, Listed: c.listed, Until: when(t, c.until)},
			{Participant: events.Participant{ID: "lina", Side: events.Parent}, Listed: c.listed, Until: when(t, c.until)},
		}
		if got := listed(append(h.still(p), h.monenfant(p)...)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A family with three numbers since a Friday night is asked about one a day, and
// never on a Sunday.
func TestFollowsOneADay(t *testing.T) {
	var list []Introduction
	for _, id := range []string{"a", "b", "c"} {
		list = append(list, Introduction{ID: id, Parent: "lina", Childminder: "minder", Exchanged: when(t, "2026-12-04 19:00")})
	}
	for now, want := range map[string]string{
		"2026-12-11 19:00": "visit/a", "2026-12-12 18:59": "visit/a", "2026-12-12 19:00": "visit/a visit/b", "2026-12-14 08:00": "visit/a visit/b visit/c",
		"2027-01-04 08:00": "contract/a", "2027-01-05 08:00": "contract/a contract/b",
	} {
		var got []string
		for _, f := range heraldAt(t, now).follows(list) {
			got = append(got, f.id)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", now, got, want)
		}
	}
}
