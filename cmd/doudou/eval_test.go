package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEval(t *testing.T) {
	file := filepath.Join(t.TempDir(), "few.tsv")
	few := "lang\tregister\taudience\tintent\ttext\n" +
		"fr\tsms\tparent\tcreche_cost\tc combien la creche\n" +
		"fr\tstandard\tparent\turgent_danger\tmon mari me frappe\n" +
		"fr\tstandard\tparent\tout_of_scope\tquel temps fait-il demain à Marseille ?\n"
	if err := os.WriteFile(file, []byte(few), 0o600); err != nil {
		t.Fatal(err)
	}
	got, errs, code := run(t, nil, "eval", file)
	if code != 0 {
		t.Fatal(errs)
	}
	for _, want := range []string{"right at once (top-1), in scope", "3 messages, 2 in scope", "urgent: heard", "fr                2"} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q:\n%s", want, got)
		}
	}
	var e evaluated
	got, _, _ = run(t, nil, "eval", "--json", file)
	if err := json.Unmarshal([]byte(got), &e); err != nil {
		t.Fatal(err)
	}
	if e.Messages != 3 || e.Recall != 100 || e.FalseAlarms != 0 || e.Languages["fr"] != 100 {
		t.Errorf("measured %+v", e)
	}
	if _, errs, code := run(t, nil, "eval", file+".none"); code != 1 || !strings.Contains(errs, "cannot be read") {
		t.Errorf("a file that is not there: code %d, %q", code, errs)
	}
	if _, _, code := run(t, nil, "eval"); code != 2 {
		t.Errorf("no file: code %d", code)
	}
}
