package report

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"doudou/bot"
	"doudou/knowledge"
	"doudou/locales"
)

var update = flag.Bool("update", false, "write what is printed into testdata")

// written is the invented half-year in the words of a language.
func written(t *testing.T, lang string) Report {
	t.Helper()
	k, err := knowledge.Default()
	if err != nil {
		t.Fatal(err)
	}
	desk, err := locales.Desk()
	if err != nil {
		t.Fatal(err)
	}
	families, err := locales.Default()
	if err != nil {
		t.Fatal(err)
	}
	words := func(key string) string {
		for _, c := range []*locales.Catalog{desk, families} {
			if text, err := c.Text(lang, locales.Style{}, locales.Line{Key: key}, nil); err == nil {
				return text
			}
		}
		return ""
	}
	y := town()
	for i := range 40 { // enough to tell where they stop
		who := bot.ContactID(fmt.Sprint("zz", i))
		for _, key := range []string{"contract.needs", "contract.meet", "contract.finished"}[:1+i%3] {
			y.heard = append(y.heard, bot.Heard{Contact: who, Channel: bot.Telegram, Audience: "parent", Lang: "ar", At: at("2026-11-02 10:00"), Speaker: bot.Robot, Keys: []string{key}})
		}
		y.heard = append(y.heard, bot.Heard{Contact: who, Channel: bot.Telegram, Audience: "parent", Lang: "ar", At: at("2026-11-02 10:01"), Speaker: bot.Family, Intent: "mam"})
	}
	r, err := Make(t.Context(), Options{Source: y, Knowledge: k, Words: words, SegmentPrice: decimal.RequireFromString("0.0725"),
		Paths: []Path{{"contract", []Step{{"contract.needs", []string{"contract.finished"}}, {"contract.meet", []string{"contract.finished"}}}}},
		From:  at("2026-07-01 00:00"), To: at("2027-01-01 00:00"), Made: at("2027-01-05 09:00")})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestWritten: the three forms, as they are printed.
func TestWritten(t *testing.T) {
	r := written(t, "fr")
	for name, write := range map[string]func(*bytes.Buffer) error{
		"bilan.txt":  func(b *bytes.Buffer) error { return r.Text(b) },
		"bilan.csv":  func(b *bytes.Buffer) error { return r.CSV(b) },
		"bilan.html": func(b *bytes.Buffer) error { return r.HTML(b) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(name, err)
		}
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil || !bytes.Equal(want, b.Bytes()) {
			t.Errorf("%s: what is printed has changed (%v); look at it, then run with -update", name, err)
		}
	}
}

// TestEveryWordIsThere: no table or row bears a bare id, in either language.
func TestEveryWordIsThere(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		var b bytes.Buffer
		if err := written(t, lang).HTML(&b); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{">report.", ">desk.", ">intent.", ">language.", "></th>", "></h3>"} {
			if strings.Contains(b.String(), id) {
				t.Errorf("%s: the page has %q", lang, id)
			}
		}
	}
}

// TestSpreadsheet: a spreadsheet of an office in France opens it, and takes
// nothing in it for a formula.
func TestSpreadsheet(t *testing.T) {
	r := written(t, "fr")
	r.Sections[0].Tables[0].Rows[0].Label = "=HYPERLINK(1;2)"
	var b bytes.Buffer
	if err := r.CSV(&b); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(b.String(), "\ufeff")
	c := csv.NewReader(strings.NewReader(text))
	c.Comma = ';'
	rows, err := c.ReadAll()
	if err != nil || !marked || !strings.Contains(text, ";4,13;€;") || !strings.Contains(text, "\r\n") {
		t.Fatalf("%v, marked: %t\n%s", err, marked, text)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a formula: %q", cell)
			}
		}
	}
}
