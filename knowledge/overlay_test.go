package knowledge

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// TestOverlayFiles: a file of the top stands for that of the base, and its
// places for all places.
func TestOverlayFiles(t *testing.T) {
	base := open(map[string]string{"town.yaml": "base", "facts/a.yaml": "base", "places/a.yaml": "base"})
	bare := overlay{open(map[string]string{"town.yaml": "top", "facts/b.yaml": "top"}), base}
	full := overlay{open(map[string]string{"places/b.yaml": "top"}), base}
	for _, c := range []struct {
		o          overlay
		name, want string
	}{
		{bare, "town.yaml", "top"}, {bare, "facts/a.yaml", "base"}, {bare, "facts/b.yaml", "top"}, {bare, "places/a.yaml", "base"},
		{full, "town.yaml", "base"}, {full, "places/b.yaml", "top"}, {full, "places/a.yaml", ""}, {full, "none", ""},
	} {
		if data, err := fs.ReadFile(c.o, c.name); string(data) != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q, %v; want %q", c.name, data, err, c.want)
		}
	}
	for pattern, want := range map[string]string{"facts/*.yaml": "facts/a.yaml facts/b.yaml", "places/*.yaml": "places/a.yaml"} {
		if names, err := fs.Glob(bare, pattern); err != nil || strings.Join(names, " ") != want {
			t.Errorf("%s: %v, %v", pattern, names, err)
		}
	}
	if names, _ := fs.Glob(full, "places/*.yaml"); strings.Join(names, " ") != "places/b.yaml" {
		t.Errorf("places of two towns: %v", names)
	}
	if _, err := full.ReadDir("none"); err == nil {
		t.Error("a folder that is nowhere is listed")
	}
}

// TestOverlay: another town needs only its own files.
func TestOverlay(t *testing.T) {
	k, err := Overlay(open(map[string]string{"town.yaml": strings.Replace(sound()["town.yaml"], "[ville-demo.fr]", "[ville-demo.fr, seinesaintdenis.fr]", 1), "places/a.yaml": somewhere}))
	if err != nil {
		t.Fatal(err)
	}
	if k.Town().Name != "Ville Démo" || len(k.Places()) != 2 || len(k.Teams()) != len(loaded(t).Teams()) {
		t.Errorf("%+v, %d places", k.Town(), len(k.Places()))
	}
	if f, ok := k.Fact("caf_phone", at(t, "2026-11-23T10:00")); !ok || f.Value != "3230" {
		t.Errorf("the facts of France are lost: %v", f)
	}
}

func TestOverlayRefused(t *testing.T) {
	for name, want := range map[string]string{"twon.yaml": "twon.yaml:1: Doudou reads", "place/a.yaml": "place/a.yaml:1: Doudou reads",
		"facts/a.yml": "facts/a.yml:1: Doudou reads", "places/paris/a.yaml": "places/paris/a.yaml:1: Doudou reads", "notes.txt": "holds no .yaml file"} {
		if _, err := Overlay(fstest.MapFS{name: {Data: []byte("places: []")}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", name, err, want)
		}
	}
}
