package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// run runs one command line with settings, and returns what it says.
func run(t *testing.T, settings map[string]string, args ...string) (out, errs string, code int) {
	t.Helper()
	return runOn(t, time.Now().Format(time.DateOnly), settings, args...)
}

// runOn runs it on a day.
func runOn(t *testing.T, day string, settings map[string]string, args ...string) (out, errs string, code int) {
	t.Helper()
	now, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	var o, e bytes.Buffer
	p := &program{in: strings.NewReader(""), out: &o, err: &e, getenv: func(name string) string { return settings[name] }, now: func() time.Time { return now }}
	code = p.run(t.Context(), args)
	return o.String(), e.String(), code
}

// TestHelp: each command explains itself, with an example, and succeeds.
func TestHelp(t *testing.T) {
	all, _, code := run(t, nil, "help")
	if code != 0 {
		t.Fatalf("code %d", code)
	}
	for _, name := range []string{"serve", "chat", "check", "understand", "learn", "eval", "cmg", "sms", "plan", "script", "facts", "agent", "backup", "restore", "config", "health", "version"} {
		if !strings.Contains(all, "doudou "+name) {
			t.Errorf("help does not name %s", name)
		}
		out, errs, code := run(t, nil, name, "--help")
		if code != 0 || !strings.Contains(out, "Example:") || errs != "" {
			t.Errorf("doudou %s --help: code %d, out %q, err %q", name, code, out, errs)
		}
		if _, errs, code := run(t, nil, name, "--no-such-option"); code != 2 || errs == "" {
			t.Errorf("doudou %s --no-such-option: code %d, %q", name, code, errs)
		}
	}
	if _, errs, code := run(t, nil, "dance"); code != 2 || !strings.Contains(errs, "dance") {
		t.Errorf("an unknown command: code %d, %q", code, errs)
	}
}

// TestWrongSettings: one line for each, before anything starts.
func TestWrongSettings(t *testing.T) {
	settings := map[string]string{
		"DOUDOU_LISTEN": "here", "DOUDOU_DATABASE_URL": "mysql://x", "DOUDOU_SESSION_TTL": "soon",
		"DOUDOU_TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000001", "DOUDOU_TWILIO_AUTH_TOKEN": "0123456789abcdef0123456789abcdef",
		"DOUDOU_TWILIO_SENDERS": "+33612345678", "DOUDOU_PUBLIC_URL": "https://doudou.example",
		"DOUDOU_REDIS_URL": "redis://x", "DOUDOU_REDIS_URL_FILE": "/none",
	}
	_, errs, code := run(t, settings, "serve")
	if code != 1 {
		t.Errorf("code %d", code)
	}
	for _, name := range []string{"DOUDOU_LISTEN", "DOUDOU_DATABASE_URL", "DOUDOU_SESSION_TTL", "DOUDOU_REDIS_URL", "+33612345678"} {
		if strings.Count(errs, name) == 0 {
			t.Errorf("nothing is said of %s:\n%s", name, errs)
		}
	}
	if strings.Contains(errs, "mysql://x") {
		t.Error("a secret is shown")
	}
}

// TestConfigHidesSecrets: the dump shows what is set, not what it is.
func TestConfigHidesSecrets(t *testing.T) {
	out, _, code := run(t, map[string]string{"DOUDOU_TELEGRAM_TOKEN": "4242:secret"}, "config")
	if code != 0 || strings.Contains(out, "4242") || !strings.Contains(out, "(set, hidden)") {
		t.Errorf("code %d:\n%s", code, out)
	}
}

// TestAgent: somebody is invited, seen in the list, and gets a new link; it
// works beside a service that has the file open.
func TestAgent(t *testing.T) {
	settings := map[string]string{"DOUDOU_DATA": t.TempDir()}
	var o bytes.Buffer
	p := &program{out: &o, err: &o, getenv: func(name string) string { return settings[name] }, now: time.Now}
	config, err := readConfig(p.getenv)
	if err != nil {
		t.Fatal(err)
	}
	service, err := openStore(t.Context(), p, config, true)
	if err != nil {
		t.Fatal(err)
	}
	defer service.Close()
	if _, err := openStore(t.Context(), p, config, true); err == nil {
		t.Error("two services share one file")
	}
	out, errs, code := run(t, settings, "agent", "add", "awa", "--name", "Awa", "--teams", "relais")
	if code != 0 || !strings.Contains(out, "/desk/sign-in?token=") {
		t.Fatalf("add: code %d, %s%s", code, out, errs)
	}
	if _, errs, code = run(t, settings, "agent", "add", "awa"); code != 1 || !strings.Contains(errs, "reset") {
		t.Errorf("add twice: code %d, %s", code, errs)
	}
	if _, errs, code = run(t, settings, "agent", "add", "zoe", "--teams", "nobody"); code != 1 || !strings.Contains(errs, "relais") {
		t.Errorf("add to no team: code %d, %s", code, errs)
	}
	if out, _, _ = run(t, settings, "agent", "list"); !strings.Contains(out, "awa") || !strings.Contains(out, "invited") || strings.Contains(out, "zoe") {
		t.Errorf("list: %s", out)
	}
	if out, _, code = run(t, settings, "agent", "reset", "awa"); code != 0 || !strings.Contains(out, "token=") {
		t.Errorf("reset: code %d, %s", code, out)
	}
	if _, errs, code = run(t, settings, "agent", "reset", "nobody"); code != 1 || errs == "" {
		t.Errorf("reset nobody: code %d, %s", code, errs)
	}
}
