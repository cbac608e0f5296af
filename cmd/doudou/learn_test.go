package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doudou/bot"
	"doudou/bot/store"
	"doudou/dialogs/nlu"
)

// unheard keeps messages that were not understood in the store of the settings,
// as turns of the service do, and returns their ids by text.
func unheard(t *testing.T, settings map[string]string, texts ...string) map[string]string {
	t.Helper()
	p := &program{getenv: func(name string) string { return settings[name] }, now: time.Now}
	config, err := readConfig(p.getenv)
	if err != nil {
		t.Fatal(err)
	}
	s, err := openStore(t.Context(), p, config, true)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, text := range texts {
		mishear(t, s, i, text)
	}
	list, err := s.Unclear(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, u := range list {
		ids[u.Text] = u.ID
	}
	return ids
}

// mishear commits a turn that did not understand its message.
func mishear(t *testing.T, s *store.Store, i int, text string) {
	t.Helper()
	ctx := context.Background()
	from := bot.Address{Channel: bot.Telegram, ID: fmt.Sprint(7000 + i)}
	id, _, err := s.Accept(ctx, bot.Message{Channel: bot.Telegram, Provider: fmt.Sprint(text, i), Kind: bot.Text, Text: text, From: from})
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Next(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Commit(ctx, bot.Turn{Contact: id, Inbox: w.Inbox, From: w.Stamp, To: bot.Stamp{Version: 1}, At: time.Now(),
		Unclear: &bot.Unclear{Day: time.Now().Format(time.DateOnly), Lang: "fr", Audience: "parent", Text: text, Top: []string{"creche_cost", "cmg_what", "mam"}}})
	if err != nil {
		t.Fatal(err)
	}
}

func TestLearnLists(t *testing.T) {
	settings := map[string]string{"DOUDOU_DATA": t.TempDir()}
	if out, errs, code := run(t, settings, "learn"); code != 0 || !strings.Contains(out, "nothing to learn") {
		t.Errorf("code %d, %s%s", code, out, errs)
	}
	ids := unheard(t, settings, "tarif du truc <b>", "comment on fait pour le zorglub", "cmt on fé pr le zorglub")
	out, errs, code := run(t, settings, "learn", "--list")
	if code != 0 || !strings.HasPrefix(out, "2  fr  creche_cost? cmg_what? mam?\n   "+ids["cmt on fé pr le zorglub"]+"  cmt on fé pr le zorglub\n") {
		t.Errorf("code %d, %s%s", code, out, errs)
	}
	out, _, code = run(t, settings, "learn", "--json")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	var g learnGroup
	if err := json.Unmarshal([]byte(lines[0]), &g); code != 0 || err != nil || g.Count != 2 || len(g.Messages) != 2 || g.Lang != "fr" || g.Top[0] != "creche_cost" || g.Messages[0].Day == "" {
		t.Errorf("code %d, %v: %s", code, err, out)
	}
	if len(lines) != 2 || !strings.Contains(lines[1], `"text":"tarif du truc <b>"`) {
		t.Errorf("%s", out)
	}
}

func TestLearnTeaches(t *testing.T) {
	settings := map[string]string{"DOUDOU_DATA": t.TempDir()}
	file := filepath.Join(settings["DOUDOU_DATA"], nlu.LearnedFile)
	ids := unheard(t, settings, "comment on fait pour le zorglub", "cmt on fé pr le zorglub", "tarif du bidule", "rien du tout", "autre fichier")
	out, errs, code := run(t, settings, "learn", "--as", "creche_register/when", "--group", ids["cmt on fé pr le zorglub"])
	if code != 0 || !strings.HasPrefix(out, "2 learned as creche_register/when in "+file) {
		t.Fatalf("code %d, %s%s", code, out, errs)
	}
	if out, errs, code = run(t, settings, "learn", "--as", "creche_cost", ids["tarif du bidule"]); code != 0 {
		t.Fatalf("code %d, %s%s", code, out, errs)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if len(lines) != 4 || lines[0] != nlu.LearnedHeader || lines[3] != "fr\tlearned\tparent\tcreche_cost\ttarif du bidule" || !strings.Contains(string(text), "creche_register/when\tcmt on fé pr le zorglub") {
		t.Errorf("the file holds\n%s", text)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	other := filepath.Join(t.TempDir(), "new", "other.tsv")
	if out, errs, code = run(t, settings, "learn", "--as", "mam", "--to", other, ids["autre fichier"]); code != 0 || !strings.Contains(out, other) {
		t.Errorf("code %d, %s%s", code, out, errs)
	}
	if out, errs, code = run(t, settings, "learn", "--drop", ids["rien du tout"]); code != 0 || out != "1 erased\n" {
		t.Errorf("code %d, %s%s", code, out, errs)
	}
	if out, _, _ = run(t, settings, "learn"); !strings.Contains(out, "nothing to learn") {
		t.Errorf("left: %s", out)
	}
	for command, want := range map[string]string{"understand": `"intent":"creche_register"`, "chat": "Demande de crèche"} {
		var o, e bytes.Buffer
		p := &program{in: strings.NewReader("cmt on fé pr le zorglub\n"), out: &o, err: &e, getenv: func(name string) string { return settings[name] }, now: time.Now}
		if code := p.run(t.Context(), []string{command, "--json"}); code != 0 || !strings.Contains(o.String(), want) {
			t.Errorf("%s: code %d, %s%s", command, code, o.String(), e.String())
		}
	}
}

func TestLearnRefuses(t *testing.T) {
	settings := map[string]string{"DOUDOU_DATA": t.TempDir()}
	ids := unheard(t, settings, "zorglub")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--as", "dance", ids["zorglub"]}, 1, `no intent "dance"`},
		{[]string{"--as", "creche_register/dance", ids["zorglub"]}, 1, "creche_register/dance"},
		{[]string{"--as", "urgent_danger", ids["zorglub"]}, 1, "urgent_danger"},
		{[]string{"--as", "mam", "nosuch", ids["zorglub"]}, 1, `no message "nosuch"`},
		{[]string{"--as", "mam"}, 2, "doudou learn"},
		{[]string{"--drop"}, 2, "doudou learn"},
		{[]string{"--drop", "--as", "mam", ids["zorglub"]}, 2, "doudou learn"},
		{[]string{ids["zorglub"]}, 2, "doudou learn"},
	} {
		if out, errs, code := run(t, settings, append([]string{"learn"}, c.args...)...); code != c.code || !strings.Contains(errs, c.says) {
			t.Errorf("%q: code %d, %s%s", c.args, code, out, errs)
		}
	}
	if out, _, _ := run(t, settings, "learn"); !strings.Contains(out, "zorglub") {
		t.Errorf("left: %s", out)
	}
}

// TestLearnBrokenFile: a file with a mistake stops whoever reads it, and is named.
func TestLearnBrokenFile(t *testing.T) {
	settings := map[string]string{"DOUDOU_DATA": t.TempDir(), "DOUDOU_LISTEN": "127.0.0.1:0"}
	file := filepath.Join(settings["DOUDOU_DATA"], nlu.LearnedFile)
	if err := os.WriteFile(file, []byte(nlu.LearnedHeader+"\nfr\tlearned\t\tdance\tdanser\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"serve", "chat", "understand", "check"} {
		if _, errs, code := run(t, settings, command); code != 1 || !strings.Contains(errs, file+`:2: there is no intent "dance"`) {
			t.Errorf("%s: code %d, %s", command, code, errs)
		}
	}
}

func TestAppendLines(t *testing.T) {
	file := filepath.Join(t.TempDir(), "learned.tsv")
	if err := os.WriteFile(file, []byte("# by hand\nx\ty"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := appendLines(file, []string{"a\tb", "x\ty", "a\tb"}); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "# by hand\nx\ty\na\tb\n" {
		t.Errorf("%q %v", text, err)
	}
}
