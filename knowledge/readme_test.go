package knowledge

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the table of facts in README.md")

// TestReadme keeps the table of facts true; -update writes it.
func TestReadme(t *testing.T) {
	const mark = "<!-- table -->\n"
	file, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	text, table, found := strings.Cut(string(file), mark)
	if !found {
		t.Fatalf("README.md has no %s", mark)
	}
	want := factTable(t)
	if *update {
		if err := os.WriteFile("README.md", []byte(text+mark+want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if table != want {
		t.Error("the table of facts in README.md is not that of the files: go test ./knowledge -run Readme -update")
	}
}

// TestReadmePlace: the place that the guide shows can be copied as it is.
func TestReadmePlace(t *testing.T) {
	guide, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(guide), "    - id: pmi_centre\n")
	example, _, ended := strings.Cut(rest, "\n\n")
	if !found || !ended {
		t.Fatal("the guide shows no place")
	}
	k, err := Overlay(overlay{open(map[string]string{"places/a.yaml": "places:\n    - id: pmi_centre\n" + example}), demoFiles(t)})
	if err != nil {
		t.Fatal(err)
	}
	if list := k.Places(); len(list) != 1 || !list[0].Spoken(at(t, "2026-11-24T09:00")) {
		t.Errorf("%+v", list)
	}
}

// TestReadmeCalendar: the dates that the guide shows can be copied as they are.
func TestReadmeCalendar(t *testing.T) {
	guide, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(guide), "\n    calendar:\n")
	example, _, ended := strings.Cut(rest, "\n\n")
	if !found || !ended {
		t.Fatal("the guide shows no dates")
	}
	k, err := Overlay(overlay{open(map[string]string{"calendar.yaml": "calendar:\n" + example}), demoFiles(t)})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, e := range k.Calendar(at(t, "2026-12-01T09:00")) {
		ids = append(ids, e.ID)
	}
	if got := strings.Join(ids, " "); got != "atelier-2026-12-02 atelier-2026-12-02-1400 rencontre_hiver atelier-2026-12-09 atelier-2026-12-09-1400" {
		t.Errorf("%s", got)
	}
}

func demoFiles(t *testing.T) fs.FS {
	t.Helper()
	dir, err := fs.Sub(files, "demo")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// factTable is a row per id, with what is said on 23 November 2026.
func factTable(t *testing.T) string {
	k, on := loaded(t), at(t, "2026-11-23T12:00")
	var out strings.Builder
	out.WriteString("\n| id | kind | dit | sure | version | ce que c'est |\n|---|---|---|---|---|---|\n")
	list := k.Facts()
	for i := 0; i < len(list); {
		f, versions := list[i], 0
		for ; i < len(list) && list[i].ID == f.ID; i++ {
			versions++
		}
		said := "—"
		if now, ok := k.Fact(f.ID, on); ok {
			said, f = now.Value, now
		}
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s | %d | %s |\n", f.ID, f.Kind, said, f.Sure, versions, f.About)
	}
	return out.String()
}
