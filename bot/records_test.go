package bot

import (
	"context"
	"reflect"
	"testing"
	"time"

	"doudou/dialogs"
	"doudou/knowledge"
	"doudou/knowledge/events"
)

// village stands for what the store knows of people.
type village struct {
	profiles map[ContactID]events.Profile
	made     []Introduction
}

func (v village) Profile(_ context.Context, contact ContactID) (events.Profile, error) {
	p, ok := v.profiles[contact]
	if !ok {
		return p, ErrGone
	}
	return p, nil
}

func (v village) Profiles(_ context.Context, side events.Side, at time.Time) ([]events.Profile, error) {
	var list []events.Profile
	for id, p := range v.profiles {
		if p.ID = string(id); p.Side == side && p.Until.After(at) {
			list = append(list, p)
		}
	}
	return list, nil
}

func (v village) Introductions(context.Context, ContactID, string) ([]Introduction, error) {
	return v.made, nil
}
func (v village) Roster(context.Context, string) ([]Seat, error) { return nil, nil }
func (v village) Day(context.Context, string) (Day, error)       { return Day{}, ErrGone }

func TestRecords(t *testing.T) {
	now := when(t, "2026-11-23 10:00")
	town, err := knowledge.Demo()
	if err != nil {
		t.Fatal(err)
	}
	minder := func(days string) events.Profile {
		p, err := events.ReadParticipant(map[string]string{"id": "m", "side": "childminder", "days": days, "hours": "08:00-18:00", "places": "1"})
		if err != nil {
			t.Fatal(err)
		}
		return events.Profile{Participant: p, Listed: true, Until: now.Add(time.Hour)}
	}
	v := village{profiles: map[ContactID]events.Profile{"m1": minder("mon"), "m2": minder("mon"), "m3": minder("mon"), "m4": minder("mon"), "m5": minder("mon"), "sunday": minder("sun")},
		made: []Introduction{{Parent: "lina", Childminder: "m2", Made: now}, {Parent: "other", Childminder: "m1", Made: now}}}
	b := &player{Knowledge: town, Now: func() time.Time { return now }, people: v}
	type with = map[string]string
	need := events.Participant{ID: "lina", Side: events.Parent, Days: events.Monday, Hours: []events.Span{{From: 8 * 60, To: 18 * 60}}, Quarters: []string{"centre"},
		Start: events.NewMonth(2027, 3), Ages: []events.Ages{{From: 10, To: 10}}}
	offer := events.Participant{ID: "lina", Side: events.Childminder, Places: 2}
	save := dialogs.Record{Name: "profile.save", With: with{"side": "parent", "days": "mon", "hours": "08:00-18:00", "quarter": "Centre", "start": "2027-03",
		"age": "10", "name": "Lina", "phone": "+33611111111", "listed": "yes"}}
	saved := KeepProfile{events.Profile{Participant: need, Name: "Lina", Phone: "+33611111111", Listed: true, Cares: -1, Until: now.AddDate(0, 0, 90)}}
	for _, c := range []struct {
		name string
		turn []dialogs.Record
		want []Change
	}{
		{"a waiting list", []dialogs.Record{{Name: "event.wait", With: with{"event": "jeux"}}}, []Change{JoinQueue{"jeux"}}},
		{"part of a day", []dialogs.Record{{Name: "seat.room", With: with{"event": "jour", "room": "09:30-10:30"}}}, []Change{StayFor{"jour", events.Span{From: 570, To: 630}}}},
		{"what a family needs, for 90 days", []dialogs.Record{save}, []Change{saved}},
		{"what a childminder offers, for 45", []dialogs.Record{{Name: "profile.save", With: with{"side": "childminder", "places": "2", "cares": "0"}}},
			[]Change{KeepProfile{events.Profile{Participant: offer, Until: now.AddDate(0, 0, 45)}}}},
		{"nobody has anything to confirm", []dialogs.Record{{Name: "profile.confirm"}}, nil},
		{"what was said in the same turn", []dialogs.Record{save, {Name: "profile.confirm"}}, []Change{saved, saved}},
		{"taken back", []dialogs.Record{{Name: "profile.withdraw"}}, []Change{Withdraw{}}},
		{"news of a quarter", []dialogs.Record{{Name: "news.on", With: with{"quarter": "Centre"}}}, []Change{Subscribe{true, "Centre"}}},
		{"no news", []dialogs.Record{{Name: "news.off"}}, []Change{Subscribe{}}},
		{"the three who waited longest, and not who was asked", []dialogs.Record{save, {Name: "match.ask"}}, []Change{saved, Introduce{With: []ContactID{"m3", "m4", "m5"}}}},
		{"nobody to ask for who said nothing", []dialogs.Record{{Name: "match.ask"}}, nil},
		{"an answer", []dialogs.Record{{Name: "meet.answer", With: with{"introduction": "i", "agrees": "no"}}}, []Change{SayTo{"i", No}}},
		{"numbers", []dialogs.Record{{Name: "day.choose", With: with{"event": "jour", "numbers": "4|12"}}}, []Change{Choose{"jour", []int{4, 12}}}},
		{"no number", []dialogs.Record{{Name: "day.choose", With: with{"event": "jour"}}}, []Change{Choose{"jour", nil}}},
		{"a visit", []dialogs.Record{{Name: "meet.visit", With: with{"introduction": "i", "done": "yes"}}}, []Change{FollowUp{"i", "visit", Yes}}},
		{"no contract", []dialogs.Record{{Name: "meet.contract", With: with{"introduction": "i", "done": "no"}}}, []Change{FollowUp{"i", "contract", No}}},
	} {
		r := b.recorder(t.Context(), "lina")
		var got []Change
		for _, e := range c.turn {
			list, err := r.change(e)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			got = append(got, list...)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	for _, wrong := range []dialogs.Record{{Name: "profile.keep"}, {Name: "profile.save", With: with{"side": "nobody"}}, {Name: "day.choose", With: with{"numbers": "x"}}} {
		if list, err := b.recorder(t.Context(), "lina").change(wrong); err == nil {
			t.Errorf("%+v became %+v", wrong, list)
		}
	}
}
