package bot_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"doudou/bot"
	"doudou/locales"
)

// A caseFile is a store of one case, that keeps what is done to it.
type caseFile struct {
	bot.Store
	c    bot.Case
	acts []bot.Act
}

func (f *caseFile) Case(context.Context, bot.CaseID) (bot.Case, error) { return f.c, nil }

func (f *caseFile) Act(_ context.Context, a bot.Act) error {
	f.acts = append(f.acts, a)
	return nil
}

// answering returns a service that answers one case, on a day.
func answering(t *testing.T, day string, words *locales.Catalog) (*bot.Service, *caseFile) {
	t.Helper()
	o := content(t)
	at, err := time.Parse("2006-01-02 15:04", day+" 10:00")
	if err != nil {
		t.Fatal(err)
	}
	if words != nil {
		o.Words = words
	}
	f := &caseFile{c: bot.Case{ID: "K", Contact: "c1", Team: "relais", Lang: "fr", Channel: bot.SMS}}
	o.Store, o.Now, o.Draw, o.NewID = f, func() time.Time { return at }, counter(1), func() string { return "K" }
	o.Carriers = []bot.Carrier{
		{Channel: bot.Telegram, Style: locales.Style{Isolate: true}, Buttons: true},
		{Channel: bot.SMS, Style: locales.Style{SMS: true}},
	}
	s, err := bot.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s, f
}

// filled gives every blank of an answer a value of its kind.
func filled(kinds map[string]string) map[string]locales.Arg {
	values := map[string]locales.Arg{
		"date": {Kind: "date", Text: "2026-12-24"}, "moment": {Kind: "moment", Text: "2026-12-02T14:30"}, "place": {Kind: "place", Text: "PMI Démo"},
		"text": {Kind: "text", Text: "avis d'imposition"}, "phone": {Kind: "phone", Text: "01 00 00 00 00"}, "euros": {Kind: "euros", Text: "12.50"},
		"count": {Kind: "count", Text: "3"}, "team": {Kind: "choice", Text: "pmi", Key: "team.pmi"}, "half": {Kind: "choice", Text: "morning", Key: "reply.half.morning"},
	}
	args := map[string]locales.Arg{}
	for name, kind := range kinds {
		args[name] = values[kind]
	}
	return args
}

// TestWhatIsPreviewedIsWhatLeaves holds for every answer in every language on
// both channels: the family reads, to the letter, what the agent saw, and the
// thread keeps it as a key.
func TestWhatIsPreviewedIsWhatLeaves(t *testing.T) {
	s, f := answering(t, "2026-11-24", nil)
	awa := bot.Agent{Login: "awa", Name: "Awa"}
	count := 0
	for _, r := range s.Knowledge.Replies() {
		kinds := map[string]string{}
		for _, b := range r.Blanks {
			kinds[b.Name] = b.Kind
		}
		pick := bot.Pick{Key: r.ID, Args: filled(kinds)}
		for _, lang := range s.Words.Languages() {
			for _, ch := range []bot.Channel{bot.SMS, bot.Telegram} {
				f.c.Lang, f.c.Channel = lang, ch
				said := bot.Said{Picks: []bot.Pick{pick}}
				shown, err := s.Preview(awa, f.c, "", said)
				if err != nil {
					t.Fatalf("%s in %s: %v", r.ID, lang, err)
				}
				if err := s.AnswerByKey(t.Context(), awa, "K", said, "k", 0); err != nil {
					t.Fatalf("%s in %s: %v", r.ID, lang, err)
				}
				a := f.acts[len(f.acts)-1]
				if a.Out.Body != shown.Body || a.Out.Lead != shown.Lead || len(shown.French) != 0 || strings.Contains(shown.Body, "{{") {
					t.Errorf("%s in %s on %s: shown %q, left %q", r.ID, lang, ch, shown.Body, a.Out.Body)
				}
				if a.Text != "" || len(a.Says) != 1 || a.Says[0].Key != r.ID || len(a.Says[0].Args) != len(kinds) {
					t.Errorf("%s in %s: kept as %q %+v", r.ID, lang, a.Text, a.Says)
				}
				count++
			}
		}
	}
	if count < 100*10*2 {
		t.Errorf("only %d messages were compared", count)
	}
}

