package bot_test

import (
	"testing"

	"doudou/bot"
)

func TestStopKeepsWhatLasts(t *testing.T) {
	r := newStageOf(t, smallTown(t, nearWords, cmgTree, personTree)).service.Rehearse(bot.Telegram, "fr")
	var p bot.Played
	for _, m := range []bot.Message{{Kind: bot.Greeting, Data: "cmg"}, {Text: "2"}, {Text: "STOP"}, {Text: "START"}} {
		var err error
		if p, err = r.Say(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.Session.Dialog.Kept["cmg.children"]; got != "2" {
		t.Errorf("kept %q", got)
	}
}

func TestAfresh(t *testing.T) {
	for _, c := range []struct{ session, want string }{
		{"", ""}, {"not JSON", ""}, {"{}", ""}, {`{"dialog":{"dialog":"cmg","greeted":true},"waiting":true}`, ""},
		{`{"dialog":{"dialog":"cmg","kept":{"cmg.children":"2"}},"more":["x"]}`, `{"dialog":{"kept":{"cmg.children":"2"}}}`},
	} {
		if got := string(bot.Afresh([]byte(c.session))); got != c.want {
			t.Errorf("of %s stays %s", c.session, got)
		}
	}
}
