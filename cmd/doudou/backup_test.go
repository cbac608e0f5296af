package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBackup backs a store up, loses it and puts it back, as the administrator
// would at the command line.
func TestBackup(t *testing.T) {
	dir := t.TempDir()
	settings := map[string]string{"DOUDOU_DATA": filepath.Join(dir, "data")}
	file := filepath.Join(dir, "night.backup")
	do := func(want int, args ...string) string {
		t.Helper()
		out, errs, code := run(t, settings, args...)
		if code != want {
			t.Fatalf("doudou %s: code %d, %s%s", strings.Join(args, " "), code, out, errs)
		}
		return out + errs
	}
	do(1, "backup", file) // there is no store yet
	do(0, "agent", "add", "awa")
	do(0, "backup", file)
	do(1, "backup", file) // never over a file
	do(0, "agent", "add", "zoe")
	if said := do(0, "restore", file); !strings.Contains(said, "kept as") {
		t.Errorf("nothing is said of what was there: %s", said)
	}
	if list := do(0, "agent", "list"); !strings.Contains(list, "awa") || strings.Contains(list, "zoe") {
		t.Errorf("the store is not that of the backup:\n%s", list)
	}
	if err := os.RemoveAll(settings["DOUDOU_DATA"]); err != nil {
		t.Fatal(err)
	}
	do(0, "restore", file)
	if list := do(0, "agent", "list"); !strings.Contains(list, "awa") {
		t.Errorf("the disk was new, the agents are gone:\n%s", list)
	}
	do(2, "restore")
	do(1, "restore", filepath.Join(dir, "none"))
}
