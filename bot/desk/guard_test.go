package desk

import (
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"doudou/locales"
)

func TestFormsFromOtherSitesAreRefused(t *testing.T) {
	b := opened(t, furnish(), nil).enter("awa")
	for name, headers := range map[string]map[string]string{
		"cross-site":     {"Sec-Fetch-Site": "cross-site"},
		"same-site":      {"Sec-Fetch-Site": "same-site"},
		"foreign origin": {"Origin": "https://evil.test"},
		"null origin":    {"Origin": "null"},
	} {
		r, err := http.NewRequest(http.MethodPost, b.base+"/desk/cases/K7Q2/take", strings.NewReader("once=k"))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for k, v := range headers {
			r.Header.Set(k, v)
		}
		if got := b.send(r); got.status != http.StatusForbidden || !strings.Contains(got.body, "autre site") {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	if b.relais.cases["K7Q2"].Agent != "" {
		t.Error("a foreign form did something")
	}
}

func TestEveryPageIsGuarded(t *testing.T) {
	b := opened(t, furnish(), everything(t, newHall())).enter("chef")
	for _, path := range []string{"/desk/", "/desk/cases/K7Q2", "/desk/me", "/desk/agents", "/desk/sign-in", "/try", "/desk/nothing", "/static/desk.css", "/desk/events", "/desk/events/atelier", "/desk/places"} {
		h := b.get(path).header
		for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"} {
			if !strings.Contains(h.Get(name), want) {
				t.Errorf("%s: %s is %q", path, name, h.Get(name))
			}
		}
		if path != "/static/desk.css" && h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept by browsers", path)
		}
	}
}

