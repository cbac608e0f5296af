package dialogs

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// relais returns the trees of the relais, and a library that knows what they
// look up.
func relais(t testing.TB) (*Book, *shelf) {
	t.Helper()
	b, problems := Default()
	for _, p := range problems {
		t.Fatal(p)
	}
	archive, err := txtar.ParseFile(filepath.Join("testdata", "real", "paths.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	lib := &shelf{}
	for line := range strings.Lines(string(archive.Files[0].Data)) {
		lib.learn(strings.TrimSpace(line))
	}
	return b, lib
}

// must plays one turn that cannot fail.
func must(t testing.TB, b *Book, s Session, in Input, lib Library) Turn {
	t.Helper()
	turn, err := b.Step(s, in, lib)
	if err != nil {
		t.Fatal(err)
	}
	return turn
}

// archived returns the trees of a conversation archive.
func archived(t testing.TB, name string) *Book {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return readBooks(t, archive)[""]
}

func TestExpecting(t *testing.T) {
	answers, places := archived(t, "answers.txtar"), archived(t, "places.txtar")
	at := func(dialog, node string, slots map[string]string) Session {
		return Session{Dialog: dialog, Node: node, Slots: slots, Greeted: true}
	}
	for _, c := range []struct {
		name    string
		book    *Book
		session Session
		want    Expectation
		choices string
	}{
		{"nothing", answers, Session{}, Expectation{}, ""},
		{"lost", answers, Session{Lost: 1}, Expectation{Kind: KindChoice}, "menu human"},
		{"a dialog that is gone", answers, at("gone", "x", nil), Expectation{}, ""},
		{"a number", answers, at("cmg", "children", nil), Expectation{Kind: KindCount, Min: 1, Max: 12}, ""},
		{"private", answers, at("cmg", "resources", map[string]string{"children": "1"}),
			Expectation{Kind: KindEuros, Max: 50000, Skip: true, Private: true}, ""},
		{"a choice", answers, at("person", "half", nil), Expectation{Kind: KindChoice, Skip: true}, "morning evening"},
		{"a menu", answers, at("forget", "confirm", nil), Expectation{Kind: KindChoice}, "erase keep"},
		{"a text", answers, at("person", "spoken", nil), Expectation{Kind: KindText, Max: 12, Skip: true}, ""},
		{"an offer", answers, Session{Offer: []string{"cmg_what"}, Dialog: "cmg", Node: "children"}, Expectation{Kind: KindChoice}, "cmg_what human"},
		{"a list", answers, Session{Dialog: "events", Node: "pick", Listed: []string{"e1", "e2"}}, Expectation{Kind: KindChoice, Skip: true}, "e1 e2"},
		{"an age", places, at("finder", "age", nil), Expectation{Kind: KindAge, Max: 72}, ""},
		{"a day to come", places, at("finder", "start", map[string]string{"age": "1"}), Expectation{Kind: KindDate, Future: true}, ""},
		{"a day that has passed", places, at("finder", "hired", map[string]string{"age": "1", "start": "2027-01-04"}), Expectation{Kind: KindDate, Past: true}, ""},
		{"a place", places, at("near", "where", map[string]string{"kind": "pmi"}), Expectation{Kind: KindPlace, Skip: true, Private: true}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.book.Expecting(c.session)
			var ids []string
			for _, choice := range got.Choices {
				ids = append(ids, choice.ID)
			}
			got.Choices = nil
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if strings.Join(ids, " ") != c.choices {
				t.Errorf("choices %v, want %s", ids, c.choices)
			}
		})
	}
}

func TestBookTellsWhatItHolds(t *testing.T) {
	b, _ := relais(t)
	if b.Dialog("cmg_amount") != "cmg" || b.Dialog("nothing") != "" || b.Owner("cmg") == "" || b.Owner("nothing") != "" || b.About("cmg") == "" || b.About("nothing") != "" {
		t.Error("the book does not know its dialogs")
	}
	reviews := b.Reviews()
	if len(reviews) != len(b.Dialogs()) {
		t.Errorf("%d dialogs, %d review dates", len(b.Dialogs()), len(reviews))
	}
	for i := 1; i < len(reviews); i++ {
		if reviews[i-1].Date > reviews[i].Date {
			t.Errorf("reviews are not in order: %v", reviews)
		}
	}
	for _, intent := range b.Intents() {
		if b.Dialog(intent) == "" {
			t.Errorf("%s has no dialog", intent)
		}
	}
	if nodes := b.Nodes(); !slices.Contains(nodes, "cmg.care") || slices.Contains(nodes, "care") {
		t.Errorf("the nodes are %v", nodes)
	}
	for _, node := range Released() {
		if p := lastPlace(node); b.tree[p.dialog] == nil || b.tree[p.dialog].node[p.node] == nil {
			t.Errorf("%s of the last release is gone", node)
		}
	}
}

func TestPrompts(t *testing.T) {
	got := archived(t, "prompts.txtar").Prompts()
	want := map[string][]string{
		"dates.remind": {"title"}, "dates.check": {"event"}, "dates.offered": {"event"}, "dates.card": nil, "dates.lost": nil,
		"after.coming": {"event", "start"}, "after.choose": {"event"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the prompts are %v", got)
	}
}

func TestStepWritesNothingOfOthers(t *testing.T) {
	b, lib := relais(t)
	trail := []string{"care", "children", "not mine"}
	frames := []Frame{{Dialog: "menu", Node: "top"}, {Dialog: "not mine"}}
	s := Session{
		Dialog: "cmg", Node: "resources", Slots: map[string]string{"care": "home", "children": "1"},
		Trail: trail[:2], Stack: frames[:1],
	}
	must(t, b, s, Input{Value: "1000"}, lib)
	must(t, b, s, Input{Global: Human}, lib)
	if trail[2] != "not mine" || frames[1].Dialog != "not mine" {
		t.Errorf("memory of the caller was written: %v %v", trail, frames)
	}
}

func TestSessionsStaySmall(t *testing.T) {
	b, lib := relais(t)
	s := Session{Dialog: "cmg", Node: "care", Greeted: true}
	for range 60 {
		s.Stack = append(s.Stack, Frame{Dialog: "menu", Node: "top"})
		s.Trail = append(s.Trail, "reform")
	}
	next := must(t, b, s, Input{Choice: "home"}, lib).Session
	if len(next.Stack) > 8 || len(next.Trail) != 40 {
		t.Errorf("%d frames, %d questions to come back to", len(next.Stack), len(next.Trail))
	}
	s.Stack = nil
	for _, dialog := range []string{"menu", "welcome", "ram", "family", "creche", "work", "money", "childcare", "language"} {
		s.Stack = append(s.Stack, Frame{Dialog: dialog})
	}
	if next = must(t, b, s, Input{Global: Human}, lib).Session; len(next.Stack) != 8 || next.Stack[7].Dialog != "cmg" {
		t.Errorf("the stack is %v", next.Stack)
	}
}

func TestAValueOutOfRangeIsNoQuestionOfMeaning(t *testing.T) {
	b, lib := relais(t)
	s := Session{Dialog: "cmg", Node: "children", Slots: map[string]string{"care": "home"}, Greeted: true}
	turn := must(t, b, s, Input{Value: "99", Zone: ZoneChoose, Top: []string{"cmg_what"}}, lib)
	if len(turn.Session.Offer) > 0 || turn.Session.Retries != 1 {
		t.Errorf("went to %+v", turn.Session)
	}
}

// FuzzStep writes anything to anybody who stands anywhere: no panic, nothing
// beyond the limits, and a session that can be kept.
func FuzzStep(f *testing.F) {
	relaisBook, lib := relais(f)
	books := []*Book{relaisBook, archived(f, "prompts.txtar"), archived(f, "heard.txtar")}
	f.Add([]byte(`{"dialog":"cmg","node":"hours","slots":{"care":"home","children":"1","resources":"10"},"trail":["children"]}`),
		[]byte(`{"Value":"12"}`), []byte(`{"Global":"back"}`))
	f.Add([]byte(`{"dialog":"person","node":"offer","stack":[{"dialog":"cmg","node":"care"}]}`),
		[]byte(`{"Choice":"no"}`), []byte(`{"Tap":{"Dialog":"ram","Node":"dates","Choice":"e1"}}`))
	f.Add([]byte(`{"offer":["cmg_what","x"],"said":1,"repeats":5}`), []byte(`{"Choice":"x"}`), []byte(`{"Urgent":"baby"}`))
	f.Add([]byte(`{"dialog":"ram","node":"dates","listed":["e1","e9"]}`), []byte(`{"Value":"e9","Skip":true}`), []byte(`{"Global":"erase"}`))
	f.Add([]byte(`{}`), []byte(`{"Intent":"greeting","Zone":"answer"}`), []byte(`{"Zone":"choose","Top":["cmg_what","cmg_what","thanks"]}`))
	f.Add([]byte(`{"kept":{"contract.step":"write","contract.step.x":"1","near.where":"x","":""}}`),
		[]byte(`{"Intent":"childminder_employ_steps","Subject":"pajemploi","Zone":"answer"}`), []byte(`{"Global":"erase"}`))
	f.Add([]byte(`{"dialog":"near","node":"where","slots":{"kind":"pmi"}}`), []byte(`{"Place":"48.953,2.308"}`), []byte(`{"Text":"Orgemont","Today":"2026-11-23"}`))
	f.Add([]byte(`{"dialog":"dates","node":"pick","listed":["e1"]}`),
		[]byte(`{"Enter":{"Node":"dates.offered","Slots":{"event":"e1"}}}`), []byte(`{"Tap":{"Dialog":"dates","Node":"offered","Choice":"take"}}`))
	f.Add([]byte(`{"told":["start","start","x"],"dialog":"places","node":"places","slots":{"start":"2027-03","quarter":"e1"}}`),
		[]byte(`{"Value":"2"}`), []byte(`{"Intent":"childminder_availability","Zone":"answer","Values":{"places":"2","month":"2027-03","quarter":"e1"}}`))
	f.Fuzz(func(t *testing.T, session, first, second []byte) {
		for _, b := range books {
			fuzzStep(t, b, lib, session, first, second)
		}
	})
}

// fuzzStep plays two messages, and the first again.
func fuzzStep(t *testing.T, b *Book, lib Library, session, first, second []byte) {
	var s Session
	if json.Unmarshal(session, &s) != nil {
		return
	}
	for _, message := range [][]byte{first, second, first} {
		var in Input
		if json.Unmarshal(message, &in) != nil {
			return
		}
		if in.Enter != nil {
			if _, err := b.opening(*in.Enter); err != nil {
				return
			}
		}
		b.Expecting(s)
		s = sound(t, b, s, in, lib)
	}
}

// sound plays a turn and checks the limits.
func sound(t *testing.T, b *Book, s Session, in Input, lib Library) Session {
	before, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	turn := must(t, b, s, in, lib)
	if after, _ := json.Marshal(s); string(before) != string(after) {
		t.Fatalf("the session was changed:\n%s\n%s", before, after)
	}
	if len(turn.Effects) > 2*maxCrossed+5 {
		t.Fatalf("%d effects", len(turn.Effects))
	}
	for _, e := range turn.Effects {
		if say, ok := e.(Say); ok && (len(say.Choices) > maxChoices || say.Text.Key == "") {
			t.Fatalf("said %+v", say)
		}
	}
	data, err := json.Marshal(turn.Session)
	if err != nil {
		t.Fatal(err)
	}
	var back Session
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if !in.ignored() && in.Urgent == "" && (len(back.Stack) > maxStack+1 || len(back.Offer) > maxOffer && in.Zone == ZoneChoose) {
		t.Fatalf("the session grows: %s", data)
	}
	return back
}

func BenchmarkStep(b *testing.B) {
	book, lib := relais(b)
	path := Session{
		Dialog: "cmg", Node: "hours", Greeted: true, Trail: []string{"care", "children", "resources"},
		Slots: map[string]string{"care": "childminder", "children": "2", "resources": "2500"},
	}
	last := path
	last.Node = "hourly"
	last.Slots = map[string]string{"care": "childminder", "children": "2", "resources": "2500", "hours": "100"}
	for _, c := range []struct {
		name string
		s    Session
		in   Input
	}{
		{"answer", path, Input{Text: "100", Value: "100"}},
		{"estimate", last, Input{Text: "5", Value: "5"}},
		{"intent", Session{Greeted: true}, Input{Intent: "cmg_what", Zone: ZoneAnswer}},
		{"aside", path, Input{Intent: "pmi_health", Zone: ZoneAnswer}},
		{"list", Session{Greeted: true}, Input{Intent: "ram_events", Zone: ZoneAnswer}},
		{"human", path, Input{Global: Human}},
		{"urgent", path, Input{Urgent: "danger"}},
		{"lost", Session{Greeted: true}, Input{Zone: ZonePerson}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := book.Step(c.s, c.in, lib); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("expecting", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			book.Expecting(path)
		}
	})
}

// TestAudience: a node tells who comes there, and a card may have a form for
// them; a card without one is the same for all.
func TestAudience(t *testing.T) {
	b, lib := relais(t)
	for intent, want := range map[string]string{"childminder_unpaid": "childminder", "creche_register": "parent", "pmi_health": ""} {
		if turn := must(t, b, Session{}, Input{Intent: intent, Zone: ZoneAnswer}, lib); turn.Audience != want {
			t.Errorf("%s tells %q, not %q", intent, turn.Audience, want)
		}
	}
	for _, tt := range []struct{ card, audience, want string }{
		{"danger", "childminder", "safety.danger_childminder"}, {"danger", "parent", "safety.danger"}, {"danger", "", "safety.danger"},
		{"medical", "childminder", "safety.medical"},
	} {
		turn := must(t, b, Session{}, Input{Urgent: tt.card, Audience: tt.audience}, lib)
		if got := turn.Effects[0].(Say).Text.Key; got != tt.want {
			t.Errorf("%s for %q says %s, not %s", tt.card, tt.audience, got, tt.want)
		}
	}
}
