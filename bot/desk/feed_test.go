package desk

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"doudou/knowledge/events"
)

// TestTheFeedSaysNothingOfAnybody looks for all that is known of people.
func TestTheFeedSaysNothingOfAnybody(t *testing.T) {
	b, h := hosted(t, "awa")
	town(h)
	page := b.another().get("/calendar.ics")
	page.wants(t, 200, "BEGIN:VCALENDAR", "Atelier peinture", "Jeux ouverts")
	page.lacks(t, "Salma", "+336", "06 11", "4071", "family", "c2", "c3", "c4", "Journée pro", "Atelier d’hier", "awa")
	for name, want := range map[string]string{"Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "public, max-age=600"} {
		if got := page.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if page.header.Get("Set-Cookie") != "" {
		t.Error("who subscribes is given a cookie")
	}
}

func TestTheFeedIsSentOnceUntilItChanges(t *testing.T) {
	b, h := hosted(t, "awa")
	mark := b.get("/calendar.ics").header.Get("ETag")
	ask := func() int {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, b.base+"/calendar.ics", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("If-None-Match", mark)
		return b.send(r).status
	}
	if got := ask(); got != http.StatusNotModified {
		t.Errorf("the same again: %d", got)
	}
	h.seats["jeux"] = h.seats["atelier"]
	if got := ask(); got != http.StatusNotModified {
		t.Errorf("somebody registered, and the feed changed: %d", got)
	}
	e := h.dates["atelier"]
	e.Place = "Gymnase"
	h.dates["atelier"] = e
	if got := ask(); got != http.StatusOK {
		t.Errorf("a date moved: %d", got)
	}
}

func TestExportIsForStaff(t *testing.T) {
	b, _ := hosted(t, "awa")
	page := b.get("/desk/events.ics")
	page.wants(t, 200, "Journée pro", "hier")
	page.lacks(t, "Salma", "4071")
	b.another().get("/desk/events.ics").wants(t, 303)
}

// upload sends a file as a browser does.
func (b *browser) upload(name, content string) reply {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("once", "k")
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		b.t.Fatal(err)
	}
	part.Write([]byte(content))
	form.Close()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, b.base+"/desk/events/import", &body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.send(r)
}

// icsOf writes dates as a file.
func icsOf(t *testing.T, list ...events.Event) string {
	t.Helper()
	var out bytes.Buffer
	if err := events.WriteICS(&out, list, "essai", noon); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAFileIsShownBeforeItIsKept(t *testing.T) {
	b, h := hosted(t, "awa")
	moved, small := h.dates["atelier"], h.dates["pro"]
	moved.Place, small.Capacity = "Gymnase", 41
	fresh := events.Event{ID: "lecture-2027-04-14", Kind: "workshop", Title: "Lecture", Place: "Médiathèque", Quarter: "Centre", Audience: "all",
		Start: at("2027-04-14", "10:00"), End: at("2027-04-14", "11:00"), Capacity: 5}
	page := b.upload("dates.ics", icsOf(t, moved, small, fresh, h.dates["jeux"]))
	page.wants(t, 200, "1 nouvelle date", "Lecture", "2 dates changées", "4 personnes seront prévenues", "1 date est déjà", "Importer ces dates")
	if h.saves > 0 {
		t.Fatal("dates were kept before they were shown")
	}
	kept, mark := page.value(t, "kept"), page.value(t, "confirmed")
	form := []string{"once", "k", "name", "dates.ics", "kept", kept}
	b.post("/desk/events/import", append(form, "confirmed", "9-9-9")...).wants(t, 200, "1 nouvelle date")
	b.post("/desk/events/import", append(form, "confirmed", mark)...).wants(t, 303)
	if h.dates["atelier"].Rev != 1 || h.dates["atelier"].Place != "Gymnase" || h.dates["pro"].Rev != 0 || h.dates["pro"].Capacity != 41 || h.dates["lecture-2027-04-14"].Title != "Lecture" {
		t.Errorf("kept %+v", h.dates)
	}
	again := b.upload("dates.ics", icsOf(t, h.dates["atelier"], h.dates["lecture-2027-04-14"]))
	again.wants(t, 200, "2 dates sont déjà")
	again.lacks(t, "Importer ces dates")
}

func TestFilesAreRefused(t *testing.T) {
	b, h := hosted(t, "awa")
	b.upload("vide.ics", "").wants(t, 422, "Choisissez un fichier")
	b.upload("photo.ics", "ceci n’est pas un agenda").wants(t, 200, "refusée")
	fewer := h.dates["atelier"]
	fewer.Capacity = 2
	b.upload("d.ics", icsOf(t, fewer)).wants(t, 200, "plus de personnes ont déjà une place")
	b.upload("gros.ics", strings.Repeat("a", 1<<20+1)).wants(t, 400)
	b.upload("enorme.ics", strings.Repeat("a", 3<<20)).wants(t, 400)
	b.post("/desk/events/import", "once", "k", "kept", "!!").wants(t, 400)
	b.post("/desk/events/new", "once", strings.Repeat("a", 1<<17)).wants(t, 400)
	if h.saves > 0 {
		t.Error("a refused file was kept")
	}
}

func TestDatesInYAML(t *testing.T) {
	b, h := hosted(t, "awa")
	file := `calendar:
  - id: lecture
    kind: workshop
    title: Lecture
    place: Médiathèque
    quarter: Centre
    audience: all
    date: 2027-04-14
    time: 10:00-11:00
    capacity: 5
`
	page := b.upload("dates.yaml", file)
	page.wants(t, 200, "1 nouvelle date", "Lecture", "Médiathèque")
	b.post("/desk/events/import", "once", "k", "name", "dates.yaml", "kept", page.value(t, "kept"), "confirmed", page.value(t, "confirmed")).wants(t, 303)
	if h.saves != 1 {
		t.Errorf("%d dates kept", h.saves)
	}
	b.upload("dates.yaml", strings.Replace(file, "workshop", "party", 1)).wants(t, 200, "refusée", "party")
}

// value returns a hidden field of the page.
func (r reply) value(t *testing.T, name string) string {
	t.Helper()
	_, rest, ok := strings.Cut(r.body, `name="`+name+`" value="`)
	if !ok {
		t.Fatalf("the page has no field %s", name)
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
