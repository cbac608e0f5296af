package sms

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// The cases of testdata/measure.jsonl were answered by Twilio's own calculator
// (npm sms-segments-calculator).
func TestMeasure(t *testing.T) {
	n := 0
	for line := range lines(t, "testdata/measure.jsonl") {
		var c struct {
			Name, Text, Encoding        string
			Segments, Units, Characters int
		}
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		want := Size{c.Encoding, c.Segments, c.Characters, c.Units}
		if got := Measure(c.Text); got != want {
			t.Errorf("%s: %+v, Twilio counts %+v", c.Name, got, want)
		}
		n++
	}
	if n < 74 {
		t.Errorf("only %d cases were read", n)
	}
}

func lines(t testing.TB, name string) func(yield func([]byte) bool) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return func(yield func([]byte) bool) {
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<20)
		for s.Scan() && yield(s.Bytes()) {
		}
		if s.Err() != nil {
			t.Fatal(s.Err())
		}
	}
}

func TestMeasureHeapOfMarks(t *testing.T) {
	heap := "e" + strings.Repeat("\u0301", 200)
	if got := Measure(heap); got.Segments != 3 || got.Units != 201 || got.Chars != 1 {
		t.Errorf("%+v", got)
	}
}

func TestMeasureBrokenText(t *testing.T) {
	if got := Measure("a\xffb\xc3"); got.Encoding != UCS2 || got.Units != 4 {
		t.Errorf("%+v", got)
	}
}

func FuzzMeasure(f *testing.F) {
	for _, s := range []string{"", "Bonjour", "ça €", "👨‍👩‍👧‍👦🇫🇷🇫", "a\xff\u200d", "\r\n", "குழந்தை", "각"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := Measure(text)
		part := map[string]int{GSM7: 153, UCS2: 67}[s.Encoding]
		if s.Segments < 1 || s.Units > s.Segments*part+7 || s.Chars > s.Units || s.Units < utf8.RuneCountInString(text) {
			t.Errorf("%q: %+v", text, s)
		}
		for rest := text; rest != ""; {
			n, places := cluster(rest)
			if n < 1 || places < 1 {
				t.Fatalf("%q: a grapheme of %d bytes", rest, n)
			}
			rest = rest[n:]
		}
	})
}

const french = "Le relais est ouvert le mardi et le jeudi de 9h à 12h, 15 rue de l'église. Prenez rendez-vous au 01 48 26 00 00. Répondez MENU pour revenir."
const arabic = "مرحبا بكم في دار الحضانة. نفتح أبوابنا يوم الثلاثاء والخميس من التاسعة إلى الثانية عشرة."

func BenchmarkMeasure(b *testing.B) {
	for name, text := range map[string]string{"fr": french, "ê": french + "ê", "ar": arabic} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Measure(text)
			}
		})
	}
}