// TestTwoAnswersAndAWord: what staff write themselves follows, as it stands.
func TestTwoAnswersAndAWord(t *testing.T) {
	s, f := answering(t, "2026-11-24", nil)
	f.c.Lang = "ta"
	said := bot.Said{Picks: []bot.Pick{{Key: "reply.sorry"}, {Key: "reply.caf"}}, Text: " À demain "}
	if err := s.AnswerByKey(t.Context(), bot.Agent{Login: "awa", Name: "Awa"}, "K", said, "k", 3); err != nil {
		t.Fatal(err)
	}
	a := f.acts[0]
	for _, want := range []string{"Awa", "காக்க வைத்ததற்கு மன்னிக்கவும்.\n", "3230", "\nÀ demain"} {
		if !strings.Contains(a.Out.Body, want) {
			t.Errorf("%q lacks %q", a.Out.Body, want)
		}
	}
	line := bot.Line{Speaker: bot.Staff, Says: a.Says, Text: a.Text}
	if a.Text != "À demain" || a.Seen != 3 || !said.Same(line) {
		t.Errorf("kept %+v", a)
	}
	line.Says = line.Says[:1]
	if said.Same(line) {
		t.Error("another line is not the same")
	}
}

// TestApprovedAnswersOnly: an agent who is kept to them says nothing else, by
// whatever way.
func TestApprovedAnswersOnly(t *testing.T) {
	s, f := answering(t, "2026-11-24", nil)
	ines := bot.Agent{Login: "ines", Name: "Inès", Approved: true}
	for name, err := range map[string]error{
		"reply":          s.Answer(t.Context(), ines, "K", "Bonjour", "k", 0),
		"last word":      s.CloseCase(t.Context(), ines, "K", "Au revoir", "k"),
		"word after key": s.AnswerByKey(t.Context(), ines, "K", bot.Said{Picks: []bot.Pick{{Key: "reply.reads"}}, Text: "Bonjour"}, "k", 0),
	} {
		if !errors.Is(err, bot.ErrApproved) || len(f.acts) != 0 {
			t.Errorf("%s: %v, %d acts", name, err, len(f.acts))
		}
	}
	if err := s.AnswerByKey(t.Context(), ines, "K", bot.Said{Picks: []bot.Pick{{Key: "reply.reads"}}}, "k", 0); err != nil {
		t.Error(err)
	}
	if err := s.CloseCase(t.Context(), ines, "K", "", "c"); err != nil || len(f.acts) != 2 {
		t.Errorf("%v, %d acts", err, len(f.acts))
	}
}

// TestAnswersThatMayNotLeave: what is out of date, unknown or not filled in.
func TestAnswersThatMayNotLeave(t *testing.T) {
	awa := bot.Agent{Login: "awa", Name: "Awa"}
	s, f := answering(t, "2027-04-01", nil)
	for key, want := range map[string]error{
		"cmg.what": nil, "creche.cost": bot.ErrExpired, "reply.gone": bot.ErrNoAnswer, "bot.oops": bot.ErrNoAnswer, "reply.wait": locales.ErrNoText,
	} {
		err := s.AnswerByKey(t.Context(), awa, "K", bot.Said{Picks: []bot.Pick{{Key: key}}}, "k", 0)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", key, err, want)
		}
	}
	if len(f.acts) != 1 {
		t.Errorf("%d messages left", len(f.acts))
	}
	if _, err := s.Preview(awa, f.c, "", bot.Said{Text: strings.Repeat("a", 2000)}); !errors.Is(err, bot.ErrTooLong) {
		t.Errorf("too long: %v", err)
	}
}

// TestMissingTranslation: the family reads French under a note in its language,
// and the agent is told.
func TestMissingTranslation(t *testing.T) {
	words, err := locales.Read(without(t, "es", `"reply.complete"`))
	if err != nil {
		t.Fatal(err)
	}
	s, f := answering(t, "2026-11-24", words)
	f.c.Lang = "es"
	said := bot.Said{Picks: []bot.Pick{{Key: "reply.sorry"}, {Key: "reply.complete"}}}
	w, err := s.Preview(bot.Agent{Name: "Awa"}, f.c, "", said)
	if err != nil || !slices.Equal(w.French, []string{"reply.complete"}) {
		t.Fatalf("%v, %q", err, w.French)
	}
	for _, want := range []string{"Perdón por la espera.", "No tenemos esta respuesta en su idioma", "\nVotre dossier est complet."} {
		if !strings.Contains(w.Body, want) {
			t.Errorf("%q lacks %q", w.Body, want)
		}
	}
}

