package main

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"doudou/bot/store"
)

// rules are the alerts of deploy/alerts.yml.
type rules struct {
	Groups []struct {
		Rules []struct {
			Alert       string            `yaml:"alert"`
			Expr        string            `yaml:"expr"`
			For         string            `yaml:"for"`
			Labels      map[string]string `yaml:"labels"`
			Annotations map[string]string `yaml:"annotations"`
		} `yaml:"rules"`
		Name string `yaml:"name"`
	} `yaml:"groups"`
}

// TestAlerts: each alert says what it is, stands in the runbook, and asks for
// figures that the service gives.
func TestAlerts(t *testing.T) {
	var all rules
	file, err := os.Open("../../deploy/alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	d := yaml.NewDecoder(file)
	d.KnownFields(true)
	if err := d.Decode(&all); err != nil {
		t.Fatal(err)
	}
	runbook, served := string(mustRead(t, "../../docs/exploitation.md")), metrics(t)
	told := 0
	for _, r := range all.Groups[0].Rules {
		told++
		if !strings.Contains(runbook, "\n### "+r.Alert+"\n") {
			t.Errorf("the runbook does not say what to do when %s", r.Alert)
		}
		if r.Annotations["summary"] == "" || r.Labels["severity"] == "" {
			t.Errorf("%s does not say what it is", r.Alert)
		}
		asksFor(t, r.Alert, r.Expr, served)
	}
	if told == 0 || strings.Count(runbook, "\n### Doudou") != told {
		t.Errorf("%d alerts, %d in the runbook", told, strings.Count(runbook, "\n### Doudou"))
	}
}

// TestDashboard: each panel asks for figures that the service gives.
func TestDashboard(t *testing.T) {
	var board struct {
		Panels []struct {
			Title   string `json:"title"`
			Targets []struct {
				Expr string `json:"expr"`
			} `json:"targets"`
		} `json:"panels"`
	}
	if err := json.Unmarshal(mustRead(t, "../../deploy/grafana.json"), &board); err != nil {
		t.Fatal(err)
	}
	served := metrics(t)
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			asksFor(t, p.Title, target.Expr, served)
		}
	}
	if len(board.Panels) < 10 {
		t.Errorf("the dashboard has %d panels", len(board.Panels))
	}
}

// metrics is what the service gives on the first day.
func metrics(t *testing.T) string {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "doudou.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	m := newMeter()
	m.watch(s)
	m.count("turns")
	m.took("turn", time.Millisecond)
	w := httptest.NewRecorder()
	m.handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

var (
	metricNames = regexp.MustCompile(`\b(doudou|process|go)_[a-z_]+\b`)
	eventNames  = regexp.MustCompile(`event=~"([^"]+)"`)
	stockNames  = regexp.MustCompile(`doudou_stock\{of=~?"([^"]+)"`)
)

// asksFor checks the names in an expression against what is given, and those of
// events against the sources, where they are counted.
func asksFor(t *testing.T, what, expr, served string) {
	t.Helper()
	for _, name := range metricNames.FindAllString(expr, -1) {
		if !strings.Contains(served, "\n"+name) {
			t.Errorf("%s asks for %s, which the service does not give", what, name)
		}
	}
	for _, m := range stockNames.FindAllStringSubmatch(expr, -1) {
		for name := range strings.SplitSeq(m[1], "|") {
			if !strings.Contains(served, `of="`+name+`"`) {
				t.Errorf("%s asks for the stock of %s, which is not counted", what, name)
			}
		}
	}
	for _, m := range eventNames.FindAllStringSubmatch(expr, -1) {
		for name := range strings.SplitSeq(m[1], "|") {
			if !isCounted(t, strings.TrimSuffix(name, ".*")) {
				t.Errorf("%s asks for the event %s, which nothing counts", what, name)
			}
		}
	}
}

// isCounted tells whether the sources count an event by this name, or build one
// from its beginning and a state or channel.
func isCounted(t *testing.T, name string) bool {
	t.Helper()
	for name != "" {
		if exec.Command("grep", "-rqF", "--include=*.go", "--exclude=*_test.go", `"`+name, "../../bot").Run() == nil {
			return true
		}
		i := strings.LastIndexByte(strings.TrimSuffix(name, "_"), '_')
		name = name[:i+1]
	}
	return false
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