func TestFilesAreKeptByBrowsers(t *testing.T) {
	b := opened(t, furnish(), nil)
	_, address, _ := strings.Cut(b.get("/desk/sign-in").body, `<link rel="stylesheet" href="`)
	address, _, _ = strings.Cut(address, `"`)
	got := b.get(address)
	got.wants(t, 200, ":root")
	if !strings.Contains(got.header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(got.header.Get("Content-Type"), "text/css") {
		t.Errorf("headers %v", got.header)
	}
	b.get("/static/..%2Fdesk.go").wants(t, 404)
	b.get("/static/nothing.js").wants(t, 404)
}

// TestGetChangesNothing opens every address twice.
func TestGetChangesNothing(t *testing.T) {
	h := newHall()
	b := opened(t, furnish(), everything(t, h)).enter("chef")
	links := regexp.MustCompile(`href="(/[^"#]*)"`)
	todo, seen := []string{"/desk/", "/try", "/desk/sign-in?token=x"}, map[string]bool{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		b.get(path)
		got := b.get(path)
		if got.status >= 400 {
			t.Errorf("%s: %d", path, got.status)
		}
		for _, m := range links.FindAllStringSubmatch(got.body, -1) {
			todo = append(todo, m[1])
		}
	}
	if len(seen) < 24 {
		t.Fatalf("only %d pages were found", len(seen))
	}
	if len(b.relais.done)+len(b.relais.sent)+h.saves+len(h.sent) > 0 || b.relais.cases["K7Q2"].Agent != "" {
		t.Error("opening pages changed something")
	}
	b.get("/desk/").wants(t, 200) // still signed in
}

// everything is a desk with the try-it phone and a hall.
func everything(t *testing.T, h *hall) func(*Options) {
	return func(o *Options) {
		stopped := make(chan struct{}) // a stream ends as soon as it has begun
		close(stopped)
		o.Stopping = stopped
		rehearsing(t)(o)
		inHall(h)(o)
	}
}

// TestPagesKeepTheRulesOfAccess looks at every page in both languages.
func TestPagesKeepTheRulesOfAccess(t *testing.T) {
	h := newHall()
	town(h)
	b := opened(t, furnish(), everything(t, h)).enter("chef")
	b.post("/desk/broadcasts", "once", "k", "audience", "all", "quarter", "", "words", "Bonjour", "confirmed", "5-4").wants(t, 303)
	b.post("/try", "do", "start")
	for _, lang := range []string{"fr", "en"} {
		b.post("/desk/language", "lang", lang, "back", "/desk/").wants(t, 303)
		titles := map[string]string{}
		for _, path := range []string{"/desk/", "/desk/?tab=closed", "/desk/cases/K7Q2", "/desk/me", "/desk/agents", "/desk/journal", "/desk/content",
			"/desk/sign-in", "/desk/sign-in?token=a", "/try", "/desk/cases/NONE", "/desk/events", "/desk/events?past=1", "/desk/events/new",
			"/desk/events/atelier", "/desk/events/atelier/edit", "/desk/events/atelier/cancel", "/desk/events/atelier/remove?who=c2",
			"/desk/events/import", "/desk/broadcasts", "/desk/broadcasts/new", "/desk/broadcasts/new?event=atelier", "/desk/places"} {
			checkAccess(t, path, lang, b.get(path).body)
			title := regexp.MustCompile(`<title>(.*)</title>`).FindString(b.get(path).body)
			if other, twice := titles[title]; twice && !strings.Contains(path, "?") {
				t.Errorf("%s and %s have the same title", path, other)
			}
			titles[title] = path
		}
	}
}

var (
	fields    = regexp.MustCompile(`<(?:input|textarea|select)\b[^>]*>`)
	idOf      = regexp.MustCompile(`\bid="([^"]*)"`)
	inlined   = regexp.MustCompile(`<[^>]+\s(?:style|on[a-z]+)=|<script>|<style`)
	noLabel   = regexp.MustCompile(`type="(?:hidden|checkbox|radio)"|\bhidden>|aria-label=`)
	foreigner = regexp.MustCompile(`(?:src|href|action)="(?:https?:)?//`)
)

func checkAccess(t *testing.T, path, lang, body string) {
	t.Helper()
	for what, ok := range map[string]bool{
		"one h1":            strings.Count(body, "<h1") == 1,
		"its language":      strings.Contains(body, `<html lang="`+lang+`">`),
		"a skip link first": strings.Contains(body, "<body>\n<a class=\"skip\" href=\"#main\">"),
		"one main":          strings.Count(body, "<main ") == 1,
		"no inline code":    !inlined.MatchString(body),
		"nothing foreign":   !foreigner.MatchString(body),
	} {
		if !ok {
			t.Errorf("%s (%s) lacks: %s", path, lang, what)
		}
	}
	for _, field := range fields.FindAllString(body, -1) {
		id := idOf.FindStringSubmatch(field)
		if !noLabel.MatchString(field) && (id == nil || !strings.Contains(body, `for="`+id[1]+`"`)) {
			t.Errorf("%s: no label for %s", path, field)
		}
	}
	seen := map[string]bool{}
	for _, m := range idOf.FindAllStringSubmatch(body, -1) {
		if seen[m[1]] {
			t.Errorf("%s: two elements are called %s", path, m[1])
		}
		seen[m[1]] = true
	}
}

// TestTextsOfTheDesk proves that templates and code ask for texts that exist, in
// both languages, and that no text is asked for by nobody.
func TestTextsOfTheDesk(t *testing.T) {
	c, err := locales.Desk()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(c.Keys("fr"), c.Keys("en")) {
		t.Error("the two languages have other texts")
	}
	asked := askedTexts(t)
	for key := range asked {
		if !c.Has("fr", key) && !slices.ContainsFunc(c.Keys("fr"), func(k string) bool { return strings.HasPrefix(k, key) }) {
			t.Errorf("%s is asked for and not written", key)
		}
	}
	for _, key := range c.Keys("fr") {
		if !asked[key] && !slices.ContainsFunc(computed(), func(p string) bool { return strings.HasPrefix(key, p) }) {
			t.Errorf("%s is written and never asked for", key)
		}
		if !slices.Equal(c.Slots("fr", key), c.Slots("en", key)) {
			t.Errorf("%s has other arguments in English", key)
		}
	}
}

// computed are the texts whose ids are made of a value.
func computed() []string {
	return []string{"desk.answer.blank.", "desk.answer.fault.", "desk.person.", "desk.tab.", "desk.empty.", "desk.role.", "desk.did.", "desk.topic.", "desk.language.", "desk.note.", "desk.slot.",
		"desk.try.sample.", "desk.try.as.", "desk.try.begin.", "desk.price.do.", "desk.house.", "desk.channel.",
		"desk.event.kind.", "desk.event.for.", "desk.event.is.", "desk.event.repeat.", "desk.event.state.", "desk.event.label.",
		"desk.cry.to.", "desk.cry.label.", "desk.cry.state.", "desk.day.few.", "desk.print.", "report.", "desk.found.", "desk.here.", "alert.", "desk.climbed."}
}

func askedTexts(t *testing.T) map[string]bool {
	t.Helper()
	asked := map[string]bool{}
	quoted := regexp.MustCompile(`"(desk\.[a-z.]+)"`)
	for _, dir := range []fs.FS{assets, osDir(t)} {
		err := fs.WalkDir(dir, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || strings.HasSuffix(name, "_test.go") {
				return err
			}
			src, err := fs.ReadFile(dir, name)
			for _, m := range quoted.FindAllStringSubmatch(string(src), -1) {
				if m[1] != "desk.css" && m[1] != "desk.js" {
					asked[m[1]] = true
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return asked
}
