package telegram

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
	"github.com/rogpeppe/go-internal/txtar"

	"doudou/bot"
)

// fixtures reads testdata/updates.txtar: what came, and what is read of it.
func fixtures(t testing.TB) (names []string, updates map[string][]byte, want map[string]string) {
	archive, err := txtar.ParseFile("testdata/updates.txtar")
	if err != nil {
		t.Fatal(err)
	}
	updates, want = map[string][]byte{}, map[string]string{}
	for _, f := range archive.Files {
		if name, ok := strings.CutSuffix(f.Name, ".json"); ok {
			names = append(names, name)
			updates[name] = f.Data
		} else {
			want[strings.TrimSuffix(f.Name, ".want")] = strings.TrimSpace(string(f.Data))
		}
	}
	return names, updates, want
}

// line writes what was read as the fixtures do.
func line(u update, v Verdict, err error) string {
	m := u.message
	switch v {
	case Ignored:
		return "ignored"
	case Unreadable:
		if strings.HasPrefix(m.Provider, "sha256:") {
			m.Provider = "sha256"
		}
		return fmt.Sprintf("unreadable %s: %v", m.Provider, err)
	}
	lang := m.Lang
	if lang == "" {
		lang = "-"
	}
	s := fmt.Sprintf("%s %s %s %s %q %q %q", m.Kind, m.Provider, m.From.ID, lang, m.Text, m.Data, m.Ref)
	if u.tap != "" {
		s += " (tap " + u.tap + ")"
	}
	return s
}

func TestDecode(t *testing.T) {
	names, updates, want := fixtures(t)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			if got := line(read(updates[name])); got != want[name] {
				t.Errorf("read\n%s\nwant\n%s", got, want[name])
			}
		})
	}
	if len(names) != len(want) || len(names) < 40 {
		t.Errorf("%d updates, %d answers", len(names), len(want))
	}
}

// The library's own models refuse some of what Decode reads: that is why they
// are not used whole.
func TestLibraryRefusesWhatDecodeReads(t *testing.T) {
	_, updates, _ := fixtures(t)
	for _, name := range []string{"poison-forward", "poison-reply"} {
		var u models.Update
		if json.Unmarshal(updates[name], &u) == nil {
			t.Errorf("%s: the library reads it now", name)
		}
		if _, v, err := Decode(updates[name]); v != Readable {
			t.Errorf("%s is not read: %v", name, err)
		}
	}
}

func textUpdate(text string) []byte {
	quoted, _ := json.Marshal(text)
	return fmt.Appendf(nil, `{"update_id":7,"message":{"message_id":1,"date":1790000000,"from":{"id":5,"first_name":"A"},"chat":{"id":5,"type":"private"},"text":%s}}`, quoted)
}

func TestDecodeLongTexts(t *testing.T) {
	tests := []struct {
		about, text string
		want        int // units
	}{
		{"the longest that Telegram lets through", strings.Repeat("a", 4096), 4096},
		{"one more", strings.Repeat("a", 4097), 4096},
		{"emoji are two units", strings.Repeat("👶", 2048), 4096},
		{"an emoji is not cut", "a" + strings.Repeat("👶", 2048), 4095},
		{"a family is not cut", strings.Repeat("a", 4090) + "👨‍👩‍👧‍👦", 4090},
		{"an accent stays on its letter", strings.Repeat("a", 4095) + "e\u0301", 4095},
	}
	for _, test := range tests {
		m, v, err := Decode(textUpdate(test.text))
		if v != Readable || units(m.Text) != test.want || !strings.HasPrefix(test.text, m.Text) {
			t.Errorf("%s: %d units, want %d (%v)", test.about, units(m.Text), test.want, err)
		}
	}
}

func TestDecodeInvalidUTF8(t *testing.T) {
	raw := []byte(strings.Replace(string(textUpdate("oui XX non")), "XX", "\xff\xfe", 1))
	m, v, err := Decode(raw)
	if v != Readable || !utf8.ValidString(m.Text) || !strings.HasPrefix(m.Text, "oui") || !strings.HasSuffix(m.Text, "non") {
		t.Errorf("read %q (%v)", m.Text, err)
	}
}

func TestNamelessIsStable(t *testing.T) {
	a, _, _ := Decode([]byte(`[1]`))
	b, _, _ := Decode([]byte(`[1]`))
	c, _, _ := Decode([]byte(`[2]`))
	if a.Provider != b.Provider || a.Provider == c.Provider || a.Provider == "" {
		t.Errorf("%q %q %q", a.Provider, b.Provider, c.Provider)
	}
}

func FuzzDecode(f *testing.F) {
	names, updates, _ := fixtures(f)
	for _, name := range names {
		f.Add(updates[name])
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, v, err := Decode(raw)
		if m.Provider == "" || m.Channel != bot.Telegram {
			t.Errorf("no name for %q", raw)
		}
		if (v == Unreadable) != (err != nil) {
			t.Errorf("verdict %d, error %v", v, err)
		}
		if v != Readable {
			return
		}
		if m.Kind == "" || m.From.ID == "" || m.From.ID == "0" || m.From.Channel != bot.Telegram {
			t.Errorf("incomplete: %+v", m)
		}
		for _, s := range []string{m.Text, m.Data, m.Lang, m.Ref} {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\u202e\r") || units(s) > maxText {
				t.Errorf("unsafe %q", s)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	raw := textUpdate("Bonjour, je cherche une place en crèche pour septembre")
	for b.Loop() {
		if _, v, _ := Decode(raw); v != Readable {
			b.Fatal("not read")
		}
	}
}
