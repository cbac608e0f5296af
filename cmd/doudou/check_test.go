package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"os"

	"doudou/dialogs"
)

// checkDay is a day on which every fact and tree is in date.
func checkDay() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }

// TestCheck: the trees, the words and the facts that ship break no rule.
func TestCheck(t *testing.T) {
	var out, errs bytes.Buffer
	p := &program{out: &out, err: &errs, now: checkDay, getenv: noEnv}
	if code := p.run(t.Context(), []string{"check"}); code != 0 {
		t.Fatalf("code %d:\n%s%s", code, out.String(), errs.String())
	}
	if !strings.Contains(out.String(), "ok: ") {
		t.Error(out.String())
	}
}

// TestCheckLater: when facts have ended the check says so, and the service
// starts all the same.
func TestCheckLater(t *testing.T) {
	later := func() time.Time { return time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC) }
	var out, errs bytes.Buffer
	p := &program{out: &out, err: &errs, now: later, getenv: noEnv}
	if code := p.run(t.Context(), []string{"check"}); code != 1 || !strings.Contains(out.String(), "D15") {
		t.Errorf("code %d:\n%s%s", code, out.String(), errs.String())
	}
	if _, err := loadContent(p); err != nil {
		t.Errorf("time alone keeps the service from starting: %v", err)
	}
}

// TestCheckBroken breaks a copy of the real trees once per rule, and sees that
// rule's code at that file.
func TestCheckBroken(t *testing.T) {
	c, problems, err := readContent(inDemo(t), checkDay())
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	tests := []struct{ code, file, old, new string }{
		{"D00", "menu.yaml", "nodes:", "knots:"},
		{"D00", "cmg.yaml", "  what: {menu:", "  what: {colour: red, menu:"},
		{"D01", "menu.yaml", `money: "@money"`, `money: "@mony"`},
		{"D01", "cmg.yaml", "next: resources, skip", "next: resorces, skip"},
		{"D02", "cmg.yaml", "next: resources, skip", "next: hours, skip"},
		{"D04", "person.yaml", "do: team.open", "do: team.opened"},
		{"D04", "person.yaml", "call: {handoff: caller", "call: {handoff: nobody"},
		{"D05", "person.yaml", "      - {else: ", "      - {if: open = no, go: "},
		{"D06", "menu.yaml", `money: "@money"`, `riches: "@money"`},
		{"D10", "forget.yaml", `kept: {menu: {human: "@person", menu: "@menu"}}`, "kept: {next: end}"},
		{"D12", "cmg.yaml", "estimate:\n", "leak: {handoff: relais, brief: [resources], next: estimate}\n  estimate:\n"},
		{"D13", "cmg.yaml", "next: hours, skip: blind", "next: hourly, skip: blind"},
		{"D14", "menu.yaml", "{help_menu: top}", "{help_menu: top, cmg_what: top}"},
		{"D15", "menu.yaml", "review: 2027", "review: 2021"},
		{"D18", "cmg.yaml", "slots:\n", "slots:\n  unused: {type: count}\n"},
	}
	for _, tt := range tests {
		t.Run(tt.code+" "+tt.file, func(t *testing.T) {
			trees := treesOnDisk(t)
			src := string(trees[tt.file].Data)
			if !strings.Contains(src, tt.old) {
				t.Fatalf("%s does not hold %q any more", tt.file, tt.old)
			}
			src = strings.Replace(src, tt.old, tt.new, 1)
			trees[tt.file] = &fstest.MapFile{Data: []byte(src)}
			book, found := dialogs.Read(trees)
			if book != nil {
				found = append(found, book.Check(c.surroundings(checkDay()))...)
			}
			for _, b := range found {
				if b.Code == tt.code && b.Line > 0 {
					if err := brokenError(found); !strings.Contains(err.Error(), tt.code) {
						t.Errorf("the reason for refusing to start does not name the rule: %v", err)
					}
					return
				}
			}
			t.Errorf("the check did not see it; it says %v", found)
		})
	}
}

// treesOnDisk reads the trees as they stand in the repository.
func treesOnDisk(t *testing.T) fstest.MapFS {
	t.Helper()
	const dir = "../../dialogs/trees/"
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	trees := fstest.MapFS{}
	for _, e := range entries {
		src, err := os.ReadFile(dir + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		trees[e.Name()] = &fstest.MapFile{Data: src}
	}
	return trees
}