// TestShelf finds answers by French words, accents or not, and by sense.
func TestShelf(t *testing.T) {
	o := content(t)
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	shelf := bot.NewShelf(o.Reader, o.Book, o.Words, o.Knowledge, func() time.Time { return at })
	for query, want := range map[string]string{
		"rendez-vous annulé": "reply.cancelled", "RENDEZ VOUS ANNULE": "reply.cancelled", "il manque un papier": "reply.missing",
		"préavis": "childminder.notice", "preavis": "childminder.notice", "a-t-il compris": "reply.teach_back", "liste des nounous": "reply.list_sent",
		"agrement delai": "reply.approval", "refus crèche": "creche.refused", "quel age": "reply.child_age",
	} {
		found := shelf.Find(query)
		if !slices.ContainsFunc(found[:min(3, len(found))], func(a bot.Approved) bool { return a.ID == want }) {
			t.Errorf("%q finds %q", query, keysOf(found))
		}
	}
	if n := len(shelf.Find("")); n != len(o.Knowledge.Replies()) {
		t.Errorf("no words find %d", n)
	}
	if found := shelf.Find("zzzz"); len(found) != 0 {
		t.Errorf("nonsense finds %q", keysOf(found))
	}
	if a, ok := shelf.Get("creche.cost"); !ok || a.Until.Format("2006-01-02") != "2026-12-31" || len(a.Quotes) != 2 || a.Quotes[0].Source == "" {
		t.Errorf("creche.cost stands so: %+v", a)
	}
	if _, ok := shelf.Get("bot.oops"); ok {
		t.Error("what is no answer was picked")
	}
}

// TestSuggest: what families write brings up what staff would answer, and never
// what may not be said.
func TestSuggest(t *testing.T) {
	o := content(t)
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	now := func() time.Time { return at }
	shelf := bot.NewShelf(o.Reader, o.Book, o.Words, o.Knowledge, now)
	for _, c := range []struct{ text, lang, topic, want string }{
		{"Je voudrais la liste des nounous agréées", "fr", "childminder.find", "reply.list_sent"},
		{"When is the committee for the nursery?", "en", "creche.dated", "reply.commission"},
		{"எந்த ஆவணங்கள் வேண்டும்?", "ta", "childcare.papers", "reply.papers"},
		{"متى تجتمع لجنة الحضانة؟", "ar", "creche.dated", "reply.commission"},
		{"combien coûte la crèche par heure", "fr", "creche.cost", "creche.cost"},
	} {
		found := shelf.Suggest(c.text, c.lang, c.topic)
		if len(found) > 3 || !slices.ContainsFunc(found, func(a bot.Approved) bool { return a.ID == c.want }) {
			t.Errorf("%q suggests %q, not %s", c.text, keysOf(found), c.want)
		}
	}
	at = time.Date(2027, 4, 1, 10, 0, 0, 0, time.UTC)
	if found := shelf.Suggest("combien coûte la crèche par heure", "fr", "creche.cost"); slices.Contains(keysOf(found), "creche.cost") {
		t.Error("what is out of date was suggested")
	}
	for _, text := range []string{"", "il va me tuer, au secours"} {
		if found := shelf.Suggest(text, "fr", "creche.cost"); len(found) != 0 {
			t.Errorf("%q suggests %q", text, keysOf(found))
		}
	}
}

func keysOf(list []bot.Approved) (keys []string) {
	for _, a := range list {
		keys = append(keys, a.ID)
	}
	return keys
}

// without returns the catalogs of a language and of French, a text left out.
func without(t *testing.T, lang, key string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"active.fr.toml", "active." + lang + ".toml"} {
		data, err := os.ReadFile(filepath.Join("..", "locales", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	var kept []string
	for line := range strings.Lines(string(files["active."+lang+".toml"].Data)) {
		if !strings.HasPrefix(line, key+" =") {
			kept = append(kept, line)
		}
	}
	files["active."+lang+".toml"] = &fstest.MapFile{Data: []byte(strings.Join(kept, ""))}
	return files
}
