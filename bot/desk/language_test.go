package desk

import "testing"

func TestLettersTellTheLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"தமிழ்": "ta", "bonjour": "", "اللغة العربية": "ar", "বাংলা": "bn", "中文": "zh", "06 12, العربية": "ar", "türkçe": "", "": "",
	} {
		if got := letters(text); got != want {
			t.Errorf("letters(%q) = %q, want %q", text, got, want)
		}
	}
}
