package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"doudou/bot"
)

// A school is what was not understood, in memory.
type school struct {
	groups []bot.UnclearGroup
	taught []string
}

func (s *school) Groups(context.Context) ([]bot.UnclearGroup, error) { return s.groups, nil }

func (s *school) Intents() []string {
	return []string{"creche_cost", "creche_register", "out_of_scope"}
}

func (s *school) Teach(ctx context.Context, intent string, ids []string) (int, error) {
	n, err := s.Drop(ctx, ids)
	s.taught = append(s.taught, fmt.Sprint(intent, ids, n))
	return n, err
}

func (s *school) Drop(_ context.Context, ids []string) (n int, err error) {
	for i := range s.groups {
		s.groups[i].Messages = slices.DeleteFunc(s.groups[i].Messages, func(u bot.Unclear) bool {
			gone := slices.Contains(ids, u.ID)
			if gone {
				n++
			}
			return gone
		})
	}
	s.groups = slices.DeleteFunc(s.groups, func(g bot.UnclearGroup) bool { return len(g.Messages) == 0 })
	return n, nil
}

func newSchool() *school {
	return &school{groups: []bot.UnclearGroup{
		{Lang: "fr", Top: []string{"creche_register", "urgent_danger"}, Messages: []bot.Unclear{
			{ID: "aa", Lang: "fr", Text: "zorglub pr <b>…</b>"}, {ID: "bb", Lang: "fr", Text: "zorglub svp"}}},
		{Lang: "ar", Top: []string{"creche_cost"}, Messages: []bot.Unclear{{ID: "cc", Lang: "ar", Text: "كم هذا الشيء"}}},
	}}
}

// taught opens a desk with something to learn, and signs somebody in.
func taught(t *testing.T, f *relais, s *school, login string) *browser {
	t.Helper()
	words, err := catalogs()
	if err != nil {
		t.Fatal(err)
	}
	return opened(t, f, func(o *Options) { o.Lessons, o.Words = s, words }).enter(login)
}

func TestLearnPage(t *testing.T) {
	b := taught(t, furnish(), newSchool(), "chef")
	page := b.get("/desk/learn")
	page.wants(t, 200, "À apprendre", `aria-current="page">À apprendre`, "2 messages qui se ressemblent", "arabe", "zorglub pr &lt;b&gt;…&lt;/b&gt;",
		`<span lang="ar" dir="auto">كم هذا الشيء</span>`, `<option value="creche_register">Demande de crèche</option>`, "C’est…",
		`<input type="checkbox" name="id" value="bb" checked>`, `<optgroup label="Le plus probable"><option value="creche_register">Demande de crèche</option></optgroup>`)
	page.lacks(t, "urgent_danger", "<script>", "K7Q2")
	b.post("/desk/language", "lang", "en", "back", "/desk/learn").wants(t, 303)
	b.get("/desk/learn").wants(t, 200, "To learn", "2 messages that look alike", "Arabic")
}

func TestLearnTeachesAndDrops(t *testing.T) {
	f, s := furnish(), newSchool()
	b := taught(t, f, s, "chef")
	b.post("/desk/learn", "id", "aa", "id", "bb", "as", "creche_register", "do", "teach").wants(t, 303)
	page := b.get("/desk/learn")
	page.wants(t, 200, "C’est appris")
	page.lacks(t, "zorglub")
	b.post("/desk/learn", "id", "aa", "id", "bb", "as", "creche_register", "do", "teach").wants(t, 303)
	b.get("/desk/learn").wants(t, 200, "déjà fait")
	b.post("/desk/learn", "id", "cc", "as", "", "do", "drop").wants(t, 303)
	b.get("/desk/learn").wants(t, 200, "effacés", "Rien à apprendre")
	if want := "creche_register[aa bb] 2"; len(s.taught) != 2 || s.taught[0] != want {
		t.Errorf("taught %q", s.taught)
	}
	var did []string
	for _, e := range f.journal {
		if strings.HasSuffix(e.Did, "learn") {
			did = append(did, e.Agent+" "+e.Did+string(e.Case))
		}
	}
	if fmt.Sprint(did) != "[chef learn chef learn chef unlearn]" {
		t.Errorf("journal %q", did)
	}
	b.get("/desk/journal").wants(t, 200, "phrases apprises", "phrases laissées de côté")
}

func TestLearnRefuses(t *testing.T) {
	f, s := furnish(), newSchool()
	b := taught(t, f, s, "chef")
	b.post("/desk/learn", "as", "creche_register", "do", "teach").wants(t, 303)
	b.get("/desk/learn").wants(t, 200, "Cochez au moins un message")
	for _, form := range [][]string{
		{"id", "aa", "as", "urgent_danger", "do", "teach"},
		{"id", "aa", "as", "", "do", "teach"},
		{"id", "aa", "as", "creche_cost"},
		append(slices.Repeat([]string{"id", "aa"}, 51), "as", "creche_cost", "do", "teach"),
	} {
		b.post("/desk/learn", form...).wants(t, 400)
	}
	f.broken = errors.New("disk full")
	b.post("/desk/learn", "id", "aa", "as", "creche_cost", "do", "teach").wants(t, 500)
	if len(s.taught) > 0 {
		t.Errorf("taught %q", s.taught)
	}
}

func TestLearnIsForManagers(t *testing.T) {
	s := newSchool()
	b := taught(t, furnish(), s, "awa")
	for _, login := range []string{"awa", "nora", "paul"} {
		b := b.another().enter(login)
		b.get("/desk/").lacks(t, "/desk/learn")
		b.get("/desk/learn").wants(t, 404)
		b.post("/desk/learn", "id", "aa", "as", "creche_cost", "do", "teach").wants(t, 404)
	}
	b.another().get("/desk/learn").wants(t, 303)
	b.another().post("/desk/learn", "id", "aa", "as", "creche_cost", "do", "drop").wants(t, 401)
	if len(s.taught) > 0 || len(s.groups) != 2 {
		t.Errorf("taught %q, left %+v", s.taught, s.groups)
	}
	none := opened(t, furnish(), nil).enter("chef")
	none.get("/desk/learn").wants(t, 404)
	none.get("/desk/").lacks(t, "/desk/learn")
}

func TestLearnShowsABitAtATime(t *testing.T) {
	s := &school{}
	for g := range 40 {
		s.groups = append(s.groups, bot.UnclearGroup{Lang: "fr", Messages: []bot.Unclear{{ID: fmt.Sprint("g", g), Lang: "fr", Text: "x"}}})
	}
	for m := range 60 {
		s.groups[0].Messages = append(s.groups[0].Messages, bot.Unclear{ID: fmt.Sprint("m", m), Lang: "fr", Text: fmt.Sprint("message ", m)})
	}
	page := taught(t, furnish(), s, "chef").get("/desk/learn")
	page.wants(t, 200, "61 messages", "Encore 11 messages semblables", "Encore 10 groupes", "<details>", "message 48<")
	page.lacks(t, "message 49<", `value="g30"`)
}
