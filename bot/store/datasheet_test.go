package store_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doudou/bot"
	"doudou/bot/store"
)

// TestDataSheet: the sheet for the register of the town names every table, and
// for how many days each kind is kept, as the program does it today.
func TestDataSheet(t *testing.T) {
	b, err := os.ReadFile("../../docs/donnees.md")
	if err != nil {
		t.Fatal(err)
	}
	sheet := string(b)
	for _, k := range bot.Keepings() {
		if row := fmt.Sprintf("| %d jours | `%s` |", k.Days, k.Setting()); !strings.Contains(sheet, row) {
			t.Errorf("docs/donnees.md lacks %q", row)
		}
	}
	if n := strings.Count(sheet, "| `DOUDOU_KEEP_"); n != len(bot.Keepings()) {
		t.Errorf("docs/donnees.md names %d settings of what is kept, there are %d", n, len(bot.Keepings()))
	}
	o := store.Options{Key: testKey, Path: filepath.Join(t.TempDir(), "doudou.db")}
	open(t, o)
	db, err := sql.Open("sqlite", o.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range tables(t, db, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`) {
		if !strings.Contains(sheet, "`"+table+"`") {
			t.Errorf("docs/donnees.md does not say what table %s is for, and how long it is kept", table)
		}
	}
}
