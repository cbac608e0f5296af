package desk

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"doudou/bot"
)

// A tallied is a report that says what it was asked for.
type tallied struct{ what string }

func (c tallied) Body(out io.Writer) error {
	_, err := io.WriteString(out, "<h2>"+c.what+"</h2>")
	return err
}

func (c tallied) CSV(out io.Writer) error {
	_, err := io.WriteString(out, "\ufeff"+c.what)
	return err
}

func counting(o *Options) {
	o.Reports = func(_ context.Context, lang string, from, to time.Time) (Report, error) {
		return tallied{fmt.Sprintf("%s %s %s", lang, from.Format(time.DateTime), to.Format(time.DateTime))}, nil
	}
}

// TestReportPage: the figures of this half-year, of the last, or of other days.
func TestReportPage(t *testing.T) {
	b := opened(t, furnish(), counting).enter("chef")
	const whole = "fr 2027-01-01 00:00:00 2027-07-01 00:00:00"
	b.get("/desk/report").wants(t, 200, "<h2>"+whole, `aria-current="page">Ce semestre`, `value="2027-06-30"`, "/desk/report.csv?from=2027-01-01&amp;to=2027-06-30", `aria-current="page">Bilan`)
	b.get("/desk/report?from=2026-07-01&to=2026-12-31").wants(t, 200, "fr 2026-07-01 00:00:00 2027-01-01 00:00:00", `aria-current="page">Le semestre d’avant`)
	b.get("/desk/report?from=2026-10-01&to=2026-10-28").wants(t, 200, "2026-10-29 00:00:00")
	csv := b.get("/desk/report.csv?from=2027-01-01&to=2027-06-30")
	csv.wants(t, 200, whole)
	if got := csv.header.Get("Content-Type") + csv.header.Get("Content-Disposition"); !strings.Contains(got, "text/csv") || !strings.Contains(got, "bilan-2027-01-01-2027-06-30.csv") {
		t.Errorf("a browser takes it for something else: %s", got)
	}
	if last := b.relais.journal[len(b.relais.journal)-1]; last.Did != "report-export" || last.Agent != "chef" {
		t.Errorf("the journal has %+v", last)
	}
}

// TestReportPeriods: what is no period is said, and the form keeps it.
func TestReportPeriods(t *testing.T) {
	b := opened(t, furnish(), counting).enter("nora")
	for _, q := range []string{"from=2027-06-30&to=2027-01-01", "from=hier&to=2027-01-01", "from=2027-01-01", "from=2027-01-01&to=2027-01-27", "from=&to="} {
		b.get("/desk/report?"+q).wants(t, 422, "Choisissez deux jours", `aria-invalid="true"`)
		b.get("/desk/report.csv?"+q).wants(t, 400)
	}
}

// TestReportIsForOverseers: managers and observers of any institution.
func TestReportIsForOverseers(t *testing.T) {
	b := opened(t, furnish(), counting)
	for login, want := range map[string]int{"chef": 200, "nora": 200, "awa": 404} {
		who := b.another().enter(login)
		for _, path := range []string{"/desk/report", "/desk/report.csv"} {
			who.get(path).wants(t, want)
		}
		if seen := strings.Contains(who.get("/desk/").body, `href="/desk/report"`); seen != (want == 200) {
			t.Errorf("%s sees the way to the report: %t", login, seen)
		}
	}
	opened(t, furnish(), nil).enter("chef").get("/desk/report").wants(t, 404)
	if overseers.admits(bot.RoleAgent) == nil {
		t.Error("who answers families reads figures of all institutions")
	}
}
