package nlu

import (
	"strings"
	"testing"
)

func TestSearchWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"L'été, à Créteil ; l'été !", "l ete a creteil"},
		{"AB-2041", "ab 2041"},
		{"كم سأدفع للحضانة؟", "كم سادفع للحضانه"},
		{"குழந்தை பராமரிப்பு", "குழந்தை பராமரிப்பு"},
		{"找保姆", "找 保 姆"},
		{"Çocuk bakıcısı", "cocuk bakicisi"},
		{strings.Repeat("ab", 40), strings.Repeat("ab", 20)},
		{strings.Repeat("mot ", 900) + "fin", "mot fin"},
		{"", ""},
	} {
		if got := strings.Join(Words(c.text), " "); got != c.want {
			t.Errorf("%.40q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestDialled(t *testing.T) {
	for _, c := range []struct{ text, number, rest string }{
		{"06 12 34 56 78", "+33612345678", ""},
		{"leila 0033 6.12.34.56.78", "+33612345678", "leila"},
		{"+33612345678 crèche", "+33612345678", "creche"},
		{"+44 7911 123456", "+447911123456", ""},
		{"AB-2041", "", "AB-2041"},
		{"93800", "", "93800"},
		{"0612345678 0687654321", "", "0612345678 0687654321"},
	} {
		if number, rest := Dialled(c.text); number != c.number || strings.TrimSpace(rest) != c.rest {
			t.Errorf("%q: %q %q, want %q %q", c.text, number, rest, c.number, c.rest)
		}
	}
}
