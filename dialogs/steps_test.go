package dialogs_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doudou/dialogs"
)

// TestPaths: the guided paths of the trees, and what is said at their ends.
func TestPaths(t *testing.T) {
	book, problems := dialogs.Default()
	if book == nil {
		t.Fatal(problems)
	}
	paths := map[string]dialogs.Path{}
	for _, p := range book.Paths() {
		paths[p.Dialog] = p
	}
	for dialog, want := range map[string]string{
		"contract": "contract.needs contract.meet contract.check contract.promise contract.written contract.caf contract.settle",
		"creche":   "creche.children creche.resources creche.hours creche.aeeh",
		"compare":  "compare.children compare.hours compare.resources",
		"ram":      "ram.dates ram.all ram.mine ram.appointment ram.day ram.half",
		"menu":     "",
		"opinion":  "",
	} {
		var keys []string
		for _, s := range paths[dialog].Steps {
			keys = append(keys, s.Key)
		}
		if got := strings.Join(keys, " "); got != want {
			t.Errorf("%s asks %q, want %q", dialog, got, want)
		}
	}
	for step, want := range map[string]string{
		"contract.needs": "[contract.finished]", "contract.settle": "[contract.finished]", "creche.resources": "[]", "creche.hours": "[creche.result]",
		"cmg.hourly": "[cmg.nothing cmg.result_home cmg.result_part cmg.result]", "finder.work": "[]", "finder.quarter": "[finder.plan]",
		"mamfile.quarter": "[mamfile.sent]",
	} {
		dialog, _, _ := strings.Cut(step, ".")
		i := slices.IndexFunc(paths[dialog].Steps, func(s dialogs.Step) bool { return s.Key == step })
		if i < 0 || fmt.Sprint(paths[dialog].Steps[i].Ends) != want {
			t.Errorf("after %s: %+v, want %s", step, paths[dialog].Steps, want)
		}
	}
}
