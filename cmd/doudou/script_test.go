package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestScripts keeps every dialog in French as the coordinator reads and signs
// it: a change of word or path shows in the review. -update writes them.
func TestScripts(t *testing.T) {
	c, _, err := readContent(inDemo(t), checkDay())
	if err != nil {
		t.Fatal(err)
	}
	for _, dialog := range c.book.Dialogs() {
		var out, errs bytes.Buffer
		p := &program{out: &out, err: &errs, now: checkDay, getenv: noEnv}
		if code := p.run(t.Context(), []string{"script", dialog, "--lang", "fr"}); code != 0 {
			t.Fatalf("%s: code %d, %s", dialog, code, errs.String())
		}
		golden(t, filepath.Join("../../dialogs/scripts", dialog+".fr.md"), out.Bytes())
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s reads otherwise now; look at it, then keep it with: go test ./cmd/doudou -run %s -update", filepath.Base(file), t.Name())
	}
}
